package io.laminar.connector.jdbc.dialect;

import io.laminar.connector.jdbc.database.TypeFamily;
import io.laminar.spi.batch.BooleanColumn;
import io.laminar.spi.batch.BytesColumn;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.DoubleColumn;
import io.laminar.spi.batch.IntColumn;
import io.laminar.spi.batch.LongColumn;
import io.laminar.spi.text.Calendar;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Scalar;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PGBinaryObject;
import org.postgresql.util.PGobject;

/**
 * A column as an array in PostgreSQL's binary form: dimensions, null flag, element type, length, lower bound, then each
 * element as its length and its bytes, or length -1 for NULL. Values go from the column's array to the wire as they are.
 */
final class PostgresArray extends PGobject implements PGBinaryObject {
    private static final int HEADER = 5 * Integer.BYTES;
    private static final int DAYS_TO_2000 = 10_957;
    private static final long MICROS_TO_2000 = DAYS_TO_2000 * Calendar.MICROS_PER_DAY;
    private static final int INTERVAL_BYTES = 16;

    private final transient Column column;
    private final transient Elements elements;
    private final int size;

    /** How values are written as elements. */
    private enum Elements {
        BOOL("_bool", 16, 1),
        INT4("_int4", 23, 4),
        INT8("_int8", 20, 8),
        FLOAT8("_float8", 701, 8),
        DATE("_date", 1082, 4),
        TIME("_time", 1083, 8),
        TIMESTAMP("_timestamp", 1114, 8),
        TIMESTAMPTZ("_timestamptz", 1184, 8),
        INTERVAL("_interval", 1186, INTERVAL_BYTES),
        MONTHS("_interval", 1186, INTERVAL_BYTES),
        TEXT("_text", 25, 0),
        BYTEA("_bytea", 17, 0);

        private final String arrayType;
        private final int oid;
        private final int width;

        /** @param width bytes of each element; 0: as many as it has */
        Elements(String arrayType, int oid, int width) {
            this.arrayType = arrayType;
            this.oid = oid;
            this.width = width;
        }
    }

    private PostgresArray(Elements elements, Column column, int size) {
        this.elements = elements;
        this.column = column;
        this.size = size;
        setType(elements.arrayType);
    }

    /**
     * The first rows of a column. What has no array of its own goes as text, which the statement casts.
     *
     * @param target what the table's column holds: lists are written as arrays or as JSON
     */
    static PostgresArray of(DataType type, TypeFamily target, Column column, int size) {
        if (!(type instanceof Scalar scalar)) {
            return new PostgresArray(Elements.TEXT, NestedText.of(type, target, column, size), size);
        }
        Elements elements =
                switch (scalar) {
                    case BOOLEAN -> Elements.BOOL;
                    case TINYINT, SMALLINT, INT -> Elements.INT4;
                    case BIGINT -> Elements.INT8;
                    case FLOAT, DOUBLE -> Elements.FLOAT8;
                    case DATE -> Elements.DATE;
                    case TIME -> Elements.TIME;
                    case TIMESTAMP -> Elements.TIMESTAMP;
                    case TIMESTAMPTZ -> Elements.TIMESTAMPTZ;
                    case INTERVAL -> Elements.INTERVAL;
                    case INTERVAL_MONTHS -> Elements.MONTHS;
                    case BYTES -> Elements.BYTEA;
                    case TEXT, JSON, NULL -> Elements.TEXT;
                };
        return new PostgresArray(elements, column, size);
    }

    @Override
    public int lengthInBytes() {
        boolean[] nulls = column.nulls();
        int present = size - (nulls == null ? 0 : count(nulls));
        long bytes = HEADER + (long) size * Integer.BYTES + (long) present * elements.width;
        if (column instanceof BytesColumn texts) {
            for (int i = 0; i < size; i++) {
                bytes += texts.lengths()[i];
            }
        }
        return Math.toIntExact(bytes);
    }

    private int count(boolean[] nulls) {
        int count = 0;
        for (int i = 0; i < size; i++) {
            count += nulls[i] ? 1 : 0;
        }
        return count;
    }

    @Override
    public void toBytes(byte[] target, int offset) {
        ByteBuffer out = ByteBuffer.wrap(target, offset, target.length - offset);
        boolean[] nulls = column.nulls();
        out.putInt(1);
        out.putInt(nulls == null ? 0 : 1);
        out.putInt(elements.oid);
        out.putInt(size);
        out.putInt(1);
        switch (elements) {
            case BOOL -> booleans(((BooleanColumn) column).values(), nulls, out);
            case INT4 -> ints(((IntColumn) column).values(), 0, nulls, out);
            case DATE -> ints(((IntColumn) column).values(), DAYS_TO_2000, nulls, out);
            case INT8, TIME -> longs(((LongColumn) column).values(), 0, nulls, out);
            case TIMESTAMP, TIMESTAMPTZ -> longs(((LongColumn) column).values(), MICROS_TO_2000, nulls, out);
            case FLOAT8 -> doubles(((DoubleColumn) column).values(), nulls, out);
            case INTERVAL -> intervals(((LongColumn) column).values(), nulls, out);
            case MONTHS -> months(((LongColumn) column).values(), nulls, out);
            case TEXT, BYTEA -> bytes((BytesColumn) column, nulls, out);
        }
    }

    private void booleans(boolean[] values, boolean @Nullable [] nulls, ByteBuffer out) {
        for (int i = 0; i < size; i++) {
            if (nulls != null && nulls[i]) {
                out.putInt(-1);
            } else {
                out.putInt(1).put((byte) (values[i] ? 1 : 0));
            }
        }
    }

    private void ints(int[] values, int less, boolean @Nullable [] nulls, ByteBuffer out) {
        for (int i = 0; i < size; i++) {
            if (nulls != null && nulls[i]) {
                out.putInt(-1);
            } else {
                out.putInt(Integer.BYTES).putInt(values[i] - less);
            }
        }
    }

    private void longs(long[] values, long less, boolean @Nullable [] nulls, ByteBuffer out) {
        for (int i = 0; i < size; i++) {
            if (nulls != null && nulls[i]) {
                out.putInt(-1);
            } else {
                out.putInt(Long.BYTES).putLong(values[i] - less);
            }
        }
    }

    private void doubles(double[] values, boolean @Nullable [] nulls, ByteBuffer out) {
        for (int i = 0; i < size; i++) {
            if (nulls != null && nulls[i]) {
                out.putInt(-1);
            } else {
                out.putInt(Double.BYTES).putDouble(values[i]);
            }
        }
    }

    private void intervals(long[] values, boolean @Nullable [] nulls, ByteBuffer out) {
        for (int i = 0; i < size; i++) {
            if (nulls != null && nulls[i]) {
                out.putInt(-1);
            } else {
                out.putInt(INTERVAL_BYTES)
                        .putLong(values[i] % Calendar.MICROS_PER_DAY)
                        .putInt((int) (values[i] / Calendar.MICROS_PER_DAY))
                        .putInt(0);
            }
        }
    }

    private void months(long[] values, boolean @Nullable [] nulls, ByteBuffer out) {
        for (int i = 0; i < size; i++) {
            if (nulls != null && nulls[i]) {
                out.putInt(-1);
            } else {
                out.putInt(INTERVAL_BYTES).putLong(0).putInt(0).putInt((int) values[i]);
            }
        }
    }

    private void bytes(BytesColumn values, boolean @Nullable [] nulls, ByteBuffer out) {
        for (int i = 0; i < size; i++) {
            if (nulls != null && nulls[i]) {
                out.putInt(-1);
            } else {
                out.putInt(values.lengths()[i]).put(values.arena(), values.starts()[i], values.lengths()[i]);
            }
        }
    }

    @Override
    public void setByteValue(byte[] value, int offset) throws SQLException {
        throw new SQLException("arrays of columns are only written");
    }

    /** What the driver asks for where it may not send bytes, as with preferQueryMode=simple. */
    @Override
    public String getValue() {
        throw new IllegalStateException("the driver is set up to send arrays as text");
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
