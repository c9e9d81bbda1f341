package io.laminar.execution.key;

import io.laminar.spi.batch.BooleanColumn;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.DecimalColumn;
import io.laminar.spi.batch.DoubleColumn;
import io.laminar.spi.batch.IntColumn;
import io.laminar.spi.batch.LongColumn;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.Physical;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of numbers as words: one word per column (two for a long decimal), then one with a bit for each column that is
 * NULL. The word of a NULL is 0; doubles are their {@link KeyHasher#bits}.
 */
final class WordRows {
    private static final int MAX_COLUMNS = 32;

    private long[] words = new long[0];

    /** Whether keys of these types can be packed. */
    static boolean fits(List<DataType> types) {
        return types.size() <= MAX_COLUMNS && types.stream().allMatch(type -> width(type) > 0);
    }

    /** Words of a value; 0 if the type cannot be packed. */
    static int width(DataType type) {
        return switch (type.physical()) {
            case BOOLEAN, INT, LONG, DOUBLE -> 1;
            case DECIMAL -> 2;
            default -> 0;
        };
    }

    /** Words of a row. */
    static int stride(List<DataType> types) {
        return 1 + types.stream().mapToInt(WordRows::width).sum();
    }

    long[] words() {
        return words;
    }

    void load(Column[] columns, int rows, int stride) {
        int needed = Math.multiplyExact(rows, stride);
        if (words.length < needed) {
            words = new long[Capacity.grown(needed)];
        }
        for (int at = stride - 1; at < needed; at += stride) {
            words[at] = 0;
        }
        int offset = 0;
        for (int c = 0; c < columns.length; c++) {
            boolean wide = columns[c] instanceof DecimalColumn;
            put(columns[c], rows, offset, stride);
            putNulls(columns[c].nulls(), rows, c, offset, stride, wide);
            offset += wide ? 2 : 1;
        }
    }

    private void put(Column column, int rows, int offset, int stride) {
        int at = offset;
        if (column instanceof LongColumn longs) {
            long[] values = longs.values();
            for (int i = 0; i < rows; i++, at += stride) {
                words[at] = values[i];
            }
        } else if (column instanceof IntColumn ints) {
            int[] values = ints.values();
            for (int i = 0; i < rows; i++, at += stride) {
                words[at] = values[i];
            }
        } else if (column instanceof DoubleColumn doubles) {
            for (int i = 0; i < rows; i++, at += stride) {
                words[at] = KeyHasher.bits(doubles.value(i));
            }
        } else if (column instanceof BooleanColumn booleans) {
            for (int i = 0; i < rows; i++, at += stride) {
                words[at] = booleans.value(i) ? 1 : 0;
            }
        } else {
            DecimalColumn decimals = (DecimalColumn) column;
            for (int i = 0; i < rows; i++, at += stride) {
                words[at] = decimals.high()[i];
                words[at + 1] = decimals.low()[i];
            }
        }
    }

    private void putNulls(boolean @Nullable [] nulls, int rows, int position, int offset, int stride, boolean wide) {
        if (nulls == null) {
            return;
        }
        for (int i = 0; i < rows; i++) {
            if (nulls[i]) {
                words[i * stride + offset] = 0;
                if (wide) {
                    words[i * stride + offset + 1] = 0;
                }
                words[(i + 1) * stride - 1] |= 1L << position;
            }
        }
    }

    /** The hash of a packed key; the same as {@link KeyHasher} has for its columns. */
    static long hash(long[] words, int at, int stride, List<DataType> types) {
        long nulls = words[at + stride - 1];
        long hash = KeyHasher.start();
        int offset = at;
        for (int c = 0; c < types.size(); c++) {
            boolean wide = types.get(c).physical() == Physical.DECIMAL;
            if ((nulls >>> c & 1) != 0) {
                hash = KeyHasher.addNull(hash);
            } else {
                hash = KeyHasher.add(hash, wide ? KeyHasher.add(words[offset], words[offset + 1]) : words[offset]);
            }
            offset += wide ? 2 : 1;
        }
        return hash;
    }
}
