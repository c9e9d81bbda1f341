package io.laminar.execution.aggregate;

import io.laminar.execution.key.Capacity;
import io.laminar.execution.memory.HeapSize;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BooleanBuilder;
import io.laminar.spi.batch.BooleanColumn;
import io.laminar.spi.batch.BytesBuilder;
import io.laminar.spi.batch.BytesColumn;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.ColumnBuilder;
import io.laminar.spi.batch.DecimalBuilder;
import io.laminar.spi.batch.DecimalColumn;
import io.laminar.spi.type.DataType;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * {@code min} and {@code max} of text, bytes, long decimals and booleans over input that only appends. A value is kept
 * as bytes whose unsigned order is the order of the values; bytes are copied only when a value becomes the extreme.
 */
final class BytesExtremeAccumulator implements Accumulator {
    private final int argument;
    private final boolean max;
    private final DataType type;
    private byte[] @Nullable [] extremes = new byte[0][];

    BytesExtremeAccumulator(int argument, boolean max, DataType type) {
        this.argument = argument;
        this.max = max;
        this.type = type;
    }

    @Override
    public void reserve(int groups) {
        if (extremes.length < groups) {
            extremes = Arrays.copyOf(extremes, Capacity.grown(groups));
        }
    }

    @Override
    public void accumulate(Batch batch, int[] rows, int[] groups, int count) {
        addAll(batch.column(argument), rows, groups, count);
    }

    private void addAll(Column column, int[] rows, int[] groups, int count) {
        if (column instanceof BytesColumn text) {
            for (int i = 0; i < count; i++) {
                int row = rows[i];
                add(groups[i], text.arena(), text.starts()[row], text.lengths()[row]);
            }
            return;
        }
        for (int i = 0; i < count; i++) {
            byte[] value = ordered(column, rows[i]);
            add(groups[i], value, 0, value.length);
        }
    }

    private void add(int group, byte[] bytes, int from, int length) {
        byte[] current = extremes[group];
        if (current != null) {
            int order = Arrays.compareUnsigned(bytes, from, from + length, current, 0, current.length);
            if (max ? order <= 0 : order >= 0) {
                return;
            }
        }
        extremes[group] = Arrays.copyOfRange(bytes, from, from + length);
    }

    /** Bytes of a value in the order of the values. */
    static byte[] ordered(Column column, int row) {
        if (column instanceof BytesColumn text) {
            return text.value(row);
        } else if (column instanceof DecimalColumn decimals) {
            return ByteBuffer.allocate(2 * Long.BYTES)
                    .putLong(decimals.high()[row] ^ Long.MIN_VALUE)
                    .putLong(decimals.low()[row])
                    .array();
        }
        return new byte[] {(byte) (((BooleanColumn) column).value(row) ? 1 : 0)};
    }

    @Override
    public void retract(Batch batch, int[] rows, int[] groups, int count) {
        throw new UnsupportedOperationException("min and max over changes need all values");
    }

    @Override
    public Column result(int[] groups, int count) {
        ColumnBuilder builder = ColumnBuilder.of(type, count);
        for (int i = 0; i < count; i++) {
            byte[] value = extremes[groups[i]];
            if (value == null) {
                builder.appendNull();
            } else if (builder instanceof BytesBuilder text) {
                text.append(value, 0, value.length);
            } else if (builder instanceof DecimalBuilder decimals) {
                ByteBuffer words = ByteBuffer.wrap(value);
                decimals.append(words.getLong() ^ Long.MIN_VALUE, words.getLong());
            } else {
                ((BooleanBuilder) builder).append(value[0] != 0);
            }
        }
        return builder.build();
    }

    @Override
    public int stateWidth() {
        return 1;
    }

    @Override
    public Column[] state(int[] groups, int count) {
        return new Column[] {result(groups, count)};
    }

    @Override
    public void mergeState(Column[] state, int[] rows, int[] groups, int count) {
        Present present = Present.of(state[0].nulls(), rows, groups, count);
        addAll(state[0], present.rows(), present.groups(), present.count());
    }

    @Override
    public void merge(GroupState source, int[] sourceGroups, int[] groups, int count) {
        BytesExtremeAccumulator other = (BytesExtremeAccumulator) source;
        for (int i = 0; i < count; i++) {
            byte[] value = other.extremes[sourceGroups[i]];
            if (value != null) {
                byte[] current = extremes[groups[i]];
                int order = current == null ? 0 : Arrays.compareUnsigned(value, current);
                // Values never change, so they may be shared.
                if (current == null || (max ? order > 0 : order < 0)) {
                    extremes[groups[i]] = value;
                }
            }
        }
    }

    @Override
    public void clear(int[] groups, int count) {
        for (int i = 0; i < count; i++) {
            extremes[groups[i]] = null;
        }
    }

    @Override
    public void clearAll(int limit) {
        Arrays.fill(extremes, 0, limit, null);
    }

    @Override
    public long bytes() {
        return HeapSize.of(extremes, HeapSize::of);
    }
}
