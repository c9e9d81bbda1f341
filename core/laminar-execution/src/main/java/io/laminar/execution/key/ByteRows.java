package io.laminar.execution.key;

import io.laminar.spi.batch.BooleanBuilder;
import io.laminar.spi.batch.BooleanColumn;
import io.laminar.spi.batch.BytesBuilder;
import io.laminar.spi.batch.BytesColumn;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.ColumnBuilder;
import io.laminar.spi.batch.DecimalBuilder;
import io.laminar.spi.batch.DecimalColumn;
import io.laminar.spi.batch.DoubleBuilder;
import io.laminar.spi.batch.DoubleColumn;
import io.laminar.spi.batch.IntBuilder;
import io.laminar.spi.batch.IntColumn;
import io.laminar.spi.batch.ListBuilder;
import io.laminar.spi.batch.ListColumn;
import io.laminar.spi.batch.LongBuilder;
import io.laminar.spi.batch.LongColumn;
import io.laminar.spi.batch.MapBuilder;
import io.laminar.spi.batch.MapColumn;
import io.laminar.spi.batch.StructBuilder;
import io.laminar.spi.batch.StructColumn;
import io.laminar.spi.type.DataType;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Rows as bytes: each row's values one after the other, written column by column. As keys, rows that are equal in SQL's
 * grouping have equal bytes: 0.0 is -0.0, and a map is the same whatever the order of its entries.
 */
public final class ByteRows {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] bytes = new byte[256];
    private int[] starts = new int[16];
    private int[] lengths = new int[16];
    private int[] ends = new int[16];
    private boolean asKeys;

    public byte[] bytes() {
        return bytes;
    }

    public int[] starts() {
        return starts;
    }

    public int[] lengths() {
        return lengths;
    }

    /** Writes rows such that equal keys have equal bytes. */
    public void encodeKeys(Column[] columns, int rows) {
        asKeys = true;
        encode(columns, rows);
    }

    /** Writes rows such that {@link #decode} gives back the very same values. */
    public void encodeValues(Column[] columns, int rows) {
        asKeys = false;
        encode(columns, rows);
    }

    private void encode(Column[] columns, int rows) {
        if (starts.length < rows) {
            int capacity = Capacity.grown(rows);
            starts = new int[capacity];
            lengths = new int[capacity];
            ends = new int[capacity];
        }
        Arrays.fill(lengths, 0, rows, 0);
        for (Column column : columns) {
            measure(column, rows);
        }
        long total = 0;
        for (int i = 0; i < rows; i++) {
            starts[i] = (int) total;
            ends[i] = (int) total;
            total += lengths[i];
        }
        if (bytes.length < total) {
            bytes = new byte[Capacity.grown(total)];
        }
        for (Column column : columns) {
            write(column, rows);
        }
    }

    private void measure(Column column, int rows) {
        boolean[] nulls = column.nulls();
        if (column instanceof BytesColumn text) {
            int[] sizes = text.lengths();
            for (int i = 0; i < rows; i++) {
                lengths[i] += nulls != null && nulls[i] ? 1 : 1 + Integer.BYTES + sizes[i];
            }
            return;
        }
        int width = fixedWidth(column);
        for (int i = 0; i < rows; i++) {
            lengths[i] += width > 0 ? (nulls != null && nulls[i] ? 1 : 1 + width) : width(column, i);
        }
    }

    private void write(Column column, int rows) {
        boolean[] nulls = column.nulls();
        if (column instanceof LongColumn longs) {
            long[] values = longs.values();
            for (int i = 0; i < rows; i++) {
                boolean present = nulls == null || !nulls[i];
                bytes[ends[i]++] = (byte) (present ? 1 : 0);
                if (present) {
                    LONGS.set(bytes, ends[i], values[i]);
                    ends[i] += Long.BYTES;
                }
            }
        } else if (column instanceof BytesColumn text) {
            for (int i = 0; i < rows; i++) {
                boolean present = nulls == null || !nulls[i];
                bytes[ends[i]++] = (byte) (present ? 1 : 0);
                if (present) {
                    int length = text.lengths()[i];
                    INTS.set(bytes, ends[i], length);
                    System.arraycopy(text.arena(), text.starts()[i], bytes, ends[i] + Integer.BYTES, length);
                    ends[i] += Integer.BYTES + length;
                }
            }
        } else {
            for (int i = 0; i < rows; i++) {
                ends[i] = put(column, i, ends[i]);
            }
        }
    }

    private static int fixedWidth(Column column) {
        if (column instanceof LongColumn || column instanceof DoubleColumn) {
            return Long.BYTES;
        } else if (column instanceof IntColumn) {
            return Integer.BYTES;
        } else if (column instanceof BooleanColumn) {
            return 1;
        }
        return column instanceof DecimalColumn ? 2 * Long.BYTES : 0;
    }

    private static int width(Column column, int row) {
        if (column.isNull(row)) {
            return 1;
        }
        int fixed = fixedWidth(column);
        if (fixed > 0) {
            return 1 + fixed;
        }
        int width = 1;
        if (column instanceof BytesColumn text) {
            width += Integer.BYTES + text.lengths()[row];
        } else if (column instanceof StructColumn structs) {
            for (Column member : structs.members()) {
                width += width(member, row);
            }
        } else if (column instanceof ListColumn lists) {
            width += Integer.BYTES;
            for (int i = 0; i < lists.lengths()[row]; i++) {
                width += width(lists.elements(), lists.starts()[row] + i);
            }
        } else {
            MapColumn maps = (MapColumn) column;
            width += Integer.BYTES;
            for (int i = 0; i < maps.lengths()[row]; i++) {
                int entry = maps.starts()[row] + i;
                width += width(maps.keys(), entry) + width(maps.values(), entry);
            }
        }
        return width;
    }

    /** Writes one value and returns where it ends. */
    private int put(Column column, int row, int from) {
        int at = from;
        if (column.isNull(row)) {
            bytes[at] = 0;
            return at + 1;
        }
        bytes[at++] = 1;
        if (column instanceof BooleanColumn booleans) {
            bytes[at] = (byte) (booleans.value(row) ? 1 : 0);
            return at + 1;
        } else if (column instanceof IntColumn ints) {
            INTS.set(bytes, at, ints.value(row));
            return at + Integer.BYTES;
        } else if (column instanceof LongColumn longs) {
            LONGS.set(bytes, at, longs.value(row));
            return at + Long.BYTES;
        } else if (column instanceof DoubleColumn doubles) {
            double value = doubles.value(row);
            LONGS.set(bytes, at, asKeys ? KeyHasher.bits(value) : Double.doubleToRawLongBits(value));
            return at + Long.BYTES;
        } else if (column instanceof DecimalColumn decimals) {
            LONGS.set(bytes, at, decimals.high()[row]);
            LONGS.set(bytes, at + Long.BYTES, decimals.low()[row]);
            return at + 2 * Long.BYTES;
        } else if (column instanceof BytesColumn text) {
            int length = text.lengths()[row];
            INTS.set(bytes, at, length);
            System.arraycopy(text.arena(), text.starts()[row], bytes, at + Integer.BYTES, length);
            return at + Integer.BYTES + length;
        } else if (column instanceof StructColumn structs) {
            for (Column member : structs.members()) {
                at = put(member, row, at);
            }
            return at;
        } else if (column instanceof ListColumn lists) {
            int length = lists.lengths()[row];
            INTS.set(bytes, at, length);
            at += Integer.BYTES;
            for (int i = 0; i < length; i++) {
                at = put(lists.elements(), lists.starts()[row] + i, at);
            }
            return at;
        }
        return putMap((MapColumn) column, row, at);
    }

    private int putMap(MapColumn maps, int row, int from) {
        int length = maps.lengths()[row];
        INTS.set(bytes, from, length);
        int at = from + Integer.BYTES;
        int[] bounds = new int[length + 1];
        bounds[0] = at;
        for (int i = 0; i < length; i++) {
            int entry = maps.starts()[row] + i;
            at = put(maps.values(), entry, put(maps.keys(), entry, at));
            bounds[i + 1] = at;
        }
        if (asKeys && length > 1) {
            sortEntries(bounds, length);
        }
        return at;
    }

    private void sortEntries(int[] bounds, int length) {
        byte[][] entries = new byte[length][];
        for (int i = 0; i < length; i++) {
            entries[i] = Arrays.copyOfRange(bytes, bounds[i], bounds[i + 1]);
        }
        Arrays.sort(entries, Comparator.nullsFirst(Arrays::compareUnsigned));
        int at = bounds[0];
        for (byte[] entry : entries) {
            System.arraycopy(entry, 0, bytes, at, entry.length);
            at += entry.length;
        }
    }

    /** Appends the values of one row written here to builders of the same types. */
    public static void decode(byte[] bytes, int from, List<DataType> types, ColumnBuilder[] builders) {
        int at = from;
        for (int i = 0; i < builders.length; i++) {
            at = decode(bytes, at, types.get(i), builders[i]);
        }
    }

    private static int decode(byte[] bytes, int from, DataType type, ColumnBuilder builder) {
        if (bytes[from] == 0) {
            builder.appendNull();
            return from + 1;
        }
        int at = from + 1;
        switch (type.physical()) {
            case BOOLEAN -> {
                ((BooleanBuilder) builder).append(bytes[at] != 0);
                return at + 1;
            }
            case INT -> {
                ((IntBuilder) builder).append((int) INTS.get(bytes, at));
                return at + Integer.BYTES;
            }
            case LONG -> {
                ((LongBuilder) builder).append((long) LONGS.get(bytes, at));
                return at + Long.BYTES;
            }
            case DOUBLE -> {
                ((DoubleBuilder) builder).append(Double.longBitsToDouble((long) LONGS.get(bytes, at)));
                return at + Long.BYTES;
            }
            case DECIMAL -> {
                ((DecimalBuilder) builder)
                        .append((long) LONGS.get(bytes, at), (long) LONGS.get(bytes, at + Long.BYTES));
                return at + 2 * Long.BYTES;
            }
            case BYTES -> {
                int length = (int) INTS.get(bytes, at);
                ((BytesBuilder) builder).append(bytes, at + Integer.BYTES, length);
                return at + Integer.BYTES + length;
            }
            case LIST -> {
                ListBuilder lists = (ListBuilder) builder;
                int length = (int) INTS.get(bytes, at);
                at += Integer.BYTES;
                for (int i = 0; i < length; i++) {
                    at = decode(bytes, at, ((DataType.ListType) type).element(), lists.elements());
                }
                lists.endList();
                return at;
            }
            case MAP -> {
                MapBuilder maps = (MapBuilder) builder;
                DataType.MapType map = (DataType.MapType) type;
                int length = (int) INTS.get(bytes, at);
                at += Integer.BYTES;
                for (int i = 0; i < length; i++) {
                    at = decode(bytes, at, map.key(), maps.keys());
                    at = decode(bytes, at, map.value(), maps.values());
                }
                maps.endMap();
                return at;
            }
            case STRUCT -> {
                StructBuilder structs = (StructBuilder) builder;
                DataType.StructType struct = (DataType.StructType) type;
                for (int i = 0; i < structs.width(); i++) {
                    at = decode(bytes, at, struct.fields().get(i).type(), structs.member(i));
                }
                structs.endStruct();
                return at;
            }
        }
        throw new IllegalStateException("no layout " + type.physical());
    }
}
