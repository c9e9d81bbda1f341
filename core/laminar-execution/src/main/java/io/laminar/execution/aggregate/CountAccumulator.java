package io.laminar.execution.aggregate;

import io.laminar.execution.key.Capacity;
import io.laminar.execution.memory.HeapSize;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.LongColumn;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** {@code count(*)} and {@code count(x)}; also the number of rows behind a group. */
public final class CountAccumulator implements Accumulator {
    private long[] counts = new long[0];

    @Override
    public void reserve(int groups) {
        if (counts.length < groups) {
            counts = Arrays.copyOf(counts, Capacity.grown(groups));
        }
    }

    /** The count of a group. */
    public long count(int group) {
        return counts[group];
    }

    @Override
    public void accumulate(Batch batch, int[] rows, int[] groups, int count) {
        long[] all = counts;
        for (int i = 0; i < count; i++) {
            all[groups[i]]++;
        }
    }

    @Override
    public void retract(Batch batch, int[] rows, int[] groups, int count) {
        for (int i = 0; i < count; i++) {
            counts[groups[i]]--;
        }
    }

    @Override
    public Column result(int[] groups, int count) {
        long[] values = new long[count];
        for (int i = 0; i < count; i++) {
            values[i] = counts[groups[i]];
        }
        return new LongColumn(values, null, count);
    }

    @Override
    public Column slide(Slide slide, boolean @Nullable [] entered, boolean @Nullable [] left) {
        long[] values = new long[slide.count()];
        int in = 0;
        int out = 0;
        for (int i = 0; i < values.length; i++) {
            long number = counts[slide.groups()[i]];
            for (; out < slide.leftEnds()[i]; out++) {
                number -= left == null || left[out] ? 1 : 0;
            }
            for (; in < slide.enteredEnds()[i]; in++) {
                number += entered == null || entered[in] ? 1 : 0;
            }
            counts[slide.groups()[i]] = number;
            values[i] = number;
        }
        return new LongColumn(values, null, values.length);
    }

    @Override
    public int stateWidth() {
        return 1;
    }

    @Override
    public Column[] state(int[] groups, int count) {
        return new Column[] {result(groups, count)};
    }

    @Override
    public void mergeState(Column[] state, int[] rows, int[] groups, int count) {
        long[] values = ((LongColumn) state[0]).values();
        for (int i = 0; i < count; i++) {
            counts[groups[i]] += values[rows[i]];
        }
    }

    @Override
    public void merge(GroupState source, int[] sourceGroups, int[] groups, int count) {
        long[] other = ((CountAccumulator) source).counts;
        for (int i = 0; i < count; i++) {
            counts[groups[i]] += other[sourceGroups[i]];
        }
    }

    @Override
    public boolean subtracts() {
        return true;
    }

    @Override
    public void subtract(GroupState source, int[] sourceGroups, int[] groups, int count) {
        long[] other = ((CountAccumulator) source).counts;
        for (int i = 0; i < count; i++) {
            counts[groups[i]] -= other[sourceGroups[i]];
        }
    }

    @Override
    public void clear(int[] groups, int count) {
        for (int i = 0; i < count; i++) {
            counts[groups[i]] = 0;
        }
    }

    @Override
    public void clearAll(int limit) {
        Arrays.fill(counts, 0, limit, 0);
    }

    @Override
    public long bytes() {
        return HeapSize.of(counts);
    }
}
