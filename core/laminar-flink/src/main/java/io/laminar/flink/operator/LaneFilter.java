package io.laminar.flink.operator;

import io.laminar.flink.metrics.NodeCounters;
import io.laminar.flink.metrics.Role;
import io.laminar.flink.metrics.SharedCounts;
import io.laminar.spi.batch.Batch;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/** Lets the batches of one lane pass, as batches of the main lane, and counts their rows. */
public final class LaneFilter extends AbstractStreamOperatorFactory<Batch>
        implements OneInputStreamOperatorFactory<Batch, Batch> {
    private final Batch.Lane lane;
    private final Role role;

    /** @param role SINK in front of a sink, OPERATOR elsewhere */
    public LaneFilter(Batch.Lane lane, Role role) {
        this.lane = lane;
        this.role = role;
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    public <T extends StreamOperator<Batch>> T createStreamOperator(StreamOperatorParameters<Batch> parameters) {
        return (T) new Filter(parameters, lane, role);
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
        return Filter.class;
    }

    private static final class Filter extends AbstractStreamOperator<Batch>
            implements OneInputStreamOperator<Batch, Batch> {
        private final Batch.Lane lane;
        private final boolean sink;
        private final transient NodeCounters counters;
        private final transient StreamRecord<Batch> record = new StreamRecord<>(null);
        private transient @Nullable LongCounter sharedRows;

        Filter(StreamOperatorParameters<Batch> parameters, Batch.Lane lane, Role role) {
            super(parameters);
            this.lane = lane;
            this.counters = new NodeCounters(getMetricGroup(), role);
            this.sink = role == Role.SINK;
        }

        @Override
        public void open() throws Exception {
            super.open();
            sharedRows = sink ? SharedCounts.rowsOut(getRuntimeContext()) : null;
        }

        @Override
        public void processWatermark(Watermark mark) {
            counters.watermark(mark.getTimestamp());
            output.emitWatermark(mark);
        }

        @Override
        public void processElement(StreamRecord<Batch> element) {
            Batch batch = element.getValue();
            if (batch.lane() == lane && batch.size() > 0) {
                counters.in(batch);
                counters.out(batch);
                if (sharedRows != null) {
                    sharedRows.add(batch.size());
                }
                output.collect(record.replace(
                        lane == Batch.Lane.MAIN
                                ? batch
                                : new Batch(batch.size(), batch.columns(), batch.rowtime(), batch.kinds())));
            }
        }
    }
}
