package io.laminar.flink.operator;

import io.laminar.execution.exchange.BatchPartitioner;
import io.laminar.flink.metrics.NodeCounters;
import io.laminar.flink.metrics.Role;
import io.laminar.spi.batch.Batch;
import java.util.List;
import org.apache.flink.runtime.execution.Environment;
import org.apache.flink.streaming.api.graph.NonChainedOutput;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * The sending side of a keyed exchange: splits each batch into pieces that each go to one subtask. How many subtasks
 * there are is known only when the task runs, since operators are given more or fewer of them while the job lives.
 */
public final class ExchangeFactory extends AbstractStreamOperatorFactory<Batch>
        implements OneInputStreamOperatorFactory<Batch, Batch> {
    private final List<Integer> columns;
    private final int maxParallelism;

    public ExchangeFactory(List<Integer> columns, int maxParallelism) {
        this.columns = List.copyOf(columns);
        this.maxParallelism = maxParallelism;
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    public <T extends StreamOperator<Batch>> T createStreamOperator(StreamOperatorParameters<Batch> parameters) {
        return (T) new Sender(parameters, columns, maxParallelism);
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
        return Sender.class;
    }

    private static final class Sender extends AbstractStreamOperator<Batch>
            implements OneInputStreamOperator<Batch, Batch> {
        private final transient BatchPartitioner partitioner;
        private final transient NodeCounters counters;
        private final transient StreamRecord<Batch> record = new StreamRecord<>(null);

        Sender(StreamOperatorParameters<Batch> parameters, List<Integer> columns, int maxParallelism) {
            super(parameters);
            counters = new NodeCounters(getMetricGroup(), Role.OPERATOR);
            partitioner = BatchPartitioner.keyed(columns, receivers(), maxParallelism);
        }

        /** The numbers of subtasks of the operators that read from this one. */
        private int[] receivers() {
            Environment environment = getContainingTask().getEnvironment();
            ClassLoader classes = environment.getUserCodeClassLoader().asClassLoader();
            List<NonChainedOutput> outputs =
                    getContainingTask().getConfiguration().getVertexNonChainedOutputs(classes);
            return config.getOperatorNonChainedOutputs(classes).stream()
                    .mapToInt(output ->
                            environment.getWriter(outputs.indexOf(output)).getNumberOfSubpartitions())
                    .toArray();
        }

        @Override
        public void processWatermark(Watermark mark) throws Exception {
            counters.watermark(mark.getTimestamp());
            super.processWatermark(mark);
        }

        @Override
        public void processElement(StreamRecord<Batch> element) {
            Batch batch = element.getValue();
            if (batch.lane() == Batch.Lane.MAIN) {
                counters.in(batch);
                counters.out(batch);
                partitioner.split(batch, (subtask, piece) -> output.collect(record.replace(piece)));
            }
        }
    }
}
