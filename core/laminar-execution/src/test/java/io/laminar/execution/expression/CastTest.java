package io.laminar.execution.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.laminar.execution.function.ValueText;
import io.laminar.plan.expression.Expression;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Decimal;
import io.laminar.spi.type.DataType.ListType;
import io.laminar.spi.type.DataType.MapType;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.DataType.StructType;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CastTest {
    private static final Decimal PRICE = new Decimal(10, 2);
    private static final Decimal WIDE = new Decimal(38, 10);
    private static final ListType INTS = new ListType(Scalar.INT);
    private static final StructType PAIR =
            new StructType(List.of(new Field("a", Scalar.INT), new Field("b", Scalar.TEXT)));
    private static final MapType COUNTS = new MapType(Scalar.TEXT, Scalar.BIGINT);

    private static Object[] of(DataType from, Object value, DataType to, String expected) {
        return new Object[] {from, value, to, expected};
    }

    private static final List<Object[]> CASES = List.of(
            of(Scalar.TEXT, "42", Scalar.INT, "42"),
            of(Scalar.TEXT, " -42\t", Scalar.SMALLINT, "-42"),
            of(Scalar.TEXT, "1.5", Scalar.DOUBLE, "1.5"),
            of(Scalar.TEXT, "16777217", Scalar.FLOAT, "16777216.0"),
            of(Scalar.TEXT, "12.345", PRICE, "12.35"),
            of(Scalar.TEXT, "-12.345", PRICE, "-12.35"),
            of(Scalar.TEXT, "123456789012345678901234567.5", WIDE, "123456789012345678901234567.5000000000"),
            of(Scalar.TEXT, "yes", Scalar.BOOLEAN, "true"),
            of(Scalar.TEXT, "2024-02-29", Scalar.DATE, "2024-02-29"),
            of(Scalar.TEXT, "2024-02-29T10:00:00+02:00", Scalar.TIMESTAMP, "2024-02-29 08:00:00"),
            of(Scalar.TEXT, "2024-02-29 10:00:00.25", Scalar.TIMESTAMPTZ, "2024-02-29 10:00:00.25+00"),
            of(Scalar.TEXT, "10:30", Scalar.TIME, "10:30:00"),
            of(Scalar.TEXT, "5 minutes", Scalar.INTERVAL, "00:05:00"),
            of(Scalar.TEXT, "1 day 02:00:00", Scalar.INTERVAL, "1 day 02:00:00"),
            of(Scalar.TEXT, "14 months", Scalar.INTERVAL_MONTHS, "1 year 2 mons"),
            of(Scalar.TEXT, "\\x0aFF", Scalar.BYTES, "\\x0aff"),
            of(Scalar.TEXT, "plain", Scalar.BYTES, "\\x706c61696e"),
            of(Scalar.TEXT, "{\"a\": [1, null]}", Scalar.JSON, "{\"a\": [1, null]}"),
            of(Scalar.TEXT, "[1, 2]", INTS, "[1, 2]"),
            of(Scalar.TEXT, "{\"b\": \"x\", \"a\": 1}", PAIR, "{'a': 1, 'b': x}"),
            of(Scalar.JSON, "\"7\"", Scalar.INT, "7"),
            of(Scalar.JSON, "7", Scalar.BIGINT, "7"),
            of(Scalar.JSON, "null", Scalar.BIGINT, "NULL"),
            of(Scalar.JSON, "true", Scalar.BOOLEAN, "true"),
            of(Scalar.JSON, "\"2024-02-29\"", Scalar.DATE, "2024-02-29"),
            of(Scalar.JSON, "\"a\\nb\"", Scalar.TEXT, "\"a\\nb\""),
            of(Scalar.JSON, "[1, null, 3]", INTS, "[1, NULL, 3]"),
            of(Scalar.JSON, "{\"k\": 1, \"l\": 2}", COUNTS, "{k=1, l=2}"),
            of(Scalar.INT, 300, Scalar.SMALLINT, "300"),
            of(Scalar.BOOLEAN, true, Scalar.INT, "1"),
            of(Scalar.INT, 2, Scalar.BOOLEAN, "true"),
            of(Scalar.DOUBLE, 2.5, Scalar.INT, "2"),
            of(Scalar.DOUBLE, -2.5, Scalar.BIGINT, "-2"),
            of(Scalar.DOUBLE, 0.49999999999999994, Scalar.INT, "0"),
            of(Scalar.DOUBLE, 0.285, PRICE, "0.29"),
            of(Scalar.DOUBLE, 0.1, Scalar.FLOAT, "0.1"),
            of(Scalar.FLOAT, (double) 0.1f, PRICE, "0.10"),
            of(PRICE, new BigDecimal("2.50"), Scalar.INT, "3"),
            of(PRICE, new BigDecimal("-2.50"), Scalar.BIGINT, "-3"),
            of(PRICE, new BigDecimal("2.25"), Scalar.DOUBLE, "2.25"),
            of(PRICE, new BigDecimal("2.25"), WIDE, "2.2500000000"),
            of(WIDE, new BigDecimal("2.2550000000"), PRICE, "2.26"),
            of(PRICE, new BigDecimal("0.05"), Scalar.TEXT, "0.05"),
            of(Scalar.BIGINT, Long.MAX_VALUE, WIDE, "NONE"),
            of(Scalar.DATE, 0, Scalar.TIMESTAMP, "1970-01-01 00:00:00"),
            of(Scalar.TIMESTAMP, -1L, Scalar.DATE, "1969-12-31"),
            of(Scalar.TIMESTAMP, -1L, Scalar.TIME, "23:59:59.999999"),
            of(Scalar.TIMESTAMP, 5L, Scalar.TIMESTAMPTZ, "1970-01-01 00:00:00.000005+00"),
            of(Scalar.TIMESTAMP, 0L, Scalar.TEXT, "1970-01-01 00:00:00"),
            of(Scalar.DOUBLE, 1.0, Scalar.TEXT, "1.0"),
            of(Scalar.DOUBLE, Double.NaN, Scalar.JSON, "\"NaN\""),
            of(Scalar.TIMESTAMP, 0L, Scalar.JSON, "\"1970-01-01 00:00:00\""),
            of(Scalar.INT, 5, Scalar.JSON, "5"),
            of(INTS, Arrays.asList(1, null), Scalar.TEXT, "[1, NULL]"),
            of(INTS, Arrays.asList(1, null), Scalar.JSON, "[1,null]"),
            of(INTS, Arrays.asList(1, null), new ListType(Scalar.TEXT), "[1, NULL]"),
            of(PAIR, Arrays.asList(1, "x\"y"), Scalar.JSON, "{\"a\":1,\"b\":\"x\\\"y\"}"),
            of(PAIR, Arrays.asList(1, "x"), Scalar.TEXT, "{'a': 1, 'b': x}"),
            of(COUNTS, Map.of("k", 1L), Scalar.TEXT, "{k=1}"),
            of(COUNTS, Map.of("k", 1L), Scalar.JSON, "{\"k\":1}"));

    private static Batch single(Schema schema, Object value) {
        return Ex.batch(schema, List.of(Ex.row(value)));
    }

    private static Object evaluate(DataType from, Object value, DataType to, boolean lenient) {
        Schema schema = Ex.schema(from);
        Expression argument = Ex.in(schema, 0);
        Expression cast = lenient ? Ex.tryCast(argument, to) : Ex.cast(argument, to);
        return Ex.run(schema, single(schema, value), null, cast).get(0).get(0);
    }

    @Test
    void valuesOfAllTypes() {
        for (Object[] c : CASES) {
            DataType from = (DataType) c[0];
            DataType to = (DataType) c[2];
            String message = ValueText.of(from, c[1]) + " " + from.sql() + " -> " + to.sql();
            if (c[3].equals("NONE")) {
                assertEquals(
                        new BigDecimal("9223372036854775807.0000000000"), evaluate(from, c[1], to, false), message);
                continue;
            }
            assertEquals(c[3], ValueText.of(to, evaluate(from, c[1], to, false)), message);
            assertEquals(c[3], ValueText.of(to, evaluate(from, c[1], to, true)), "try " + message);
            assertNull(evaluate(from, null, to, false), message);
        }
    }

    private static final List<Object[]> REFUSED = List.of(
            of(Scalar.TEXT, "x", Scalar.INT, "INVALID_CAST"),
            of(Scalar.TEXT, "", Scalar.BIGINT, "INVALID_CAST"),
            of(Scalar.TEXT, "128", Scalar.TINYINT, "INVALID_CAST"),
            of(Scalar.TEXT, "99999999999", Scalar.INT, "INVALID_CAST"),
            of(Scalar.TEXT, "1.5", Scalar.INT, "INVALID_CAST"),
            of(Scalar.TEXT, "1e50", Scalar.FLOAT, "INVALID_CAST"),
            of(Scalar.TEXT, "123456789", PRICE, "INVALID_CAST"),
            of(Scalar.TEXT, "maybe", Scalar.BOOLEAN, "INVALID_CAST"),
            of(Scalar.TEXT, "2023-02-29", Scalar.DATE, "INVALID_CAST"),
            of(Scalar.TEXT, "2023-02-28 25:00", Scalar.TIMESTAMP, "INVALID_CAST"),
            of(Scalar.TEXT, "1 month", Scalar.INTERVAL, "INVALID_CAST"),
            of(Scalar.TEXT, "\\x0", Scalar.BYTES, "INVALID_CAST"),
            of(Scalar.TEXT, "{a:1}", Scalar.JSON, "INVALID_CAST"),
            of(Scalar.TEXT, "[1,]", Scalar.JSON, "INVALID_CAST"),
            of(Scalar.TEXT, "[\"x\"]", INTS, "INVALID_CAST"),
            of(Scalar.JSON, "[1]", Scalar.INT, "INVALID_CAST"),
            of(Scalar.JSON, "{}", INTS, "INVALID_CAST"),
            of(Scalar.INT, 40_000, Scalar.SMALLINT, "OVERFLOW"),
            of(Scalar.BIGINT, 1L << 40, Scalar.INT, "OVERFLOW"),
            of(Scalar.DOUBLE, 1e19, Scalar.BIGINT, "OVERFLOW"),
            of(Scalar.DOUBLE, Double.NaN, Scalar.INT, "OVERFLOW"),
            of(Scalar.DOUBLE, 1e300, Scalar.FLOAT, "OVERFLOW"),
            of(Scalar.DOUBLE, 1e300, PRICE, "OVERFLOW"),
            of(PRICE, new BigDecimal("300.00"), Scalar.TINYINT, "OVERFLOW"),
            of(WIDE, new BigDecimal("300000000.0000000000"), PRICE, "OVERFLOW"),
            of(INTS, List.of(70_000), new ListType(Scalar.SMALLINT), "OVERFLOW"));

    @Test
    void valuesWithoutCounterpart() {
        for (Object[] c : REFUSED) {
            DataType from = (DataType) c[0];
            DataType to = (DataType) c[2];
            String message = ValueText.of(from, c[1]) + " " + from.sql() + " -> " + to.sql();
            LaminarException e = assertThrows(LaminarException.class, () -> evaluate(from, c[1], to, false), message);
            assertEquals(ErrorCode.valueOf((String) c[3]), e.code(), message);
            assertNull(evaluate(from, c[1], to, true), "try " + message);
        }
    }

    @Test
    void typesWithoutCast() {
        for (DataType[] pair : new DataType[][] {
            {Scalar.DATE, Scalar.INT},
            {Scalar.BYTES, Scalar.INT},
            {INTS, Scalar.INT},
            {Scalar.INTERVAL_MONTHS, Scalar.INTERVAL},
            {Scalar.BIGINT, Scalar.TIMESTAMP},
        }) {
            Schema schema = Ex.schema(pair[0]);
            LaminarException e = assertThrows(
                    LaminarException.class,
                    () -> ExpressionCompiler.builtin()
                            .compile(schema, null, List.of(Ex.cast(Ex.in(schema, 0), pair[1])), null),
                    pair[0] + " -> " + pair[1]);
            assertEquals(ErrorCode.TYPE_MISMATCH, e.code());
        }
    }

    @Test
    void messages() {
        LaminarException e = assertThrows(LaminarException.class, () -> evaluate(Scalar.TEXT, "x", Scalar.INT, false));
        assertEquals("cast(c0 as INT): 'x' is not an INT", e.reason());
        assertEquals("try_cast gives NULL for such values", e.hint());
        e = assertThrows(LaminarException.class, () -> evaluate(Scalar.INT, 40_000, Scalar.SMALLINT, false));
        assertEquals("cast(c0 as SMALLINT): the result does not fit SMALLINT", e.reason());
        e = assertThrows(
                LaminarException.class, () -> evaluate(INTS, List.of(70_000), new ListType(Scalar.SMALLINT), false));
        assertEquals("cast(c0 as SMALLINT[]): the result does not fit SMALLINT", e.reason());
    }
}
