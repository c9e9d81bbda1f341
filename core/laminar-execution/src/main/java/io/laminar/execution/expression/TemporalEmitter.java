package io.laminar.execution.expression;

import io.laminar.plan.expression.Expression.Call;
import io.laminar.plan.expression.Operation;
import io.laminar.spi.text.Calendar;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Decimal;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.TypeWidening;
import java.util.List;

/** Arithmetic of dates, times, timestamps and intervals. */
final class TemporalEmitter {
    private static final String KERNEL = "io.laminar.execution.expression.kernel.TemporalMath.";
    private static final String DAY = Calendar.MICROS_PER_DAY + "L";

    private final Emitter emitter;
    private final Call call;
    private final DataType type;

    TemporalEmitter(Emitter emitter, Call call) {
        this.emitter = emitter;
        this.call = call;
        this.type = call.type();
    }

    Register emit(List<Register> arguments) {
        Operation operation = call.operation();
        Register a = arguments.get(0);
        if (operation == Operation.NEGATE) {
            return kernel("subtract(0L, " + a.value(), arguments);
        }
        Register b = arguments.get(1);
        if (operation == Operation.MULTIPLY || operation == Operation.DIVIDE) {
            return TypeWidening.isNumeric(b.type()) ? scaled(a, b, arguments) : scaled(b, a, arguments);
        }
        if (operation == Operation.ADD && isInterval(a.type()) && !isInterval(b.type())) {
            return shift(b, a, arguments);
        }
        if (operation == Operation.ADD || (operation == Operation.SUBTRACT && !isPoint(b.type()))) {
            return shift(a, b, arguments);
        }
        if (operation == Operation.SUBTRACT) {
            return difference(a, b, arguments);
        }
        throw ArithmeticEmitter.unknown(call, arguments);
    }

    private static boolean isInterval(DataType type) {
        return type == Scalar.INTERVAL || type == Scalar.INTERVAL_MONTHS;
    }

    private static boolean isPoint(DataType type) {
        return type == Scalar.DATE || type == Scalar.TIME || type == Scalar.TIMESTAMP || type == Scalar.TIMESTAMPTZ;
    }

    /** Calls a kernel that gives a long and throws ArithmeticException where it has none. */
    private Register kernel(String callStart, List<Register> arguments) {
        return emitter.guarded(type, arguments, false, target -> {
            String result = KERNEL + callStart + ")";
            String wide = emitter.fresh("w");
            emitter.line("long " + wide + " = " + result + ";");
            emitter.line("if (" + wide + " == " + KERNEL + "OVERFLOW) throw overflow(" + emitter.text(call) + ", \""
                    + type.sql() + "\");");
            emitter.line(
                    target.value() + " = " + (JavaTypes.of(type).get(0).equals("int") ? "(int) " : "") + wide + ";");
        });
    }

    private Register scaled(Register interval, Register number, List<Register> arguments) {
        if (!isInterval(interval.type())) {
            throw ArithmeticEmitter.unknown(call, arguments);
        }
        boolean division = call.operation() == Operation.DIVIDE;
        String factor = number.type() instanceof Decimal
                ? DecimalEmitter.KERNEL + "toDouble(" + DecimalEmitter.operand(number) + ")"
                : number.value();
        boolean exact = TypeWidening.isInteger(number.type());
        if (!division) {
            return kernel((exact ? "multiply(" : "scale(") + interval.value() + ", " + factor, arguments);
        }
        String divisor = emitter.fresh("w");
        emitter.line("double " + divisor + " = " + factor + ";");
        String flag = emitter.anyNull(arguments);
        String zero = divisor + " == 0.0D" + (flag.equals(Register.NEVER) ? "" : " && !" + flag);
        emitter.line("if (" + zero + ") throw divisionByZero(" + emitter.text(call) + ");");
        return kernel("divide(" + interval.value() + ", " + divisor, arguments);
    }

    /** A point in time, a date or an interval moved by an interval or by a number of days. */
    private Register shift(Register base, Register step, List<Register> arguments) {
        boolean minus = call.operation() == Operation.SUBTRACT;
        String name = minus ? "subtract" : "add";
        if (base.type() == Scalar.DATE && TypeWidening.isInteger(step.type())) {
            return kernel(name + "Days(" + base.value() + ", " + step.value(), arguments);
        }
        if (step.type() == Scalar.DATE && TypeWidening.isInteger(base.type()) && !minus) {
            return kernel("addDays(" + step.value() + ", " + base.value(), arguments);
        }
        if (!isInterval(step.type())) {
            throw ArithmeticEmitter.unknown(call, arguments);
        }
        if (step.type() == Scalar.INTERVAL_MONTHS && base.type() != Scalar.INTERVAL_MONTHS) {
            return months(base, step, minus, arguments);
        }
        if (base.type() == Scalar.TIME) {
            return kernel("timeOfDay(" + base.value() + ", " + (minus ? "-" : "") + step.value(), arguments);
        }
        if (base.type() == Scalar.DATE) {
            String start = "(long) " + base.value() + " * " + DAY;
            String moved = name + "(" + start + ", " + step.value();
            return kernel(type == Scalar.DATE ? "dayOf(" + KERNEL + moved + ")" : moved, arguments);
        }
        return kernel(name + "(" + base.value() + ", " + step.value(), arguments);
    }

    private Register months(Register base, Register step, boolean minus, List<Register> arguments) {
        String count = (minus ? "-" : "") + step.value();
        if (base.type() == Scalar.DATE) {
            String moved = "addMonthsToDate(" + base.value() + ", " + count;
            return kernel(type == Scalar.DATE ? moved : "startOf(" + KERNEL + moved + ")", arguments);
        }
        if (base.type() == Scalar.TIMESTAMP || base.type() == Scalar.TIMESTAMPTZ) {
            return kernel("addMonths(" + base.value() + ", " + count, arguments);
        }
        throw ArithmeticEmitter.unknown(call, arguments);
    }

    private Register difference(Register a, Register b, List<Register> arguments) {
        if (a.type() == Scalar.DATE && b.type() == Scalar.DATE) {
            String days = "(long) " + a.value() + " - " + b.value();
            if (type == Scalar.INTERVAL) {
                return emitter.pure(type, arguments, "(" + days + ") * " + DAY);
            }
            String cast = JavaTypes.of(type).get(0).equals("int") ? "(int) (" : "(";
            return emitter.pure(type, arguments, cast + days + ")");
        }
        return kernel("subtract(" + micros(a) + ", " + micros(b), arguments);
    }

    private static String micros(Register point) {
        return point.type() == Scalar.DATE ? "(long) " + point.value() + " * " + DAY : point.value();
    }
}
