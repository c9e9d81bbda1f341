package io.laminar.execution.row;

import io.laminar.execution.memory.HeapSize;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.DecimalColumn;
import java.util.Arrays;

/** Decimals of two words. */
final class HeldDecimals implements HeldColumn {
    private final HeldNulls nulls = new HeldNulls();
    private long[] high = new long[0];
    private long[] low = new long[0];

    @Override
    public void reserve(int slots) {
        high = Arrays.copyOf(high, slots);
        low = Arrays.copyOf(low, slots);
        nulls.reserve(slots);
    }

    @Override
    public void put(Column source, int[] rows, int[] slots, int count) {
        DecimalColumn from = (DecimalColumn) source;
        for (int i = 0; i < count; i++) {
            high[slots[i]] = from.high()[rows[i]];
            low[slots[i]] = from.low()[rows[i]];
        }
        nulls.put(source.nulls(), rows, slots, count);
    }

    @Override
    public Column gather(int[] slots, int count) {
        long[] gatheredHigh = new long[count];
        long[] gatheredLow = new long[count];
        for (int i = 0; i < count; i++) {
            gatheredHigh[i] = high[slots[i]];
            gatheredLow[i] = low[slots[i]];
        }
        return new DecimalColumn(gatheredHigh, gatheredLow, nulls.gather(slots, count), count);
    }

    @Override
    public boolean same(int left, int right) {
        return nulls.isNull(left)
                ? nulls.isNull(right)
                : !nulls.isNull(right) && high[left] == high[right] && low[left] == low[right];
    }

    @Override
    public long bytes() {
        return nulls.bytes() + HeapSize.of(high) + HeapSize.of(low);
    }
}
