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
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** How values of each type are written as JSON. */
final class ValueWriters {
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
            JsonOutput.writeText(bytes, 0, bytes.length, out);
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
            JsonOutput.writeNull(out);
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
            case BOOLEAN, NULL ->
                (column, row, out) -> JsonOutput.writeBoolean(((BooleanColumn) column).value(row), out);
            case TINYINT, SMALLINT, INT ->
                (column, row, out) -> JsonOutput.writeLong(((IntColumn) column).value(row), out);
            case BIGINT -> (column, row, out) -> JsonOutput.writeLong(((LongColumn) column).value(row), out);
            case FLOAT -> (column, row, out) -> JsonOutput.writeDouble(((DoubleColumn) column).value(row), true, out);
            case DOUBLE -> (column, row, out) -> JsonOutput.writeDouble(((DoubleColumn) column).value(row), false, out);
            case TEXT ->
                (column, row, out) -> {
                    BytesColumn text = (BytesColumn) column;
                    JsonOutput.writeText(text.arena(), text.starts()[row], text.lengths()[row], out);
                };
            case JSON ->
                (column, row, out) -> {
                    BytesColumn json = (BytesColumn) column;
                    JsonOutput.writeDocument(json.arena(), json.starts()[row], json.lengths()[row], out);
                };
            case BYTES -> (column, row, out) -> JsonOutput.writeBytes(((BytesColumn) column).value(row), out);
            case DATE -> (column, row, out) -> JsonOutput.writeDate(((IntColumn) column).value(row), out);
            case TIME -> (column, row, out) -> JsonOutput.writeTime(((LongColumn) column).value(row), out);
            case INTERVAL -> (column, row, out) -> JsonOutput.writeInterval(((LongColumn) column).value(row), out);
            case INTERVAL_MONTHS -> (column, row, out) -> JsonOutput.writeMonths(((LongColumn) column).value(row), out);
            case TIMESTAMP, TIMESTAMPTZ -> timestamp(type == Scalar.TIMESTAMPTZ, timestamps);
        };
    }

    private static ValueWriter timestamp(boolean zoned, TimestampFormat format) {
        return switch (format) {
            case RFC3339 ->
                (column, row, out) -> JsonOutput.writeTimestamp(((LongColumn) column).value(row), 'T', zoned, out);
            case SQL ->
                (column, row, out) -> JsonOutput.writeTimestamp(((LongColumn) column).value(row), ' ', zoned, out);
            case UNIX_MILLIS -> (column, row, out) -> JsonOutput.writeUnits(((LongColumn) column).value(row), 3, out);
            case UNIX_SECONDS -> (column, row, out) -> JsonOutput.writeUnits(((LongColumn) column).value(row), 6, out);
        };
    }

    private static ValueWriter decimal(int scale, DecimalEncoding encoding) {
        return switch (encoding) {
            case NUMBER -> (column, row, out) -> writeDecimal(column, row, scale, out);
            case STRING ->
                (column, row, out) -> {
                    out.put((byte) '"');
                    writeDecimal(column, row, scale, out);
                    out.put((byte) '"');
                };
            case BYTES ->
                (column, row, out) -> {
                    Int128 value = new Int128();
                    if (column instanceof DecimalColumn wide) {
                        value.set(wide.high()[row], wide.low()[row]);
                    } else {
                        value.set(((LongColumn) column).value(row));
                    }
                    JsonOutput.writeBytes(value.toBigInteger().toByteArray(), out);
                };
        };
    }

    private static void writeDecimal(Column column, int row, int scale, RecordOutput out) {
        if (column instanceof DecimalColumn wide) {
            JsonOutput.writeDecimal(wide.high()[row], wide.low()[row], scale, out);
        } else {
            JsonOutput.writeDecimal(((LongColumn) column).value(row), scale, out);
        }
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
}
