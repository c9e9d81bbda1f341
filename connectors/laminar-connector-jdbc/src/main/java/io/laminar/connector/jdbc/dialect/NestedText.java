package io.laminar.connector.jdbc.dialect;

import io.laminar.connector.jdbc.database.TypeFamily;
import io.laminar.spi.batch.BytesBuilder;
import io.laminar.spi.batch.BytesColumn;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.DecimalColumn;
import io.laminar.spi.batch.LongColumn;
import io.laminar.spi.batch.Values;
import io.laminar.spi.text.DecimalText;
import io.laminar.spi.text.NumberText;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Decimal;
import io.laminar.spi.type.DataType.ListType;
import io.laminar.spi.type.Physical;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Values that databases take as text: decimals, arrays as {@code {1,"a",NULL}}, everything nested else as JSON. */
final class NestedText {
    /** Digits, point and sign of the longest decimal. */
    private static final int DECIMAL_LENGTH = NumberText.MAX_LENGTH + 2;

    private NestedText() {}

    /** The first rows of a column as text. */
    static BytesColumn of(DataType type, TypeFamily target, Column column, int size) {
        BytesBuilder texts = new BytesBuilder(size);
        for (int row = 0; row < size; row++) {
            if (column.isNull(row)) {
                texts.appendNull();
            } else if (type instanceof Decimal decimal) {
                int at = texts.reserve(DECIMAL_LENGTH);
                texts.commit(decimal(decimal, column, row, texts.arena(), at) - at);
            } else {
                byte[] text = text(type, target, column, row).getBytes(StandardCharsets.UTF_8);
                texts.append(text, 0, text.length);
            }
        }
        return texts.build();
    }

    private static int decimal(Decimal type, Column column, int row, byte[] out, int at) {
        if (type.physical() == Physical.LONG) {
            return DecimalText.format(((LongColumn) column).value(row), type.scale(), out, at);
        }
        DecimalColumn decimals = (DecimalColumn) column;
        return DecimalText.format(decimals.high()[row], decimals.low()[row], type.scale(), out, at);
    }

    /** A value that is not NULL: a list as an array where the table has one, otherwise JSON. */
    static String text(DataType type, TypeFamily target, Column column, int row) {
        StringBuilder out = new StringBuilder();
        Object value = Objects.requireNonNull(Values.read(type, column, row));
        if (type instanceof ListType list && target == TypeFamily.ARRAY) {
            array(list, (List<?>) value, out);
        } else {
            JsonValue.append(type, value, out);
        }
        return out.toString();
    }

    private static void array(ListType type, List<?> values, StringBuilder out) {
        out.append('{');
        for (int i = 0; i < values.size(); i++) {
            out.append(i == 0 ? "" : ",");
            element(type.element(), values.get(i), out);
        }
        out.append('}');
    }

    private static void element(DataType type, @Nullable Object value, StringBuilder out) {
        if (value == null) {
            out.append("NULL");
        } else if (type instanceof ListType nested) {
            array(nested, (List<?>) value, out);
        } else {
            out.append('"');
            String text = ScalarValue.text(type, value);
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c == '"' || c == '\\') {
                    out.append('\\');
                }
                out.append(c);
            }
            out.append('"');
        }
    }
}
