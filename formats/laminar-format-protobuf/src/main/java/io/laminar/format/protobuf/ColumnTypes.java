package io.laminar.format.protobuf;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The column type that a field comes to, and the message type that columns come to. */
final class ColumnTypes {
    private static final String NAME = "Record";

    private ColumnTypes() {}

    /** The type that holds all values of a field; null where only JSON or a struct does. */
    static @Nullable DataType of(FieldDescriptor field) {
        if (field.isMapField()) {
            DataType key = single(field.getMessageType().findFieldByNumber(1));
            DataType value = single(field.getMessageType().findFieldByNumber(2));
            return key == null || value == null ? null : new DataType.MapType(key, value);
        }
        DataType single = single(field);
        return single == null || !field.isRepeated() ? single : new DataType.ListType(single);
    }

    private static @Nullable DataType single(FieldDescriptor field) {
        return switch (field.getType()) {
            case BOOL -> Scalar.BOOLEAN;
            case INT32, SINT32, SFIXED32 -> Scalar.INT;
            case UINT32, FIXED32, INT64, SINT64, SFIXED64 -> Scalar.BIGINT;
            case UINT64, FIXED64 -> new DataType.Decimal(20, 0);
            case FLOAT -> Scalar.FLOAT;
            case DOUBLE -> Scalar.DOUBLE;
            case STRING, ENUM -> Scalar.TEXT;
            case BYTES -> Scalar.BYTES;
            case MESSAGE ->
                switch (field.getMessageType().getFullName()) {
                    case "google.protobuf.Timestamp" -> Scalar.TIMESTAMPTZ;
                    case "google.protobuf.Duration" -> Scalar.INTERVAL;
                    default ->
                        ReaderCompiler.isWrapper(field.getMessageType())
                                ? single(field.getMessageType().findFieldByNumber(1))
                                : null;
                };
            case GROUP -> null;
        };
    }

    /**
     * A message with one field per column.
     *
     * @throws LaminarException INVALID_SCHEMA for names and types that Protobuf does not have
     */
    static Descriptor message(io.laminar.spi.type.Schema columns) {
        FileDescriptorProto.Builder file = FileDescriptorProto.newBuilder()
                .setName("record.proto")
                .setSyntax("proto3")
                .setPackage("laminar")
                .addDependency("google/protobuf/duration.proto")
                .addDependency("google/protobuf/timestamp.proto");
        file.addMessageType(message(NAME, columns.fields(), ""));
        return ProtobufSchemas.link(file.build(), name -> {
                    throw new IllegalStateException("Google's types are known: " + name);
                })
                .getMessageTypes()
                .get(0);
    }

    private static DescriptorProto message(String name, List<Field> fields, String prefix) {
        DescriptorProto.Builder message = DescriptorProto.newBuilder().setName(name);
        for (int i = 0; i < fields.size(); i++) {
            Field field = fields.get(i);
            String path = prefix + field.name();
            if (!field.name().matches("[A-Za-z][A-Za-z0-9_]*")) {
                throw new LaminarException(
                        ErrorCode.INVALID_SCHEMA,
                        "column '" + path + "': Protobuf takes names of letters, digits and _ only",
                        "give the column another name");
            }
            FieldDescriptorProto.Builder made =
                    FieldDescriptorProto.newBuilder().setName(field.name()).setNumber(i + 1);
            addField(message, made, field, path);
        }
        addSynthetic(message);
        return message.build();
    }

    private static void addSynthetic(DescriptorProto.Builder message) {
        for (FieldDescriptorProto.Builder field : message.getFieldBuilderList()) {
            if (field.getProto3Optional()) {
                field.setOneofIndex(message.getOneofDeclCount());
                message.addOneofDeclBuilder().setName("_" + field.getName());
            }
        }
    }

    private static void addField(
            DescriptorProto.Builder message, FieldDescriptorProto.Builder made, Field field, String path) {
        if (field.type() instanceof DataType.ListType list) {
            made.setLabel(Label.LABEL_REPEATED);
            setType(message, made, list.element(), path);
        } else if (field.type() instanceof DataType.MapType map) {
            addMap(message, made, map, path);
        } else {
            made.setLabel(Label.LABEL_OPTIONAL);
            setType(message, made, field.type(), path);
            // Without it a field that is NULL would be read as 0 or an empty text.
            made.setProto3Optional(field.nullable() && made.getType() != FieldDescriptorProto.Type.TYPE_MESSAGE);
        }
        message.addField(made);
    }

    private static void addMap(
            DescriptorProto.Builder message, FieldDescriptorProto.Builder made, DataType.MapType map, String path) {
        String name = ProtoParser.entryName(made.getName());
        DescriptorProto.Builder entry = DescriptorProto.newBuilder().setName(name);
        entry.getOptionsBuilder().setMapEntry(true);
        FieldDescriptorProto.Builder key =
                FieldDescriptorProto.newBuilder().setName("key").setNumber(1).setLabel(Label.LABEL_OPTIONAL);
        setType(entry, key, map.key(), path + " key");
        if (key.getType() == FieldDescriptorProto.Type.TYPE_MESSAGE
                || key.getType() == FieldDescriptorProto.Type.TYPE_BYTES
                || key.getType() == FieldDescriptorProto.Type.TYPE_DOUBLE
                || key.getType() == FieldDescriptorProto.Type.TYPE_FLOAT) {
            throw unsupported(map, path);
        }
        FieldDescriptorProto.Builder value =
                FieldDescriptorProto.newBuilder().setName("value").setNumber(2).setLabel(Label.LABEL_OPTIONAL);
        setType(message, value, map.value(), path + "{}");
        message.addNestedType(entry.addField(key).addField(value));
        made.setLabel(Label.LABEL_REPEATED)
                .setType(FieldDescriptorProto.Type.TYPE_MESSAGE)
                .setTypeName(name);
    }

    private static void setType(
            DescriptorProto.Builder message, FieldDescriptorProto.Builder made, DataType type, String path) {
        if (type instanceof DataType.StructType struct) {
            String name = made.getName() + "_type";
            message.addNestedType(message(name, struct.fields(), path + "."));
            made.setType(FieldDescriptorProto.Type.TYPE_MESSAGE).setTypeName(name);
            return;
        }
        if (type instanceof DataType.Decimal) {
            made.setType(FieldDescriptorProto.Type.TYPE_STRING);
            return;
        }
        if (!(type instanceof Scalar scalar)) {
            throw unsupported(type, path);
        }
        switch (scalar) {
            case BOOLEAN, NULL -> made.setType(FieldDescriptorProto.Type.TYPE_BOOL);
            case TINYINT, SMALLINT, INT, DATE -> made.setType(FieldDescriptorProto.Type.TYPE_INT32);
            case BIGINT, TIME, INTERVAL_MONTHS -> made.setType(FieldDescriptorProto.Type.TYPE_INT64);
            case FLOAT -> made.setType(FieldDescriptorProto.Type.TYPE_FLOAT);
            case DOUBLE -> made.setType(FieldDescriptorProto.Type.TYPE_DOUBLE);
            case TEXT, JSON -> made.setType(FieldDescriptorProto.Type.TYPE_STRING);
            case BYTES -> made.setType(FieldDescriptorProto.Type.TYPE_BYTES);
            case TIMESTAMP, TIMESTAMPTZ ->
                made.setType(FieldDescriptorProto.Type.TYPE_MESSAGE).setTypeName(".google.protobuf.Timestamp");
            case INTERVAL ->
                made.setType(FieldDescriptorProto.Type.TYPE_MESSAGE).setTypeName(".google.protobuf.Duration");
        }
    }

    private static LaminarException unsupported(DataType type, String path) {
        return new LaminarException(
                ErrorCode.INVALID_SCHEMA,
                "column '" + path + "': Protobuf has no form for " + type.sql() + " there",
                "make it a STRUCT with one member, or TEXT");
    }
}
