package io.laminar.execution.operator;

import io.laminar.spi.batch.Batch;
import java.util.Arrays;

/** The rows of a batch that came too late for an operator: counted, and sent on in the lane for late rows. */
public final class LateRows {
    /** The counter. */
    public static final String METRIC = "late_rows";

    private int[] rows = new int[16];
    private int count;

    public void add(int row) {
        reserve(count + 1);
        rows[count++] = row;
    }

    public void add(int[] others, int number) {
        reserve(count + number);
        System.arraycopy(others, 0, rows, count, number);
        count += number;
    }

    private void reserve(int needed) {
        if (rows.length < needed) {
            rows = Arrays.copyOf(rows, Math.max(needed, rows.length * 2));
        }
    }

    public boolean isEmpty() {
        return count == 0;
    }

    /** Sends what was added of a batch, whose row kinds mean nothing outside, and begins anew. */
    public void send(int input, Batch batch, OperatorContext context, Output out) {
        if (count == 0) {
            return;
        }
        context.count(METRIC, count);
        Batch late = batch.gather(rows, count);
        out.emit(new Batch(count, late.columns(), late.rowtime(), null, Batch.Lane.late(input)));
        count = 0;
    }
}
