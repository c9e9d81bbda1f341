package io.laminar.format.avro;

import io.laminar.spi.batch.ColumnBuilder;
import io.laminar.spi.batch.DecimalBuilder;
import io.laminar.spi.batch.DoubleBuilder;
import io.laminar.spi.batch.Int128;
import io.laminar.spi.batch.IntBuilder;
import io.laminar.spi.batch.LongBuilder;
import io.laminar.spi.format.RecordFailure;
import io.laminar.spi.format.VarintReader;
import io.laminar.spi.type.DataType;
import java.math.BigInteger;

/** Readers of int and long. */
final class Integers {

    private Integers() {}

    static RecordFailure tooLarge(int position) {
        return new RecordFailure(position, "an int has more than 32 bits");
    }

    static RecordFailure outOfRange(int position, String path, DataType type) {
        return new RecordFailure(position, "column '" + path + "' (" + type.sql() + "): a value is out of range");
    }

    static long times(long value, long factor, int position) {
        long high = Math.multiplyHigh(value, factor);
        long low = value * factor;
        if (high != low >> 63) {
            throw new RecordFailure(position, "a time is out of range");
        }
        return low;
    }

    /** The value at a position; {@code ints} then stands behind it. */
    private static long value(VarintReader ints, boolean wide, byte[] b, int from, int limit) {
        long value = VarintReader.zigzag(ints.read(b, from, limit));
        if (!wide && value != (int) value) {
            throw tooLarge(from);
        }
        return value;
    }

    /** Values as they are, or in another unit, into columns of ints and longs. */
    static final class WholeReader extends ValueReader {
        private final VarintReader ints;
        private final boolean wide;
        private final Unit unit;
        private final String path;
        private final DataType type;
        private final Range range;
        private IntBuilder integers = new IntBuilder(0);
        private LongBuilder longs = new LongBuilder(0);
        private final boolean intoInts;

        /**
         * How many of the column's units one of the record's is, as a fraction.
         *
         * @param factor multiplied with
         * @param divisor divided by then, towards minus infinity
         */
        record Unit(long factor, long divisor) {
            static final Unit SAME = new Unit(1, 1);
        }

        /** The values that a column takes. */
        record Range(long least, long most) {
            static final Range LONG = new Range(Long.MIN_VALUE, Long.MAX_VALUE);
            static final Range INT = new Range(Integer.MIN_VALUE, Integer.MAX_VALUE);
            static final Range TIME_OF_DAY = new Range(0, 86_400_000_000L - 1);
        }

        /** @param wide whether the record has a long */
        WholeReader(VarintReader ints, boolean wide, Unit unit, Range range, String path, DataType type) {
            this.ints = ints;
            this.wide = wide;
            this.unit = unit;
            this.range = range;
            this.path = path;
            this.type = type;
            intoInts = type.physical() == io.laminar.spi.type.Physical.INT;
        }

        @Override
        int operation() {
            if (unit.equals(Unit.SAME)) {
                return intoInts && !wide && range.equals(Range.INT)
                        ? RecordReader.INT
                        : !intoInts && wide && range.equals(Range.LONG) ? RecordReader.LONG : RecordReader.CALL;
            }
            boolean millis = unit.factor() == 1_000 && unit.divisor() == 1;
            return millis && wide && !intoInts && range.equals(Range.LONG)
                    ? RecordReader.LONG_MILLIS
                    : RecordReader.CALL;
        }

        @Override
        void bind(ColumnBuilder builder) {
            if (intoInts) {
                integers = (IntBuilder) builder;
            } else {
                longs = (LongBuilder) builder;
            }
        }

        @Override
        int read(byte[] b, int from, int limit) {
            long value = value(ints, wide, b, from, limit);
            if (unit.factor() != 1) {
                value = times(value, unit.factor(), from);
            } else if (unit.divisor() != 1) {
                value = Math.floorDiv(value, unit.divisor());
            }
            if (value > range.most() || value < range.least()) {
                throw outOfRange(from, path, type);
            }
            if (intoInts) {
                integers.append((int) value);
            } else {
                longs.append(value);
            }
            return ints.next();
        }
    }

    /** Whole numbers into FLOAT and DOUBLE. */
    static final class ToDoubleReader extends ValueReader {
        private final VarintReader ints;
        private final boolean wide;
        private final boolean single;
        private DoubleBuilder target = new DoubleBuilder(0);

        ToDoubleReader(VarintReader ints, boolean wide, boolean single) {
            this.ints = ints;
            this.wide = wide;
            this.single = single;
        }

        @Override
        void bind(ColumnBuilder builder) {
            target = (DoubleBuilder) builder;
        }

        @Override
        int read(byte[] b, int from, int limit) {
            long value = value(ints, wide, b, from, limit);
            target.append(single ? (double) (float) value : (double) value);
            return ints.next();
        }
    }

    /** Whole numbers into DECIMAL. */
    static final class ToDecimalReader extends ValueReader {
        private final VarintReader ints;
        private final boolean wide;
        private final String path;
        private final DataType.Decimal type;
        private final BigInteger factor;
        private final BigInteger bound;
        private final Int128 unscaled = new Int128();
        private ColumnBuilder target = new LongBuilder(0);

        ToDecimalReader(VarintReader ints, boolean wide, String path, DataType.Decimal type) {
            this.ints = ints;
            this.wide = wide;
            this.path = path;
            this.type = type;
            factor = BigInteger.TEN.pow(type.scale());
            bound = BigInteger.TEN.pow(type.precision());
        }

        @Override
        void bind(ColumnBuilder builder) {
            target = builder;
        }

        @Override
        int read(byte[] b, int from, int limit) {
            BigInteger value =
                    BigInteger.valueOf(value(ints, wide, b, from, limit)).multiply(factor);
            if (value.abs().compareTo(bound) >= 0 || !unscaled.set(value)) {
                throw outOfRange(from, path, type);
            }
            if (target instanceof DecimalBuilder decimals) {
                decimals.append(unscaled.high(), unscaled.low());
            } else {
                ((LongBuilder) target).append(unscaled.low());
            }
            return ints.next();
        }
    }
}
