package io.laminar.execution.join;

import io.laminar.execution.memory.HeapSize;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BatchConcat;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Batches of both inputs that wait for the end of the flush interval, so that what comes and goes within it is not seen. */
final class HeldChanges {
    /** Rows above which there is more to lose than to gain by waiting. */
    private static final int MOST_ROWS = 16 * Batch.TARGET_ROWS;

    private final List<List<Batch>> batches = List.of(new ArrayList<>(), new ArrayList<>());
    private int rows;
    private final long[] bytes = new long[2];
    private long earliest = Long.MAX_VALUE;

    void add(int input, Batch batch) {
        batches.get(input).add(batch);
        rows += batch.size();
        bytes[input] += HeapSize.of(batch);
        long[] rowtimes = batch.rowtime();
        for (int i = 0; i < batch.size(); i++) {
            earliest = Math.min(earliest, rowtimes[i]);
        }
    }

    boolean isEmpty() {
        return rows == 0;
    }

    boolean isFull() {
        return rows >= MOST_ROWS;
    }

    /** Heap that the batches take, nearly. */
    long bytes() {
        return bytes[0] + bytes[1];
    }

    /** The least event time of a row that waits. */
    long earliest() {
        return earliest;
    }

    /** All batches of one input, as pieces of state. */
    List<Supplier<Batch>> pieces(int input) {
        List<Supplier<Batch>> pieces = new ArrayList<>();
        batches.get(input).forEach(batch -> pieces.add(() -> batch));
        return pieces;
    }

    /** All rows of one input in their order, null if there are none; they do not wait any more. */
    @Nullable
    Batch take(int input) {
        List<Batch> held = batches.get(input);
        if (held.isEmpty()) {
            return null;
        }
        Batch all = BatchConcat.of(held);
        held.clear();
        bytes[input] = 0;
        rows -= all.size();
        if (rows == 0) {
            earliest = Long.MAX_VALUE;
        }
        return all;
    }
}
