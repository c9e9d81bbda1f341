package io.laminar.format.json;

import io.laminar.spi.batch.BooleanColumn;
import io.laminar.spi.batch.BytesColumn;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.DecimalColumn;
import io.laminar.spi.batch.DoubleColumn;
import io.laminar.spi.batch.Int128;
import io.laminar.spi.batch.IntColumn;
import io.laminar.spi.batch.ListColumn;
import io.laminar.spi.batch.LongColumn;
import io.laminar.spi.batch.MapColumn;
import io.laminar.spi.batch.StructColumn;
import io.laminar.spi.format.RecordOutput;
import io.laminar.spi.text.DecimalText;
import io.laminar.spi.text.IntervalText;
import io.laminar.spi.text.NumberText;
import io.laminar.spi.text.TemporalText;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** How values of each type are written as JSON. */
final class ValueWriters {
    private static final byte[] NULL = ascii("null");
    private static final byte[] TRUE = ascii("true");
    private static final byte[] FALSE = ascii("false");
    private static final byte[] HEX = ascii("0123456789abcdef");
    private static final int DECIMAL_LENGTH = 48;

    private ValueWriters() {}

    /** Writes one value that is not null. */
    @FunctionalInterface
    interface ValueWriter {
        void write(Column column, int row, RecordOutput out);
    }

    /** Writes objects with one member per column. */
    static final class Members {
        private final byte[][] keys;
        private final ValueWriter[] writers;

        Members(List<Field> fields, Encodings encodings) {
            keys = new byte[fields.size()][];
            writers = new ValueWriter[fields.size()];
            for (int i = 0; i < keys.length; i++) {
                keys[i] = key(fields.get(i).name(), i == 0);
                writers[i] = of(fields.get(i).type(), encodings);
            }
        }

        private static byte[] key(String name, boolean first) {
            io.laminar.spi.batch.Slice text = new io.laminar.spi.batch.Slice();
            RecordOutput out = new RecordOutput();
            out.start(text);
            out.put((byte) (first ? '{' : ','));
            byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
            writeText(bytes, 0, bytes.length, out);
            out.put((byte) ':');
            out.finish();
            return java.util.Arrays.copyOf(text.base(), text.length());
        }

        void write(List<Column> columns, int row, RecordOutput out) {
            if (keys.length == 0) {
                out.put((byte) '{');
            }
            for (int i = 0; i < keys.length; i++) {
                out.put(keys[i]);
                put(writers[i], columns.get(i), row, out);
            }
            out.put((byte) '}');
        }

        /** Writes the value of the first column alone. */
        void writeFirst(List<Column> columns, int row, RecordOutput out) {
            put(writers[0], columns.get(0), row, out);
        }
    }

    static void put(ValueWriter writer, Column column, int row, RecordOutput out) {
        if (column.isNull(row)) {
            out.put(NULL);
        } else {
            writer.write(column, row, out);
        }
    }

    static ValueWriter of(DataType type, Encodings encodings) {
        if (type instanceof Scalar scalar) {
            return scalar(scalar, encodings.timestamps());
        } else if (type instanceof DataType.Decimal decimal) {
            return decimal(decimal.scale(), encodings.decimals());
        } else if (type instanceof DataType.ListType list) {
            return list(of(list.element(), encodings));
        } else if (type instanceof DataType.MapType map) {
            return map(map, encodings);
        }
        Members members = new Members(((DataType.StructType) type).fields(), encodings);
        return (column, row, out) -> members.write(((StructColumn) column).members(), row, out);
    }

    private static ValueWriter scalar(Scalar type, TimestampFormat timestamps) {
        return switch (type) {
            case BOOLEAN, NULL -> (column, row, out) -> out.put(((BooleanColumn) column).value(row) ? TRUE : FALSE);
            case TINYINT, SMALLINT, INT -> (column, row, out) -> writeLong(((IntColumn) column).value(row), out);
            case BIGINT -> (column, row, out) -> writeLong(((LongColumn) column).value(row), out);
            case FLOAT -> (column, row, out) -> writeDouble(((DoubleColumn) column).value(row), true, out);
            case DOUBLE -> (column, row, out) -> writeDouble(((DoubleColumn) column).value(row), false, out);
            case TEXT ->
                (column, row, out) -> {
                    BytesColumn text = (BytesColumn) column;
                    writeText(text.arena(), text.starts()[row], text.lengths()[row], out);
                };
            case JSON -> (column, row, out) -> writeJson((BytesColumn) column, row, out);
            case BYTES ->
                (column, row, out) -> writeQuoted(Base64.getEncoder().encode(((BytesColumn) column).value(row)), out);
            case DATE ->
                (column, row, out) -> {
                    byte[] b = open(out, TemporalText.MAX_LENGTH);
                    close(TemporalText.formatDate(((IntColumn) column).value(row), b, out.at()), out);
                };
            case TIME ->
                (column, row, out) -> {
                    byte[] b = open(out, TemporalText.MAX_LENGTH);
                    close(TemporalText.formatTime(((LongColumn) column).value(row), b, out.at()), out);
                };
            case INTERVAL ->
                (column, row, out) -> {
                    byte[] b = open(out, IntervalText.MAX_LENGTH);
                    close(IntervalText.formatMicros(((LongColumn) column).value(row), b, out.at()), out);
                };
            case INTERVAL_MONTHS ->
                (column, row, out) -> {
                    byte[] b = open(out, IntervalText.MAX_LENGTH);
                    close(IntervalText.formatMonths(((LongColumn) column).value(row), b, out.at()), out);
                };
            case TIMESTAMP, TIMESTAMPTZ -> timestamp(type == Scalar.TIMESTAMPTZ, timestamps);
        };
    }

    private static ValueWriter timestamp(boolean zoned, TimestampFormat format) {
        return switch (format) {
            case RFC3339 -> (column, row, out) -> writeTimestamp(((LongColumn) column).value(row), 'T', zoned, out);
            case SQL -> (column, row, out) -> writeTimestamp(((LongColumn) column).value(row), ' ', zoned, out);
            case UNIX_MILLIS -> (column, row, out) -> writeUnits(((LongColumn) column).value(row), 3, out);
            case UNIX_SECONDS -> (column, row, out) -> writeUnits(((LongColumn) column).value(row), 6, out);
        };
    }

    private static void writeTimestamp(long micros, char separator, boolean zoned, RecordOutput out) {
        byte[] b = open(out, TemporalText.MAX_LENGTH);
        int end = TemporalText.formatTimestamp(micros, separator, b, out.at());
        if (zoned) {
            b[end++] = 'Z';
        }
        close(end, out);
    }

    /** A count of microseconds in a unit that is {@code decimals} digits larger; a fraction only when there is one. */
    private static void writeUnits(long micros, int decimals, RecordOutput out) {
        long unit = NumberText.tenTo(decimals);
        if (micros % unit == 0) {
            writeLong(micros / unit, out);
        } else {
            byte[] b = out.need(DECIMAL_LENGTH);
            out.to(DecimalText.format(micros, decimals, b, out.at()));
        }
    }

    private static ValueWriter decimal(int scale, DecimalEncoding encoding) {
        return switch (encoding) {
            case NUMBER ->
                (column, row, out) -> {
                    byte[] b = out.need(DECIMAL_LENGTH);
                    out.to(formatDecimal(column, row, scale, b, out.at()));
                };
            case STRING ->
                (column, row, out) -> {
                    byte[] b = open(out, DECIMAL_LENGTH);
                    close(formatDecimal(column, row, scale, b, out.at()), out);
                };
            case BYTES ->
                (column, row, out) -> {
                    Int128 value = new Int128();
                    if (column instanceof DecimalColumn wide) {
                        value.set(wide.high()[row], wide.low()[row]);
                    } else {
                        value.set(((LongColumn) column).value(row));
                    }
                    writeQuoted(Base64.getEncoder().encode(value.toBigInteger().toByteArray()), out);
                };
        };
    }

    private static int formatDecimal(Column column, int row, int scale, byte[] b, int at) {
        return column instanceof DecimalColumn wide
                ? DecimalText.format(wide.high()[row], wide.low()[row], scale, b, at)
                : DecimalText.format(((LongColumn) column).value(row), scale, b, at);
    }

    private static ValueWriter list(ValueWriter element) {
        return (column, row, out) -> {
            ListColumn lists = (ListColumn) column;
            int start = lists.starts()[row];
            int count = lists.lengths()[row];
            out.put((byte) '[');
            for (int i = 0; i < count; i++) {
                if (i > 0) {
                    out.put((byte) ',');
                }
                put(element, lists.elements(), start + i, out);
            }
            out.put((byte) ']');
        };
    }

    private static ValueWriter map(DataType.MapType type, Encodings encodings) {
        ValueWriter keys = of(type.key(), Encodings.KEYS);
        ValueWriter values = of(type.value(), encodings);
        boolean bare = JsonFormat.isBareKey(type.key());
        return (column, row, out) -> {
            MapColumn maps = (MapColumn) column;
            int start = maps.starts()[row];
            int count = maps.lengths()[row];
            out.put((byte) '{');
            for (int i = 0; i < count; i++) {
                if (i > 0) {
                    out.put((byte) ',');
                }
                if (bare) {
                    out.put((byte) '"');
                }
                keys.write(maps.keys(), start + i, out);
                if (bare) {
                    out.put((byte) '"');
                }
                out.put((byte) ':');
                put(values, maps.values(), start + i, out);
            }
            out.put((byte) '}');
        };
    }

    private static void writeLong(long value, RecordOutput out) {
        byte[] b = out.need(NumberText.MAX_LENGTH);
        out.to(NumberText.formatLong(value, b, out.at()));
    }

    private static void writeDouble(double value, boolean single, RecordOutput out) {
        boolean quoted = Double.isNaN(value) || Double.isInfinite(value);
        byte[] b = out.need(NumberText.MAX_LENGTH + 2);
        int at = out.at();
        if (quoted) {
            b[at++] = '"';
        }
        at = single ? NumberText.formatFloat(value, b, at) : NumberText.formatDouble(value, b, at);
        if (quoted) {
            b[at++] = '"';
        }
        out.to(at);
    }

    private static void writeQuoted(byte[] plain, RecordOutput out) {
        out.put((byte) '"');
        out.put(plain);
        out.put((byte) '"');
    }

    private static byte[] open(RecordOutput out, int length) {
        byte[] b = out.need(length + 2);
        b[out.at()] = '"';
        out.to(out.at() + 1);
        return b;
    }

    private static void close(int end, RecordOutput out) {
        out.bytes()[end] = '"';
        out.to(end + 1);
    }

    /** A document as it is, but for line ends, which are white space in JSON and would break the line. */
    private static void writeJson(BytesColumn json, int row, RecordOutput out) {
        int start = out.at();
        out.put(json.arena(), json.starts()[row], json.lengths()[row]);
        byte[] b = out.bytes();
        for (int i = start; i < out.at(); i++) {
            if (b[i] == '\n' || b[i] == '\r') {
                b[i] = ' ';
            }
        }
    }

    /** A string; only what JSON demands is escaped. */
    private static void writeText(byte[] text, int from, int count, RecordOutput out) {
        byte[] b = out.need(count + 2);
        int at = out.at();
        b[at++] = '"';
        int end = from + count;
        for (int i = from; i < end; i++) {
            byte c = text[i];
            if ((c >= ' ' || c < 0) && c != '"' && c != '\\') {
                b[at++] = c;
            } else {
                out.to(at);
                b = out.need(end - i + 8);
                at = writeEscape(c, b, at);
            }
        }
        b[at++] = '"';
        out.to(at);
    }

    private static int writeEscape(byte c, byte[] b, int from) {
        int at = from;
        b[at++] = '\\';
        switch (c) {
            case '"', '\\' -> b[at++] = c;
            case '\b' -> b[at++] = 'b';
            case '\f' -> b[at++] = 'f';
            case '\n' -> b[at++] = 'n';
            case '\r' -> b[at++] = 'r';
            case '\t' -> b[at++] = 't';
            default -> {
                b[at++] = 'u';
                b[at++] = '0';
                b[at++] = '0';
                b[at++] = HEX[c >> 4 & 0xf];
                b[at++] = HEX[c & 0xf];
            }
        }
        return at;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
