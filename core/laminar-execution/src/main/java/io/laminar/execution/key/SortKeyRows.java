package io.laminar.execution.key;

import io.laminar.plan.node.SortKey;
import io.laminar.spi.batch.BooleanColumn;
import io.laminar.spi.batch.BytesColumn;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.DecimalColumn;
import io.laminar.spi.batch.DoubleColumn;
import io.laminar.spi.batch.IntColumn;
import io.laminar.spi.batch.ListColumn;
import io.laminar.spi.batch.LongColumn;
import io.laminar.spi.batch.MapColumn;
import io.laminar.spi.batch.StructColumn;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * The sort keys of rows as bytes whose unsigned order is the wanted order: numbers big-endian with the sign bit turned,
 * text ended by two zero bytes (a zero inside becomes 00 FF), descending columns inverted, NULLs by a byte in front. NaN
 * comes after all other numbers.
 */
public final class SortKeyRows {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final byte NULL_FIRST = 0;
    private static final byte PRESENT = 1;
    private static final byte NULL_LAST = 2;

    private final List<SortKey> order;
    private byte[] bytes = new byte[256];
    private int used;
    private int[] starts = new int[16];
    private int[] lengths = new int[16];

    public SortKeyRows(List<SortKey> order) {
        this.order = List.copyOf(order);
    }

    /** Writes the keys of rows; {@link SortKey#column} are positions in {@code columns}. */
    public void load(Column[] columns, int rows) {
        if (starts.length < rows) {
            starts = new int[Capacity.grown(rows)];
            lengths = new int[starts.length];
        }
        used = 0;
        for (int row = 0; row < rows; row++) {
            starts[row] = used;
            for (SortKey key : order) {
                put(columns[key.column()], row, key);
            }
            lengths[row] = used - starts[row];
        }
    }

    public byte[] bytes() {
        return bytes;
    }

    public int[] starts() {
        return starts;
    }

    public int[] lengths() {
        return lengths;
    }

    /** A copy of the key of a row. */
    public byte[] key(int row) {
        return Arrays.copyOfRange(bytes, starts[row], starts[row] + lengths[row]);
    }

    /** Compares the key of a row with another key. */
    public int compare(int row, byte[] other) {
        return Arrays.compareUnsigned(bytes, starts[row], starts[row] + lengths[row], other, 0, other.length);
    }

    /** Compares the keys of two rows. */
    public int compare(int left, int right) {
        return Arrays.compareUnsigned(
                bytes,
                starts[left],
                starts[left] + lengths[left],
                bytes,
                starts[right],
                starts[right] + lengths[right]);
    }

    /** The first eight bytes of a key as a number whose signed order agrees with that of the bytes. */
    public long prefix(int row) {
        int start = starts[row];
        if (lengths[row] >= Long.BYTES) {
            return (long) LONGS.get(bytes, start) ^ Long.MIN_VALUE;
        }
        long prefix = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            prefix = prefix << 8 | (i < lengths[row] ? bytes[start + i] & 0xFF : 0);
        }
        return prefix ^ Long.MIN_VALUE;
    }

    private void put(Column column, int row, SortKey key) {
        if (column.isNull(row)) {
            putByte(key.nullsFirst() ? NULL_FIRST : NULL_LAST);
            return;
        }
        putByte(PRESENT);
        int from = used;
        putValue(column, row);
        if (key.descending()) {
            for (int i = from; i < used; i++) {
                bytes[i] = (byte) ~bytes[i];
            }
        }
    }

    private void putValue(Column column, int row) {
        if (column instanceof LongColumn longs) {
            putLong(longs.value(row) ^ Long.MIN_VALUE);
        } else if (column instanceof IntColumn ints) {
            putInt(ints.value(row) ^ Integer.MIN_VALUE);
        } else if (column instanceof DoubleColumn doubles) {
            putDouble(doubles.value(row));
        } else if (column instanceof BytesColumn text) {
            putBytes(text.arena(), text.starts()[row], text.lengths()[row]);
        } else if (column instanceof DecimalColumn decimals) {
            putLong(decimals.high()[row] ^ Long.MIN_VALUE);
            putLong(decimals.low()[row]);
        } else if (column instanceof BooleanColumn booleans) {
            putByte((byte) (booleans.value(row) ? 1 : 0));
        } else if (column instanceof StructColumn structs) {
            for (Column member : structs.members()) {
                putNested(member, row);
            }
        } else if (column instanceof ListColumn lists) {
            for (int i = 0; i < lists.lengths()[row]; i++) {
                putNested(lists.elements(), lists.starts()[row] + i);
            }
            // Ends before every element, so that a list comes before the longer ones it begins.
            putByte((byte) 0);
        } else {
            MapColumn maps = (MapColumn) column;
            for (int i = 0; i < maps.lengths()[row]; i++) {
                putNested(maps.keys(), maps.starts()[row] + i);
                putNested(maps.values(), maps.starts()[row] + i);
            }
            putByte((byte) 0);
        }
    }

    private void putNested(Column column, int row) {
        if (column.isNull(row)) {
            putByte(NULL_LAST);
        } else {
            putByte(PRESENT);
            putValue(column, row);
        }
    }

    private void putDouble(double value) {
        long bits = Double.doubleToLongBits(value == 0 ? 0 : value);
        putLong(bits < 0 ? ~bits : bits ^ Long.MIN_VALUE);
    }

    private void putBytes(byte[] source, int from, int length) {
        reserve(length * 2L + 2);
        int at = used;
        for (int i = from; i < from + length; i++) {
            byte value = source[i];
            bytes[at++] = value;
            if (value == 0) {
                bytes[at++] = (byte) 0xFF;
            }
        }
        bytes[at++] = 0;
        bytes[at++] = 0;
        used = at;
    }

    private void putLong(long value) {
        reserve(Long.BYTES);
        LONGS.set(bytes, used, value);
        used += Long.BYTES;
    }

    private void putInt(int value) {
        reserve(Integer.BYTES);
        for (int shift = 24; shift >= 0; shift -= 8) {
            bytes[used++] = (byte) (value >>> shift);
        }
    }

    private void putByte(byte value) {
        reserve(1);
        bytes[used++] = value;
    }

    private void reserve(long count) {
        if (bytes.length - used < count) {
            bytes = Arrays.copyOf(bytes, Capacity.grown(used + count));
        }
    }
}
