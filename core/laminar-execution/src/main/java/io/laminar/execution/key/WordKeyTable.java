package io.laminar.execution.key;

import io.laminar.execution.memory.HeapSize;
import io.laminar.spi.batch.BooleanBuilder;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.ColumnBuilder;
import io.laminar.spi.batch.DecimalBuilder;
import io.laminar.spi.batch.DoubleBuilder;
import io.laminar.spi.batch.IntBuilder;
import io.laminar.spi.batch.LongBuilder;
import io.laminar.spi.type.DataType;
import java.util.Arrays;
import java.util.List;

/** Keys of several numbers, packed into words that lie next to each other: see {@link WordRows}. */
final class WordKeyTable extends KeyTable {
    private final List<DataType> types;
    private final int stride;
    private long[] keys = new long[0];

    WordKeyTable(List<DataType> types) {
        this.types = types;
        this.stride = WordRows.stride(types);
    }

    @Override
    public void lookup(KeyRows batch, int[] rows, int count, int[] ids) {
        long[] words = batch.words();
        long[] hashes = batch.hashes;
        int[] table = slots;
        int bits = mask;
        long[] known = keys;
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            int from = row * stride;
            int slot = (int) hashes[row] & bits;
            int entry = table[slot];
            while (entry != 0 && !matches(known, (entry - 1) * stride, words, from)) {
                slot = (slot + 1) & bits;
                entry = table[slot];
            }
            if (entry == 0) {
                entry = add(slot, words, from) + 1;
                table = slots;
                bits = mask;
                known = keys;
            }
            ids[i] = entry - 1;
        }
    }

    @Override
    public void find(KeyRows batch, int[] rows, int count, int[] ids) {
        long[] words = batch.words();
        long[] hashes = batch.hashes;
        for (int i = 0; i < count; i++) {
            int from = rows[i] * stride;
            int slot = (int) hashes[rows[i]] & mask;
            int entry = slots[slot];
            while (entry != 0 && !matches(keys, (entry - 1) * stride, words, from)) {
                slot = (slot + 1) & mask;
                entry = slots[slot];
            }
            ids[i] = entry - 1;
        }
    }

    private boolean matches(long[] known, int at, long[] words, int from) {
        for (int w = 0; w < stride; w++) {
            if (known[at + w] != words[from + w]) {
                return false;
            }
        }
        return true;
    }

    private int add(int slot, long[] words, int from) {
        int id = claim(slot);
        System.arraycopy(words, from, keys, id * stride, stride);
        if (crowded()) {
            rehash();
        }
        return id;
    }

    @Override
    public Column[] columns(int[] ids, int count) {
        Column[] columns = new Column[types.size()];
        int offset = 0;
        for (int c = 0; c < columns.length; c++) {
            columns[c] = column(types.get(c), c, offset, ids, count);
            offset += WordRows.width(types.get(c));
        }
        return columns;
    }

    private Column column(DataType type, int position, int offset, int[] ids, int count) {
        ColumnBuilder builder = ColumnBuilder.of(type, count);
        for (int i = 0; i < count; i++) {
            int at = ids[i] * stride;
            long word = keys[at + offset];
            if ((keys[at + stride - 1] >>> position & 1) != 0) {
                builder.appendNull();
            } else if (builder instanceof LongBuilder longs) {
                longs.append(word);
            } else if (builder instanceof IntBuilder ints) {
                ints.append((int) word);
            } else if (builder instanceof DoubleBuilder doubles) {
                doubles.append(Double.longBitsToDouble(word));
            } else if (builder instanceof BooleanBuilder booleans) {
                booleans.append(word != 0);
            } else {
                ((DecimalBuilder) builder).append(word, keys[at + offset + 1]);
            }
        }
        return builder.build();
    }

    @Override
    public long hash(int id) {
        return WordRows.hash(keys, id * stride, stride, types);
    }

    @Override
    protected void reserve(int count) {
        long needed = (long) count * stride;
        if (keys.length < needed) {
            keys = Arrays.copyOf(keys, Capacity.grown(needed));
        }
    }

    @Override
    protected void cleared() {}

    @Override
    protected long keyBytes() {
        return HeapSize.of(keys);
    }
}
