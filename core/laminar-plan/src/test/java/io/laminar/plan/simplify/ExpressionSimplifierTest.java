package io.laminar.plan.simplify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.laminar.plan.expression.Expression;
import io.laminar.plan.expression.Expression.Call;
import io.laminar.plan.expression.Expression.Input;
import io.laminar.plan.expression.Expression.Literal;
import io.laminar.plan.expression.Operation;
import io.laminar.spi.type.DataType.Scalar;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExpressionSimplifierTest {
    private static final Expression A = new Input(0, Scalar.BIGINT, true);
    private static final Expression B = new Input(1, Scalar.BIGINT, false);
    private static final Expression P = new Input(2, Scalar.BOOLEAN, true);
    private static final Expression Q = new Input(3, Scalar.BOOLEAN, false);
    private static final Expression TEXT = new Input(4, Scalar.TEXT, true);

    private final ExpressionSimplifier simplifier = new ExpressionSimplifier();

    private static Literal number(long value) {
        return new Literal(value, Scalar.BIGINT);
    }

    private static Call call(Operation operation, Expression... arguments) {
        return Logic.call(operation, arguments);
    }

    private static Expression over(Operation operation, Expression subject, long... numbers) {
        Expression[] arguments = new Expression[numbers.length + 1];
        arguments[0] = subject;
        for (int i = 0; i < numbers.length; i++) {
            arguments[i + 1] = number(numbers[i]);
        }
        return call(operation, arguments);
    }

    private void condition(String expected, Expression expression) {
        assertEquals(expected, simplifier.condition(expression).toString());
    }

    private void value(String expected, Expression expression) {
        assertEquals(expected, simplifier.rewrite(expression).toString());
    }

    @Test
    void constantsDecideOrGo() {
        value("$2", call(Operation.AND, Logic.TRUE, P, Logic.TRUE));
        value("false", call(Operation.AND, P, Logic.FALSE));
        value("true", call(Operation.OR, P, Logic.TRUE));
        value("($2 and null)", call(Operation.AND, P, Logic.UNKNOWN));
        condition("false", call(Operation.AND, P, Logic.UNKNOWN));
    }

    @Test
    void whatIsSaidTwiceCountsOnce() {
        value("($2 and $3)", call(Operation.AND, P, call(Operation.AND, Q, P)));
        value("($2 or $3)", call(Operation.OR, P, Q, P));
        value("($0 in (1, 2))", over(Operation.IN, A, 1, 2, 1));
        value("($0 = 1)", over(Operation.IN, A, 1, 1));
    }

    @Test
    void conditionsAndTheirOpposites() {
        value("($2 and (not $2))", call(Operation.AND, P, call(Operation.NOT, P)));
        value("false", call(Operation.AND, Q, call(Operation.NOT, Q)));
        condition("false", call(Operation.AND, P, call(Operation.NOT, P)));
        value("true", call(Operation.OR, Q, call(Operation.NOT, Q)));
        condition(
                "(($0 < 3) or ($0 >= 3))",
                call(Operation.OR, over(Operation.LESS, A, 3), over(Operation.GREATER_OR_EQUAL, A, 3)));
    }

    @Test
    void notMovesInwards() {
        value(
                "(($0 >= 5) or $3)",
                call(Operation.NOT, call(Operation.AND, over(Operation.LESS, A, 5), call(Operation.NOT, Q))));
        value("($0 is not null)", call(Operation.NOT, call(Operation.IS_NULL, A)));
    }

    @Test
    void comparisonsOfAValueWithItself() {
        value("true", call(Operation.EQUAL, B, B));
        value("false", call(Operation.LESS, B, B));
        value("($0 = $0)", call(Operation.EQUAL, A, A));
        condition("($0 is not null)", call(Operation.EQUAL, A, A));
        condition("false", call(Operation.NOT_EQUAL, A, A));
        value("true", call(Operation.NOT_DISTINCT, A, A));
    }

    @Test
    void aDivisionMayFailAndStays() {
        Expression quotient = new Call(Operation.DIVIDE, List.of(number(1), B), Scalar.BIGINT, false);
        condition("((1 / $1) = (1 / $1))", call(Operation.EQUAL, quotient, quotient));
        condition("((1 / $1) is not null)", call(Operation.IS_NOT_NULL, quotient));
    }

    @Test
    void nothingEqualsNull() {
        Literal nothing = new Literal(null, Scalar.BIGINT);
        value("null", call(Operation.EQUAL, A, nothing));
        condition("false", call(Operation.NOT_EQUAL, nothing, A));
        value("($0 is null)", call(Operation.NOT_DISTINCT, A, nothing));
        condition("($0 = 1)", call(Operation.IN, A, number(1), nothing));
        condition("false", call(Operation.NOT, call(Operation.IN, A, number(1), nothing)));
    }

    @Test
    void aWiderIntegerIsComparedAsItWas() {
        Expression small = new Input(5, Scalar.INT, true);
        Expression wide = new Expression.Cast(small, Scalar.BIGINT, true, false);
        condition("($5 > 7)", over(Operation.GREATER, wide, 7));
        condition("(cast($5 as BIGINT) > 3000000000)", over(Operation.GREATER, wide, 3_000_000_000L));
    }

    @Test
    void rangesBecomeNarrow() {
        condition("($0 > 5)", call(Operation.AND, over(Operation.GREATER, A, 3), over(Operation.GREATER, A, 5)));
        condition(
                "($0 = 4)",
                call(Operation.AND, over(Operation.GREATER_OR_EQUAL, A, 4), over(Operation.LESS_OR_EQUAL, A, 4)));
        condition("($0 in (3, 4))", call(Operation.AND, over(Operation.IN, A, 1, 3, 4), over(Operation.GREATER, A, 2)));
        condition("($0 > 2)", call(Operation.AND, over(Operation.NOT_EQUAL, A, 1), over(Operation.GREATER, A, 2)));
        condition("($0 > 2)", call(Operation.AND, call(Operation.IS_NOT_NULL, A), over(Operation.GREATER, A, 2)));
    }

    @Test
    void contradictionsHoldForNoRow() {
        Expression never = call(Operation.AND, over(Operation.GREATER, A, 5), over(Operation.LESS, A, 3));
        condition("false", never);
        // For a row without a value it is NULL and not false.
        value("(($0 > 5) and ($0 < 3))", never);
        value("false", call(Operation.AND, over(Operation.GREATER, B, 5), over(Operation.LESS, B, 3)));
        condition("false", call(Operation.AND, over(Operation.GREATER, A, 5), over(Operation.LESS, A, 6)));
        condition("false", call(Operation.AND, over(Operation.EQUAL, A, 5), over(Operation.NOT_EQUAL, A, 5)));
        condition("false", call(Operation.AND, over(Operation.IN, A, 1, 2), over(Operation.IN, A, 3, 4)));
    }

    @Test
    void textsCompareByCodePoint() {
        Expression after = call(Operation.GREATER, TEXT, new Literal("\uff5e", Scalar.TEXT));
        Expression before = call(Operation.LESS, TEXT, new Literal("\ud834\udd1e", Scalar.TEXT));
        condition("(($4 > '\uff5e') and ($4 < '\ud834\udd1e'))", call(Operation.AND, after, before));
    }

    @Test
    void severalValuesAreASet() {
        condition("($0 in (1, 2, 3))", call(Operation.OR, over(Operation.EQUAL, A, 1), over(Operation.IN, A, 2, 3)));
        condition(
                "(($0 = 1) or ($0 = 2))", call(Operation.OR, over(Operation.EQUAL, A, 1), over(Operation.EQUAL, A, 2)));
    }

    @Test
    void whatAllAlternativesDemandIsDemandedOnce() {
        Expression first = call(Operation.AND, P, over(Operation.EQUAL, A, 1));
        Expression second = call(Operation.AND, P, over(Operation.EQUAL, A, 2));
        condition("($2 and (($0 = 1) or ($0 = 2)))", call(Operation.OR, first, second));
        condition("$2", call(Operation.OR, first, P));
    }

    @Test
    void coalesceEndsWithAValueThatIsThere() {
        Literal nothing = new Literal(null, Scalar.BIGINT);
        value("$1", new Call(Operation.COALESCE, List.of(nothing, B, A), Scalar.BIGINT, false));
        value("coalesce($0, 7)", new Call(Operation.COALESCE, List.of(A, A, number(7), B), Scalar.BIGINT, false));
    }

    @Test
    void branchesThatNobodyTakesGo() {
        Expression.Case choice = new Expression.Case(
                List.of(
                        new Expression.Case.Branch(Logic.FALSE, number(1)),
                        new Expression.Case.Branch(P, number(2)),
                        new Expression.Case.Branch(Logic.TRUE, number(3)),
                        new Expression.Case.Branch(Q, number(4))),
                number(5),
                Scalar.BIGINT,
                false);
        value("case when $2 then 2 else 3 end", choice);
        value(
                "($2 is true)",
                new Expression.Case(
                        List.of(new Expression.Case.Branch(P, Logic.TRUE)), Logic.FALSE, Scalar.BOOLEAN, false));
    }
}
