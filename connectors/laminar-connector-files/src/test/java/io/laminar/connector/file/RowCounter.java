package io.laminar.connector.file;

import io.laminar.spi.batch.Batch;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;

/** Counts rows and the time from the first batch to the last, so that starting a job is not measured. */
final class RowCounter extends RichMapFunction<Batch, Batch> {
    static final String ROWS = "rows";
    private static final AtomicLong FIRST = new AtomicLong();
    private static final AtomicLong LAST = new AtomicLong();

    private final LongCounter rows = new LongCounter();

    static double seconds() {
        return (LAST.get() - FIRST.getAndSet(0)) / 1e9;
    }

    @Override
    public void open(OpenContext context) {
        getRuntimeContext().addAccumulator(ROWS, rows);
    }

    @Override
    public Batch map(Batch batch) {
        FIRST.compareAndSet(0, System.nanoTime());
        rows.add(batch.size());
        LAST.set(System.nanoTime());
        return batch;
    }
}
