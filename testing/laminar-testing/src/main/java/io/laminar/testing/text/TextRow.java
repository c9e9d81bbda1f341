package io.laminar.testing.text;

import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BatchBuilder;
import io.laminar.spi.batch.RowKind;
import io.laminar.spi.batch.Values;
import io.laminar.spi.type.Schema;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row of a changelog as a test sees it.
 *
 * @param kind as in {@link RowKind}
 * @param values in the form of {@link Values}
 */
public record TextRow(byte kind, List<@Nullable Object> values) {

    public TextRow {
        values = Collections.unmodifiableList(new ArrayList<>(values));
    }

    /** Reads {@code +I 1 'two words'}. */
    public static TextRow parseChange(String line, Schema schema) {
        ValueReader reader = new ValueReader(line);
        byte kind = RowKind.parse(reader.word());
        return new TextRow(kind, values(reader, schema));
    }

    /** Reads a row written without its kind, an insert. */
    public static TextRow parse(String line, Schema schema) {
        return new TextRow(RowKind.INSERT, values(new ValueReader(line), schema));
    }

    private static List<@Nullable Object> values(ValueReader reader, Schema schema) {
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < schema.size(); i++) {
            int column = reader.column();
            try {
                values.add(reader.next(schema.type(i)));
            } catch (IllegalArgumentException e) {
                String name = schema.field(i).name();
                throw new IllegalArgumentException("column " + column + ", '" + name + "': " + e.getMessage(), e);
            }
        }
        if (!reader.atEnd()) {
            throw new IllegalArgumentException("column " + reader.column() + ": more values than the " + schema.size()
                    + " columns " + schema.names());
        }
        return values;
    }

    public static List<TextRow> of(Batch batch, Schema schema) {
        List<TextRow> rows = new ArrayList<>(batch.size());
        for (int row = 0; row < batch.size(); row++) {
            List<@Nullable Object> values = new ArrayList<>(schema.size());
            for (int c = 0; c < schema.size(); c++) {
                values.add(Values.read(schema.type(c), batch.column(c), row));
            }
            rows.add(new TextRow(batch.kind(row), values));
        }
        return rows;
    }

    public void appendTo(BatchBuilder builder, long rowtime) {
        for (int c = 0; c < values.size(); c++) {
            Values.append(builder.schema().type(c), builder.column(c), values.get(c));
        }
        builder.endRow(rowtime, kind);
    }

    /** The values in canonical form, without the kind. */
    public String text(Schema schema) {
        StringBuilder out = new StringBuilder();
        for (int c = 0; c < values.size(); c++) {
            out.append(c == 0 ? "" : " ").append(ValueText.render(schema.type(c), values.get(c)));
        }
        return out.toString();
    }

    public String change(Schema schema) {
        return RowKind.text(kind) + " " + text(schema);
    }
}
