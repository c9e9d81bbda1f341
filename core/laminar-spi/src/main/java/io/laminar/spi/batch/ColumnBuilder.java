package io.laminar.spi.batch;

import io.laminar.spi.type.DataType;
import org.jspecify.annotations.Nullable;

/**
 * Collects the values of one column. After {@link #build} the builder is empty and its arrays belong to the column.
 */
public abstract sealed class ColumnBuilder
        permits BooleanBuilder,
                IntBuilder,
                LongBuilder,
                DoubleBuilder,
                DecimalBuilder,
                BytesBuilder,
                ListBuilder,
                MapBuilder,
                StructBuilder {
    private static final int FIRST_CAPACITY = 64;

    /** Number of values so far. */
    protected int size;

    /** True where a value is null; absent while there is none. Grown with the values. */
    protected boolean @Nullable [] nulls;

    /** A builder for values of a type, with room for some rows. */
    public static ColumnBuilder of(DataType type, int capacity) {
        return switch (type.physical()) {
            case BOOLEAN -> new BooleanBuilder(capacity);
            case INT -> new IntBuilder(capacity);
            case LONG -> new LongBuilder(capacity);
            case DOUBLE -> new DoubleBuilder(capacity);
            case DECIMAL -> new DecimalBuilder(capacity);
            case BYTES -> new BytesBuilder(capacity);
            case LIST -> new ListBuilder(of(((DataType.ListType) type).element(), capacity), capacity);
            case MAP -> {
                DataType.MapType map = (DataType.MapType) type;
                yield new MapBuilder(of(map.key(), capacity), of(map.value(), capacity), capacity);
            }
            case STRUCT -> {
                DataType.StructType struct = (DataType.StructType) type;
                ColumnBuilder[] members = new ColumnBuilder[struct.fields().size()];
                for (int i = 0; i < members.length; i++) {
                    members[i] = of(struct.fields().get(i).type(), capacity);
                }
                yield new StructBuilder(members);
            }
        };
    }

    public final int size() {
        return size;
    }

    /** Appends a null. */
    public abstract void appendNull();

    /** Appends a value of a column of the same physical type. */
    public abstract void appendFrom(Column source, int row);

    /** Removes the values from position {@code rows} on. */
    public abstract void truncate(int rows);

    public abstract Column build();

    /** Bytes collected so far, nearly. */
    public abstract long bytes();

    protected final void markNull() {
        boolean[] flags = nulls;
        if (flags == null) {
            flags = new boolean[Math.max(FIRST_CAPACITY, size + 1)];
        } else if (flags.length <= size) {
            flags = java.util.Arrays.copyOf(flags, grown(size + 1));
        }
        flags[size] = true;
        nulls = flags;
    }

    /** The null flags with at least one entry per row, for the built column; the builder keeps none. */
    protected final boolean @Nullable [] takeNulls() {
        boolean[] flags = nulls;
        nulls = null;
        if (flags != null && flags.length < size) {
            flags = java.util.Arrays.copyOf(flags, size);
        }
        return flags;
    }

    protected final void truncateNulls(int rows) {
        boolean[] flags = nulls;
        if (flags != null) {
            java.util.Arrays.fill(flags, Math.min(rows, flags.length), Math.min(size, flags.length), false);
        }
    }

    protected static int grown(int needed) {
        return Math.max(FIRST_CAPACITY, needed + (needed >> 1));
    }

    protected static int atLeastOne(int capacity) {
        return Math.max(1, capacity);
    }
}
