package io.laminar.execution.key;

import io.laminar.spi.batch.Batch;
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
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Hashes key columns, one column after the other. The hash decides where state lies, so it may never change. Equal
 * values of equal types hash alike wherever they are stored; NULLs are equal to each other, and so are 0.0 and -0.0 and
 * all NaNs. Numbers are mixed with the finaliser of MurmurHash3 (Austin Appleby, public domain).
 */
public final class KeyHasher {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long SEED = 0x9E3779B97F4A7C15L;
    private static final long NULL_HASH = 0x2545F4914F6CDD1DL;

    private KeyHasher() {}

    /** Sets {@code hashes[0..batch.size())}. No columns give the same hash to every row. */
    public static void hash(Batch batch, List<Integer> columns, long[] hashes) {
        int size = batch.size();
        java.util.Arrays.fill(hashes, 0, size, SEED);
        for (int column : columns) {
            combine(batch.column(column), size, hashes);
        }
    }

    /** As {@link #hash(Batch, List, long[])} over columns that hold nothing but the key. */
    public static void hash(Column[] columns, int size, long[] hashes) {
        java.util.Arrays.fill(hashes, 0, size, SEED);
        for (Column column : columns) {
            combine(column, size, hashes);
        }
    }

    /** The hash of a key that is one INT or LONG value. */
    public static long hash(long value) {
        return step(SEED, value);
    }

    /** The hash of a key without columns, to {@link #add} the columns' values to. */
    static long start() {
        return SEED;
    }

    static long add(long hash, long value) {
        return step(hash, value);
    }

    static long addNull(long hash) {
        return step(hash, NULL_HASH);
    }

    /** The hash of a key that is one NULL. */
    public static long hashOfNull() {
        return step(SEED, NULL_HASH);
    }

    /** The hash of one row, the same as {@link #hash(Batch, List, long[])} gives it. */
    public static long hashRow(Batch batch, List<Integer> columns, int row) {
        long hash = SEED;
        for (int column : columns) {
            hash = step(hash, value(batch.column(column), row));
        }
        return hash;
    }

    private static void combine(Column column, int size, long[] hashes) {
        boolean[] nulls = column.nulls();
        if (column instanceof LongColumn longs) {
            long[] values = longs.values();
            for (int i = 0; i < size; i++) {
                hashes[i] = step(hashes[i], nulls != null && nulls[i] ? NULL_HASH : values[i]);
            }
        } else if (column instanceof IntColumn ints) {
            int[] values = ints.values();
            for (int i = 0; i < size; i++) {
                hashes[i] = step(hashes[i], nulls != null && nulls[i] ? NULL_HASH : values[i]);
            }
        } else if (column instanceof BytesColumn bytes) {
            combineBytes(bytes, nulls, size, hashes);
        } else {
            for (int i = 0; i < size; i++) {
                hashes[i] = step(hashes[i], value(column, i));
            }
        }
    }

    private static void combineBytes(BytesColumn bytes, boolean @Nullable [] nulls, int size, long[] hashes) {
        byte[] arena = bytes.arena();
        int[] starts = bytes.starts();
        int[] lengths = bytes.lengths();
        for (int i = 0; i < size; i++) {
            hashes[i] = step(hashes[i], nulls != null && nulls[i] ? NULL_HASH : hash(arena, starts[i], lengths[i]));
        }
    }

    /** Hash of one value that may be nested. */
    private static long value(Column column, int row) {
        if (column.isNull(row)) {
            return NULL_HASH;
        }
        if (column instanceof BooleanColumn booleans) {
            return booleans.value(row) ? 1 : 0;
        } else if (column instanceof IntColumn ints) {
            return ints.value(row);
        } else if (column instanceof LongColumn longs) {
            return longs.value(row);
        } else if (column instanceof DoubleColumn doubles) {
            return bits(doubles.value(row));
        } else if (column instanceof DecimalColumn decimals) {
            return step(decimals.high()[row], decimals.low()[row]);
        } else if (column instanceof BytesColumn bytes) {
            return hash(bytes.arena(), bytes.starts()[row], bytes.lengths()[row]);
        } else if (column instanceof StructColumn structs) {
            long hash = SEED;
            for (Column member : structs.members()) {
                hash = step(hash, value(member, row));
            }
            return hash;
        } else if (column instanceof ListColumn lists) {
            return range(lists.elements(), lists.starts()[row], lists.lengths()[row]);
        }
        MapColumn maps = (MapColumn) column;
        // Entries in any order are the same map, so their hashes are added.
        long sum = maps.lengths()[row];
        for (int i = 0; i < maps.lengths()[row]; i++) {
            int entry = maps.starts()[row] + i;
            sum += step(value(maps.keys(), entry), value(maps.values(), entry));
        }
        return sum;
    }

    private static long range(Column elements, int start, int length) {
        long hash = SEED + length;
        for (int i = 0; i < length; i++) {
            hash = step(hash, value(elements, start + i));
        }
        return hash;
    }

    /** The bits of a number such that equal numbers have equal bits. */
    public static long bits(double value) {
        return value == 0 ? 0 : Double.doubleToLongBits(value);
    }

    /** Hash of bytes, eight at a time. */
    public static long hash(byte[] bytes, int from, int length) {
        long hash = SEED ^ length;
        int end = from + length;
        int at = from;
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            hash = (hash ^ (long) LONGS.get(bytes, at)) * 0x9FB21C651E98DF25L;
            hash ^= hash >>> 29;
        }
        long rest = 0;
        for (int shift = 0; at < end; at++, shift += 8) {
            rest |= (bytes[at] & 0xFFL) << shift;
        }
        return mix(hash ^ rest);
    }

    private static long step(long hash, long value) {
        return mix(hash * 31 + value);
    }

    private static long mix(long value) {
        long h = value;
        h ^= h >>> 33;
        h *= 0xff51afd7ed558ccdL;
        h ^= h >>> 33;
        h *= 0xc4ceb9fe1a85ec53L;
        h ^= h >>> 33;
        return h;
    }
}
