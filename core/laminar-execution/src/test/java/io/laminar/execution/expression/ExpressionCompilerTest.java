package io.laminar.execution.expression;

import static io.laminar.execution.expression.Ex.batch;
import static io.laminar.execution.expression.Ex.call;
import static io.laminar.execution.expression.Ex.cast;
import static io.laminar.execution.expression.Ex.in;
import static io.laminar.execution.expression.Ex.lit;
import static io.laminar.execution.expression.Ex.row;
import static io.laminar.execution.expression.Ex.run;
import static io.laminar.execution.expression.Ex.schema;
import static io.laminar.execution.expression.Ex.test;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.plan.expression.Expression;
import io.laminar.plan.expression.Operation;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BytesColumn;
import io.laminar.spi.batch.RowKind;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExpressionCompilerTest {
    private static final Schema SCHEMA =
            Schema.of(new Field("a", Scalar.INT), new Field("b", Scalar.BIGINT), new Field("name", Scalar.TEXT));
    private static final Batch ROWS =
            batch(SCHEMA, List.of(row(1, 10L, "ann"), row(null, 20L, "bob"), row(3, null, null), row(4, 40L, "dora")));

    private static final Expression A = in(SCHEMA, 0);
    private static final Expression B = in(SCHEMA, 1);
    private static final Expression NAME = in(SCHEMA, 2);

    @Test
    void filtersAndProjects() {
        Expression condition = test(Operation.GREATER, A, lit(1));
        Expression sum = call(Operation.ADD, Scalar.BIGINT, cast(A, Scalar.BIGINT), B);
        assertEquals(List.of(row(null, null, 3), row(44L, "dora", 4)), run(SCHEMA, ROWS, condition, sum, NAME, A));
    }

    @Test
    void passesColumnsOnWithoutCopyingWhenNothingIsFiltered() {
        CompiledExpressions compiled = ExpressionCompiler.builtin().compile(SCHEMA, null, List.of(B, NAME), null);
        Batch result = compiled.evaluate(ROWS, Ex.CONTEXT);
        assertSame(ROWS.column(1), result.column(0));
        assertSame(ROWS.column(2), result.column(1));
        assertSame(ROWS.rowtime(), result.rowtime());
    }

    @Test
    void nothingIsLeft() {
        assertNull(ExpressionCompiler.builtin()
                .compile(SCHEMA, test(Operation.LESS, A, lit(0)), List.of(A), null)
                .evaluate(ROWS, Ex.CONTEXT));
    }

    @Test
    void textsOfTheInputAndLiteralsAreNotCopied() {
        Expression chosen = new Expression.Case(
                List.of(new Expression.Case.Branch(test(Operation.GREATER, B, lit(10L)), NAME)),
                NAME,
                Scalar.TEXT,
                true);
        Expression label = new Expression.Case(
                List.of(new Expression.Case.Branch(test(Operation.GREATER, B, lit(10L)), lit("many"))),
                lit("few"),
                Scalar.TEXT,
                true);
        CompiledExpressions compiled = ExpressionCompiler.builtin().compile(SCHEMA, null, List.of(chosen, label), null);
        Batch result = compiled.evaluate(ROWS, Ex.CONTEXT);
        assertSame(((BytesColumn) ROWS.column(2)).arena(), ((BytesColumn) result.column(0)).arena());
        assertEquals("manyfew", new String(((BytesColumn) result.column(1)).arena()));
        assertEquals(
                List.of("few", "many", "few", "many"),
                Ex.rows(result, List.of(Scalar.TEXT, Scalar.TEXT)).stream()
                        .map(r -> r.get(1))
                        .toList());
    }

    @Test
    void rowKindsAndNewEventTimes() {
        byte[] kinds = {RowKind.INSERT, RowKind.UPDATE_BEFORE, RowKind.UPDATE_AFTER, RowKind.DELETE};
        Expression time = call(Operation.ADD, Scalar.TIMESTAMP, new Expression.Rowtime(), lit(Scalar.INTERVAL, 100L));
        CompiledExpressions compiled =
                ExpressionCompiler.builtin().compile(SCHEMA, test(Operation.IS_NOT_NULL, B), List.of(A), time);
        Batch result = compiled.evaluate(ROWS.withKinds(kinds), Ex.CONTEXT);
        assertEquals(3, result.size());
        assertEquals(List.of(101L, 102L, 104L), List.of(result.rowtime()[0], result.rowtime()[1], result.rowtime()[2]));
        assertEquals(RowKind.UPDATE_BEFORE, result.kind(1));
        assertEquals(RowKind.DELETE, result.kind(2));
    }

    @Test
    void eventTimeThatIsNull() {
        Expression time = cast(cast(B, Scalar.TEXT), Scalar.TIMESTAMP);
        Expression missing = call(
                Operation.ADD,
                Scalar.TIMESTAMP,
                new Expression.Rowtime(),
                new Expression.Cast(Ex.nul(Scalar.INTERVAL), Scalar.INTERVAL, true, false));
        LaminarException e = assertThrows(LaminarException.class, () -> ExpressionCompiler.builtin()
                .compile(SCHEMA, null, List.of(A), missing)
                .evaluate(ROWS, Ex.CONTEXT));
        assertEquals(ErrorCode.NULL_NOT_ALLOWED, e.code());
        e = assertThrows(LaminarException.class, () -> ExpressionCompiler.builtin()
                .compile(SCHEMA, null, List.of(A), time)
                .evaluate(ROWS, Ex.CONTEXT));
        assertEquals(ErrorCode.INVALID_CAST, e.code());
    }

    @Test
    void errorsNameTheExpressionWithItsColumns() {
        Expression overflow = call(Operation.MULTIPLY, Scalar.BIGINT, B, lit(Long.MAX_VALUE));
        LaminarException e = assertThrows(LaminarException.class, () -> run(SCHEMA, ROWS, null, overflow));
        assertEquals(ErrorCode.OVERFLOW, e.code());
        assertEquals("(b * 9223372036854775807): the result does not fit BIGINT", e.reason());
        Expression division = call(Operation.DIVIDE, Scalar.INT, A, call(Operation.SUBTRACT, Scalar.INT, A, A));
        e = assertThrows(LaminarException.class, () -> run(SCHEMA, ROWS, null, division));
        assertEquals(ErrorCode.DIVISION_BY_ZERO, e.code());
        assertEquals("(a / (a - a)): division by zero", e.reason());
        Expression bad = cast(NAME, Scalar.INT);
        e = assertThrows(LaminarException.class, () -> run(SCHEMA, ROWS, null, bad));
        assertEquals(ErrorCode.INVALID_CAST, e.code());
        assertEquals("cast(name as INT): 'ann' is not an INT", e.reason());
    }

    @Test
    void laterArgumentsOfAndAreSparedWhenDecided() {
        Expression safe = test(Operation.NOT_EQUAL, A, lit(1));
        Expression risky = test(
                Operation.GREATER,
                call(Operation.DIVIDE, Scalar.INT, lit(10), call(Operation.SUBTRACT, Scalar.INT, A, lit(1))),
                lit(4));
        assertEquals(List.of(row(3)), run(SCHEMA, ROWS, test(Operation.AND, safe, risky), A));
        assertThrows(LaminarException.class, () -> run(SCHEMA, ROWS, test(Operation.AND, risky, safe), A));
    }

    @Test
    void constantsThatFailDoSoOnlyWhenReached() {
        Expression fails = call(Operation.DIVIDE, Scalar.INT, lit(1), lit(0));
        Expression guarded = new Expression.Case(
                List.of(new Expression.Case.Branch(test(Operation.LESS, B, lit(0L)), fails)), lit(7), Scalar.INT, true);
        assertEquals(List.of(row(7), row(7), row(7), row(7)), run(SCHEMA, ROWS, null, guarded));
        assertThrows(LaminarException.class, () -> run(SCHEMA, ROWS, null, fails));
    }

    @Test
    void methodsStayBelowTheLimitOfHotSpot() {
        List<Expression> projections = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            Expression sum = call(Operation.ADD, Scalar.BIGINT, B, lit((long) i));
            Expression label = call(Operation.CONCAT, Scalar.TEXT, NAME, cast(sum, Scalar.TEXT));
            projections.add(i % 2 == 0 ? call(Operation.MULTIPLY, Scalar.BIGINT, sum, sum) : label);
        }
        CompiledExpressions compiled =
                ExpressionCompiler.builtin().compile(SCHEMA, test(Operation.GREATER, B, lit(1L)), projections, null);
        assertMethodsAreSmall(compiled);
        Batch result = compiled.evaluate(ROWS, Ex.CONTEXT);
        assertEquals(3, result.size());
        assertEquals("bob319", ((BytesColumn) result.column(299)).text(1));
    }

    @Test
    void oneLargeExpressionIsSplitToo() {
        List<Expression.Case.Branch> branches = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            Expression product = call(Operation.MULTIPLY, Scalar.BIGINT, B, lit((long) i));
            branches.add(new Expression.Case.Branch(
                    test(Operation.EQUAL, call(Operation.ADD, Scalar.BIGINT, B, lit((long) i)), lit(45L)), product));
        }
        Expression choice = new Expression.Case(branches, Ex.nul(Scalar.BIGINT), Scalar.BIGINT, true);
        CompiledExpressions compiled = ExpressionCompiler.builtin().compile(SCHEMA, null, List.of(choice), null);
        assertMethodsAreSmall(compiled);
        assertEquals(
                List.of(row(350L), row(500L), row((Object) null), row(200L)),
                Ex.rows(compiled.evaluate(ROWS, Ex.CONTEXT), List.of(Scalar.BIGINT)));
        List<Expression> terms = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            terms.add(test(Operation.LIKE, NAME, lit("%" + i + "_%b"), lit("\\")));
        }
        terms.add(test(Operation.LIKE, NAME, lit("b%"), lit("\\")));
        Expression any = new Expression.Call(Operation.OR, terms, Scalar.BOOLEAN, true);
        CompiledExpressions filter = ExpressionCompiler.builtin().compile(SCHEMA, any, List.of(A), null);
        assertMethodsAreSmall(filter);
        assertEquals(1, filter.evaluate(ROWS, Ex.CONTEXT).size());
    }

    private static void assertMethodsAreSmall(CompiledExpressions compiled) {
        assertTrue(compiled.methodSizes().size() > 4, "no methods seen: " + compiled.methodSizes());
        compiled.methodSizes()
                .forEach((name, size) -> assertTrue(
                        size < MethodSizes.HUGE || name.equals(MethodSizes.CONSTRUCTOR),
                        name + " has " + size + " bytes of code"));
    }

    @Test
    void membersOfStructs() {
        DataType.StructType point =
                new DataType.StructType(List.of(new Field("x", Scalar.INT), new Field("y", Scalar.TEXT)));
        Schema schema = schema(point);
        Batch rows = batch(schema, List.of(row(row(1, "a")), row((Object) null), row(row(null, "c"))));
        Expression x = new Expression.Member(in(schema, 0), 0, Scalar.INT, true);
        Expression y = new Expression.Member(in(schema, 0), 1, Scalar.TEXT, true);
        Expression swapped = call(
                Operation.STRUCT,
                new DataType.StructType(List.of(new Field("p", Scalar.TEXT), new Field("q", Scalar.INT))),
                y,
                call(Operation.ADD, Scalar.INT, x, lit(1)));
        assertEquals(
                List.of(row(1, "a", row("a", 2)), row(null, null, row(null, null)), row(null, "c", row("c", null))),
                run(schema, rows, null, x, y, swapped));
    }

    @Test
    void elementsOfListsAndMaps() {
        DataType ints = new DataType.ListType(Scalar.INT);
        DataType map = new DataType.MapType(Scalar.TEXT, Scalar.BIGINT);
        Schema schema = schema(ints, map);
        Batch rows = batch(
                schema,
                List.of(
                        row(List.of(5, 6), java.util.Map.of("k", 1L)),
                        row(null, null),
                        row(row(7, null), java.util.Map.of())));
        assertEquals(
                List.of(row(6, 1L, List.of(5, 9)), row(null, null, row(null, 9)), row(null, null, List.of(7, 9))),
                run(
                        schema,
                        rows,
                        null,
                        call(Operation.ELEMENT, Scalar.INT, in(schema, 0), lit(2L)),
                        call(Operation.ELEMENT, Scalar.BIGINT, in(schema, 1), lit("k")),
                        call(
                                Operation.ARRAY,
                                ints,
                                call(Operation.ELEMENT, Scalar.INT, in(schema, 0), lit(1L)),
                                lit(9))));
    }
}
