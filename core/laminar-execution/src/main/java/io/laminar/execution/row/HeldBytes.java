package io.laminar.execution.row;

import io.laminar.spi.batch.BytesColumn;
import io.laminar.spi.batch.Column;

/** Text, bytes and JSON. */
final class HeldBytes implements HeldColumn {
    private final HeldNulls nulls = new HeldNulls();
    private final ByteStore values = new ByteStore();

    @Override
    public void reserve(int slots) {
        nulls.reserve(slots);
        values.reserve(slots);
    }

    @Override
    public void put(Column source, int[] rows, int[] slots, int count) {
        BytesColumn from = (BytesColumn) source;
        byte[] arena = from.arena();
        for (int i = 0; i < count; i++) {
            values.put(slots[i], arena, from.starts()[rows[i]], from.lengths()[rows[i]]);
        }
        nulls.put(source.nulls(), rows, slots, count);
    }

    @Override
    public Column gather(int[] slots, int count) {
        int[] starts = new int[count];
        int[] lengths = new int[count];
        int total = 0;
        for (int i = 0; i < count; i++) {
            starts[i] = total;
            lengths[i] = values.length(slots[i]);
            total = Math.addExact(total, lengths[i]);
        }
        byte[] arena = new byte[total];
        for (int i = 0; i < count; i++) {
            if (lengths[i] > 0) {
                System.arraycopy(values.array(slots[i]), values.offset(slots[i]), arena, starts[i], lengths[i]);
            }
        }
        return new BytesColumn(arena, starts, lengths, nulls.gather(slots, count), count);
    }

    @Override
    public boolean same(int left, int right) {
        return nulls.isNull(left) == nulls.isNull(right) && values.same(left, right);
    }

    @Override
    public void release(int slot) {
        values.release(slot);
    }

    @Override
    public long bytes() {
        return nulls.bytes() + values.bytes();
    }
}
