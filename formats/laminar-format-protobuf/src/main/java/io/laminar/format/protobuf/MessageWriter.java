package io.laminar.format.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
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
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.format.RecordOutput;
import io.laminar.spi.text.DecimalText;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Physical;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes rows, or structs within them, as messages: the fields in the order of the columns; what is NULL is left out. */
final class MessageWriter {
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final int NANOS_PER_MICRO = 1_000;
    private static final int DECIMAL_LENGTH = 48;

    private final FieldWriter[] writers;

    private MessageWriter(FieldWriter[] writers) {
        this.writers = writers;
    }

    /** Writes a field with its tag, or an element or part of one; the value is not null. */
    private interface FieldWriter {
        void write(Column column, int row, RecordOutput out);
    }

    /**
     * The writer of messages.
     *
     * @throws LaminarException INVALID_SCHEMA when a column has no field, or a required field no column
     */
    static MessageWriter of(Descriptor type, List<Field> columns, String prefix) {
        FieldWriter[] writers = new FieldWriter[columns.size()];
        List<FieldDescriptor> written = new java.util.ArrayList<>();
        for (int i = 0; i < writers.length; i++) {
            Field column = columns.get(i);
            FieldDescriptor field = ReaderCompiler.find(type, column.name());
            if (field == null) {
                throw ReaderCompiler.missing(type, prefix + column.name(), column.name());
            }
            written.add(field);
            writers[i] = field(field, column.type(), prefix + column.name());
        }
        for (FieldDescriptor field : type.getFields()) {
            if (field.isRequired() && !written.contains(field)) {
                throw new LaminarException(
                        ErrorCode.INVALID_SCHEMA,
                        "field " + field.getFullName() + " is required, and the table has no column for it");
            }
        }
        return new MessageWriter(writers);
    }

    void write(List<Column> columns, int row, RecordOutput out) {
        for (int i = 0; i < writers.length; i++) {
            Column column = columns.get(i);
            if (!column.isNull(row)) {
                writers[i].write(column, row, out);
            }
        }
    }

    private static FieldWriter field(FieldDescriptor field, DataType type, String path) {
        if (field.isMapField()) {
            return map(field, type, path);
        }
        if (!field.isRepeated()) {
            return tagged(field, single(field, type, path));
        }
        if (!(type instanceof DataType.ListType list)) {
            throw ReaderCompiler.mismatch(field, type, path);
        }
        return field.isPacked()
                ? packed(field, single(field, list.element(), path + "[]"), path)
                : repeated(tagged(field, single(field, list.element(), path + "[]")), path);
    }

    private static FieldWriter tagged(FieldDescriptor field, FieldWriter value) {
        long tag = Wire.tag(field.getNumber(), Scalars.wireType(field)) & 0xffff_ffffL;
        return (column, row, out) -> {
            Wire.writeVarint(tag, out);
            value.write(column, row, out);
        };
    }

    private static FieldWriter repeated(FieldWriter element, String path) {
        return (column, row, out) -> {
            ListColumn lists = (ListColumn) column;
            int start = lists.starts()[row];
            for (int i = start; i < start + lists.lengths()[row]; i++) {
                if (lists.elements().isNull(i)) {
                    throw nullElement(path);
                }
                element.write(lists.elements(), i, out);
            }
        };
    }

    private static FieldWriter packed(FieldDescriptor field, FieldWriter element, String path) {
        long tag = Wire.tag(field.getNumber(), Wire.LENGTH) & 0xffff_ffffL;
        FieldWriter elements = repeated(element, path);
        return (column, row, out) -> {
            if (((ListColumn) column).lengths()[row] == 0) {
                return;
            }
            Wire.writeVarint(tag, out);
            int start = out.at();
            elements.write(column, row, out);
            Wire.insertLength(start, out);
        };
    }

    private static FieldWriter map(FieldDescriptor field, DataType type, String path) {
        if (!(type instanceof DataType.MapType map)) {
            throw ReaderCompiler.mismatch(field, type, path);
        }
        Descriptor entry = field.getMessageType();
        FieldDescriptor keyField = entry.findFieldByNumber(1);
        FieldDescriptor valueField = entry.findFieldByNumber(2);
        FieldWriter key = tagged(keyField, single(keyField, map.key(), path + " key"));
        FieldWriter value = tagged(valueField, single(valueField, map.value(), path + "{}"));
        long tag = Wire.tag(field.getNumber(), Wire.LENGTH) & 0xffff_ffffL;
        return (column, row, out) -> {
            MapColumn maps = (MapColumn) column;
            int start = maps.starts()[row];
            for (int i = start; i < start + maps.lengths()[row]; i++) {
                if (maps.keys().isNull(i) || maps.values().isNull(i)) {
                    throw nullElement(path);
                }
                Wire.writeVarint(tag, out);
                int at = out.at();
                key.write(maps.keys(), i, out);
                value.write(maps.values(), i, out);
                Wire.insertLength(at, out);
            }
        };
    }

    private static LaminarException nullElement(String path) {
        return new LaminarException(
                ErrorCode.NULL_NOT_ALLOWED,
                "column '" + path + "': lists and maps of Protobuf hold no NULL",
                "leave such elements out");
    }

    /** Writes a value without its tag. */
    private static FieldWriter single(FieldDescriptor field, DataType type, String path) {
        FieldWriter found = field.getType() == FieldDescriptor.Type.MESSAGE
                ? message(field.getMessageType(), type, path)
                : scalar(field, type, path);
        if (found == null) {
            throw ReaderCompiler.mismatch(field, type, path);
        }
        return found;
    }

    private static @Nullable FieldWriter message(Descriptor message, DataType type, String path) {
        FieldWriter content;
        if (type instanceof DataType.StructType struct) {
            MessageWriter writer = of(message, struct.fields(), path + ".");
            content = (column, row, out) -> writer.write(((StructColumn) column).members(), row, out);
        } else if (isTime(message, type)) {
            boolean duration = type == Scalar.INTERVAL;
            content = (column, row, out) -> writeTime(((LongColumn) column).value(row), duration, out);
        } else if (ReaderCompiler.isWrapper(message)) {
            FieldDescriptor value = message.findFieldByNumber(1);
            content = tagged(value, single(value, type, path));
        } else {
            return null;
        }
        return (column, row, out) -> {
            int start = out.at();
            content.write(column, row, out);
            Wire.insertLength(start, out);
        };
    }

    private static boolean isTime(Descriptor message, DataType type) {
        return switch (message.getFullName()) {
            case "google.protobuf.Timestamp" -> type == Scalar.TIMESTAMP || type == Scalar.TIMESTAMPTZ;
            case "google.protobuf.Duration" -> type == Scalar.INTERVAL;
            default -> false;
        };
    }

    /** A Timestamp's nanoseconds count forwards; a Duration's have the sign of its seconds. */
    private static void writeTime(long micros, boolean duration, RecordOutput out) {
        long seconds = duration ? micros / MICROS_PER_SECOND : Math.floorDiv(micros, MICROS_PER_SECOND);
        long nanos = (micros - seconds * MICROS_PER_SECOND) * NANOS_PER_MICRO;
        if (seconds != 0) {
            out.put((byte) Wire.tag(1, Wire.VARINT));
            Wire.writeVarint(seconds, out);
        }
        if (nanos != 0) {
            out.put((byte) Wire.tag(2, Wire.VARINT));
            Wire.writeVarint(nanos, out);
        }
    }

    private static @Nullable FieldWriter scalar(FieldDescriptor field, DataType type, String path) {
        if (type instanceof DataType.Decimal decimal) {
            return field.getJavaType() == JavaType.STRING
                    ? (column, row, out) -> writeDecimal(column, row, decimal.scale(), out)
                    : isUnsigned64(field) && decimal.scale() == 0
                            ? (column, row, out) -> whole(field, unsigned(column, row, path), out)
                            : null;
        }
        if (!(type instanceof Scalar scalar)) {
            return null;
        }
        return switch (scalar) {
            case BOOLEAN, NULL ->
                field.getJavaType() == JavaType.BOOLEAN
                        ? (column, row, out) -> out.put((byte) (((BooleanColumn) column).value(row) ? 1 : 0))
                        : null;
            case TINYINT, SMALLINT, INT, BIGINT, DATE, TIME, INTERVAL_MONTHS -> whole(field, scalar, path);
            case FLOAT, DOUBLE -> floating(field, scalar);
            case TEXT ->
                field.getType() == FieldDescriptor.Type.ENUM
                        ? (column, row, out) -> writeEnum(field, ((BytesColumn) column).text(row), path, out)
                        : bytes(field);
            case JSON -> field.getJavaType() == JavaType.STRING ? MessageWriter::writeBytes : null;
            case BYTES -> field.getJavaType() == JavaType.BYTE_STRING ? MessageWriter::writeBytes : null;
            case TIMESTAMP, TIMESTAMPTZ, INTERVAL -> null;
        };
    }

    private static @Nullable FieldWriter bytes(FieldDescriptor field) {
        boolean fits = field.getJavaType() == JavaType.STRING || field.getJavaType() == JavaType.BYTE_STRING;
        return fits ? MessageWriter::writeBytes : null;
    }

    private static boolean isUnsigned64(FieldDescriptor field) {
        return field.getType() == FieldDescriptor.Type.UINT64 || field.getType() == FieldDescriptor.Type.FIXED64;
    }

    private static @Nullable FieldWriter whole(FieldDescriptor field, Scalar type, String path) {
        boolean narrow = type.physical() == Physical.INT;
        boolean plain = type != Scalar.DATE && type != Scalar.TIME && type != Scalar.INTERVAL_MONTHS;
        boolean number = field.getJavaType() == JavaType.INT || field.getJavaType() == JavaType.LONG;
        boolean fits = plain
                ? number || (narrow && field.getType() == FieldDescriptor.Type.DOUBLE)
                : type == Scalar.DATE
                        ? field.getType() == FieldDescriptor.Type.INT32
                        : field.getType() == FieldDescriptor.Type.INT64;
        if (!fits) {
            return null;
        }
        if (field.getType() == FieldDescriptor.Type.DOUBLE) {
            return (column, row, out) ->
                    Wire.writeFixed64(Double.doubleToRawLongBits(((IntColumn) column).value(row)), out);
        }
        long most = most(field);
        long least = isUnsigned(field) ? 0 : -most - 1;
        return (column, row, out) -> {
            long value = narrow ? ((IntColumn) column).value(row) : ((LongColumn) column).value(row);
            if (value > most || value < least) {
                throw refused(
                        path,
                        value + " does not fit into " + field.getType().name().toLowerCase(java.util.Locale.ROOT));
            }
            whole(field, value, out);
        };
    }

    private static boolean isUnsigned(FieldDescriptor field) {
        return isUnsigned64(field)
                || field.getType() == FieldDescriptor.Type.UINT32
                || field.getType() == FieldDescriptor.Type.FIXED32;
    }

    private static long most(FieldDescriptor field) {
        if (field.getJavaType() == JavaType.LONG) {
            return Long.MAX_VALUE;
        }
        return isUnsigned(field) ? 0xffff_ffffL : Integer.MAX_VALUE;
    }

    private static void whole(FieldDescriptor field, long value, RecordOutput out) {
        switch (field.getType()) {
            case SINT32, SINT64 -> Wire.writeVarint(value << 1 ^ value >> 63, out);
            case FIXED32, SFIXED32 -> Wire.writeFixed32((int) value, out);
            case FIXED64, SFIXED64 -> Wire.writeFixed64(value, out);
            default -> Wire.writeVarint(value, out);
        }
    }

    private static @Nullable FieldWriter floating(FieldDescriptor field, Scalar type) {
        if (field.getType() == FieldDescriptor.Type.DOUBLE) {
            return (column, row, out) ->
                    Wire.writeFixed64(Double.doubleToRawLongBits(((DoubleColumn) column).value(row)), out);
        }
        return field.getType() == FieldDescriptor.Type.FLOAT && type == Scalar.FLOAT
                ? (column, row, out) ->
                        Wire.writeFixed32(Float.floatToRawIntBits((float) ((DoubleColumn) column).value(row)), out)
                : null;
    }

    private static void writeBytes(Column column, int row, RecordOutput out) {
        BytesColumn bytes = (BytesColumn) column;
        Wire.writeVarint(bytes.lengths()[row], out);
        out.put(bytes.arena(), bytes.starts()[row], bytes.lengths()[row]);
    }

    private static void writeDecimal(Column column, int row, int scale, RecordOutput out) {
        int start = out.at();
        byte[] b = out.need(DECIMAL_LENGTH);
        out.to(
                column instanceof DecimalColumn wide
                        ? DecimalText.format(wide.high()[row], wide.low()[row], scale, b, start)
                        : DecimalText.format(((LongColumn) column).value(row), scale, b, start));
        Wire.insertLength(start, out);
    }

    private static long unsigned(Column column, int row, String path) {
        BigInteger value = column instanceof DecimalColumn wide
                ? BigInteger.valueOf(wide.high()[row])
                        .shiftLeft(64)
                        .add(new BigInteger(Long.toUnsignedString(wide.low()[row])))
                : BigInteger.valueOf(((LongColumn) column).value(row));
        if (value.signum() < 0 || value.bitLength() > 64) {
            throw refused(path, value + " does not fit into uint64");
        }
        return value.longValue();
    }

    private static void writeEnum(FieldDescriptor field, String name, String path, RecordOutput out) {
        EnumValueDescriptor constant = field.getEnumType().findValueByName(name);
        if (constant != null) {
            Wire.writeVarint(constant.getNumber(), out);
        } else if (name.matches("-?[0-9]{1,9}") && !field.legacyEnumFieldTreatedAsClosed()) {
            // What an unknown number is read as.
            Wire.writeVarint(Integer.parseInt(name), out);
        } else {
            throw refused(path, "enum " + field.getEnumType().getFullName() + " has no constant '" + name + "'");
        }
    }

    private static LaminarException refused(String path, String reason) {
        return new LaminarException(ErrorCode.OUTPUT_FAILED, "column '" + path + "': " + reason);
    }
}
