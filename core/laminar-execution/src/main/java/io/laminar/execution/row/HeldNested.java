package io.laminar.execution.row;

import io.laminar.execution.key.ByteRows;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.ColumnBuilder;
import io.laminar.spi.type.DataType;
import java.util.List;

/** Lists, maps and structs, as bytes. */
final class HeldNested implements HeldColumn {
    private final List<DataType> types;
    private final ByteRows encoding = new ByteRows();
    private final ByteStore values = new ByteStore();

    HeldNested(DataType type) {
        this.types = List.of(type);
    }

    @Override
    public void reserve(int slots) {
        values.reserve(slots);
    }

    @Override
    public void put(Column source, int[] rows, int[] slots, int count) {
        encoding.encodeValues(new Column[] {source.gather(rows, count)}, count);
        for (int i = 0; i < count; i++) {
            values.put(slots[i], encoding.bytes(), encoding.starts()[i], encoding.lengths()[i]);
        }
    }

    @Override
    public Column gather(int[] slots, int count) {
        ColumnBuilder builder = ColumnBuilder.of(types.get(0), count);
        ColumnBuilder[] builders = {builder};
        for (int i = 0; i < count; i++) {
            ByteRows.decode(values.array(slots[i]), values.offset(slots[i]), types, builders);
        }
        return builder.build();
    }

    @Override
    public boolean same(int left, int right) {
        return values.same(left, right);
    }

    @Override
    public void release(int slot) {
        values.release(slot);
    }

    @Override
    public long bytes() {
        return values.bytes();
    }
}
