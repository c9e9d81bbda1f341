package io.laminar.execution.expression;

import io.laminar.plan.expression.Expression.Call;
import io.laminar.plan.expression.Operation;
import io.laminar.spi.text.NumberText;
import io.laminar.spi.type.DataType.Decimal;
import io.laminar.spi.type.Physical;
import java.util.List;

/** Arithmetic of DECIMAL: in longs where the types guarantee that they suffice, otherwise by the 128-bit kernel. */
final class DecimalEmitter {
    static final String KERNEL = "io.laminar.execution.expression.kernel.DecimalMath.";

    private final Emitter emitter;
    private final Call call;
    private final Decimal type;

    DecimalEmitter(Emitter emitter, Call call) {
        this.emitter = emitter;
        this.call = call;
        this.type = (Decimal) call.type();
    }

    Register emit(List<Register> given) {
        List<Register> arguments = given.stream().map(this::asDecimal).toList();
        return emitter.guarded(type, arguments, false, target -> compute(arguments, target));
    }

    /** Integers take part as decimals without fraction. */
    private Register asDecimal(Register number) {
        if (number.type() instanceof Decimal) {
            return number;
        }
        Decimal decimal = io.laminar.spi.type.TypeWidening.decimalOf(number.type());
        String wide = emitter.fresh("w");
        emitter.line("long " + wide + " = " + number.value() + ";");
        return decimal.physical() == Physical.LONG
                ? Register.of(decimal, number.isNull(), wide)
                : new Register(decimal, number.isNull(), List.of(wide + " >> 63", wide));
    }

    private void compute(List<Register> arguments, Register target) {
        Register a = arguments.get(0);
        if (call.operation() == Operation.NEGATE) {
            if (target.type().physical() == Physical.LONG && a.type().equals(type)) {
                emitter.line(target.value() + " = -" + a.value() + ";");
            } else {
                kernel("negate(" + operand(a), target);
            }
            return;
        }
        Register b = arguments.get(1);
        if (call.operation() == Operation.DIVIDE || call.operation() == Operation.MODULO) {
            String isZero =
                    b.parts().size() == 1 ? b.value() + " == 0L" : "(" + b.part(0) + " | " + b.part(1) + ") == 0L";
            emitter.line("if (" + isZero + ") throw divisionByZero(" + emitter.text(call) + ");");
        }
        if (!inLongs(a, b, target)) {
            kernel(name() + "(" + operand(a) + ", " + operand(b), target);
        }
    }

    private String name() {
        return switch (call.operation()) {
            case ADD -> "add";
            case SUBTRACT -> "subtract";
            case MULTIPLY -> "multiply";
            case DIVIDE -> "divide";
            default -> "modulo";
        };
    }

    private boolean inLongs(Register a, Register b, Register target) {
        Decimal left = (Decimal) a.type();
        Decimal right = (Decimal) b.type();
        boolean small = left.physical() == Physical.LONG
                && right.physical() == Physical.LONG
                && type.physical() == Physical.LONG;
        if (!small) {
            return false;
        }
        boolean sameScale = left.scale() == right.scale() && left.scale() == type.scale();
        String compute =
                target.value() + " = " + a.value() + " " + call.operation().symbol() + " " + b.value() + ";";
        int widest = Math.max(left.precision(), right.precision());
        switch (call.operation()) {
            case ADD, SUBTRACT -> {
                if (!sameScale) {
                    return false;
                }
                // Two numbers of 18 digits add up to less than a long holds.
                emitter.line(compute);
                checkPrecision(target, widest);
                return true;
            }
            case MULTIPLY -> {
                if (left.scale() + right.scale() != type.scale()) {
                    return false;
                }
                emitter.line(compute);
                if (left.precision() + right.precision() > Decimal.MAX_LONG_PRECISION) {
                    String overflows = ArithmeticEmitter.multiplyOverflows(a.value(), b.value(), target.value());
                    emitter.line("if (" + overflows + ") " + overflow());
                }
                checkPrecision(target, left.precision() + right.precision() - 1);
                return true;
            }
            case MODULO -> {
                if (!sameScale) {
                    return false;
                }
                emitter.line(compute);
                return true;
            }
            default -> {
                return false;
            }
        }
    }

    /** @param safe the most digits the result can have and still be sure to fit */
    private void checkPrecision(Register target, int safe) {
        if (type.precision() > safe) {
            return;
        }
        String limit = NumberText.tenTo(type.precision()) + "L";
        emitter.line("if (" + target.value() + " >= " + limit + " || " + target.value() + " <= -" + limit + ") "
                + overflow());
    }

    private String overflow() {
        return "throw overflow(" + emitter.text(call) + ", \"" + type.sql() + "\");";
    }

    /** Calls a kernel that writes to an Int128 and answers whether the result fits. */
    private void kernel(String callStart, Register target) {
        String out = emitter.program().register("io.laminar.spi.batch.Int128");
        emitter.line("if (!" + KERNEL + callStart + ", " + type.precision() + ", " + type.scale() + ", " + out + ")) "
                + overflow());
        take(emitter, out, target);
    }

    /** High word, low word, scale. */
    static String operand(Register register) {
        return wide(register) + ", " + ((Decimal) register.type()).scale();
    }

    /** High and low word of a decimal of either form. */
    static String wide(Register register) {
        return register.parts().size() == 2 ? register.arguments() : register.value() + " >> 63, " + register.value();
    }

    /** Moves the number from an Int128 to the target. */
    static void take(Emitter emitter, String int128, Register target) {
        if (target.parts().size() == 1) {
            emitter.line(target.value() + " = " + int128 + ".low();");
        } else {
            emitter.line(target.part(0) + " = " + int128 + ".high();");
            emitter.line(target.part(1) + " = " + int128 + ".low();");
        }
    }
}
