package io.laminar.execution.expression;

import io.laminar.plan.expression.Expression;
import io.laminar.plan.expression.Expression.Call;
import io.laminar.spi.type.DataType.Scalar;
import java.util.List;

/** Three-valued logic. */
final class LogicEmitter {
    private final Emitter emitter;

    LogicEmitter(Emitter emitter) {
        this.emitter = emitter;
    }

    Register emit(Call call) {
        return switch (call.operation()) {
            case AND -> junction(call.arguments(), true);
            case OR -> junction(call.arguments(), false);
            case NOT -> {
                Register a = emitter.emit(call.arguments().get(0));
                yield emitter.pure(Scalar.BOOLEAN, List.of(a), "!" + a.value());
            }
            case IS_NULL -> flag(emitter.emit(call.arguments().get(0)).isNull());
            case IS_NOT_NULL ->
                flag(negated(emitter.emit(call.arguments().get(0)).isNull()));
            case IS_TRUE -> flag(is(emitter.emit(call.arguments().get(0)), true));
            case IS_NOT_TRUE -> flag("!(" + is(emitter.emit(call.arguments().get(0)), true) + ")");
            case IS_FALSE -> flag(is(emitter.emit(call.arguments().get(0)), false));
            case IS_NOT_FALSE -> flag("!(" + is(emitter.emit(call.arguments().get(0)), false) + ")");
            default -> throw new IllegalArgumentException(call.toString());
        };
    }

    private Register flag(String javaExpression) {
        return emitter.pure(Scalar.BOOLEAN, List.of(), javaExpression);
    }

    private static String negated(String flag) {
        return switch (flag) {
            case Register.NEVER -> "true";
            case Register.ALWAYS -> "false";
            default -> "!" + flag;
        };
    }

    /** A Java expression: the register holds this value and no null. */
    private static String is(Register register, boolean value) {
        if (register.alwaysNull()) {
            return "false";
        }
        String holds = value ? register.value() : "!" + register.value();
        return register.neverNull() ? holds : "!" + register.isNull() + " & " + holds;
    }

    /**
     * AND ({@code neutral} true) or OR. Arguments that cost less than a mispredicted branch are all computed; from the
     * first that is not so cheap on, an argument is computed only if those before have not decided.
     */
    private Register junction(List<Expression> arguments, boolean neutral) {
        int eager = 0;
        while (eager < arguments.size()
                && emitter.program().traits().of(arguments.get(eager)).cheap()) {
            eager++;
        }
        eager = Math.max(eager, 1);
        Register result = emitter.emit(arguments.get(0));
        for (int i = 1; i < eager; i++) {
            result = combine(result, emitter.emit(arguments.get(i)), neutral);
        }
        if (eager == arguments.size()) {
            return result;
        }
        Register target = emitter.declare(Scalar.BOOLEAN, true, false);
        emitter.assign(target, result);
        lazily(arguments, eager, target, neutral);
        return target;
    }

    private void lazily(List<Expression> arguments, int index, Register target, boolean neutral) {
        // Undecided: null, or the value that decides nothing.
        String undecided = target.isNull() + " | " + (neutral ? target.value() : "!" + target.value());
        emitter.block("if (" + undecided + ")", () -> {
            Register next = emitter.emit(arguments.get(index));
            emitter.assign(target, combine(target, next, neutral));
            if (index + 1 < arguments.size()) {
                lazily(arguments, index + 1, target, neutral);
            }
        });
    }

    /** Both by AND ({@code neutral} true) or OR. */
    Register combine(Register a, Register b, boolean neutral) {
        String operator = neutral ? " & " : " | ";
        if (a.neverNull() && b.neverNull()) {
            return flag(a.value() + operator + b.value());
        }
        String decidedA = is(a, !neutral);
        String decidedB = is(b, !neutral);
        String decided = emitter.fresh("v");
        emitter.line("boolean " + decided + " = (" + decidedA + ") | (" + decidedB + ");");
        String isNull = emitter.fresh("n");
        emitter.line("boolean " + isNull + " = !" + decided + " & (" + a.isNull() + " | " + b.isNull() + ");");
        return Register.of(Scalar.BOOLEAN, isNull, neutral ? "!" + decided : decided);
    }
}
