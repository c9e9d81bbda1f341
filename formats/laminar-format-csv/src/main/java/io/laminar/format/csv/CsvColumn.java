package io.laminar.format.csv;

import io.laminar.spi.batch.BooleanBuilder;
import io.laminar.spi.batch.BytesBuilder;
import io.laminar.spi.batch.ColumnBuilder;
import io.laminar.spi.batch.DecimalBuilder;
import io.laminar.spi.batch.DoubleBuilder;
import io.laminar.spi.batch.Int128;
import io.laminar.spi.batch.IntBuilder;
import io.laminar.spi.batch.LongBuilder;
import io.laminar.spi.text.DecimalText;
import io.laminar.spi.text.IntervalText;
import io.laminar.spi.text.NumberText;
import io.laminar.spi.text.ScalarText;
import io.laminar.spi.text.TemporalText;
import io.laminar.spi.text.Utf8;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads the fields of one column into its builder. */
final class CsvColumn {
    private static final int SHOWN = 40;

    private final Field field;
    private final DataType type;
    private final boolean text;
    private final long[] number = new long[1];
    private final double[] real = new double[1];
    private final Int128 decimal = new Int128();
    private ColumnBuilder target;

    CsvColumn(Field field) {
        this.field = field;
        this.type = field.type();
        this.text = type == Scalar.TEXT || type == Scalar.JSON;
        this.target = ColumnBuilder.of(type, 0);
    }

    void bind(ColumnBuilder builder) {
        target = builder;
    }

    String name() {
        return field.name();
    }

    boolean nullable() {
        return field.nullable();
    }

    /** Whether an empty field is an empty value and not the absence of one. */
    boolean hasEmptyValue() {
        return text || type == Scalar.BYTES;
    }

    void appendNull() {
        target.appendNull();
    }

    /**
     * Appends a field's content.
     *
     * @param stable whether the bytes stay as they are, so that they can be viewed instead of copied
     * @return what the field should have been, or null if it was that
     */
    @Nullable
    String append(byte[] b, int from, int to, boolean stable) {
        if (text) {
            return appendText(b, from, to, stable);
        }
        int first = ScalarText.trimStart(b, from, to);
        int last = ScalarText.trimEnd(b, first, to);
        boolean read = type instanceof DataType.Decimal d
                ? appendDecimal(d, b, first, last)
                : appendScalar((Scalar) type, b, first, last);
        return read ? null : expectation();
    }

    private @Nullable String appendText(byte[] b, int from, int to, boolean stable) {
        if (Utf8.invalidAt(b, from, to) >= 0) {
            return "UTF-8 text";
        }
        BytesBuilder bytes = (BytesBuilder) target;
        if (stable) {
            bytes.view(b, from, to - from);
        } else {
            bytes.append(b, from, to - from);
        }
        return null;
    }

    private boolean appendDecimal(DataType.Decimal wanted, byte[] b, int from, int to) {
        if (!DecimalText.parse(b, from, to, wanted.precision(), wanted.scale(), decimal)) {
            return false;
        }
        if (target instanceof DecimalBuilder wide) {
            wide.append(decimal.high(), decimal.low());
        } else {
            ((LongBuilder) target).append(decimal.low());
        }
        return true;
    }

    private boolean appendScalar(Scalar scalar, byte[] b, int from, int to) {
        return switch (scalar) {
            case BOOLEAN, NULL -> appendBoolean(ScalarText.parseBoolean(b, from, to));
            case TINYINT -> appendInt(b, from, to, Byte.MAX_VALUE);
            case SMALLINT -> appendInt(b, from, to, Short.MAX_VALUE);
            case INT -> appendInt(b, from, to, Integer.MAX_VALUE);
            case BIGINT -> NumberText.parseLong(b, from, to, number) && appendLong(number[0]);
            case FLOAT -> NumberText.parseDouble(b, from, to, real) && appendDouble((float) real[0]);
            case DOUBLE -> NumberText.parseDouble(b, from, to, real) && appendDouble(real[0]);
            case BYTES -> appendBytes(b, from, to);
            case DATE -> appendDate(TemporalText.parseDate(b, from, to));
            case TIME -> appendTime(TemporalText.parseTime(b, from, to));
            case TIMESTAMP, TIMESTAMPTZ -> appendTime(TemporalText.parseTimestamp(b, from, to));
            case INTERVAL -> appendTime(IntervalText.parseMicros(b, from, to));
            case INTERVAL_MONTHS -> appendTime(IntervalText.parseMonths(b, from, to));
            case TEXT, JSON -> throw new IllegalStateException("text is read elsewhere");
        };
    }

    private boolean appendBoolean(int value) {
        if (value >= 0) {
            ((BooleanBuilder) target).append(value == 1);
        }
        return value >= 0;
    }

    private boolean appendInt(byte[] b, int from, int to, int max) {
        if (!NumberText.parseLong(b, from, to, number) || number[0] > max || number[0] < -max - 1L) {
            return false;
        }
        ((IntBuilder) target).append((int) number[0]);
        return true;
    }

    private boolean appendLong(long value) {
        ((LongBuilder) target).append(value);
        return true;
    }

    private boolean appendDouble(double value) {
        ((DoubleBuilder) target).append(value);
        return true;
    }

    private boolean appendDate(long day) {
        if (day != TemporalText.INVALID) {
            ((IntBuilder) target).append((int) day);
        }
        return day != TemporalText.INVALID;
    }

    private boolean appendTime(long value) {
        return value != TemporalText.INVALID && appendLong(value);
    }

    private boolean appendBytes(byte[] b, int from, int to) {
        BytesBuilder bytes = (BytesBuilder) target;
        byte[] decoded = new byte[to - from];
        int count = from == to ? 0 : ScalarText.parseHex(b, from, to, decoded);
        if (count >= 0) {
            bytes.append(decoded, 0, count);
        }
        return count >= 0;
    }

    private String expectation() {
        if (type instanceof DataType.Decimal) {
            return "a decimal number that fits";
        }
        return switch ((Scalar) type) {
            case BOOLEAN, NULL -> "true or false";
            case TINYINT, SMALLINT, INT, BIGINT -> "a whole number in the range of the type";
            case FLOAT, DOUBLE -> "a number";
            case BYTES -> "hexadecimal digits after \\x";
            case DATE -> "a date such as 2001-01-31";
            case TIME -> "a time such as 13:45:00";
            case TIMESTAMP, TIMESTAMPTZ -> "a timestamp such as 2001-01-31 13:45:00";
            case INTERVAL, INTERVAL_MONTHS -> "an interval such as 1 day 02:00:00";
            case TEXT, JSON -> "text";
        };
    }

    /** The message for a field that is something else. */
    String mismatch(String expected, byte[] b, int from, int to) {
        String shown = new String(b, from, Math.min(SHOWN, to - from), StandardCharsets.UTF_8);
        return "column '" + name() + "' (" + type.sql() + "): expected " + expected + ", found '" + shown
                + (to - from > SHOWN ? "...'" : "'");
    }
}
