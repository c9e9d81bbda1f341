package io.laminar.spi.batch;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link BatchEncoder} wrote. Text is not copied: columns point into the bytes given, which must not change
 * afterwards.
 */
public final class BatchDecoder {
    private final byte[] bytes;
    private final ByteBuffer buffer;
    private int at;

    public BatchDecoder(byte[] bytes, int from) {
        this.bytes = bytes;
        this.buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        this.at = from;
    }

    public Batch batch() {
        byte version = bytes[at++];
        if (version != BatchCodec.VERSION) {
            throw new IllegalStateException("batch of unknown version " + version);
        }
        Batch.Lane lane = BatchCodec.lane(bytes[at++]);
        boolean hasKinds = (bytes[at++] & BatchCodec.HAS_KINDS) != 0;
        int size = nextInt();
        int width = nextInt();
        long[] rowtime = longs(size);
        byte[] kinds = null;
        if (hasKinds) {
            kinds = Arrays.copyOfRange(bytes, at, at + size);
            at += size;
        }
        Column[] columns = new Column[width];
        for (int c = 0; c < width; c++) {
            columns[c] = column();
        }
        return new Batch(size, columns, rowtime, kinds, lane);
    }

    public Column column() {
        byte tag = bytes[at++];
        int flags = bytes[at++];
        int size = nextInt();
        boolean[] nulls = (flags & BatchCodec.HAS_NULLS) != 0 ? bits(size) : null;
        return switch (tag) {
            case BatchCodec.LONG -> new LongColumn(longs(size), nulls, size);
            case BatchCodec.INT -> new IntColumn(ints(size), nulls, size);
            case BatchCodec.DOUBLE -> new DoubleColumn(doubles(size), nulls, size);
            case BatchCodec.BOOLEAN -> new BooleanColumn(bits(size), nulls, size);
            case BatchCodec.DECIMAL -> new DecimalColumn(longs(size), longs(size), nulls, size);
            case BatchCodec.BYTES -> (flags & BatchCodec.CONSTANT) != 0 ? constant(nulls, size) : text(nulls, size);
            case BatchCodec.STRUCT -> struct(nulls, size);
            case BatchCodec.LIST -> list(nulls, size);
            case BatchCodec.MAP -> map(nulls, size);
            default -> throw new IllegalStateException("column of unknown kind " + tag);
        };
    }

    private BytesColumn constant(boolean @Nullable [] nulls, int size) {
        int length = nextInt();
        int[] starts = new int[size];
        int[] lengths = new int[size];
        Arrays.fill(starts, at);
        Arrays.fill(lengths, length);
        at += length;
        return new BytesColumn(bytes, starts, lengths, nulls, size);
    }

    private BytesColumn text(boolean @Nullable [] nulls, int size) {
        int[] lengths = ints(size);
        int used = nextInt();
        int[] starts = new int[size];
        int start = at;
        for (int i = 0; i < size; i++) {
            starts[i] = start;
            start += lengths[i];
        }
        at += used;
        return new BytesColumn(bytes, starts, lengths, nulls, size);
    }

    private StructColumn struct(boolean @Nullable [] nulls, int size) {
        int width = nextInt();
        List<Column> members = new ArrayList<>(width);
        for (int i = 0; i < width; i++) {
            members.add(column());
        }
        return new StructColumn(members, nulls, size);
    }

    private ListColumn list(boolean @Nullable [] nulls, int size) {
        int[] lengths = ints(size);
        return new ListColumn(column(), starts(lengths), lengths, nulls, size);
    }

    private MapColumn map(boolean @Nullable [] nulls, int size) {
        int[] lengths = ints(size);
        Column keys = column();
        return new MapColumn(keys, column(), starts(lengths), lengths, nulls, size);
    }

    private static int[] starts(int[] lengths) {
        int[] starts = new int[lengths.length];
        int start = 0;
        for (int i = 0; i < starts.length; i++) {
            starts[i] = start;
            start += lengths[i];
        }
        return starts;
    }

    private boolean[] bits(int size) {
        boolean[] bits = new boolean[size];
        for (int row = 0; row < size; row++) {
            bits[row] = (bytes[at + (row >>> 3)] >>> (row & 7) & 1) != 0;
        }
        at += (size + 7) >>> 3;
        return bits;
    }

    private long[] longs(int size) {
        long[] values = new long[size];
        buffer.position(at);
        buffer.asLongBuffer().get(values);
        at += size * Long.BYTES;
        return values;
    }

    private double[] doubles(int size) {
        double[] values = new double[size];
        buffer.position(at);
        buffer.asDoubleBuffer().get(values);
        at += size * Double.BYTES;
        return values;
    }

    private int[] ints(int size) {
        int[] values = new int[size];
        buffer.position(at);
        buffer.asIntBuffer().get(values);
        at += size * Integer.BYTES;
        return values;
    }

    private int nextInt() {
        int value = buffer.getInt(at);
        at += Integer.BYTES;
        return value;
    }
}
