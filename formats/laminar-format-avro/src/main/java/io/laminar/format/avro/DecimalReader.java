package io.laminar.format.avro;

import io.laminar.spi.batch.ColumnBuilder;
import io.laminar.spi.batch.DecimalBuilder;
import io.laminar.spi.batch.Int128;
import io.laminar.spi.batch.LongBuilder;
import io.laminar.spi.format.VarintReader;
import io.laminar.spi.type.DataType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** Unscaled decimals in big-endian two's complement, rounded half away from zero to the scale of the column. */
final class DecimalReader extends ValueReader {
    private final VarintReader ints;
    private final int size;
    private final int scale;
    private final String path;
    private final DataType.Decimal type;
    private final BigInteger bound;
    private final Int128 unscaled = new Int128();
    private ColumnBuilder target = new LongBuilder(0);

    /**
     * @param size of every value in bytes; negative: each has its length before it
     * @param scale as written
     */
    DecimalReader(VarintReader ints, int size, int scale, String path, DataType.Decimal type) {
        this.ints = ints;
        this.size = size;
        this.scale = scale;
        this.path = path;
        this.type = type;
        bound = BigInteger.TEN.pow(type.precision());
    }

    @Override
    void bind(ColumnBuilder builder) {
        target = builder;
    }

    @Override
    int read(byte[] b, int from, int limit) {
        int start = from;
        int count = size;
        if (size < 0) {
            count = Lengths.read(ints, b, from, limit);
            start = ints.next();
        }
        int end = Lengths.end(start, count, limit);
        if (scale == type.scale() && count > 0 && count <= Long.BYTES) {
            append(small(b, start, count), from);
        } else {
            append(large(b, start, count), from);
        }
        return end;
    }

    private static long small(byte[] b, int from, int count) {
        long value = b[from];
        for (int i = 1; i < count; i++) {
            value = value << Byte.SIZE | (b[from + i] & 0xff);
        }
        return value;
    }

    private BigInteger large(byte[] b, int from, int count) {
        BigInteger value = count == 0 ? BigInteger.ZERO : new BigInteger(b, from, count);
        if (scale == type.scale()) {
            return value;
        }
        return new BigDecimal(value, scale)
                .setScale(type.scale(), RoundingMode.HALF_UP)
                .unscaledValue();
    }

    private void append(long value, int position) {
        if (target instanceof LongBuilder longs) {
            if (value >= bound.longValue() || value <= -bound.longValue()) {
                throw Integers.outOfRange(position, path, type);
            }
            longs.append(value);
        } else {
            append(BigInteger.valueOf(value), position);
        }
    }

    private void append(BigInteger value, int position) {
        if (value.abs().compareTo(bound) >= 0 || !unscaled.set(value)) {
            throw Integers.outOfRange(position, path, type);
        }
        if (target instanceof DecimalBuilder decimals) {
            decimals.append(unscaled.high(), unscaled.low());
        } else {
            ((LongBuilder) target).append(unscaled.low());
        }
    }
}
