package io.laminar.flink.operator;

import io.laminar.execution.exchange.BatchPartitioner;
import io.laminar.plan.node.Distribution;
import io.laminar.spi.batch.Batch;
import java.util.List;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** The sending side of a keyed exchange: splits each batch into pieces that each go to one subtask. */
public final class ExchangeFactory extends AbstractStreamOperatorFactory<Batch>
        implements OneInputStreamOperatorFactory<Batch, Batch> {
    private final List<Integer> columns;
    private final int targets;
    private final int maxParallelism;

    public ExchangeFactory(List<Integer> columns, int targets, int maxParallelism) {
        this.columns = List.copyOf(columns);
        this.targets = targets;
        this.maxParallelism = maxParallelism;
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    public <T extends StreamOperator<Batch>> T createStreamOperator(StreamOperatorParameters<Batch> parameters) {
        return (T) new Sender(
                parameters, new BatchPartitioner(new Distribution.Keyed(columns), targets, maxParallelism, 0));
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
        return Sender.class;
    }

    private static final class Sender extends AbstractStreamOperator<Batch>
            implements OneInputStreamOperator<Batch, Batch> {
        private final transient BatchPartitioner partitioner;
        private transient StreamRecord<Batch> record = new StreamRecord<>(null);

        Sender(StreamOperatorParameters<Batch> parameters, BatchPartitioner partitioner) {
            super(parameters);
            this.partitioner = partitioner;
        }

        @Override
        public void processElement(StreamRecord<Batch> element) {
            Batch batch = element.getValue();
            if (batch.lane() == Batch.Lane.MAIN) {
                partitioner.split(batch, (subtask, piece) -> output.collect(record.replace(piece)));
            }
        }
    }
}
