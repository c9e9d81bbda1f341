package io.laminar.execution.over;

import io.laminar.execution.key.ByteRows;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.ColumnBuilder;
import io.laminar.spi.type.DataType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Nested values in slots, as {@link ByteRows}. */
final class NestedSlots {
    private final DataType type;
    private final List<DataType> types;
    private final ByteRows encoding = new ByteRows();
    private final ByteSlots bytes = new ByteSlots();

    NestedSlots(DataType type) {
        this.type = type;
        this.types = List.of(type);
    }

    ByteSlots bytes() {
        return bytes;
    }

    void put(Column source, int[] rows, int[] slots, int count) {
        encoding.encodeValues(new Column[] {source.gather(rows, count)}, count);
        bytes.put(encoding.bytes(), encoding.starts(), encoding.lengths(), slots, count);
    }

    Column gather(int[] slots, int count, boolean @Nullable [] absent) {
        ColumnBuilder builder = ColumnBuilder.of(type, count);
        ColumnBuilder[] builders = {builder};
        for (int i = 0; i < count; i++) {
            if (absent != null && absent[i]) {
                builder.appendNull();
            } else {
                ByteRows.decode(bytes.arena(), bytes.start(slots[i]), types, builders);
            }
        }
        return builder.build();
    }
}
