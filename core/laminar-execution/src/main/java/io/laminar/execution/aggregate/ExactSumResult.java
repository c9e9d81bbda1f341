package io.laminar.execution.aggregate;

import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.ColumnBuilder;
import io.laminar.spi.batch.DecimalBuilder;
import io.laminar.spi.batch.DoubleBuilder;
import io.laminar.spi.batch.IntBuilder;
import io.laminar.spi.batch.LongBuilder;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Decimal;
import io.laminar.spi.type.Physical;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * From an exact sum to the type of the call.
 *
 * @param average whether the sum is divided by the count
 * @param scale of the summed values
 */
record ExactSumResult(boolean average, int scale, DataType type) {

    Sink sink(int capacity) {
        return new Sink(ColumnBuilder.of(type, capacity));
    }

    /** Collects results. */
    final class Sink {
        private final ColumnBuilder builder;

        private Sink(ColumnBuilder builder) {
            this.builder = builder;
        }

        void appendNull() {
            builder.appendNull();
        }

        /** Appends the result for {@code high * 2^64 + low} over so many values. */
        void append(long high, long low, long count) {
            if (builder instanceof DoubleBuilder doubles) {
                doubles.append(floating(high, low, count));
            } else if (high == 0 && !average && type.physical() == Physical.LONG && !(type instanceof Decimal)) {
                ((LongBuilder) builder).append(low);
            } else {
                appendExact(value(high, low), count);
            }
        }

        private void appendExact(BigInteger sum, long count) {
            BigInteger value = sum;
            int targetScale = type instanceof Decimal decimal ? decimal.scale() : 0;
            if (average || targetScale != scale) {
                BigDecimal exact = new BigDecimal(sum, scale);
                BigDecimal result = average
                        ? exact.divide(BigDecimal.valueOf(count), targetScale, RoundingMode.HALF_UP)
                        : exact.setScale(targetScale, RoundingMode.HALF_UP);
                value = result.unscaledValue();
            }
            checkRange(value);
            if (builder instanceof DecimalBuilder decimals) {
                decimals.append(value.shiftRight(64).longValue(), value.longValue());
            } else if (builder instanceof LongBuilder longs) {
                longs.append(value.longValue());
            } else {
                ((IntBuilder) builder).append(value.intValue());
            }
        }

        Column build() {
            return builder.build();
        }
    }

    private void checkRange(BigInteger value) {
        boolean fits = type instanceof Decimal decimal
                ? value.abs().compareTo(BigInteger.TEN.pow(decimal.precision())) < 0
                : value.bitLength() < (type.physical() == Physical.INT ? Integer.SIZE : Long.SIZE);
        if (!fits) {
            throw new LaminarException(
                    ErrorCode.OVERFLOW,
                    (average ? "avg" : "sum") + " is " + new BigDecimal(value, scale) + ", out of range for "
                            + type.sql(),
                    "cast the argument to DECIMAL(38, " + scale + ") or DOUBLE");
        }
    }

    private double floating(long high, long low, long count) {
        double sum = high == 0 ? (double) low : value(high, low).doubleValue();
        double result = average ? sum / count : sum;
        return scale == 0 ? result : result / Math.pow(10, scale);
    }

    private static BigInteger value(long high, long low) {
        return BigInteger.valueOf(high).shiftLeft(Long.SIZE).add(BigInteger.valueOf(low));
    }
}
