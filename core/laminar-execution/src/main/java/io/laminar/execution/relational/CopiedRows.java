package io.laminar.execution.relational;

import io.laminar.execution.operator.Output;
import io.laminar.spi.batch.Batch;
import java.util.Arrays;

/** Collects rows, some of them several times, and emits them as batches. */
final class CopiedRows {
    private final SideCounts counts;
    private final byte kind;
    private final boolean appends;
    private final int[] ids = new int[Batch.TARGET_ROWS];
    private int size;

    /** @param appends whether batches go without row kinds */
    CopiedRows(SideCounts counts, byte kind, boolean appends) {
        this.counts = counts;
        this.kind = kind;
        this.appends = appends;
    }

    /** Adds copies of a row; a number below one adds none. */
    void add(int row, long copies, Output out) {
        for (long copy = 0; copy < copies; copy++) {
            if (size == ids.length) {
                flush(out);
            }
            ids[size++] = row;
        }
    }

    void flush(Output out) {
        if (size == 0) {
            return;
        }
        byte[] kinds = null;
        if (!appends) {
            kinds = new byte[size];
            Arrays.fill(kinds, kind);
        }
        int[] rows = Arrays.copyOf(ids, size);
        out.emit(new Batch(size, counts.rows().columns(rows, size), counts.times(rows, size), kinds));
        size = 0;
    }
}
