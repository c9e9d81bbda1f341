package io.laminar.flink.operator;

import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BatchEncoder;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** Cuts batches into pieces of at most half a megabyte: what a client fetches comes in messages of limited size. */
public final class RowPieces extends AbstractStreamOperatorFactory<Batch>
        implements OneInputStreamOperatorFactory<Batch, Batch> {
    private static final int LARGEST = 512 << 10;

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    public <T extends StreamOperator<Batch>> T createStreamOperator(StreamOperatorParameters<Batch> parameters) {
        return (T) new Cutter(parameters);
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
        return Cutter.class;
    }

    private static final class Cutter extends AbstractStreamOperator<Batch>
            implements OneInputStreamOperator<Batch, Batch> {
        private final transient BatchEncoder encoder = new BatchEncoder();
        private final transient StreamRecord<Batch> record = new StreamRecord<>(null);

        Cutter(StreamOperatorParameters<Batch> parameters) {
            super(parameters);
        }

        @Override
        public void processElement(StreamRecord<Batch> element) {
            cut(element.getValue());
        }

        private void cut(Batch batch) {
            if (batch.size() > 1) {
                encoder.reset().put(batch);
                if (encoder.length() > LARGEST) {
                    int half = batch.size() / 2;
                    cut(batch.slice(0, half));
                    cut(batch.slice(half, batch.size() - half));
                    return;
                }
            }
            output.collect(record.replace(batch));
        }
    }
}
