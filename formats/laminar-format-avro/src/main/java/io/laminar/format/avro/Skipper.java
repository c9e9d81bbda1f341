package io.laminar.format.avro;

import io.laminar.spi.batch.ColumnBuilder;
import io.laminar.spi.format.RecordFailure;

/** Passes over values of one type that no column takes. */
abstract class Skipper {
    /** Where a value is not skipped. */
    static final Skipper NOTHING = new Skipper() {
        @Override
        int skip(byte[] b, int from, int limit) {
            return from;
        }
    };

    /** Where a value is skipped. */
    static final ValueReader READS_NOTHING = new ValueReader() {
        @Override
        void bind(ColumnBuilder builder) {
            throw new IllegalStateException("no column takes the value");
        }

        @Override
        int read(byte[] b, int from, int limit) {
            throw new IllegalStateException("no column takes the value");
        }
    };

    /** Values within values that records may have; schemas can refer to themselves. */
    private static final int MOST_DEPTH = 1_000;

    /** The position after the value at {@code from}. */
    abstract int skip(byte[] b, int from, int limit);

    /** What a record may do itself instead of calling {@link #skip}. */
    int operation() {
        return RecordReader.SKIP;
    }

    /** The size of every value in bytes, for {@link RecordReader#SKIP_FIXED}. */
    int size() {
        return 0;
    }

    static void checkDepth(int depth, int position) {
        if (depth > MOST_DEPTH) {
            throw new RecordFailure(position, "values are nested deeper than " + MOST_DEPTH + " levels");
        }
    }
}
