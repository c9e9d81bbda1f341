package io.laminar.execution.aggregate;

import io.laminar.execution.key.Capacity;
import io.laminar.execution.memory.HeapSize;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.DecimalColumn;
import io.laminar.spi.batch.IntColumn;
import io.laminar.spi.batch.LongColumn;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Sums and averages of integers and decimals, exact in 128 bits. The sum is {@code high * 2^64 + low}, both words
 * signed; the high words exist only once a sum has left 64 bits.
 */
final class ExactSumAccumulator implements Accumulator {
    private final int argument;
    private final ExactSumResult result;
    private long[] low = new long[0];
    private long[] high = new long[0];
    private long[] counts = new long[0];

    ExactSumAccumulator(int argument, ExactSumResult result) {
        this.argument = argument;
        this.result = result;
    }

    @Override
    public void reserve(int groups) {
        if (low.length < groups) {
            int capacity = Capacity.grown(groups);
            low = Arrays.copyOf(low, capacity);
            counts = Arrays.copyOf(counts, capacity);
            if (high.length > 0) {
                high = Arrays.copyOf(high, capacity);
            }
        }
    }

    @Override
    public void accumulate(Batch batch, int[] rows, int[] groups, int count) {
        Column column = batch.column(argument);
        long[] sums = low;
        long[] all = counts;
        if (column instanceof LongColumn longs) {
            long[] values = longs.values();
            for (int i = 0; i < count; i++) {
                int group = groups[i];
                long value = values[rows[i]];
                long before = sums[group];
                long after = before + value;
                sums[group] = after;
                all[group]++;
                if (((before ^ after) & (value ^ after)) < 0) {
                    carry(group, value);
                }
            }
        } else if (column instanceof IntColumn ints) {
            int[] values = ints.values();
            for (int i = 0; i < count; i++) {
                int group = groups[i];
                all[group]++;
                add(group, values[rows[i]]);
            }
        } else {
            DecimalColumn decimals = (DecimalColumn) column;
            for (int i = 0; i < count; i++) {
                int group = groups[i];
                int row = rows[i];
                all[group]++;
                addWide(group, decimals.high()[row], decimals.low()[row]);
            }
        }
    }

    @Override
    public void retract(Batch batch, int[] rows, int[] groups, int count) {
        Column column = batch.column(argument);
        for (int i = 0; i < count; i++) {
            takeBack(column, rows[i], groups[i]);
        }
    }

    private void takeBack(Column column, int row, int group) {
        counts[group]--;
        if (column instanceof LongColumn longs) {
            subtractNarrow(group, longs.value(row));
        } else if (column instanceof IntColumn ints) {
            add(group, -(long) ints.value(row));
        } else {
            DecimalColumn decimals = (DecimalColumn) column;
            subtractNarrow(group, decimals.low()[row]);
            addHigh(group, -signedHigh(decimals.high()[row], decimals.low()[row]));
        }
    }

    private void add(int group, long value) {
        long before = low[group];
        long after = before + value;
        low[group] = after;
        if (((before ^ after) & (value ^ after)) < 0) {
            carry(group, value);
        }
    }

    private void subtractNarrow(int group, long value) {
        long before = low[group];
        long after = before - value;
        low[group] = after;
        if (((before ^ value) & (before ^ after)) < 0) {
            addHigh(group, before < 0 ? -1 : 1);
        }
    }

    /** Adds a 128-bit value in two's complement. */
    private void addWide(int group, long highWord, long lowWord) {
        add(group, lowWord);
        addHigh(group, signedHigh(highWord, lowWord));
    }

    /** The high word that goes with a low word read as signed. */
    private static long signedHigh(long highWord, long lowWord) {
        return lowWord < 0 ? highWord + 1 : highWord;
    }

    private void carry(int group, long value) {
        addHigh(group, value < 0 ? -1 : 1);
    }

    private void addHigh(int group, long value) {
        if (value == 0) {
            return;
        }
        if (high.length == 0) {
            high = new long[low.length];
        }
        long before = high[group];
        long after = before + value;
        if (((before ^ after) & (value ^ after)) < 0) {
            throw new LaminarException(ErrorCode.OVERFLOW, "a sum needs more than 128 bits");
        }
        high[group] = after;
    }

    private long highOf(int group) {
        return high.length == 0 ? 0 : high[group];
    }

    @Override
    public Column result(int[] groups, int count) {
        ExactSumResult.Sink sink = result.sink(count);
        for (int i = 0; i < count; i++) {
            int group = groups[i];
            if (counts[group] == 0) {
                sink.appendNull();
            } else {
                sink.append(highOf(group), low[group], counts[group]);
            }
        }
        return sink.build();
    }

    @Override
    public Column slide(Slide slide, boolean @Nullable [] entered, boolean @Nullable [] left) {
        Column coming = slide.entered().column(argument);
        Column going = slide.left().column(argument);
        ExactSumResult.Sink sink = result.sink(slide.count());
        int in = 0;
        int out = 0;
        for (int i = 0; i < slide.count(); i++) {
            int group = slide.groups()[i];
            for (; out < slide.leftEnds()[i]; out++) {
                if (left == null || left[out]) {
                    takeBack(going, out, group);
                }
            }
            for (; in < slide.enteredEnds()[i]; in++) {
                if (entered == null || entered[in]) {
                    add(coming, in, group);
                }
            }
            if (counts[group] == 0) {
                sink.appendNull();
            } else {
                sink.append(highOf(group), low[group], counts[group]);
            }
        }
        return sink.build();
    }

    private void add(Column column, int row, int group) {
        counts[group]++;
        if (column instanceof LongColumn longs) {
            add(group, longs.value(row));
        } else if (column instanceof IntColumn ints) {
            add(group, ints.value(row));
        } else {
            DecimalColumn decimals = (DecimalColumn) column;
            addWide(group, decimals.high()[row], decimals.low()[row]);
        }
    }

    @Override
    public int stateWidth() {
        return 2;
    }

    @Override
    public Column[] state(int[] groups, int count) {
        long[] highWords = new long[count];
        long[] lowWords = new long[count];
        long[] numbers = new long[count];
        for (int i = 0; i < count; i++) {
            int group = groups[i];
            lowWords[i] = low[group];
            highWords[i] = highOf(group) + (low[group] >> 63);
            numbers[i] = counts[group];
        }
        return new Column[] {new DecimalColumn(highWords, lowWords, null, count), new LongColumn(numbers, null, count)};
    }

    @Override
    public void mergeState(Column[] state, int[] rows, int[] groups, int count) {
        DecimalColumn sums = (DecimalColumn) state[0];
        long[] numbers = ((LongColumn) state[1]).values();
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            addWide(groups[i], sums.high()[row], sums.low()[row]);
            counts[groups[i]] += numbers[row];
        }
    }

    @Override
    public void merge(GroupState source, int[] sourceGroups, int[] groups, int count) {
        ExactSumAccumulator other = (ExactSumAccumulator) source;
        for (int i = 0; i < count; i++) {
            int from = sourceGroups[i];
            add(groups[i], other.low[from]);
            addHigh(groups[i], other.highOf(from));
            counts[groups[i]] += other.counts[from];
        }
    }

    @Override
    public boolean subtracts() {
        return true;
    }

    @Override
    public void subtract(GroupState source, int[] sourceGroups, int[] groups, int count) {
        ExactSumAccumulator other = (ExactSumAccumulator) source;
        for (int i = 0; i < count; i++) {
            int from = sourceGroups[i];
            subtractNarrow(groups[i], other.low[from]);
            addHigh(groups[i], -other.highOf(from));
            counts[groups[i]] -= other.counts[from];
        }
    }

    @Override
    public void clear(int[] groups, int count) {
        for (int i = 0; i < count; i++) {
            low[groups[i]] = 0;
            counts[groups[i]] = 0;
            if (high.length > 0) {
                high[groups[i]] = 0;
            }
        }
    }

    @Override
    public void clearAll(int limit) {
        Arrays.fill(low, 0, limit, 0);
        Arrays.fill(counts, 0, limit, 0);
        if (high.length > 0) {
            Arrays.fill(high, 0, limit, 0);
        }
    }

    @Override
    public long bytes() {
        return HeapSize.of(low) + HeapSize.of(high) + HeapSize.of(counts);
    }
}
