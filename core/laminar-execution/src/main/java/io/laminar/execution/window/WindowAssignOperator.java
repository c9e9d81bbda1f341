package io.laminar.execution.window;

import io.laminar.execution.key.Capacity;
import io.laminar.execution.operator.Operator;
import io.laminar.execution.operator.OperatorContext;
import io.laminar.execution.operator.Output;
import io.laminar.plan.node.WindowAssignNode;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.LongColumn;
import java.util.Arrays;

/** Runs a {@link WindowAssignNode}: every row once per window it is in, the earliest window first. Keeps nothing. */
public final class WindowAssignOperator implements Operator {
    private final WindowFrames frames;
    private int[] rows = new int[Batch.TARGET_ROWS];
    private long[] starts = new long[Batch.TARGET_ROWS];
    private long[] ends = new long[Batch.TARGET_ROWS];
    private int count;

    public WindowAssignOperator(WindowAssignNode node) {
        this.frames = WindowFrames.of(node.window());
    }

    @Override
    public void open(OperatorContext context) {}

    @Override
    public void process(int input, Batch batch, Output out) {
        long[] times = batch.rowtime();
        count = 0;
        for (int row = 0; row < batch.size(); row++) {
            long end = frames.nextEnd(times[row]);
            long start = frames.start(end);
            while (start <= times[row]) {
                add(row, start, end);
                end = frames.nextEnd(end);
                start = frames.start(end);
            }
        }
        emit(batch, out);
    }

    private void add(int row, long start, long end) {
        if (count == rows.length) {
            int capacity = Capacity.grown(count + 1L);
            rows = Arrays.copyOf(rows, capacity);
            starts = Arrays.copyOf(starts, capacity);
            ends = Arrays.copyOf(ends, capacity);
        }
        rows[count] = row;
        starts[count] = start;
        ends[count++] = end;
    }

    private void emit(Batch batch, Output out) {
        for (int from = 0; from < count; from += Batch.TARGET_ROWS) {
            int to = Math.min(count, from + Batch.TARGET_ROWS);
            Batch part = batch.gather(Arrays.copyOfRange(rows, from, to), to - from);
            Column[] columns = Arrays.copyOf(part.columns(), part.width() + 2);
            columns[part.width()] = new LongColumn(Arrays.copyOfRange(starts, from, to), null, to - from);
            columns[part.width() + 1] = new LongColumn(Arrays.copyOfRange(ends, from, to), null, to - from);
            out.emit(part.withColumns(columns));
        }
    }
}
