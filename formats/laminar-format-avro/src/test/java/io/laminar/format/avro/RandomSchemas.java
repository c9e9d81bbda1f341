package io.laminar.format.avro;

import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** Random schemas, values of them, the columns they come to, and what a column then has to show. */
final class RandomSchemas {
    private static final int SCALARS = 18;

    private final Random random;
    private int names;

    RandomSchemas(Random random) {
        this.random = random;
    }

    Schema record(int depth) {
        List<Schema.Field> fields = new ArrayList<>();
        for (int i = random.nextInt(6) + 1; i > 0; i--) {
            fields.add(new Schema.Field("f" + fields.size(), type(depth + 1)));
        }
        return Schema.createRecord("R" + names++, null, "fuzz", false, fields);
    }

    private Schema type(int depth) {
        Schema plain = present(depth);
        return switch (random.nextInt(4)) {
            case 0 -> Schema.createUnion(Schema.create(Schema.Type.NULL), plain);
            case 1 -> Schema.createUnion(plain, Schema.create(Schema.Type.NULL));
            default -> plain;
        };
    }

    private Schema present(int depth) {
        return switch (random.nextInt(depth > 3 ? SCALARS : SCALARS + 4)) {
            case 0 -> Schema.create(Schema.Type.BOOLEAN);
            case 1, 2 -> Schema.create(Schema.Type.INT);
            case 3, 4 -> Schema.create(Schema.Type.LONG);
            case 5 -> Schema.create(Schema.Type.FLOAT);
            case 6 -> Schema.create(Schema.Type.DOUBLE);
            case 7, 8 -> Schema.create(Schema.Type.STRING);
            case 9 -> Schema.create(Schema.Type.BYTES);
            case 10 -> Schema.createFixed("F" + names++, null, "fuzz", random.nextInt(9));
            case 11 -> Schema.createEnum("E" + names++, null, "fuzz", List.of("A", "BB", "CCC"));
            case 12 -> LogicalTypes.date().addToSchema(Schema.create(Schema.Type.INT));
            case 13 -> LogicalTypes.timestampMillis().addToSchema(Schema.create(Schema.Type.LONG));
            case 14 -> LogicalTypes.localTimestampMicros().addToSchema(Schema.create(Schema.Type.LONG));
            case 15 -> LogicalTypes.decimal(16, 3).addToSchema(Schema.create(Schema.Type.BYTES));
            case 16 -> LogicalTypes.decimal(30, 5).addToSchema(Schema.createFixed("D" + names++, null, "fuzz", 14));
            case 17 -> LogicalTypes.timeMillis().addToSchema(Schema.create(Schema.Type.INT));
            case 18, 19 -> record(depth);
            case 20 -> Schema.createArray(type(depth + 1));
            default -> Schema.createMap(type(depth + 1));
        };
    }

    /** A value as the library takes it. */
    @Nullable
    Object value(Schema schema) {
        LogicalType logical = schema.getLogicalType();
        return switch (schema.getType()) {
            case NULL -> null;
            case BOOLEAN -> random.nextBoolean();
            case INT ->
                logical instanceof LogicalTypes.TimeMillis
                        ? random.nextInt(86_400_000)
                        : random.nextInt() >> random.nextInt(32);
            case LONG -> {
                long value = random.nextLong() >> random.nextInt(64);
                yield logical instanceof LogicalTypes.TimestampMillis ? value / 1_000 : value;
            }
            case FLOAT -> Float.intBitsToFloat(random.nextInt());
            case DOUBLE -> Double.longBitsToDouble(random.nextLong());
            case STRING -> text();
            case BYTES ->
                ByteBuffer.wrap(
                        logical == null
                                ? bytes(random.nextInt(20))
                                : BigInteger.valueOf(random.nextLong() / 1_000).toByteArray());
            case FIXED -> new GenericData.Fixed(schema, logical == null ? bytes(schema.getFixedSize()) : decimal());
            case ENUM ->
                new GenericData.EnumSymbol(schema, schema.getEnumSymbols().get(random.nextInt(3)));
            case UNION -> value(schema.getTypes().get(random.nextInt(2)));
            case ARRAY -> {
                List<@Nullable Object> list = new ArrayList<>();
                for (int i = random.nextInt(5); i > 0; i--) {
                    list.add(value(schema.getElementType()));
                }
                yield list;
            }
            case MAP -> {
                Map<String, @Nullable Object> map = new LinkedHashMap<>();
                for (int i = random.nextInt(5); i > 0; i--) {
                    map.put(text(), value(schema.getValueType()));
                }
                yield map;
            }
            case RECORD -> {
                GenericRecord record = new GenericData.Record(schema);
                for (Schema.Field field : schema.getFields()) {
                    record.put(field.pos(), value(field.schema()));
                }
                yield record;
            }
        };
    }

    private byte[] decimal() {
        byte[] bytes = new byte[14];
        byte[] value = new BigInteger(90, random).toByteArray();
        System.arraycopy(value, 0, bytes, bytes.length - value.length, value.length);
        return bytes;
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private String text() {
        StringBuilder out = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            out.appendCodePoint(random.nextInt(4) == 0 ? 0x80 + random.nextInt(0x5000) : 'a' + random.nextInt(26));
        }
        return out.toString();
    }

    static List<Field> columns(Schema record) {
        return record.getFields().stream()
                .map(field -> new Field(field.name(), column(field.schema())))
                .toList();
    }

    private static DataType column(Schema schema) {
        Schema present = schema.getType() == Schema.Type.UNION
                ? java.util.Objects.requireNonNull(RecordBinding.withoutNull(schema))
                : schema;
        return switch (present.getType()) {
            case RECORD -> new DataType.StructType(columns(present));
            case ARRAY -> new DataType.ListType(column(present.getElementType()));
            case MAP -> new DataType.MapType(Scalar.TEXT, column(present.getValueType()));
            default -> java.util.Objects.requireNonNull(SchemaOfColumns.columnType(present));
        };
    }

    /** What a value of the library looks like in a column. */
    static @Nullable Object shown(Schema schema, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        LogicalType logical = schema.getLogicalType();
        return switch (schema.getType()) {
            case UNION -> shown(java.util.Objects.requireNonNull(RecordBinding.withoutNull(schema)), value);
            case INT -> logical instanceof LogicalTypes.TimeMillis ? (Object) ((Integer) value * 1_000L) : value;
            case LONG -> logical instanceof LogicalTypes.TimestampMillis ? (Object) ((Long) value * 1_000) : value;
            case FLOAT -> (double) (Float) value;
            case STRING, ENUM -> value.toString();
            case BYTES -> binary(logical, array((ByteBuffer) value));
            case FIXED -> binary(logical, ((GenericData.Fixed) value).bytes());
            case ARRAY -> {
                List<@Nullable Object> list = new ArrayList<>();
                ((List<?>) value).forEach(element -> list.add(shown(schema.getElementType(), element)));
                yield list;
            }
            case MAP -> {
                Map<String, @Nullable Object> map = new LinkedHashMap<>();
                ((Map<?, ?>) value).forEach((k, v) -> map.put(k.toString(), shown(schema.getValueType(), v)));
                yield map;
            }
            case RECORD -> {
                List<@Nullable Object> members = new ArrayList<>();
                for (Schema.Field field : schema.getFields()) {
                    members.add(shown(field.schema(), ((GenericRecord) value).get(field.pos())));
                }
                yield members;
            }
            default -> value;
        };
    }

    private static byte[] array(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    private static Object binary(@Nullable LogicalType logical, byte[] bytes) {
        if (logical instanceof LogicalTypes.Decimal decimal) {
            BigInteger unscaled = bytes.length == 0 ? BigInteger.ZERO : new BigInteger(bytes);
            return new BigDecimal(unscaled, decimal.getScale());
        }
        return java.util.HexFormat.of().formatHex(bytes);
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
