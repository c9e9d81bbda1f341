package io.laminar.format.parquet;

import io.laminar.spi.batch.BooleanBuilder;
import io.laminar.spi.batch.BytesBuilder;
import io.laminar.spi.batch.ColumnBuilder;
import io.laminar.spi.batch.DecimalBuilder;
import io.laminar.spi.batch.DoubleBuilder;
import io.laminar.spi.batch.Int128;
import io.laminar.spi.batch.IntBuilder;
import io.laminar.spi.batch.LongBuilder;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.text.Calendar;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Scalar;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** Puts values of Parquet's primitive types into the builder of the type that the table declares. */
final class Converters {
    private static final int JULIAN_EPOCH_DAY = 2_440_588;

    private Converters() {}

    static PrimitiveConverter of(List<String> path, DataType wanted, PrimitiveType found, ColumnBuilder target) {
        PrimitiveTypeName physical = found.getPrimitiveTypeName();
        LogicalTypeAnnotation logical = found.getLogicalTypeAnnotation();
        if (wanted instanceof DataType.Decimal decimal) {
            int scale = logical instanceof DecimalLogicalTypeAnnotation d ? d.getScale() : 0;
            boolean number = logical instanceof DecimalLogicalTypeAnnotation || isWhole(physical, logical);
            if (number) {
                return new DecimalConverter(path, decimal, scale, target);
            }
            throw ColumnSources.mismatch(path, wanted, found);
        }
        boolean annotated = logical != null;
        PrimitiveConverter converter =
                switch ((Scalar) wanted) {
                    case BOOLEAN -> physical == PrimitiveTypeName.BOOLEAN ? new BooleanConverter(target) : null;
                    case TINYINT -> isWhole(physical, logical) ? new IntConverter(path, Byte.MAX_VALUE, target) : null;
                    case SMALLINT ->
                        isWhole(physical, logical) ? new IntConverter(path, Short.MAX_VALUE, target) : null;
                    case INT -> isWhole(physical, logical) ? new IntConverter(path, Integer.MAX_VALUE, target) : null;
                    case BIGINT ->
                        isWhole(physical, logical)
                                ? unsigned(logical)
                                        ? new UnsignedConverter(path, target)
                                        : new LongConverter(1, 1, target)
                                : null;
                    case FLOAT, DOUBLE ->
                        isNumber(physical, logical) ? new DoubleConverter(target, wanted == Scalar.FLOAT) : null;
                    case TEXT -> physical == PrimitiveTypeName.BINARY ? new BytesConverter(target) : null;
                    case JSON -> physical == PrimitiveTypeName.BINARY ? new BytesConverter(target) : null;
                    case BYTES -> isBytes(physical) ? new BytesConverter(target) : null;
                    case DATE ->
                        logical instanceof DateLogicalTypeAnnotation
                                ? new IntConverter(path, Integer.MAX_VALUE, target)
                                : null;
                    case TIME ->
                        logical instanceof TimeLogicalTypeAnnotation time ? time(time.getUnit(), target) : null;
                    case TIMESTAMP, TIMESTAMPTZ -> timestamp(physical, logical, target);
                    case INTERVAL, INTERVAL_MONTHS ->
                        physical == PrimitiveTypeName.INT64 && !annotated ? new LongConverter(1, 1, target) : null;
                    case NULL -> null;
                };
        if (converter == null) {
            throw ColumnSources.mismatch(path, wanted, found);
        }
        return converter;
    }

    private static boolean isWhole(PrimitiveTypeName physical, LogicalTypeAnnotation logical) {
        boolean integer = physical == PrimitiveTypeName.INT32 || physical == PrimitiveTypeName.INT64;
        return integer && (logical == null || logical instanceof IntLogicalTypeAnnotation);
    }

    private static boolean isNumber(PrimitiveTypeName physical, LogicalTypeAnnotation logical) {
        return physical == PrimitiveTypeName.FLOAT
                || physical == PrimitiveTypeName.DOUBLE
                || isWhole(physical, logical);
    }

    private static boolean isBytes(PrimitiveTypeName physical) {
        return physical == PrimitiveTypeName.BINARY || physical == PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY;
    }

    private static boolean unsigned(LogicalTypeAnnotation logical) {
        return logical instanceof IntLogicalTypeAnnotation integer && !integer.isSigned();
    }

    private static PrimitiveConverter time(TimeUnit unit, ColumnBuilder target) {
        return switch (unit) {
            case MILLIS -> new LongConverter(1_000, 1, target);
            case MICROS -> new LongConverter(1, 1, target);
            case NANOS -> new LongConverter(1, 1_000, target);
        };
    }

    private static @org.jspecify.annotations.Nullable PrimitiveConverter timestamp(
            PrimitiveTypeName physical, LogicalTypeAnnotation logical, ColumnBuilder target) {
        if (logical instanceof TimestampLogicalTypeAnnotation timestamp) {
            return time(timestamp.getUnit(), target);
        }
        if (physical == PrimitiveTypeName.INT96) {
            return new Int96Converter(target);
        }
        return logical instanceof DateLogicalTypeAnnotation
                ? new LongConverter(Calendar.MICROS_PER_DAY, 1, target)
                : null;
    }

    private static final class BooleanConverter extends PrimitiveConverter {
        private final BooleanBuilder target;

        BooleanConverter(ColumnBuilder target) {
            this.target = (BooleanBuilder) target;
        }

        @Override
        public void addBoolean(boolean value) {
            target.append(value);
        }
    }

    private static final class IntConverter extends PrimitiveConverter {
        private final List<String> path;
        private final int max;
        private final IntBuilder target;

        IntConverter(List<String> path, int max, ColumnBuilder target) {
            this.path = path;
            this.max = max;
            this.target = (IntBuilder) target;
        }

        @Override
        public void addInt(int value) {
            addLong(value);
        }

        @Override
        public void addLong(long value) {
            if (value > max || value < -max - 1L) {
                throw outOfRange(path, Long.toString(value));
            }
            target.append((int) value);
        }
    }

    /** Numbers and times: value * factor / divisor, rounded down. */
    private static final class LongConverter extends PrimitiveConverter {
        private final long factor;
        private final long divisor;
        private final LongBuilder target;

        LongConverter(long factor, long divisor, ColumnBuilder target) {
            this.factor = factor;
            this.divisor = divisor;
            this.target = (LongBuilder) target;
        }

        @Override
        public void addInt(int value) {
            addLong(value);
        }

        @Override
        public void addLong(long value) {
            target.append(divisor == 1 ? value * factor : Math.floorDiv(value, divisor));
        }
    }

    private static final class UnsignedConverter extends PrimitiveConverter {
        private final List<String> path;
        private final LongBuilder target;

        UnsignedConverter(List<String> path, ColumnBuilder target) {
            this.path = path;
            this.target = (LongBuilder) target;
        }

        @Override
        public void addInt(int value) {
            target.append(Integer.toUnsignedLong(value));
        }

        @Override
        public void addLong(long value) {
            if (value < 0) {
                throw outOfRange(path, Long.toUnsignedString(value));
            }
            target.append(value);
        }
    }

    private static final class DoubleConverter extends PrimitiveConverter {
        private final DoubleBuilder target;
        private final boolean single;

        DoubleConverter(ColumnBuilder target, boolean single) {
            this.target = (DoubleBuilder) target;
            this.single = single;
        }

        @Override
        public void addFloat(float value) {
            target.append(value);
        }

        @Override
        public void addDouble(double value) {
            target.append(single ? (float) value : value);
        }

        @Override
        public void addInt(int value) {
            addDouble(value);
        }

        @Override
        public void addLong(long value) {
            addDouble((double) value);
        }
    }

    private static final class Int96Converter extends PrimitiveConverter {
        private final LongBuilder target;

        Int96Converter(ColumnBuilder target) {
            this.target = (LongBuilder) target;
        }

        @Override
        public void addBinary(Binary value) {
            ByteBuffer bytes = value.toByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
            long nanos = bytes.getLong(bytes.position());
            long day = bytes.getInt(bytes.position() + Long.BYTES) - (long) JULIAN_EPOCH_DAY;
            target.append(day * Calendar.MICROS_PER_DAY + Math.floorDiv(nanos, 1_000L));
        }
    }

    /** Text and bytes: those of a dictionary are copied once per row group and then only pointed to. */
    private static final class BytesConverter extends PrimitiveConverter {
        private final BytesBuilder target;
        private byte[] arena = new byte[0];
        private int[] starts = new int[1];

        BytesConverter(ColumnBuilder target) {
            this.target = (BytesBuilder) target;
        }

        @Override
        public boolean hasDictionarySupport() {
            return true;
        }

        @Override
        public void setDictionary(Dictionary dictionary) {
            int count = dictionary.getMaxId() + 1;
            starts = new int[count + 1];
            for (int i = 0; i < count; i++) {
                starts[i + 1] = starts[i] + dictionary.decodeToBinary(i).length();
            }
            arena = new byte[starts[count]];
            for (int i = 0; i < count; i++) {
                dictionary.decodeToBinary(i).toByteBuffer().get(arena, starts[i], starts[i + 1] - starts[i]);
            }
        }

        @Override
        public void addValueFromDictionary(int id) {
            target.view(arena, starts[id], starts[id + 1] - starts[id]);
        }

        @Override
        public void addBinary(Binary value) {
            ByteBuffer bytes = value.toByteBuffer();
            int count = bytes.remaining();
            if (bytes.hasArray()) {
                target.append(bytes.array(), bytes.arrayOffset() + bytes.position(), count);
            } else {
                target.append(value.getBytes(), 0, count);
            }
        }
    }

    private static final class DecimalConverter extends PrimitiveConverter {
        private final List<String> path;
        private final DataType.Decimal wanted;
        private final int scale;
        private final ColumnBuilder target;
        private final Int128 value = new Int128();

        DecimalConverter(List<String> path, DataType.Decimal wanted, int scale, ColumnBuilder target) {
            this.path = path;
            this.wanted = wanted;
            this.scale = scale;
            this.target = target;
        }

        @Override
        public void addInt(int unscaled) {
            add(BigInteger.valueOf(unscaled));
        }

        @Override
        public void addLong(long unscaled) {
            add(BigInteger.valueOf(unscaled));
        }

        @Override
        public void addBinary(Binary bytes) {
            add(new BigInteger(bytes.getBytes()));
        }

        private void add(BigInteger unscaled) {
            BigInteger rescaled = scale == wanted.scale()
                    ? unscaled
                    : new BigDecimal(unscaled, scale)
                            .setScale(wanted.scale(), RoundingMode.HALF_UP)
                            .unscaledValue();
            boolean fits = rescaled.abs().compareTo(BigInteger.TEN.pow(wanted.precision())) < 0 && value.set(rescaled);
            if (!fits) {
                throw outOfRange(path, new BigDecimal(unscaled, scale).toPlainString());
            }
            if (target instanceof DecimalBuilder wide) {
                wide.append(value.high(), value.low());
            } else {
                ((LongBuilder) target).append(value.low());
            }
        }
    }

    private static LaminarException outOfRange(List<String> path, String value) {
        return new LaminarException(
                ErrorCode.OVERFLOW,
                "column '" + String.join(".", path) + "': " + value + " is out of the range of the type");
    }
}
