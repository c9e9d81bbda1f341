package io.laminar.format.avro;

import io.laminar.spi.batch.ColumnBuilder;
import io.laminar.spi.batch.DoubleBuilder;
import io.laminar.spi.format.RecordFailure;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Readers of float and double. */
final class Floats {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private Floats() {}

    static double doubleAt(byte[] b, int from, int limit) {
        if (limit - from < Double.BYTES) {
            throw RecordFailure.truncated(from);
        }
        return Double.longBitsToDouble((long) LONGS.get(b, from));
    }

    static float floatAt(byte[] b, int from, int limit) {
        if (limit - from < Float.BYTES) {
            throw RecordFailure.truncated(from);
        }
        return Float.intBitsToFloat((int) INTS.get(b, from));
    }

    static final class FloatReader extends ValueReader {
        private DoubleBuilder target = new DoubleBuilder(0);

        @Override
        int operation() {
            return RecordReader.FLOAT;
        }

        @Override
        void bind(ColumnBuilder builder) {
            target = (DoubleBuilder) builder;
        }

        @Override
        int read(byte[] b, int from, int limit) {
            target.append(floatAt(b, from, limit));
            return from + Float.BYTES;
        }
    }

    static final class DoubleReader extends ValueReader {
        private final boolean single;
        private DoubleBuilder target = new DoubleBuilder(0);

        /** @param single whether the column is a FLOAT, which the values are rounded to */
        DoubleReader(boolean single) {
            this.single = single;
        }

        @Override
        int operation() {
            return single ? RecordReader.CALL : RecordReader.DOUBLE;
        }

        @Override
        void bind(ColumnBuilder builder) {
            target = (DoubleBuilder) builder;
        }

        @Override
        int read(byte[] b, int from, int limit) {
            double value = doubleAt(b, from, limit);
            target.append(single ? (double) (float) value : value);
            return from + Double.BYTES;
        }
    }
}
