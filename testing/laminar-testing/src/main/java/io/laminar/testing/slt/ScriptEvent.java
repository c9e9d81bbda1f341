package io.laminar.testing.slt;

import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BatchBuilder;
import io.laminar.spi.batch.Values;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import io.laminar.testing.text.TextRow;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One thing that happens to a running pipeline. */
sealed interface ScriptEvent {

    /** @param schema the declared columns of the table, those of the rows */
    record Rows(String table, Schema schema, List<TextRow> rows) implements ScriptEvent {

        /** The rows with those columns only that a plan reads. */
        Batch batch(Schema read, long arrival) {
            BatchBuilder builder = new BatchBuilder(read, rows.size());
            for (TextRow row : rows) {
                for (int c = 0; c < read.size(); c++) {
                    int declared = schema.indexOf(read.field(c).name());
                    Object value = pruned(
                            schema.type(declared), read.type(c), row.values().get(declared));
                    Values.append(read.type(c), builder.column(c), value);
                }
                builder.endRow(arrival, row.kind());
            }
            return builder.build();
        }

        /** A value with those members of structs only that a plan reads. */
        private static @Nullable Object pruned(DataType declared, DataType read, @Nullable Object value) {
            if (value == null || declared.equals(read)) {
                return value;
            }
            if (declared instanceof DataType.StructType from && read instanceof DataType.StructType to) {
                List<@Nullable Object> members = new ArrayList<>();
                for (Field field : to.fields()) {
                    int member = new Schema(from.fields()).indexOf(field.name());
                    members.add(pruned(from.fields().get(member).type(), field.type(), ((List<?>) value).get(member)));
                }
                return members;
            }
            throw new IllegalArgumentException(declared.sql() + " is declared, " + read.sql() + " is read");
        }
    }

    record Watermark(String table, long time) implements ScriptEvent {}

    record Checkpoint() implements ScriptEvent {}

    record Clock(long time) implements ScriptEvent {}
}
