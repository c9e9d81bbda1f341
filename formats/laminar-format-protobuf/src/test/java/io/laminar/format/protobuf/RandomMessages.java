package io.laminar.format.protobuf;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.Field;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Random message types and messages, the columns they come to, and what a column then has to show. */
final class RandomMessages {
    private static final String[] SCALARS = {
        "int32",
        "int64",
        "uint32",
        "uint64",
        "sint32",
        "sint64",
        "fixed32",
        "fixed64",
        "sfixed32",
        "sfixed64",
        "bool",
        "float",
        "double",
        "string",
        "bytes",
        "E"
    };

    private final Random random;
    private int names;

    RandomMessages(Random random) {
        this.random = random;
    }

    /** A .proto text with a message M. */
    String text() {
        boolean proto3 = random.nextBoolean();
        StringBuilder out = new StringBuilder("syntax = \"proto" + (proto3 ? 3 : 2) + "\";\n");
        out.append("enum E { ZERO = 0; ONE = 1; NEGATIVE = -5; }\n");
        message("M", proto3, 0, out);
        return out.toString();
    }

    private void message(String name, boolean proto3, int depth, StringBuilder out) {
        out.append("message ").append(name).append(" {\n");
        int count = random.nextInt(7) + 1;
        for (int i = 1; i <= count; i++) {
            int number = random.nextInt(5) == 0 ? i * 1_000 : i;
            String field = " f" + i + " = " + number;
            String optional = proto3 ? (random.nextBoolean() ? "optional " : "") : "optional ";
            switch (random.nextInt(depth > 2 ? 5 : 8)) {
                case 0 -> {
                    String packed = random.nextBoolean() ? "" : " [packed = " + random.nextBoolean() + "]";
                    String type = scalar();
                    boolean packable = !type.equals("string") && !type.equals("bytes");
                    out.append("repeated ")
                            .append(type)
                            .append(field)
                            .append(packable ? packed : "")
                            .append(";\n");
                }
                case 1 -> {
                    String key = SCALARS[random.nextInt(11)];
                    out.append("map<")
                            .append(key)
                            .append(", ")
                            .append(scalar())
                            .append(">")
                            .append(field)
                            .append(";\n");
                }
                case 2 ->
                    out.append("oneof o" + i + " { ")
                            .append(scalarNoEnum() + field + "; ")
                            .append(scalarNoEnum() + " g" + i + " = " + (number + 500) + "; }\n");
                case 5, 6 -> {
                    String type = "T" + names++;
                    message(type, proto3, depth + 1, out);
                    out.append(random.nextBoolean() ? "repeated " : optional)
                            .append(type)
                            .append(field)
                            .append(";\n");
                }
                default -> out.append(optional).append(scalar()).append(field).append(";\n");
            }
        }
        out.append("}\n");
    }

    private String scalar() {
        return SCALARS[random.nextInt(SCALARS.length)];
    }

    private String scalarNoEnum() {
        return SCALARS[random.nextInt(SCALARS.length - 1)];
    }

    DynamicMessage value(Descriptor type) {
        DynamicMessage.Builder builder = DynamicMessage.newBuilder(type);
        for (FieldDescriptor field : type.getFields()) {
            if (random.nextInt(4) == 0) {
                continue;
            }
            if (field.isMapField()) {
                map(builder, field);
            } else if (field.isRepeated()) {
                for (int i = random.nextInt(4); i > 0; i--) {
                    builder.addRepeatedField(field, single(field));
                }
            } else {
                builder.setField(field, single(field));
            }
        }
        return builder.build();
    }

    private void map(DynamicMessage.Builder builder, FieldDescriptor field) {
        for (int i = random.nextInt(4); i > 0; i--) {
            DynamicMessage.Builder entry = DynamicMessage.newBuilder(field.getMessageType());
            for (FieldDescriptor part : field.getMessageType().getFields()) {
                entry.setField(part, single(part));
            }
            builder.addRepeatedField(field, entry.build());
        }
    }

    private Object single(FieldDescriptor field) {
        return switch (field.getJavaType()) {
            case INT -> random.nextInt() >> random.nextInt(32);
            case LONG -> random.nextLong() >> random.nextInt(64);
            case FLOAT -> Float.intBitsToFloat(random.nextInt());
            case DOUBLE -> Double.longBitsToDouble(random.nextLong());
            case BOOLEAN -> random.nextBoolean();
            case STRING -> random.nextInt(5) == 0 ? "" : "é" + random.nextInt(100);
            case BYTE_STRING -> ByteString.copyFrom(new byte[] {(byte) random.nextInt(), (byte) random.nextInt()});
            case ENUM -> field.getEnumType().getValues().get(random.nextInt(3));
            case MESSAGE -> value(field.getMessageType());
        };
    }

    static List<Field> columns(Descriptor type) {
        return type.getFields().stream()
                .map(field -> new Field(field.getName(), column(field)))
                .toList();
    }

    private static DataType column(FieldDescriptor field) {
        if (field.getJavaType() == JavaType.MESSAGE && !field.isMapField()) {
            DataType struct = new DataType.StructType(columns(field.getMessageType()));
            return field.isRepeated() ? new DataType.ListType(struct) : struct;
        }
        return Objects.requireNonNull(ColumnTypes.of(field));
    }

    static List<@Nullable Object> shown(Message message) {
        List<@Nullable Object> row = new ArrayList<>();
        for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
            row.add(shown(field, message));
        }
        return row;
    }

    private static @Nullable Object shown(FieldDescriptor field, Message message) {
        if (field.isMapField()) {
            Map<Object, Object> map = new LinkedHashMap<>();
            FieldDescriptor key = field.getMessageType().findFieldByNumber(1);
            FieldDescriptor value = field.getMessageType().findFieldByNumber(2);
            for (Object each : (List<?>) message.getField(field)) {
                Message entry = (Message) each;
                map.put(single(key, entry.getField(key)), single(value, entry.getField(value)));
            }
            return map;
        }
        if (field.isRepeated()) {
            List<Object> list = new ArrayList<>();
            ((List<?>) message.getField(field)).forEach(element -> list.add(single(field, element)));
            return list;
        }
        return field.hasPresence() && !message.hasField(field) ? null : single(field, message.getField(field));
    }

    private static Object single(FieldDescriptor field, Object value) {
        return switch (field.getType()) {
            case UINT32, FIXED32 -> Integer.toUnsignedLong((Integer) value);
            case UINT64, FIXED64 -> new BigDecimal(Long.toUnsignedString((Long) value));
            case FLOAT -> (double) (Float) value;
            case BYTES -> java.util.HexFormat.of().formatHex(((ByteString) value).toByteArray());
            case ENUM -> {
                EnumValueDescriptor constant = (EnumValueDescriptor) value;
                yield constant.getIndex() < 0 ? String.valueOf(constant.getNumber()) : constant.getName();
            }
            case MESSAGE, GROUP -> shown((Message) value);
            default -> value;
        };
    }

    /** Makes rows comparable: bytes as hexadecimal text. */
    static @Nullable Object comparable(@Nullable Object value) {
        if (value instanceof byte[] bytes) {
            return java.util.HexFormat.of().formatHex(bytes);
        } else if (value instanceof List<?> list) {
            List<@Nullable Object> copy = new ArrayList<>();
            list.forEach(element -> copy.add(comparable(element)));
            return copy;
        } else if (value instanceof Map<?, ?> map) {
            Map<@Nullable Object, @Nullable Object> copy = new LinkedHashMap<>();
            map.forEach((k, v) -> copy.put(k, comparable(v)));
            return copy;
        }
        return value;
    }
}
