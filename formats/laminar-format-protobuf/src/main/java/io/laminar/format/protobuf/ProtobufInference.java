package io.laminar.format.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.laminar.spi.infer.InferredColumn;
import io.laminar.spi.infer.InferredSchema;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Columns of a Protobuf message. */
final class ProtobufInference {
    private static final int DEEPEST = 8;

    private ProtobufInference() {}

    static InferredSchema of(Descriptor message, Map<String, String> options) {
        List<InferredColumn> columns = new ArrayList<>();
        for (FieldDescriptor field : message.getFields()) {
            DataType type = type(field, 0);
            columns.add(new InferredColumn(
                    field.getName(),
                    type,
                    isNullable(field),
                    type.sql() + " because the schema says " + (field.isRepeated() ? "repeated " : "") + said(field)));
        }
        return InferredSchema.of(columns, options, List.of("from message " + message.getFullName()));
    }

    private static String said(FieldDescriptor field) {
        return field.getType() == FieldDescriptor.Type.MESSAGE
                ? field.getMessageType().getName()
                : field.getType().name().toLowerCase(Locale.ROOT);
    }

    /** What has no presence is 0, empty or false when it is not there. */
    private static boolean isNullable(FieldDescriptor field) {
        return field.hasPresence() && !field.isRequired();
    }

    private static DataType type(FieldDescriptor field, int depth) {
        DataType known = ColumnTypes.of(field);
        if (known != null) {
            return known;
        }
        if (depth >= DEEPEST || field.isMapField() || field.getType() != FieldDescriptor.Type.MESSAGE) {
            return Scalar.JSON;
        }
        List<Field> members = new ArrayList<>();
        for (FieldDescriptor member : field.getMessageType().getFields()) {
            members.add(new Field(member.getName(), type(member, depth + 1), isNullable(member)));
        }
        if (members.isEmpty() || field.getMessageType().getFile().getPackage().equals("google.protobuf")) {
            return Scalar.JSON;
        }
        DataType struct = new DataType.StructType(members);
        return field.isRepeated() ? new DataType.ListType(struct) : struct;
    }
}
