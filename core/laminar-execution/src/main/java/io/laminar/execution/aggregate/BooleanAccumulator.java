package io.laminar.execution.aggregate;

import io.laminar.execution.key.Capacity;
import io.laminar.execution.memory.HeapSize;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BooleanColumn;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.LongColumn;
import java.util.Arrays;

/** {@code bool_and} and {@code bool_or}: the numbers of true and of false values. */
final class BooleanAccumulator implements Accumulator {
    private final int argument;
    private final boolean any;
    private long[] trues = new long[0];
    private long[] falses = new long[0];

    /** @param any whether one true value suffices */
    BooleanAccumulator(int argument, boolean any) {
        this.argument = argument;
        this.any = any;
    }

    @Override
    public void reserve(int groups) {
        if (trues.length < groups) {
            int capacity = Capacity.grown(groups);
            trues = Arrays.copyOf(trues, capacity);
            falses = Arrays.copyOf(falses, capacity);
        }
    }

    @Override
    public void accumulate(Batch batch, int[] rows, int[] groups, int count) {
        change(batch, rows, groups, count, 1);
    }

    @Override
    public void retract(Batch batch, int[] rows, int[] groups, int count) {
        change(batch, rows, groups, count, -1);
    }

    private void change(Batch batch, int[] rows, int[] groups, int count, int amount) {
        boolean[] values = ((BooleanColumn) batch.column(argument)).values();
        for (int i = 0; i < count; i++) {
            if (values[rows[i]]) {
                trues[groups[i]] += amount;
            } else {
                falses[groups[i]] += amount;
            }
        }
    }

    @Override
    public Column result(int[] groups, int count) {
        boolean[] values = new boolean[count];
        boolean[] nulls = null;
        for (int i = 0; i < count; i++) {
            int group = groups[i];
            values[i] = any ? trues[group] > 0 : falses[group] == 0;
            if (trues[group] == 0 && falses[group] == 0) {
                nulls = nulls == null ? new boolean[count] : nulls;
                nulls[i] = true;
            }
        }
        return new BooleanColumn(values, nulls, count);
    }

    @Override
    public int stateWidth() {
        return 2;
    }

    @Override
    public Column[] state(int[] groups, int count) {
        long[] yes = new long[count];
        long[] no = new long[count];
        for (int i = 0; i < count; i++) {
            yes[i] = trues[groups[i]];
            no[i] = falses[groups[i]];
        }
        return new Column[] {new LongColumn(yes, null, count), new LongColumn(no, null, count)};
    }

    @Override
    public void mergeState(Column[] state, int[] rows, int[] groups, int count) {
        long[] yes = ((LongColumn) state[0]).values();
        long[] no = ((LongColumn) state[1]).values();
        for (int i = 0; i < count; i++) {
            trues[groups[i]] += yes[rows[i]];
            falses[groups[i]] += no[rows[i]];
        }
    }

    @Override
    public void merge(GroupState source, int[] sourceGroups, int[] groups, int count) {
        change((BooleanAccumulator) source, sourceGroups, groups, count, 1);
    }

    @Override
    public boolean subtracts() {
        return true;
    }

    @Override
    public void subtract(GroupState source, int[] sourceGroups, int[] groups, int count) {
        change((BooleanAccumulator) source, sourceGroups, groups, count, -1);
    }

    private void change(BooleanAccumulator other, int[] sourceGroups, int[] groups, int count, int sign) {
        for (int i = 0; i < count; i++) {
            trues[groups[i]] += sign * other.trues[sourceGroups[i]];
            falses[groups[i]] += sign * other.falses[sourceGroups[i]];
        }
    }

    @Override
    public void clear(int[] groups, int count) {
        for (int i = 0; i < count; i++) {
            trues[groups[i]] = 0;
            falses[groups[i]] = 0;
        }
    }

    @Override
    public void clearAll(int limit) {
        Arrays.fill(trues, 0, limit, 0);
        Arrays.fill(falses, 0, limit, 0);
    }

    @Override
    public long bytes() {
        return HeapSize.of(trues) + HeapSize.of(falses);
    }
}
