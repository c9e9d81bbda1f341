package io.laminar.format.protobuf;

import com.google.protobuf.Descriptors.FieldDescriptor;
import io.laminar.format.json.JsonDocuments;
import io.laminar.spi.batch.BooleanBuilder;
import io.laminar.spi.batch.BytesBuilder;
import io.laminar.spi.batch.ColumnBuilder;
import io.laminar.spi.batch.DecimalBuilder;
import io.laminar.spi.batch.DoubleBuilder;
import io.laminar.spi.batch.Int128;
import io.laminar.spi.batch.IntBuilder;
import io.laminar.spi.batch.LongBuilder;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.format.RecordFailure;
import io.laminar.spi.format.VarintReader;
import io.laminar.spi.text.DecimalText;
import io.laminar.spi.text.Utf8;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Scalar;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Readers of fields without parts. */
final class Scalars {

    private Scalars() {}

    static RecordFailure notUtf8(int position) {
        return new RecordFailure(position, "a string is not UTF-8");
    }

    /**
     * What a field without a value becomes.
     *
     * @param nullable whether the column takes NULL
     * @param value as the descriptor has it; null: NULL
     */
    record Absent(boolean nullable, @Nullable Object value, String path) {}

    /** A field that has one value, of which the last one counts. */
    abstract static class ScalarReader extends FieldReader {
        private final Absent absent;
        private final int wireType;

        ScalarReader(Absent absent, int wireType) {
            this.absent = absent;
            this.wireType = wireType;
        }

        abstract ColumnBuilder target();

        /** Appends the default that the descriptor has. */
        abstract void appendDefault(Object value);

        /** Appends the value at {@code from}; returns the position after it. */
        abstract int append(byte[] b, int from, int limit);

        @Override
        int read(int tag, byte[] b, int from, int limit, int rows) {
            target().truncate(rows);
            return append(b, from, limit);
        }

        @Override
        final void clear(int rows) {
            target().truncate(rows);
        }

        @Override
        final void finish(int rows, int position) {
            if (target().size() != rows) {
                return;
            }
            if (absent.value() != null) {
                appendDefault(absent.value());
            } else if (absent.nullable()) {
                target().appendNull();
            } else {
                throw isNull(position, absent.path());
            }
        }

        @Override
        int[] wireTypes() {
            return new int[] {wireType};
        }
    }

    static RecordFailure isNull(int position, String path) {
        return new RecordFailure(
                ErrorCode.NULL_NOT_ALLOWED, position, "column '" + path + "' is NOT NULL but the record has no value");
    }

    static int wireType(FieldDescriptor field) {
        return switch (field.getType()) {
            case DOUBLE, FIXED64, SFIXED64 -> Wire.FIXED64;
            case FLOAT, FIXED32, SFIXED32 -> Wire.FIXED32;
            case STRING, BYTES, MESSAGE -> Wire.LENGTH;
            case GROUP -> Wire.START_GROUP;
            default -> Wire.VARINT;
        };
    }

    /** Whole numbers of all kinds, and numbers of enums. */
    static final class WholeReader extends ScalarReader {
        private final VarintReader ints;
        private final FieldDescriptor.Type kind;
        private final DataType type;
        private final String path;
        private final long least;
        private final long most;
        private final Int128 unscaled = new Int128();
        private ColumnBuilder target = new LongBuilder(0);

        /** @param most the largest value of the column; the least is one less than its negative */
        WholeReader(VarintReader ints, FieldDescriptor field, DataType type, long most, Absent absent, String path) {
            super(absent, wireType(field));
            this.ints = ints;
            this.kind = field.getType();
            this.type = type;
            this.path = path;
            this.most = most;
            this.least = -most - 1;
        }

        @Override
        int operation() {
            if (type == Scalar.BIGINT && kind == FieldDescriptor.Type.INT64) {
                return MessageReader.LONG;
            }
            return type == Scalar.INT && kind == FieldDescriptor.Type.INT32 ? MessageReader.INT : MessageReader.CALL;
        }

        @Override
        void bind(ColumnBuilder builder) {
            target = builder;
        }

        @Override
        ColumnBuilder target() {
            return target;
        }

        @Override
        int append(byte[] b, int from, int limit) {
            int end;
            long value;
            switch (kind) {
                case FIXED64, SFIXED64 -> {
                    value = Wire.fixed64(b, from, limit);
                    end = from + Long.BYTES;
                }
                case FIXED32 -> {
                    value = Wire.fixed32(b, from, limit) & 0xffff_ffffL;
                    end = from + Integer.BYTES;
                }
                case SFIXED32 -> {
                    value = Wire.fixed32(b, from, limit);
                    end = from + Integer.BYTES;
                }
                default -> {
                    value = varint(ints.read(b, from, limit));
                    end = ints.next();
                }
            }
            append(value, from);
            return end;
        }

        private long varint(long bits) {
            return switch (kind) {
                case INT32, ENUM -> (int) bits;
                case UINT32 -> bits & 0xffff_ffffL;
                case SINT32 -> VarintReader.zigzag(bits & 0xffff_ffffL);
                case SINT64 -> VarintReader.zigzag(bits);
                case BOOL -> bits == 0 ? 0 : 1;
                default -> bits;
            };
        }

        private boolean unsigned() {
            return kind == FieldDescriptor.Type.UINT64 || kind == FieldDescriptor.Type.FIXED64;
        }

        private void append(long value, int position) {
            if (type instanceof DataType.Decimal decimal) {
                appendDecimal(value, decimal, position);
            } else if (target instanceof DoubleBuilder doubles) {
                double number = unsigned() ? unsigned(value).doubleValue() : (double) value;
                doubles.append(type == Scalar.FLOAT ? (double) (float) number : number);
            } else {
                if (value > most || value < least || (unsigned() && value < 0)) {
                    throw outOfRange(position, path, type);
                }
                if (target instanceof IntBuilder integers) {
                    integers.append((int) value);
                } else {
                    ((LongBuilder) target).append(value);
                }
            }
        }

        private void appendDecimal(long value, DataType.Decimal decimal, int position) {
            BigInteger whole = unsigned() ? unsigned(value) : BigInteger.valueOf(value);
            BigInteger scaled = whole.multiply(BigInteger.TEN.pow(decimal.scale()));
            if (scaled.abs().compareTo(BigInteger.TEN.pow(decimal.precision())) >= 0 || !unscaled.set(scaled)) {
                throw outOfRange(position, path, type);
            }
            appendUnscaled(target, unscaled);
        }

        private static BigInteger unsigned(long value) {
            return new BigInteger(Long.toUnsignedString(value));
        }

        @Override
        void appendDefault(Object value) {
            append(
                    value instanceof com.google.protobuf.Descriptors.EnumValueDescriptor constant
                            ? constant.getNumber()
                            : ((Number) value).longValue(),
                    0);
        }
    }

    static RecordFailure outOfRange(int position, String path, DataType type) {
        return new RecordFailure(position, "column '" + path + "' (" + type.sql() + "): a value is out of range");
    }

    static void appendUnscaled(ColumnBuilder target, Int128 value) {
        if (target instanceof DecimalBuilder decimals) {
            decimals.append(value.high(), value.low());
        } else {
            ((LongBuilder) target).append(value.low());
        }
    }

    static final class FloatingReader extends ScalarReader {
        private final boolean wide;
        private final boolean single;
        private DoubleBuilder target = new DoubleBuilder(0);

        /** @param single whether the column is a FLOAT, which doubles are rounded to */
        FloatingReader(FieldDescriptor field, boolean single, Absent absent) {
            super(absent, wireType(field));
            wide = field.getType() == FieldDescriptor.Type.DOUBLE;
            this.single = single;
        }

        @Override
        int operation() {
            return wide && !single ? MessageReader.DOUBLE : MessageReader.CALL;
        }

        @Override
        void bind(ColumnBuilder builder) {
            target = (DoubleBuilder) builder;
        }

        @Override
        ColumnBuilder target() {
            return target;
        }

        @Override
        int append(byte[] b, int from, int limit) {
            if (wide) {
                double value = Double.longBitsToDouble(Wire.fixed64(b, from, limit));
                target.append(single ? (double) (float) value : value);
                return from + Double.BYTES;
            }
            target.append(Float.intBitsToFloat(Wire.fixed32(b, from, limit)));
            return from + Float.BYTES;
        }

        @Override
        void appendDefault(Object value) {
            target.append(((Number) value).doubleValue());
        }
    }

    static final class BooleanReader extends ScalarReader {
        private final VarintReader ints;
        private BooleanBuilder target = new BooleanBuilder(0);

        BooleanReader(VarintReader ints, Absent absent) {
            super(absent, Wire.VARINT);
            this.ints = ints;
        }

        @Override
        int operation() {
            return MessageReader.BOOLEAN;
        }

        @Override
        void bind(ColumnBuilder builder) {
            target = (BooleanBuilder) builder;
        }

        @Override
        ColumnBuilder target() {
            return target;
        }

        @Override
        int append(byte[] b, int from, int limit) {
            target.append(ints.read(b, from, limit) != 0);
            return ints.next();
        }

        @Override
        void appendDefault(Object value) {
            target.append((Boolean) value);
        }
    }

    /** Strings and bytes into TEXT, BYTES and JSON, as views of the record. */
    static final class BytesReader extends ScalarReader {
        private final VarintReader ints;
        private final Scalar type;
        private final boolean checked;
        private final String path;
        private final JsonDocuments documents = new JsonDocuments();
        private BytesBuilder target = new BytesBuilder(0);

        BytesReader(VarintReader ints, FieldDescriptor field, Scalar type, Absent absent, String path) {
            super(absent, Wire.LENGTH);
            this.ints = ints;
            this.type = type;
            this.path = path;
            checked = type != Scalar.BYTES || field.getType() == FieldDescriptor.Type.STRING;
        }

        @Override
        int operation() {
            return type == Scalar.JSON ? MessageReader.CALL : checked ? MessageReader.TEXT : MessageReader.BYTES;
        }

        @Override
        void bind(ColumnBuilder builder) {
            target = (BytesBuilder) builder;
        }

        @Override
        ColumnBuilder target() {
            return target;
        }

        @Override
        int append(byte[] b, int from, int limit) {
            int count = Wire.length(ints, b, from, limit);
            int start = ints.next();
            if (checked && Utf8.invalidAt(b, start, start + count) >= 0) {
                throw notUtf8(from);
            }
            if (type == Scalar.JSON && !documents.isDocument(b, start, start + count)) {
                throw new RecordFailure(from, "column '" + path + "' (JSON): a string is no JSON document");
            }
            target.view(b, start, count);
            return start + count;
        }

        @Override
        void appendDefault(Object value) {
            if (type == Scalar.JSON && value.equals("")) {
                target.appendNull();
                return;
            }
            byte[] bytes = value instanceof com.google.protobuf.ByteString string
                    ? string.toByteArray()
                    : value.toString().getBytes(StandardCharsets.UTF_8);
            target.append(bytes, 0, bytes.length);
        }
    }

    /** Decimals that are written as text, rounded half away from zero to the scale of the column. */
    static final class DecimalReader extends ScalarReader {
        private final VarintReader ints;
        private final DataType.Decimal type;
        private final boolean nullable;
        private final String path;
        private final Int128 value = new Int128();
        private ColumnBuilder target = new LongBuilder(0);

        DecimalReader(VarintReader ints, DataType.Decimal type, Absent absent, String path) {
            super(absent, Wire.LENGTH);
            this.ints = ints;
            this.type = type;
            this.nullable = absent.nullable();
            this.path = path;
        }

        @Override
        void bind(ColumnBuilder builder) {
            target = builder;
        }

        @Override
        ColumnBuilder target() {
            return target;
        }

        @Override
        int append(byte[] b, int from, int limit) {
            int count = Wire.length(ints, b, from, limit);
            int start = ints.next();
            if (count == 0 || !DecimalText.parse(b, start, start + count, type.precision(), type.scale(), value)) {
                throw new RecordFailure(
                        from, "column '" + path + "' (" + type.sql() + "): a string is no number that fits");
            }
            appendUnscaled(target, value);
            return start + count;
        }

        /** An empty text is no number: like a value that is not there. */
        @Override
        void appendDefault(Object text) {
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            if (bytes.length > 0 && DecimalText.parse(bytes, 0, bytes.length, type.precision(), type.scale(), value)) {
                appendUnscaled(target, value);
            } else if (nullable) {
                target.appendNull();
            } else {
                throw isNull(0, path);
            }
        }
    }

    /** Names of enum constants. Numbers without a name are their digits, or no value at all in closed enums. */
    static final class EnumReader extends ScalarReader {
        private final VarintReader ints;
        private final Map<Integer, byte[]> names = new HashMap<>();
        private final boolean closed;
        private BytesBuilder target = new BytesBuilder(0);

        EnumReader(VarintReader ints, FieldDescriptor field, Absent absent) {
            super(absent, Wire.VARINT);
            this.ints = ints;
            closed = field.legacyEnumFieldTreatedAsClosed();
            field.getEnumType()
                    .getValues()
                    .forEach(value ->
                            names.putIfAbsent(value.getNumber(), value.getName().getBytes(StandardCharsets.UTF_8)));
        }

        @Override
        void bind(ColumnBuilder builder) {
            target = (BytesBuilder) builder;
        }

        @Override
        ColumnBuilder target() {
            return target;
        }

        @Override
        int read(int tag, byte[] b, int from, int limit, int rows) {
            if (name((int) ints.read(b, from, limit)) == null) {
                return ints.next();
            }
            return super.read(tag, b, from, limit, rows);
        }

        @Override
        int append(byte[] b, int from, int limit) {
            byte[] name = name((int) ints.read(b, from, limit));
            if (name != null) {
                target.append(name, 0, name.length);
            }
            return ints.next();
        }

        private byte @Nullable [] name(int number) {
            byte[] name = names.get(number);
            return name != null || closed ? name : Integer.toString(number).getBytes(StandardCharsets.US_ASCII);
        }

        @Override
        void appendDefault(Object value) {
            byte[] name = value.toString().getBytes(StandardCharsets.UTF_8);
            target.append(name, 0, name.length);
        }
    }
}
