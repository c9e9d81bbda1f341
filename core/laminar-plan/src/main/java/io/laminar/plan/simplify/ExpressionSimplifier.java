package io.laminar.plan.simplify;

import io.laminar.plan.expression.Expression;
import io.laminar.plan.expression.Expression.Call;
import io.laminar.plan.expression.Expression.Case;
import io.laminar.plan.expression.Expression.Cast;
import io.laminar.plan.expression.Expression.Literal;
import io.laminar.plan.expression.Expression.Member;
import io.laminar.plan.expression.ExpressionRewriter;
import io.laminar.plan.expression.Expressions;
import io.laminar.plan.expression.Failures;
import io.laminar.plan.expression.Operation;
import io.laminar.spi.type.DataType.Scalar;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes expressions simpler. What a row gives stays the same, except that an expression which fails may no longer do so
 * where its value does not matter.
 */
public final class ExpressionSimplifier extends ExpressionRewriter {
    private static final Conjunction ALL = new Conjunction(false);
    private static final Disjunction ANY = new Disjunction(false);
    private static final Conjunction ALL_TRUE = new Conjunction(true);
    private static final Disjunction ANY_TRUE = new Disjunction(true);

    /** A condition that keeps rows for which it is TRUE: FALSE and NULL are the same. */
    public Expression condition(Expression expression) {
        return asCondition(rewrite(expression));
    }

    private Expression asCondition(Expression simple) {
        if (simple instanceof Literal literal) {
            return literal.value() == null ? Logic.FALSE : literal;
        }
        if (!(simple instanceof Call call)) {
            return simple;
        }
        List<Expression> arguments = call.arguments();
        return switch (call.operation()) {
            case AND -> ALL_TRUE.of(arguments.stream().map(this::asCondition).toList());
            case OR -> ANY_TRUE.of(arguments.stream().map(this::asCondition).toList());
            case IS_TRUE -> asCondition(arguments.get(0));
            case EQUAL, LESS_OR_EQUAL, GREATER_OR_EQUAL ->
                isSame(arguments) ? Logic.call(Operation.IS_NOT_NULL, arguments.get(0)) : call;
            case NOT_EQUAL, LESS, GREATER -> isSame(arguments) ? Logic.FALSE : call;
            case IN -> withoutNulls(call);
            case NOT -> isUnknownOrFalse(arguments.get(0)) ? Logic.FALSE : call;
            default -> call;
        };
    }

    /** NULL in a list makes nothing true. */
    private static Expression withoutNulls(Call call) {
        List<Expression> arguments = new ArrayList<>(call.arguments());
        boolean changed = arguments.removeIf(ExpressionSimplifier::isNull);
        if (arguments.size() == 1) {
            return Logic.FALSE;
        }
        return changed ? membership(Logic.call(Operation.IN, arguments)) : call;
    }

    /** NOT IN of a list with NULL is never true. */
    private static boolean isUnknownOrFalse(Expression negated) {
        return Logic.is(negated, Operation.IN)
                && ((Call) negated).arguments().stream().anyMatch(ExpressionSimplifier::isNull);
    }

    @Override
    public Expression visitCall(Call given) {
        Call call = (Call) super.visitCall(given);
        List<Expression> arguments = call.arguments();
        return switch (call.operation()) {
            case AND -> ALL.of(arguments);
            case OR -> ANY.of(arguments);
            case NOT -> negated(call);
            case IS_NULL, IS_NOT_NULL -> nullTest(call);
            case IS_TRUE, IS_NOT_TRUE, IS_FALSE, IS_NOT_FALSE -> truthTest(call);
            case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> comparison(call);
            case NOT_DISTINCT, DISTINCT -> distinction(call);
            case IN -> membership(call);
            case COALESCE -> firstValue(call);
            default -> call;
        };
    }

    /** NOT moves inwards, where it often disappears. */
    private Expression negated(Call call) {
        Expression argument = call.arguments().get(0);
        Expression opposite = Logic.not(argument);
        boolean moved = Logic.is(argument, Operation.AND) || Logic.is(argument, Operation.OR);
        return moved ? rewrite(opposite) : opposite;
    }

    private static Expression nullTest(Call call) {
        Expression argument = call.arguments().get(0);
        boolean isNull = call.operation() == Operation.IS_NULL;
        if (argument instanceof Literal literal) {
            return (literal.value() == null) == isNull ? Logic.TRUE : Logic.FALSE;
        }
        boolean known = !argument.nullable() && !Failures.possible(argument);
        return known ? (isNull ? Logic.FALSE : Logic.TRUE) : call;
    }

    private static Expression truthTest(Call call) {
        Expression argument = call.arguments().get(0);
        boolean positive = call.operation() == Operation.IS_TRUE || call.operation() == Operation.IS_NOT_FALSE;
        boolean nullCounts = call.operation() == Operation.IS_NOT_TRUE || call.operation() == Operation.IS_NOT_FALSE;
        if (argument instanceof Literal literal) {
            boolean holds =
                    literal.value() == null ? nullCounts : literal.value().equals(positive);
            return holds ? Logic.TRUE : Logic.FALSE;
        }
        if (argument.nullable()) {
            return call;
        }
        return positive ? argument : Logic.not(argument);
    }

    private static Expression comparison(Call call) {
        Expression left = call.arguments().get(0);
        Expression right = call.arguments().get(1);
        if (isNull(left) || isNull(right)) {
            return Logic.UNKNOWN;
        }
        if (left instanceof Literal constant && right instanceof Literal other && Order.has(left.type())) {
            boolean holds = new RangeTerm(left, call.operation(), List.of(other)).admits(constant);
            return holds ? Logic.TRUE : Logic.FALSE;
        }
        if (left instanceof Literal && !(right instanceof Literal)) {
            return comparison(Logic.call(mirrored(call.operation()), right, left));
        }
        boolean equality = call.operation() == Operation.EQUAL || call.operation() == Operation.NOT_EQUAL;
        if (equality && left.type() == Scalar.BOOLEAN && right instanceof Literal literal) {
            boolean positive = (call.operation() == Operation.EQUAL) == Boolean.TRUE.equals(literal.value());
            return positive ? left : Logic.not(left);
        }
        Expression narrow = NarrowComparison.of(call);
        if (narrow != null) {
            return narrow;
        }
        if (isSame(call.arguments()) && !left.nullable()) {
            return switch (call.operation()) {
                case EQUAL, LESS_OR_EQUAL, GREATER_OR_EQUAL -> Logic.TRUE;
                default -> Logic.FALSE;
            };
        }
        return call;
    }

    private static Operation mirrored(Operation comparison) {
        return switch (comparison) {
            case LESS -> Operation.GREATER;
            case LESS_OR_EQUAL -> Operation.GREATER_OR_EQUAL;
            case GREATER -> Operation.LESS;
            case GREATER_OR_EQUAL -> Operation.LESS_OR_EQUAL;
            default -> comparison;
        };
    }

    private static Expression distinction(Call call) {
        Expression left = call.arguments().get(0);
        Expression right = call.arguments().get(1);
        boolean same = call.operation() == Operation.NOT_DISTINCT;
        if (isSame(call.arguments())) {
            return same ? Logic.TRUE : Logic.FALSE;
        }
        if (isNull(left) || isNull(right)) {
            Expression other = isNull(left) ? right : left;
            return nullTest(Logic.call(same ? Operation.IS_NULL : Operation.IS_NOT_NULL, other));
        }
        boolean certain = !left.nullable() && !right.nullable() && Order.has(left.type());
        return certain ? comparison(Logic.call(same ? Operation.EQUAL : Operation.NOT_EQUAL, left, right)) : call;
    }

    private static Expression membership(Call call) {
        Expression subject = call.arguments().get(0);
        if (isNull(subject)) {
            return Logic.UNKNOWN;
        }
        List<Expression> different = new ArrayList<>();
        different.add(subject);
        for (Expression element : call.arguments().subList(1, call.arguments().size())) {
            boolean repeated = different.subList(1, different.size()).contains(element);
            if (!repeated || Expressions.isVolatile(element)) {
                different.add(element);
            }
        }
        return different.size() == 2
                ? comparison(Logic.call(Operation.EQUAL, subject, different.get(1)))
                : Logic.call(Operation.IN, different);
    }

    private static Expression firstValue(Call call) {
        List<Expression> values = new ArrayList<>();
        for (Expression argument : call.arguments()) {
            List<Expression> parts =
                    Logic.is(argument, Operation.COALESCE) ? ((Call) argument).arguments() : List.of(argument);
            for (Expression part : parts) {
                boolean complete =
                        !values.isEmpty() && !values.get(values.size() - 1).nullable();
                boolean repeated = values.contains(part) && !Expressions.isVolatile(part);
                if (!complete && !repeated && !isNull(part)) {
                    values.add(part);
                }
            }
        }
        return switch (values.size()) {
            case 0 -> new Literal(null, call.type());
            case 1 -> values.get(0);
            default ->
                new Call(
                        Operation.COALESCE,
                        values,
                        call.type(),
                        values.get(values.size() - 1).nullable());
        };
    }

    @Override
    public Expression visitCase(Case choice) {
        List<Case.Branch> branches = new ArrayList<>();
        Expression otherwise = rewrite(choice.otherwise());
        for (Case.Branch branch : choice.branches()) {
            Expression condition = condition(branch.condition());
            if (condition.equals(Logic.TRUE)) {
                otherwise = rewrite(branch.value());
                break;
            }
            if (!condition.equals(Logic.FALSE)) {
                branches.add(new Case.Branch(condition, rewrite(branch.value())));
            }
        }
        if (branches.isEmpty()) {
            return otherwise;
        }
        if (branches.size() == 1
                && otherwise.equals(Logic.FALSE)
                && branches.get(0).value().equals(Logic.TRUE)) {
            return truthTest(Logic.call(Operation.IS_TRUE, branches.get(0).condition()));
        }
        if (branches.size() == 1
                && otherwise.equals(Logic.TRUE)
                && branches.get(0).value().equals(Logic.FALSE)) {
            return truthTest(Logic.call(Operation.IS_NOT_TRUE, branches.get(0).condition()));
        }
        return new Case(branches, otherwise, choice.type(), choice.nullable());
    }

    @Override
    public Expression visitCast(Cast given) {
        Cast cast = (Cast) super.visitCast(given);
        if (isNull(cast.argument())) {
            return new Literal(null, cast.type());
        }
        return cast.argument().type().equals(cast.type()) ? cast.argument() : cast;
    }

    @Override
    public Expression visitMember(Member given) {
        Member member = (Member) super.visitMember(given);
        return Logic.is(member.struct(), Operation.STRUCT)
                ? ((Call) member.struct()).arguments().get(member.index())
                : member;
    }

    private static boolean isNull(Expression expression) {
        return expression instanceof Literal literal && literal.value() == null;
    }

    /** Whether both arguments always have the same value. */
    private static boolean isSame(List<Expression> arguments) {
        Expression left = arguments.get(0);
        return left.equals(arguments.get(1)) && !Expressions.isVolatile(left) && !Failures.possible(left);
    }
}
