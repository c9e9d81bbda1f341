package io.laminar.format.parquet;

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
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;

/** Takes columns apart into leaves. */
final class ColumnSinks {

    private ColumnSinks() {}

    static ColumnSink of(ColumnWriteStore store, MessageType file, List<String> path, Field field) {
        String[] names = path.toArray(new String[0]);
        int present = file.getMaxDefinitionLevel(names);
        int absent = field.nullable() ? present - 1 : present;
        DataType type = field.type();
        if (type instanceof DataType.ListType list) {
            List<String> repeated = append(path, "list");
            ColumnSink element = of(store, file, append(repeated, "element"), new Field("element", list.element()));
            return new Lists(element, absent, present, level(file, repeated));
        } else if (type instanceof DataType.MapType map) {
            List<String> repeated = append(path, "key_value");
            ColumnSink key = of(store, file, append(repeated, "key"), new Field("key", map.key(), false));
            ColumnSink value = of(store, file, append(repeated, "value"), new Field("value", map.value()));
            return new Maps(key, value, absent, present, level(file, repeated));
        } else if (type instanceof DataType.StructType struct) {
            List<ColumnSink> members = new ArrayList<>();
            for (Field member : struct.fields()) {
                members.add(of(store, file, append(path, member.name()), member));
            }
            return new Structs(members, absent);
        }
        return new Leaf(store.getColumnWriter(file.getColumnDescription(names)), leaf(type), absent, present);
    }

    private static int level(MessageType file, List<String> path) {
        return file.getMaxRepetitionLevel(path.toArray(new String[0]));
    }

    private static List<String> append(List<String> path, String name) {
        List<String> longer = new ArrayList<>(path);
        longer.add(name);
        return longer;
    }

    /** Writes one value that is there. */
    @FunctionalInterface
    private interface LeafValue {
        void write(Column column, int row, ColumnWriter out, int repetition, int definition);
    }

    private static LeafValue leaf(DataType type) {
        return switch (type.physical()) {
            case BOOLEAN -> (column, row, out, r, d) -> out.write(((BooleanColumn) column).value(row), r, d);
            case INT -> (column, row, out, r, d) -> out.write(((IntColumn) column).value(row), r, d);
            case LONG -> (column, row, out, r, d) -> out.write(((LongColumn) column).value(row), r, d);
            case DOUBLE ->
                type == Scalar.FLOAT
                        ? (column, row, out, r, d) -> out.write((float) ((DoubleColumn) column).value(row), r, d)
                        : (column, row, out, r, d) -> out.write(((DoubleColumn) column).value(row), r, d);
            case DECIMAL ->
                (column, row, out, r, d) -> {
                    DecimalColumn decimals = (DecimalColumn) column;
                    ByteBuffer bytes = ByteBuffer.allocate(FileSchema.WIDE_DECIMAL)
                            .putLong(decimals.high()[row])
                            .putLong(decimals.low()[row]);
                    out.write(Binary.fromConstantByteArray(bytes.array()), r, d);
                };
            case BYTES ->
                (column, row, out, r, d) -> {
                    BytesColumn bytes = (BytesColumn) column;
                    // Reused: the dictionary copies what it keeps.
                    out.write(
                            Binary.fromReusedByteArray(bytes.arena(), bytes.starts()[row], bytes.lengths()[row]), r, d);
                };
            case LIST, MAP, STRUCT -> throw new IllegalStateException("not a leaf: " + type.sql());
        };
    }

    private record Leaf(ColumnWriter out, LeafValue value, int absent, int present) implements ColumnSink {
        @Override
        public void write(Column column, int row, int repetition) {
            if (column.isNull(row)) {
                out.writeNull(repetition, absent);
            } else {
                value.write(column, row, out, repetition, present);
            }
        }

        @Override
        public void writeNothing(int repetition, int definition) {
            out.writeNull(repetition, definition);
        }
    }

    private record Structs(List<ColumnSink> members, int absent) implements ColumnSink {
        @Override
        public void write(Column column, int row, int repetition) {
            if (column.isNull(row)) {
                writeNothing(repetition, absent);
                return;
            }
            StructColumn structs = (StructColumn) column;
            for (int i = 0; i < members.size(); i++) {
                members.get(i).write(structs.member(i), row, repetition);
            }
        }

        @Override
        public void writeNothing(int repetition, int definition) {
            for (ColumnSink member : members) {
                member.writeNothing(repetition, definition);
            }
        }
    }

    private record Lists(ColumnSink element, int absent, int present, int level) implements ColumnSink {
        @Override
        public void write(Column column, int row, int repetition) {
            ListColumn lists = (ListColumn) column;
            if (column.isNull(row) || lists.lengths()[row] == 0) {
                writeNothing(repetition, column.isNull(row) ? absent : present);
                return;
            }
            int start = lists.starts()[row];
            for (int i = 0; i < lists.lengths()[row]; i++) {
                element.write(lists.elements(), start + i, i == 0 ? repetition : level);
            }
        }

        @Override
        public void writeNothing(int repetition, int definition) {
            element.writeNothing(repetition, definition);
        }
    }

    private record Maps(ColumnSink key, ColumnSink value, int absent, int present, int level) implements ColumnSink {
        @Override
        public void write(Column column, int row, int repetition) {
            MapColumn maps = (MapColumn) column;
            if (column.isNull(row) || maps.lengths()[row] == 0) {
                writeNothing(repetition, column.isNull(row) ? absent : present);
                return;
            }
            int start = maps.starts()[row];
            for (int i = 0; i < maps.lengths()[row]; i++) {
                int level = i == 0 ? repetition : this.level;
                key.write(maps.keys(), start + i, level);
                value.write(maps.values(), start + i, level);
            }
        }

        @Override
        public void writeNothing(int repetition, int definition) {
            key.writeNothing(repetition, definition);
            value.writeNothing(repetition, definition);
        }
    }
}
