package io.laminar.sql.type;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.plan.expression.Operation;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Decimal;
import io.laminar.spi.type.DataType.ListType;
import io.laminar.spi.type.DataType.MapType;
import io.laminar.spi.type.DataType.Scalar;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class OperatorTypingTest {

    private static Resolution resolve(Operation operation, DataType... types) {
        return OperatorTyping.resolve(
                operation, Arrays.stream(types).map(Operand::of).toList());
    }

    private static DataType result(Operation operation, DataType... types) {
        return resolve(operation, types).result();
    }

    @Test
    void integersWiden() {
        assertEquals(Scalar.INT, result(Operation.ADD, Scalar.SMALLINT, Scalar.INT));
        assertEquals(Scalar.BIGINT, result(Operation.MULTIPLY, Scalar.BIGINT, Scalar.TINYINT));
        assertEquals(
                List.of(Scalar.BIGINT, Scalar.BIGINT),
                resolve(Operation.DIVIDE, Scalar.INT, Scalar.BIGINT).parameters());
        assertEquals(Scalar.SMALLINT, result(Operation.MODULO, Scalar.SMALLINT, Scalar.SMALLINT));
    }

    @Test
    void floatsMeetInDouble() {
        assertEquals(Scalar.FLOAT, result(Operation.ADD, Scalar.FLOAT, Scalar.FLOAT));
        assertEquals(Scalar.DOUBLE, result(Operation.ADD, Scalar.FLOAT, Scalar.INT));
        assertEquals(Scalar.DOUBLE, result(Operation.MULTIPLY, new Decimal(5, 2), Scalar.DOUBLE));
    }

    @Test
    void decimalsKeepAllDigits() {
        assertEquals(new Decimal(11, 3), result(Operation.ADD, new Decimal(9, 2), new Decimal(5, 3)));
        assertEquals(new Decimal(14, 5), result(Operation.MULTIPLY, new Decimal(9, 2), new Decimal(5, 3)));
        assertEquals(new Decimal(20, 2), result(Operation.MULTIPLY, new Decimal(10, 2), Scalar.INT));
        assertEquals(new Decimal(16, 6), result(Operation.DIVIDE, new Decimal(9, 2), new Decimal(5, 3)));
        assertEquals(new Decimal(5, 3), result(Operation.MODULO, new Decimal(9, 2), new Decimal(5, 3)));
    }

    @Test
    void decimalsBeyond38DigitsLoseDecimalPlacesButNotBelowSix() {
        assertEquals(new Decimal(38, 6), result(Operation.MULTIPLY, new Decimal(38, 10), new Decimal(38, 10)));
        assertEquals(new Decimal(38, 0), result(Operation.ADD, new Decimal(38, 0), new Decimal(38, 0)));
    }

    @Test
    void timesShiftByIntervals() {
        assertEquals(Scalar.TIMESTAMP, result(Operation.ADD, Scalar.TIMESTAMP, Scalar.INTERVAL));
        assertEquals(Scalar.TIMESTAMP, result(Operation.SUBTRACT, Scalar.DATE, Scalar.INTERVAL_MONTHS));
        assertEquals(Scalar.TIME, result(Operation.ADD, Scalar.TIME, Scalar.INTERVAL));
        Resolution swapped = resolve(Operation.ADD, Scalar.INTERVAL, Scalar.TIMESTAMPTZ);
        assertTrue(swapped.swapped());
        assertEquals(List.of(Scalar.TIMESTAMPTZ, Scalar.INTERVAL), swapped.parameters());
    }

    @Test
    void timesSubtractToIntervalsAndDatesToDays() {
        assertEquals(Scalar.INTERVAL, result(Operation.SUBTRACT, Scalar.TIMESTAMP, Scalar.TIMESTAMP));
        assertEquals(Scalar.INTERVAL, result(Operation.SUBTRACT, Scalar.TIMESTAMPTZ, Scalar.DATE));
        assertEquals(Scalar.INT, result(Operation.SUBTRACT, Scalar.DATE, Scalar.DATE));
        assertEquals(Scalar.DATE, result(Operation.SUBTRACT, Scalar.DATE, Scalar.INT));
        assertTrue(resolve(Operation.ADD, Scalar.SMALLINT, Scalar.DATE).swapped());
    }

    @Test
    void intervalsScale() {
        assertEquals(Scalar.INTERVAL, result(Operation.MULTIPLY, Scalar.INTERVAL, Scalar.INT));
        assertTrue(resolve(Operation.MULTIPLY, Scalar.DOUBLE, Scalar.INTERVAL).swapped());
        assertEquals(
                List.of(Scalar.INTERVAL, Scalar.DOUBLE),
                resolve(Operation.DIVIDE, Scalar.INTERVAL, new Decimal(3, 1)).parameters());
    }

    @Test
    void textLiteralsTakeTheTypeBesideThem() {
        Resolution added = OperatorTyping.resolve(
                Operation.ADD, List.of(Operand.of(Scalar.TIMESTAMP), new Operand(Scalar.TEXT, "5 seconds")));
        assertEquals(List.of(Scalar.TIMESTAMP, Scalar.INTERVAL), added.parameters());
        Resolution compared = OperatorTyping.resolve(
                Operation.LESS, List.of(new Operand(Scalar.TEXT, "2024-01-01"), Operand.of(Scalar.TIMESTAMP)));
        assertEquals(List.of(Scalar.TIMESTAMP, Scalar.TIMESTAMP), compared.parameters());
        LaminarException error = assertThrows(
                LaminarException.class,
                () -> OperatorTyping.resolve(
                        Operation.LESS, List.of(new Operand(Scalar.TEXT, "soon"), Operand.of(Scalar.TIMESTAMP))));
        assertEquals(ErrorCode.INVALID_LITERAL, error.code());
    }

    @Test
    void comparisonsMeetInTheCommonType() {
        assertEquals(
                List.of(Scalar.BIGINT, Scalar.BIGINT),
                resolve(Operation.EQUAL, Scalar.INT, Scalar.BIGINT).parameters());
        assertEquals(
                List.of(new Decimal(12, 2), new Decimal(12, 2)),
                resolve(Operation.LESS, new Decimal(5, 2), Scalar.INT).parameters());
        assertEquals(Scalar.BOOLEAN, result(Operation.IN, Scalar.INT, Scalar.INT, Scalar.NULL));
    }

    @Test
    void nullFitsEverywhere() {
        assertEquals(Scalar.INT, result(Operation.ADD, Scalar.INT, Scalar.NULL));
        assertEquals(Scalar.TEXT, result(Operation.COALESCE, Scalar.NULL, Scalar.TEXT));
        assertEquals(Scalar.BOOLEAN, result(Operation.AND, Scalar.BOOLEAN, Scalar.NULL));
    }

    @Test
    void nestedValues() {
        assertEquals(new ListType(Scalar.BIGINT), result(Operation.ARRAY, Scalar.INT, Scalar.BIGINT));
        assertEquals(
                new MapType(Scalar.TEXT, Scalar.INT),
                result(Operation.MAP, Scalar.TEXT, Scalar.INT, Scalar.TEXT, Scalar.INT));
        assertEquals(Scalar.TEXT, result(Operation.ELEMENT, new ListType(Scalar.TEXT), Scalar.INT));
        assertEquals(Scalar.INT, result(Operation.ELEMENT, new MapType(Scalar.TEXT, Scalar.INT), Scalar.TEXT));
        assertEquals(Scalar.JSON, result(Operation.ELEMENT, Scalar.JSON, Scalar.TEXT));
    }

    @Test
    void textJoinsWithAnything() {
        assertEquals(
                List.of(Scalar.TEXT, Scalar.TEXT),
                resolve(Operation.CONCAT, Scalar.TEXT, Scalar.INT).parameters());
    }

    @Test
    void whatDoesNotFitIsRefused() {
        for (Runnable wrong : List.<Runnable>of(
                () -> result(Operation.ADD, Scalar.TEXT, Scalar.INT),
                () -> result(Operation.ADD, Scalar.TIMESTAMP, Scalar.TIMESTAMP),
                () -> result(Operation.ADD, Scalar.TIME, Scalar.INTERVAL_MONTHS),
                () -> result(Operation.MULTIPLY, Scalar.INTERVAL, Scalar.INTERVAL),
                () -> result(Operation.LESS, new ListType(Scalar.INT), new ListType(Scalar.INT)),
                () -> result(Operation.EQUAL, Scalar.BOOLEAN, Scalar.INT),
                () -> result(Operation.CONCAT, Scalar.INT, Scalar.INT),
                () -> result(Operation.NEGATE, Scalar.TEXT),
                () -> result(Operation.LIKE, Scalar.INT, Scalar.TEXT, Scalar.TEXT),
                () -> result(Operation.ELEMENT, Scalar.INT, Scalar.INT))) {
            LaminarException error = assertThrows(LaminarException.class, wrong::run);
            assertEquals(ErrorCode.TYPE_MISMATCH, error.code());
        }
    }
}
