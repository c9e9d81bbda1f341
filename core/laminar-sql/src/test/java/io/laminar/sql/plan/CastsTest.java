package io.laminar.sql.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.laminar.plan.expression.Expression;
import io.laminar.plan.expression.Expression.Literal;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Decimal;
import io.laminar.spi.type.DataType.Scalar;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CastsTest {

    private static Expression cast(@Nullable Object value, DataType from, DataType to) {
        return Casts.cast(new Literal(value, from), to);
    }

    @Test
    void literalsConvertWherePlanningKnowsTheValue() {
        assertEquals(new Literal(3L, Scalar.BIGINT), cast(3, Scalar.INT, Scalar.BIGINT));
        assertEquals(new Literal(new BigDecimal("3.00"), new Decimal(5, 2)), cast(3, Scalar.INT, new Decimal(5, 2)));
        assertEquals(new Literal(2, Scalar.SMALLINT), cast(new BigDecimal("2.0"), new Decimal(2, 1), Scalar.SMALLINT));
        assertEquals(new Literal(1.5, Scalar.DOUBLE), cast(new BigDecimal("1.5"), new Decimal(2, 1), Scalar.DOUBLE));
        assertEquals(new Literal(null, Scalar.TEXT), cast(null, Scalar.NULL, Scalar.TEXT));
        assertEquals(new Literal(86_400_000_000L, Scalar.TIMESTAMP), cast("1970-01-02", Scalar.TEXT, Scalar.TIMESTAMP));
        assertEquals(new Literal(1_000_000L, Scalar.INTERVAL), cast("1 second", Scalar.TEXT, Scalar.INTERVAL));
    }

    @Test
    void whatDoesNotFitIsLeftToTheRunningJob() {
        assertInstanceOf(Expression.Cast.class, cast(1000, Scalar.INT, Scalar.TINYINT));
        assertInstanceOf(Expression.Cast.class, cast(new BigDecimal("1.5"), new Decimal(2, 1), Scalar.INT));
        assertInstanceOf(Expression.Cast.class, cast(1000, Scalar.INT, new Decimal(3, 0)));
        assertInstanceOf(Expression.Cast.class, cast("12", Scalar.TEXT, Scalar.INT));
    }

    @Test
    void columnsAreCastOnlyWhenTypesDiffer() {
        Expression column = new Expression.Input(0, Scalar.INT, false);
        assertEquals(column, Casts.cast(column, Scalar.INT));
        assertEquals(new Expression.Cast(column, Scalar.BIGINT, false, false), Casts.cast(column, Scalar.BIGINT));
        assertEquals(new Expression.Cast(column, Scalar.BIGINT, true, true), Casts.cast(column, Scalar.BIGINT, true));
    }
}
