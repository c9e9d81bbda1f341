package io.laminar.spi.batch;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes batches and columns in the layout of {@link BatchCodec} into a buffer that grows and can be used again. */
public final class BatchEncoder {
    private static final int FIRST_CAPACITY = 1 << 12;
    private static final int MAX_CAPACITY = Integer.MAX_VALUE - 16;

    private byte[] bytes = new byte[FIRST_CAPACITY];
    /** A view of {@link #bytes} for bulk copies of numbers. */
    private ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);

    private int at;

    /** Forgets what was written and keeps the buffer. */
    public BatchEncoder reset() {
        at = 0;
        return this;
    }

    public int length() {
        return at;
    }

    /** The bytes written, up to {@link #length}; valid until the next call. */
    public byte[] buffer() {
        return bytes;
    }

    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, at);
    }

    public BatchEncoder put(Batch batch) {
        byte[] kinds = batch.kinds();
        putByte(BatchCodec.VERSION);
        putByte(BatchCodec.laneCode(batch.lane()));
        putByte(kinds == null ? 0 : BatchCodec.HAS_KINDS);
        putInt(batch.size());
        putInt(batch.width());
        putLongs(batch.rowtime(), batch.size());
        if (kinds != null) {
            putBytes(kinds, 0, batch.size());
        }
        for (Column column : batch.columns()) {
            put(column);
        }
        return this;
    }

    public BatchEncoder put(Column column) {
        if (column instanceof LongColumn longs) {
            header(BatchCodec.LONG, 0, column);
            putLongs(longs.values(), column.size());
        } else if (column instanceof BytesColumn bytes) {
            putText(bytes);
        } else if (column instanceof IntColumn ints) {
            header(BatchCodec.INT, 0, column);
            putInts(ints.values(), column.size());
        } else if (column instanceof DoubleColumn doubles) {
            header(BatchCodec.DOUBLE, 0, column);
            putDoubles(doubles.values(), column.size());
        } else if (column instanceof BooleanColumn booleans) {
            header(BatchCodec.BOOLEAN, 0, column);
            putBits(booleans.values(), column.size());
        } else if (column instanceof DecimalColumn decimals) {
            header(BatchCodec.DECIMAL, 0, column);
            putLongs(decimals.high(), column.size());
            putLongs(decimals.low(), column.size());
        } else if (column instanceof StructColumn structs) {
            putStructs(structs);
        } else if (column instanceof ListColumn lists) {
            header(BatchCodec.LIST, 0, column);
            putRanges(lists.starts(), lists.lengths(), column.size(), List.of(lists.elements()));
        } else {
            MapColumn maps = (MapColumn) column;
            header(BatchCodec.MAP, 0, column);
            putRanges(maps.starts(), maps.lengths(), column.size(), List.of(maps.keys(), maps.values()));
        }
        return this;
    }

    private void putStructs(StructColumn structs) {
        header(BatchCodec.STRUCT, 0, structs);
        putInt(structs.members().size());
        for (Column member : structs.members()) {
            put(member);
        }
    }

    private void header(byte tag, int flags, Column column) {
        boolean[] nulls = column.nulls();
        putByte(tag);
        putByte(nulls == null ? flags : flags | BatchCodec.HAS_NULLS);
        putInt(column.size());
        if (nulls != null) {
            putBits(nulls, column.size());
        }
    }

    private void putText(BytesColumn column) {
        int size = column.size();
        int[] starts = column.starts();
        int[] lengths = column.lengths();
        if (size > 1 && isConstant(starts, lengths, size)) {
            header(BatchCodec.BYTES, BatchCodec.CONSTANT, column);
            putInt(lengths[0]);
            putBytes(column.arena(), starts[0], lengths[0]);
            return;
        }
        header(BatchCodec.BYTES, 0, column);
        putInts(lengths, size);
        long total = 0;
        int base = 0;
        boolean contiguous = true;
        for (int i = 0; i < size; i++) {
            base = total == 0 ? starts[i] : base;
            contiguous &= lengths[i] == 0 || starts[i] == base + total;
            total += lengths[i];
        }
        int used = checked(total);
        putInt(used);
        if (contiguous) {
            putBytes(column.arena(), used == 0 ? 0 : base, used);
            return;
        }
        reserve(used);
        byte[] arena = column.arena();
        for (int i = 0; i < size; i++) {
            System.arraycopy(arena, starts[i], bytes, at, lengths[i]);
            at += lengths[i];
        }
    }

    private static boolean isConstant(int[] starts, int[] lengths, int size) {
        for (int i = 1; i < size; i++) {
            if (starts[i] != starts[0] || lengths[i] != lengths[0]) {
                return false;
            }
        }
        return true;
    }

    /** Lengths, then the children brought into the order of the ranges and without gaps. */
    private void putRanges(int[] starts, int[] lengths, int size, List<Column> children) {
        putInts(lengths, size);
        long total = 0;
        boolean contiguous = true;
        for (int i = 0; i < size; i++) {
            contiguous &= lengths[i] == 0 || starts[i] == total;
            total += lengths[i];
        }
        int used = checked(total);
        int @Nullable [] selection = contiguous ? null : selection(starts, lengths, size, used);
        for (Column child : children) {
            if (selection != null) {
                put(child.gather(selection, used));
            } else {
                put(child.size() == used ? child : child.slice(0, used));
            }
        }
    }

    private static int[] selection(int[] starts, int[] lengths, int size, int total) {
        int[] selection = new int[total];
        int next = 0;
        for (int i = 0; i < size; i++) {
            for (int e = 0; e < lengths[i]; e++) {
                selection[next++] = starts[i] + e;
            }
        }
        return selection;
    }

    private void putBits(boolean[] bits, int size) {
        int count = (size + 7) >>> 3;
        reserve(count);
        int row = 0;
        for (int b = 0; b < count; b++) {
            int packed = 0;
            int end = Math.min(row + 8, size);
            for (int bit = 0; row < end; row++, bit++) {
                packed |= (bits[row] ? 1 : 0) << bit;
            }
            bytes[at + b] = (byte) packed;
        }
        at += count;
    }

    private void putLongs(long[] values, int size) {
        int count = checked((long) size * Long.BYTES);
        reserve(count);
        buffer.position(at);
        buffer.asLongBuffer().put(values, 0, size);
        at += count;
    }

    private void putDoubles(double[] values, int size) {
        int count = checked((long) size * Double.BYTES);
        reserve(count);
        buffer.position(at);
        buffer.asDoubleBuffer().put(values, 0, size);
        at += count;
    }

    private void putInts(int[] values, int size) {
        int count = checked((long) size * Integer.BYTES);
        reserve(count);
        buffer.position(at);
        buffer.asIntBuffer().put(values, 0, size);
        at += count;
    }

    private void putBytes(byte[] source, int from, int count) {
        reserve(count);
        System.arraycopy(source, from, bytes, at, count);
        at += count;
    }

    private void putByte(int value) {
        reserve(1);
        bytes[at++] = (byte) value;
    }

    private void putInt(int value) {
        reserve(Integer.BYTES);
        buffer.putInt(at, value);
        at += Integer.BYTES;
    }

    private void reserve(int count) {
        int needed = checked((long) at + count);
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(Math.max(needed, bytes.length * 2L), MAX_CAPACITY));
            buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        }
    }

    private static int checked(long count) {
        if (count > MAX_CAPACITY) {
            throw new LaminarException(
                    ErrorCode.LIMIT_EXCEEDED, "a batch of rows takes " + count + " bytes, more than 2 GB");
        }
        return (int) count;
    }
}
