package io.laminar.execution.expression;

import io.laminar.plan.expression.Expression;
import io.laminar.plan.expression.Expression.Call;
import io.laminar.plan.expression.Expression.Case;
import io.laminar.plan.expression.Expression.Cast;
import io.laminar.plan.expression.Expression.FunctionCall;
import io.laminar.plan.expression.Expression.Member;
import io.laminar.plan.expression.Operation;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Rewrites operations with very many arguments as trees of smaller ones with the same value, which can be outlined. */
final class Balance {
    private static final int WIDEST = 24;
    private static final Set<Operation> ASSOCIATIVE =
            EnumSet.of(Operation.AND, Operation.OR, Operation.CONCAT, Operation.COALESCE);

    private Balance() {}

    static Expression of(Expression expression) {
        if (expression instanceof Call call) {
            List<Expression> arguments = all(call.arguments());
            if (arguments.size() > WIDEST && call.operation() == Operation.IN && !InEmitter.isSet(arguments)) {
                return in(call, arguments);
            }
            boolean wide = arguments.size() > WIDEST && ASSOCIATIVE.contains(call.operation());
            return wide ? tree(call, arguments) : new Call(call.operation(), arguments, call.type(), call.nullable());
        }
        if (expression instanceof FunctionCall call) {
            return call.withArguments(all(call.arguments()));
        }
        if (expression instanceof Cast cast) {
            return new Cast(of(cast.argument()), cast.type(), cast.nullable(), cast.lenient());
        }
        if (expression instanceof Member member) {
            return new Member(of(member.struct()), member.index(), member.type(), member.nullable());
        }
        return expression instanceof Case choice ? choice(choice) : expression;
    }

    private static List<Expression> all(List<Expression> expressions) {
        return expressions.stream().map(Balance::of).toList();
    }

    private static Expression tree(Call call, List<Expression> arguments) {
        if (arguments.size() <= WIDEST) {
            return arguments.size() == 1
                    ? arguments.get(0)
                    : new Call(call.operation(), arguments, call.type(), nullable(call.operation(), arguments));
        }
        int part = (arguments.size() + WIDEST - 1) / WIDEST;
        List<Expression> parts = new ArrayList<>();
        for (int from = 0; from < arguments.size(); from += part) {
            parts.add(tree(call, arguments.subList(from, Math.min(from + part, arguments.size()))));
        }
        return new Call(call.operation(), parts, call.type(), call.nullable());
    }

    /** Short lists instead of a long one: found in any of them is found. */
    private static Expression in(Call call, List<Expression> arguments) {
        List<Expression> parts = new ArrayList<>();
        for (int from = 1; from < arguments.size(); from += WIDEST) {
            List<Expression> part = new ArrayList<>(List.of(arguments.get(0)));
            part.addAll(arguments.subList(from, Math.min(from + WIDEST, arguments.size())));
            parts.add(new Call(Operation.IN, part, call.type(), call.nullable()));
        }
        Call any = new Call(Operation.OR, parts, call.type(), call.nullable());
        return tree(any, parts);
    }

    private static boolean nullable(Operation operation, List<Expression> arguments) {
        return operation == Operation.COALESCE
                ? arguments.stream().allMatch(Expression::nullable)
                : arguments.stream().anyMatch(Expression::nullable);
    }

    /** Later branches become a CASE in the place of ELSE. */
    private static Expression choice(Case choice) {
        List<Case.Branch> branches = choice.branches().stream()
                .map(b -> new Case.Branch(of(b.condition()), of(b.value())))
                .toList();
        Expression otherwise = of(choice.otherwise());
        int last = branches.size();
        while (last > WIDEST) {
            int first = (last - 1) / WIDEST * WIDEST;
            otherwise = new Case(branches.subList(first, last), otherwise, choice.type(), choice.nullable());
            last = first;
        }
        return new Case(branches.subList(0, last), otherwise, choice.type(), choice.nullable());
    }
}
