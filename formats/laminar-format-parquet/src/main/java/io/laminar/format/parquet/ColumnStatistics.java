package io.laminar.format.parquet;

import io.laminar.spi.filter.ColumnCondition;
import io.laminar.spi.filter.ColumnCondition.Comparison;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Decimal;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.TypeWidening;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.jspecify.annotations.Nullable;

/**
 * What the footer says of the values of a column in a row group, as the values that would be read.
 *
 * @param type of the column as it is read
 */
record ColumnStatistics(DataType type, ColumnChunkMetaData chunk) {

    /** Whether the statistics of such a column can be understood at all. */
    static boolean has(DataType type) {
        return TypeWidening.isNumeric(type)
                || type == Scalar.TEXT
                || type == Scalar.DATE
                || type == Scalar.TIMESTAMP
                || type == Scalar.TIMESTAMPTZ;
    }

    /** Whether some row may meet a condition. */
    boolean mayHold(ColumnCondition condition) {
        Statistics<?> statistics = chunk.getStatistics();
        if (statistics == null || statistics.isEmpty()) {
            return true;
        }
        boolean counted = statistics.isNumNullsSet();
        if (condition.comparison() == Comparison.IS_NULL) {
            return !counted || statistics.getNumNulls() > 0;
        }
        if (counted && statistics.getNumNulls() == chunk.getValueCount()) {
            return false;
        }
        // Writers leave NaN out of the bounds, and NaN is the greatest number.
        Object greatest = TypeWidening.isFloating(type) ? null : greatest();
        return condition.mayHoldBetween(value(statistics, true), greatest);
    }

    /** Nothing is greater; null if it is not known. */
    @Nullable
    Object greatest() {
        Statistics<?> statistics = chunk.getStatistics();
        return statistics == null ? null : value(statistics, false);
    }

    private @Nullable Object value(Statistics<?> statistics, boolean least) {
        if (!statistics.hasNonNullValue()) {
            return null;
        }
        Object stored = least ? statistics.genericGetMin() : statistics.genericGetMax();
        LogicalTypeAnnotation logical = chunk.getPrimitiveType().getLogicalTypeAnnotation();
        if (type instanceof Decimal) {
            return decimal(stored, logical);
        }
        return switch ((Scalar) type) {
            case TINYINT, SMALLINT, INT, BIGINT -> isWhole(logical) ? whole(stored) : null;
            case FLOAT, DOUBLE -> stored instanceof Number number ? number(number) : null;
            case DATE -> logical instanceof DateLogicalTypeAnnotation ? whole(stored) : null;
            case TIMESTAMP, TIMESTAMPTZ ->
                logical instanceof TimestampLogicalTypeAnnotation time && stored instanceof Long instant
                        ? micros(instant, time.getUnit())
                        : null;
            case TEXT -> logical == null || logical instanceof StringLogicalTypeAnnotation ? bytes(stored) : null;
            default -> null;
        };
    }

    private static boolean isWhole(@Nullable LogicalTypeAnnotation logical) {
        return logical == null || (logical instanceof IntLogicalTypeAnnotation integer && integer.isSigned());
    }

    private static @Nullable Object whole(Object stored) {
        return stored instanceof Integer || stored instanceof Long ? (Object) ((Number) stored).longValue() : null;
    }

    private static @Nullable Object number(Number stored) {
        double value = stored.doubleValue();
        return Double.isNaN(value) ? null : (Object) value;
    }

    private static @Nullable Object micros(long stored, LogicalTypeAnnotation.TimeUnit unit) {
        return switch (unit) {
            case MILLIS -> stored * 1_000;
            case MICROS -> stored;
            case NANOS -> Math.floorDiv(stored, 1_000L);
        };
    }

    private static @Nullable Object bytes(Object stored) {
        return stored instanceof Binary binary ? binary.getBytes() : null;
    }

    private static @Nullable Object decimal(Object stored, @Nullable LogicalTypeAnnotation logical) {
        int scale = logical instanceof DecimalLogicalTypeAnnotation decimal ? decimal.getScale() : 0;
        if (!(logical instanceof DecimalLogicalTypeAnnotation) && !isWhole(logical)) {
            return null;
        }
        if (stored instanceof Binary binary) {
            return new BigDecimal(new BigInteger(binary.getBytes()), scale);
        }
        Object whole = whole(stored);
        return whole == null ? null : BigDecimal.valueOf((Long) whole, scale);
    }
}
