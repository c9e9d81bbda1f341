package io.laminar.flink.operator;

import io.laminar.flink.metrics.SharedCounts;
import io.laminar.spi.batch.Batch;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/** Counts the rows of a source for a remote client: a reader itself cannot reach Flink's accumulators. */
public final class SourceRows extends AbstractStreamOperatorFactory<Batch>
        implements OneInputStreamOperatorFactory<Batch, Batch> {

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    public <T extends StreamOperator<Batch>> T createStreamOperator(StreamOperatorParameters<Batch> parameters) {
        return (T) new Counter(parameters);
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
        return Counter.class;
    }

    private static final class Counter extends AbstractStreamOperator<Batch>
            implements OneInputStreamOperator<Batch, Batch> {
        private transient @Nullable LongCounter rows;

        Counter(StreamOperatorParameters<Batch> parameters) {
            super(parameters);
        }

        @Override
        public void open() throws Exception {
            super.open();
            rows = SharedCounts.rowsIn(getRuntimeContext());
        }

        @Override
        public void processElement(StreamRecord<Batch> element) {
            if (rows != null && element.getValue().lane() == Batch.Lane.MAIN) {
                rows.add(element.getValue().size());
            }
            output.collect(element);
        }
    }
}
