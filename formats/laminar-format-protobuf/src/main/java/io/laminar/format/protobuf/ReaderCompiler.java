package io.laminar.format.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import io.laminar.format.protobuf.Scalars.Absent;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.error.NearestName;
import io.laminar.spi.format.VarintReader;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Resolves a message type to the columns of a table, once. */
final class ReaderCompiler {
    private static final String GOOGLE = "google.protobuf.";

    private final VarintReader ints;

    ReaderCompiler(VarintReader ints) {
        this.ints = ints;
    }

    /**
     * The reader of messages.
     *
     * @param prefix what paths of columns start with in messages
     * @throws LaminarException INVALID_SCHEMA when a column does not fit
     */
    MessageReader message(Descriptor type, List<Field> columns, String prefix) {
        List<MessageReader.Member> members = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            Field column = columns.get(i);
            FieldDescriptor field = find(type, column.name());
            if (field != null) {
                FieldReader reader = field(field, column.type(), column.nullable(), prefix + column.name());
                int oneof = field.getRealContainingOneof() == null
                        ? -1
                        : field.getRealContainingOneof().getIndex();
                members.add(new MessageReader.Member(i, field.getNumber(), oneof, reader));
            } else if (!column.nullable()) {
                throw missing(type, prefix + column.name(), column.name());
            }
        }
        return new MessageReader(ints, members);
    }

    /** A field by its name, its name in JSON, or either in other letter case. */
    static @Nullable FieldDescriptor find(Descriptor type, String name) {
        FieldDescriptor exact = type.findFieldByName(name);
        if (exact != null) {
            return exact;
        }
        for (FieldDescriptor field : type.getFields()) {
            if (field.getJsonName().equals(name)) {
                return field;
            }
        }
        for (FieldDescriptor field : type.getFields()) {
            if (field.getName().equalsIgnoreCase(name) || field.getJsonName().equalsIgnoreCase(name)) {
                return field;
            }
        }
        return null;
    }

    static LaminarException missing(Descriptor type, String path, String name) {
        List<String> names =
                type.getFields().stream().map(FieldDescriptor::getName).toList();
        return new LaminarException(
                ErrorCode.INVALID_SCHEMA,
                "message " + type.getFullName() + " has no field for column '" + path + "'; it has "
                        + String.join(", ", names),
                NearestName.hint(name, names));
    }

    private FieldReader field(FieldDescriptor field, DataType type, boolean nullable, String path) {
        boolean document =
                type == Scalar.JSON && (field.isRepeated() || field.getType() != FieldDescriptor.Type.STRING);
        if (document) {
            return new JsonField(ints, field, nullable, path);
        }
        if (field.isMapField()) {
            return map(field, type, path);
        }
        if (!field.isRepeated()) {
            return single(field, type, absent(field, nullable, path), path);
        }
        if (!(type instanceof DataType.ListType list)) {
            throw mismatch(field, type, path);
        }
        FieldReader elements = single(field, list.element(), new Absent(true, null, path), path + "[]");
        return new Nested.ListReader(ints, elements, field.isPackable());
    }

    /** Without presence a field that does not come has its default; with presence only if it declares one. */
    private static Absent absent(FieldDescriptor field, boolean nullable, String path) {
        boolean message = field.getJavaType() == JavaType.MESSAGE;
        boolean known = !message && (!field.hasPresence() || field.hasDefaultValue());
        return new Absent(nullable, known ? field.getDefaultValue() : null, path);
    }

    private FieldReader map(FieldDescriptor field, DataType type, String path) {
        if (!(type instanceof DataType.MapType map)) {
            throw mismatch(field, type, path);
        }
        Descriptor entry = field.getMessageType();
        FieldDescriptor key = entry.findFieldByNumber(1);
        FieldDescriptor value = entry.findFieldByNumber(2);
        Absent noKey = new Absent(false, key.getDefaultValue(), path + " key");
        boolean message = value.getJavaType() == JavaType.MESSAGE;
        Absent noValue = new Absent(true, message ? null : value.getDefaultValue(), path + "{}");
        boolean document = map.value() == Scalar.JSON && value.getType() != FieldDescriptor.Type.STRING;
        FieldReader values = document
                ? new JsonField(ints, value, true, path + "{}")
                : single(value, map.value(), noValue, path + "{}");
        return new Nested.MapReader(
                ints,
                new MessageReader(
                        ints,
                        List.of(
                                new MessageReader.Member(0, 1, -1, single(key, map.key(), noKey, path + " key")),
                                new MessageReader.Member(1, 2, -1, values))));
    }

    /** One value of a field, which may be an element of a list or a part of a map. */
    private FieldReader single(FieldDescriptor field, DataType type, Absent absent, String path) {
        FieldReader found = field.getType() == FieldDescriptor.Type.MESSAGE
                ? message(field.getMessageType(), type, absent, path)
                : scalar(field, type, absent, path);
        if (found == null) {
            throw mismatch(field, type, path);
        }
        return found;
    }

    private @Nullable FieldReader message(Descriptor message, DataType type, Absent absent, String path) {
        if (type instanceof DataType.StructType struct) {
            MessageReader reader = message(message, struct.fields(), path + ".");
            return new Nested.StructReader(ints, reader, absent.nullable(), path);
        }
        String name = message.getFullName();
        boolean timestamp = type == Scalar.TIMESTAMP || type == Scalar.TIMESTAMPTZ;
        if ((timestamp && name.equals(GOOGLE + "Timestamp"))
                || (type == Scalar.INTERVAL && name.equals(GOOGLE + "Duration"))) {
            return new Nested.TimeReader(ints, absent.nullable(), path);
        }
        if (isWrapper(message)) {
            FieldDescriptor value = message.findFieldByNumber(1);
            Absent noValue = new Absent(true, value.getDefaultValue(), path);
            MessageReader reader = new MessageReader(
                    ints, List.of(new MessageReader.Member(0, 1, -1, single(value, type, noValue, path))));
            return new Nested.WrapperReader(ints, reader, absent.nullable(), path);
        }
        return null;
    }

    static boolean isWrapper(Descriptor message) {
        return message.getFile().getName().equals(GOOGLE.replace('.', '/') + "wrappers.proto");
    }

    private @Nullable FieldReader scalar(FieldDescriptor field, DataType type, Absent absent, String path) {
        if (type instanceof DataType.Decimal decimal) {
            return field.getJavaType() == JavaType.STRING
                    ? new Scalars.DecimalReader(ints, decimal, absent, path)
                    : isWhole(field) ? whole(field, type, Long.MAX_VALUE, absent, path) : null;
        }
        if (!(type instanceof Scalar scalar)) {
            return null;
        }
        boolean whole = isWhole(field);
        boolean number = whole || field.getType() == FieldDescriptor.Type.ENUM;
        boolean floating = field.getJavaType() == JavaType.FLOAT || field.getJavaType() == JavaType.DOUBLE;
        boolean signed64 = field.getType() == FieldDescriptor.Type.INT64
                || field.getType() == FieldDescriptor.Type.SINT64
                || field.getType() == FieldDescriptor.Type.SFIXED64;
        return switch (scalar) {
            case BOOLEAN -> field.getJavaType() == JavaType.BOOLEAN ? new Scalars.BooleanReader(ints, absent) : null;
            case TINYINT -> number ? whole(field, type, Byte.MAX_VALUE, absent, path) : null;
            case SMALLINT -> number ? whole(field, type, Short.MAX_VALUE, absent, path) : null;
            case INT -> number ? whole(field, type, Integer.MAX_VALUE, absent, path) : null;
            case BIGINT -> number ? whole(field, type, Long.MAX_VALUE, absent, path) : null;
            case FLOAT, DOUBLE -> {
                boolean single = scalar == Scalar.FLOAT;
                yield floating
                        ? new Scalars.FloatingReader(field, single, absent)
                        : whole ? whole(field, type, Long.MAX_VALUE, absent, path) : null;
            }
            case TEXT ->
                field.getType() == FieldDescriptor.Type.ENUM
                        ? new Scalars.EnumReader(ints, field, absent)
                        : bytes(field, scalar, absent, path);
            case BYTES -> bytes(field, scalar, absent, path);
            case JSON ->
                field.getJavaType() == JavaType.STRING
                        ? bytes(field, scalar, absent, path)
                        : new JsonField(ints, field, absent.nullable(), path);
            // As the schema of the columns has them: days, and microseconds of the day or months.
            case DATE ->
                field.getType() == FieldDescriptor.Type.INT32
                        ? whole(field, type, Integer.MAX_VALUE, absent, path)
                        : null;
            case TIME, INTERVAL_MONTHS -> signed64 ? whole(field, type, Long.MAX_VALUE, absent, path) : null;
            case TIMESTAMP, TIMESTAMPTZ, INTERVAL, NULL -> null;
        };
    }

    private static boolean isWhole(FieldDescriptor field) {
        return field.getJavaType() == JavaType.INT || field.getJavaType() == JavaType.LONG;
    }

    private FieldReader whole(FieldDescriptor field, DataType type, long most, Absent absent, String path) {
        return new Scalars.WholeReader(ints, field, type, most, absent, path);
    }

    private @Nullable FieldReader bytes(FieldDescriptor field, Scalar type, Absent absent, String path) {
        boolean fits = field.getJavaType() == JavaType.STRING || field.getJavaType() == JavaType.BYTE_STRING;
        return fits ? new Scalars.BytesReader(ints, field, type, absent, path) : null;
    }

    static LaminarException mismatch(FieldDescriptor field, DataType type, String path) {
        DataType natural = ColumnTypes.of(field);
        String kind = field.isMapField() ? "a map" : (field.isRepeated() ? "repeated " : "") + describe(field);
        return new LaminarException(
                ErrorCode.INVALID_SCHEMA,
                "column '" + path + "' is " + type.sql() + ", and field " + field.getFullName() + " is " + kind,
                natural == null ? "declare it as JSON" : "declare it as " + natural.sql());
    }

    private static String describe(FieldDescriptor field) {
        return switch (field.getType()) {
            case MESSAGE, GROUP -> field.getMessageType().getFullName();
            case ENUM -> field.getEnumType().getFullName();
            default -> field.getType().name().toLowerCase(java.util.Locale.ROOT);
        };
    }
}
