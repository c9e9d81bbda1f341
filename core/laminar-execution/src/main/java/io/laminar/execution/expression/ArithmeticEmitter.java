package io.laminar.execution.expression;

import io.laminar.plan.expression.Expression.Call;
import io.laminar.plan.expression.Operation;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Decimal;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.TypeWidening;
import java.util.List;

/** Addition, subtraction, multiplication, division, remainder and negation of numbers. */
final class ArithmeticEmitter {
    private final Emitter emitter;
    private final Call call;

    ArithmeticEmitter(Emitter emitter, Call call) {
        this.emitter = emitter;
        this.call = call;
    }

    Register emit() {
        List<Register> arguments = emitter.emitAll(call.arguments());
        DataType type = call.type();
        if (arguments.stream().anyMatch(Register::alwaysNull)) {
            return Emitter.nullOf(type);
        }
        boolean numbers = arguments.stream().allMatch(a -> TypeWidening.isNumeric(a.type()));
        if (!numbers) {
            return new TemporalEmitter(emitter, call).emit(arguments);
        }
        if (type instanceof Decimal) {
            return new DecimalEmitter(emitter, call).emit(arguments);
        }
        if (type == Scalar.DOUBLE || type == Scalar.FLOAT) {
            return floating(arguments);
        }
        if (type == Scalar.BIGINT) {
            return longs(arguments);
        }
        if (TypeWidening.isInteger(type)) {
            return ints(arguments, (Scalar) type);
        }
        throw unknown(call, arguments);
    }

    static LaminarException unknown(Call call, List<Register> arguments) {
        return new LaminarException(
                ErrorCode.INTERNAL,
                "no operation " + call.operation().symbol() + " over " + Emitter.typeNames(arguments) + " giving "
                        + call.type().sql());
    }

    private Register floating(List<Register> arguments) {
        boolean single = call.type() == Scalar.FLOAT;
        String a = arguments.get(0).value();
        if (call.operation() == Operation.NEGATE) {
            return emitter.pure(call.type(), arguments, "-" + a);
        }
        String b = arguments.get(1).value();
        String compute = a + " " + call.operation().symbol() + " " + b;
        String rounded = single ? "(double) (float) (" + compute + ")" : compute;
        if (call.operation() != Operation.DIVIDE && call.operation() != Operation.MODULO) {
            return emitter.pure(call.type(), arguments, rounded);
        }
        return emitter.guarded(call.type(), arguments, false, target -> {
            refuseZero(b + " == 0.0D");
            emitter.line(target.value() + " = " + rounded + ";");
        });
    }

    private void refuseZero(String isZero) {
        emitter.line("if (" + isZero + ") throw divisionByZero(" + emitter.text(call) + ");");
    }

    private String overflow() {
        return "throw overflow(" + emitter.text(call) + ", \"" + call.type().sql() + "\");";
    }

    /** TINYINT, SMALLINT and INT are computed as long, where nothing overflows, and then held against the range. */
    private Register ints(List<Register> arguments, Scalar type) {
        String a = arguments.get(0).value();
        return emitter.guarded(type, arguments, false, target -> {
            String wide = emitter.fresh("w");
            if (call.operation() == Operation.NEGATE) {
                emitter.line("long " + wide + " = -(long) " + a + ";");
            } else {
                String b = arguments.get(1).value();
                if (call.operation() == Operation.DIVIDE || call.operation() == Operation.MODULO) {
                    refuseZero(b + " == 0");
                }
                emitter.line("long " + wide + " = (long) " + a + " "
                        + call.operation().symbol() + " " + b + ";");
            }
            if (call.operation() != Operation.MODULO) {
                emitter.line("if (" + outside(wide, type) + ") " + overflow());
            }
            emitter.line(target.value() + " = (int) " + wide + ";");
        });
    }

    /** A Java expression: a long does not fit TINYINT, SMALLINT or INT. */
    static String outside(String wide, DataType type) {
        String narrowed =
                switch ((Scalar) type) {
                    case TINYINT -> "(byte) ";
                    case SMALLINT -> "(short) ";
                    default -> "(int) ";
                };
        return wide + " != (long) " + narrowed + wide;
    }

    private Register longs(List<Register> arguments) {
        String a = arguments.get(0).value();
        return emitter.guarded(Scalar.BIGINT, arguments, false, target -> {
            String v = target.value();
            if (call.operation() == Operation.NEGATE) {
                emitter.line("if (" + a + " == Long.MIN_VALUE) " + overflow());
                emitter.line(v + " = -" + a + ";");
                return;
            }
            String b = arguments.get(1).value();
            switch (call.operation()) {
                case ADD -> {
                    emitter.line(v + " = " + a + " + " + b + ";");
                    emitter.line("if (" + addOverflows(a, b, v) + ") " + overflow());
                }
                case SUBTRACT -> {
                    emitter.line(v + " = " + a + " - " + b + ";");
                    emitter.line("if (" + subtractOverflows(a, b, v) + ") " + overflow());
                }
                case MULTIPLY -> {
                    emitter.line(v + " = " + a + " * " + b + ";");
                    emitter.line("if (" + multiplyOverflows(a, b, v) + ") " + overflow());
                }
                case DIVIDE -> {
                    refuseZero(b + " == 0L");
                    emitter.line("if (" + a + " == Long.MIN_VALUE && " + b + " == -1L) " + overflow());
                    emitter.line(v + " = " + a + " / " + b + ";");
                }
                case MODULO -> {
                    refuseZero(b + " == 0L");
                    emitter.line(v + " = " + a + " % " + b + ";");
                }
                default -> throw unknown(call, arguments);
            }
        });
    }

    static String addOverflows(String a, String b, String sum) {
        return "((" + a + " ^ " + sum + ") & (" + b + " ^ " + sum + ")) < 0L";
    }

    static String subtractOverflows(String a, String b, String difference) {
        return "((" + a + " ^ " + b + ") & (" + a + " ^ " + difference + ")) < 0L";
    }

    static String multiplyOverflows(String a, String b, String product) {
        return "Math.multiplyHigh(" + a + ", " + b + ") != " + product + " >> 63";
    }
}
