package io.laminar.execution.over;

import io.laminar.execution.key.Capacity;
import io.laminar.execution.memory.HeapSize;
import io.laminar.spi.batch.BooleanColumn;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.DecimalColumn;
import io.laminar.spi.batch.DoubleColumn;
import io.laminar.spi.batch.IntColumn;
import io.laminar.spi.batch.LongColumn;
import io.laminar.spi.type.DataType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The values of one column of rows that are kept in slots; a slot is used again once its row has gone. */
abstract sealed class SlotColumn {
    private boolean @Nullable [] nulls;
    private int capacity;

    static SlotColumn of(DataType type) {
        return switch (type.physical()) {
            case BOOLEAN -> new Booleans();
            case INT -> new Ints();
            case LONG -> new Longs();
            case DOUBLE -> new Doubles();
            case DECIMAL -> new Decimals();
            case BYTES -> new SlotBytes();
            case LIST, MAP, STRUCT -> new Nested(type);
        };
    }

    /** Makes room for slots below {@code slots}. */
    final void reserve(int slots) {
        if (capacity < slots) {
            capacity = Capacity.grown(slots);
            if (nulls != null) {
                nulls = Arrays.copyOf(nulls, capacity);
            }
            resize(capacity);
        }
    }

    /** Puts row {@code rows[i]} into slot {@code slots[i]}. */
    final void put(Column source, int[] rows, int[] slots, int count) {
        boolean[] sourceNulls = source.nulls();
        if (sourceNulls != null && nulls == null) {
            nulls = new boolean[capacity];
        }
        if (nulls != null) {
            for (int i = 0; i < count; i++) {
                nulls[slots[i]] = sourceNulls != null && sourceNulls[rows[i]];
            }
        }
        putValues(source, rows, slots, count);
    }

    final boolean isNull(int slot) {
        return nulls != null && nulls[slot];
    }

    /** The values of slots as a column; NULL where there is no slot. */
    final Column gather(int[] slots, int count) {
        boolean[] gathered = null;
        for (int i = 0; i < count; i++) {
            if (slots[i] < 0 || isNull(slots[i])) {
                gathered = gathered == null ? new boolean[count] : gathered;
                gathered[i] = true;
            }
        }
        return gatherValues(slots, count, gathered);
    }

    /** Compares two values, neither of which is NULL. */
    abstract int compare(int left, int right);

    protected abstract void resize(int slots);

    protected abstract void putValues(Column source, int[] rows, int[] slots, int count);

    /** @param absent where there is no value to be read */
    protected abstract Column gatherValues(int[] slots, int count, boolean @Nullable [] absent);

    /** Heap that the values take, nearly. */
    final long bytes() {
        return HeapSize.of(nulls) + valueBytes();
    }

    protected abstract long valueBytes();

    /** The rows of slots have gone. */
    protected void free(int[] slots, int count) {}

    static final class Longs extends SlotColumn {
        private long[] values = new long[0];

        @Override
        protected long valueBytes() {
            return HeapSize.of(values);
        }

        @Override
        protected void resize(int slots) {
            values = Arrays.copyOf(values, slots);
        }

        @Override
        protected void putValues(Column source, int[] rows, int[] slots, int count) {
            long[] from = ((LongColumn) source).values();
            for (int i = 0; i < count; i++) {
                values[slots[i]] = from[rows[i]];
            }
        }

        @Override
        protected Column gatherValues(int[] slots, int count, boolean @Nullable [] absent) {
            long[] gathered = new long[count];
            for (int i = 0; i < count; i++) {
                gathered[i] = slots[i] < 0 ? 0 : values[slots[i]];
            }
            return new LongColumn(gathered, absent, count);
        }

        @Override
        int compare(int left, int right) {
            return Long.compare(values[left], values[right]);
        }
    }

    static final class Ints extends SlotColumn {
        private int[] values = new int[0];

        @Override
        protected long valueBytes() {
            return HeapSize.of(values);
        }

        @Override
        protected void resize(int slots) {
            values = Arrays.copyOf(values, slots);
        }

        @Override
        protected void putValues(Column source, int[] rows, int[] slots, int count) {
            int[] from = ((IntColumn) source).values();
            for (int i = 0; i < count; i++) {
                values[slots[i]] = from[rows[i]];
            }
        }

        @Override
        protected Column gatherValues(int[] slots, int count, boolean @Nullable [] absent) {
            int[] gathered = new int[count];
            for (int i = 0; i < count; i++) {
                gathered[i] = slots[i] < 0 ? 0 : values[slots[i]];
            }
            return new IntColumn(gathered, absent, count);
        }

        @Override
        int compare(int left, int right) {
            return Integer.compare(values[left], values[right]);
        }
    }

    static final class Doubles extends SlotColumn {
        private double[] values = new double[0];

        @Override
        protected long valueBytes() {
            return HeapSize.of(values);
        }

        @Override
        protected void resize(int slots) {
            values = Arrays.copyOf(values, slots);
        }

        @Override
        protected void putValues(Column source, int[] rows, int[] slots, int count) {
            double[] from = ((DoubleColumn) source).values();
            for (int i = 0; i < count; i++) {
                values[slots[i]] = from[rows[i]];
            }
        }

        @Override
        protected Column gatherValues(int[] slots, int count, boolean @Nullable [] absent) {
            double[] gathered = new double[count];
            for (int i = 0; i < count; i++) {
                gathered[i] = slots[i] < 0 ? 0 : values[slots[i]];
            }
            return new DoubleColumn(gathered, absent, count);
        }

        /** Zeros are equal, NaN is the greatest. */
        @Override
        int compare(int left, int right) {
            return values[left] == values[right] ? 0 : Double.compare(values[left], values[right]);
        }
    }

    static final class Booleans extends SlotColumn {
        private boolean[] values = new boolean[0];

        @Override
        protected long valueBytes() {
            return HeapSize.of(values);
        }

        @Override
        protected void resize(int slots) {
            values = Arrays.copyOf(values, slots);
        }

        @Override
        protected void putValues(Column source, int[] rows, int[] slots, int count) {
            boolean[] from = ((BooleanColumn) source).values();
            for (int i = 0; i < count; i++) {
                values[slots[i]] = from[rows[i]];
            }
        }

        boolean isTrue(int slot) {
            return values[slot] && !isNull(slot);
        }

        @Override
        protected Column gatherValues(int[] slots, int count, boolean @Nullable [] absent) {
            boolean[] gathered = new boolean[count];
            for (int i = 0; i < count; i++) {
                gathered[i] = slots[i] >= 0 && values[slots[i]];
            }
            return new BooleanColumn(gathered, absent, count);
        }

        @Override
        int compare(int left, int right) {
            return Boolean.compare(values[left], values[right]);
        }
    }

    static final class Decimals extends SlotColumn {
        private long[] high = new long[0];
        private long[] low = new long[0];

        @Override
        protected long valueBytes() {
            return HeapSize.of(high) + HeapSize.of(low);
        }

        @Override
        protected void resize(int slots) {
            high = Arrays.copyOf(high, slots);
            low = Arrays.copyOf(low, slots);
        }

        @Override
        protected void putValues(Column source, int[] rows, int[] slots, int count) {
            DecimalColumn from = (DecimalColumn) source;
            for (int i = 0; i < count; i++) {
                high[slots[i]] = from.high()[rows[i]];
                low[slots[i]] = from.low()[rows[i]];
            }
        }

        @Override
        protected Column gatherValues(int[] slots, int count, boolean @Nullable [] absent) {
            long[] gatheredHigh = new long[count];
            long[] gatheredLow = new long[count];
            for (int i = 0; i < count; i++) {
                if (slots[i] >= 0) {
                    gatheredHigh[i] = high[slots[i]];
                    gatheredLow[i] = low[slots[i]];
                }
            }
            return new DecimalColumn(gatheredHigh, gatheredLow, absent, count);
        }

        @Override
        int compare(int left, int right) {
            int order = Long.compare(high[left], high[right]);
            return order != 0 ? order : Long.compareUnsigned(low[left], low[right]);
        }
    }

    /** Lists, maps and structs, written as bytes. */
    static final class Nested extends SlotColumn {
        private final NestedSlots values;

        Nested(DataType type) {
            this.values = new NestedSlots(type);
        }

        @Override
        protected long valueBytes() {
            return values.bytes().bytes();
        }

        @Override
        protected void resize(int slots) {
            values.bytes().reserve(slots);
        }

        @Override
        protected void putValues(Column source, int[] rows, int[] slots, int count) {
            values.put(source, rows, slots, count);
        }

        @Override
        protected Column gatherValues(int[] slots, int count, boolean @Nullable [] absent) {
            return values.gather(slots, count, absent);
        }

        @Override
        protected void free(int[] slots, int count) {
            values.bytes().free(slots, count);
        }

        @Override
        int compare(int left, int right) {
            throw new UnsupportedOperationException("nested values are compared by their aggregates");
        }
    }

    /** Text and bytes. */
    static final class SlotBytes extends SlotColumn {
        private final ByteSlots values = new ByteSlots();

        @Override
        protected long valueBytes() {
            return values.bytes();
        }

        @Override
        protected void resize(int slots) {
            values.reserve(slots);
        }

        @Override
        protected void putValues(Column source, int[] rows, int[] slots, int count) {
            values.put((io.laminar.spi.batch.BytesColumn) source, rows, slots, count);
        }

        @Override
        protected Column gatherValues(int[] slots, int count, boolean @Nullable [] absent) {
            return values.gather(slots, count, absent);
        }

        @Override
        protected void free(int[] slots, int count) {
            values.free(slots, count);
        }

        @Override
        int compare(int left, int right) {
            return values.compare(left, right);
        }
    }
}
