package io.laminar.format.avro;

import io.laminar.spi.batch.BooleanBuilder;
import io.laminar.spi.batch.ColumnBuilder;
import io.laminar.spi.batch.LongBuilder;
import io.laminar.spi.format.RecordFailure;

/** Readers of the other types without parts. */
final class ScalarReaders {

    private ScalarReaders() {}

    static boolean booleanAt(byte[] b, int from, int limit) {
        if (from >= limit) {
            throw RecordFailure.truncated(from);
        }
        byte value = b[from];
        if ((value & ~1) != 0) {
            throw new RecordFailure(from, "a boolean is neither 0 nor 1");
        }
        return value == 1;
    }

    static final class BooleanReader extends ValueReader {
        private BooleanBuilder target = new BooleanBuilder(0);

        @Override
        int operation() {
            return RecordReader.BOOLEAN;
        }

        @Override
        void bind(ColumnBuilder builder) {
            target = (BooleanBuilder) builder;
        }

        @Override
        int read(byte[] b, int from, int limit) {
            target.append(booleanAt(b, from, limit));
            return from + 1;
        }
    }

    /** The type null, which has no bytes. */
    static final class NullReader extends ValueReader {
        private final boolean nullable;
        private final String path;
        private ColumnBuilder target = new BooleanBuilder(0);

        NullReader(boolean nullable, String path) {
            this.nullable = nullable;
            this.path = path;
        }

        @Override
        void bind(ColumnBuilder builder) {
            target = builder;
        }

        @Override
        int read(byte[] b, int from, int limit) {
            if (!nullable) {
                throw RecordReader.isNull(from, path);
            }
            target.appendNull();
            return from;
        }
    }

    /** Months, days and milliseconds, three unsigned 32-bit numbers, into INTERVAL or INTERVAL_MONTHS. */
    static final class DurationReader extends ValueReader {
        static final int SIZE = 12;
        private static final long MICROS_PER_DAY = 86_400_000_000L;
        private static final long MICROS_PER_MILLI = 1_000;

        private final boolean months;
        private final String path;
        private LongBuilder target = new LongBuilder(0);

        DurationReader(boolean months, String path) {
            this.months = months;
            this.path = path;
        }

        @Override
        void bind(ColumnBuilder builder) {
            target = (LongBuilder) builder;
        }

        @Override
        int read(byte[] b, int from, int limit) {
            int end = Lengths.end(from, SIZE, limit);
            long monthCount = part(b, from);
            long micros = micros(b, from);
            if (months ? micros != 0 : monthCount != 0) {
                throw new RecordFailure(
                        from,
                        "column '" + path + "': a duration has " + (months ? "days" : "months")
                                + ", which the type does not hold");
            }
            target.append(months ? monthCount : micros);
            return end;
        }

        static long months(byte[] b, int from) {
            return part(b, from);
        }

        /** Days and milliseconds as microseconds. */
        static long micros(byte[] b, int from) {
            return part(b, from + 4) * MICROS_PER_DAY + part(b, from + 8) * MICROS_PER_MILLI;
        }

        private static long part(byte[] b, int from) {
            return (b[from] & 0xffL)
                    | (b[from + 1] & 0xffL) << 8
                    | (b[from + 2] & 0xffL) << 16
                    | (b[from + 3] & 0xffL) << 24;
        }
    }

    /** The default of a field that the writer did not have: a value that stands beside every record. */
    static final class ConstantReader extends ValueReader {
        private final byte[] value;
        private final ValueReader reader;

        ConstantReader(byte[] value, ValueReader reader) {
            this.value = value;
            this.reader = reader;
        }

        @Override
        void bind(ColumnBuilder builder) {
            reader.bind(builder);
        }

        @Override
        int read(byte[] b, int from, int limit) {
            reader.read(value, 0, value.length);
            return from;
        }
    }
}
