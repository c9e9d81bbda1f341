package io.laminar.flink.operator;

import io.laminar.flink.metrics.NodeCounters;
import io.laminar.flink.metrics.Role;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BatchCodec;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** Emits one given batch for every element of its input: rows written in a query. */
public final class ValuesFactory extends AbstractStreamOperatorFactory<Batch>
        implements OneInputStreamOperatorFactory<Long, Batch> {
    private final byte[] encoded;

    public ValuesFactory(Batch rows) {
        this.encoded = BatchCodec.encode(rows);
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    public <T extends StreamOperator<Batch>> T createStreamOperator(StreamOperatorParameters<Batch> parameters) {
        return (T) new Values(parameters, BatchCodec.decode(encoded));
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
        return Values.class;
    }

    private static final class Values extends AbstractStreamOperator<Batch>
            implements OneInputStreamOperator<Long, Batch> {
        private final transient Batch rows;
        private final transient NodeCounters counters;

        Values(StreamOperatorParameters<Batch> parameters, Batch rows) {
            super(parameters);
            this.rows = rows;
            // Nothing is read from anywhere, so these are not rows of a source.
            this.counters = new NodeCounters(getMetricGroup(), Role.OPERATOR);
        }

        @Override
        public void processElement(StreamRecord<Long> element) {
            if (rows.size() > 0) {
                counters.in(rows);
                counters.out(rows);
                output.collect(new StreamRecord<>(rows));
            }
        }
    }
}
