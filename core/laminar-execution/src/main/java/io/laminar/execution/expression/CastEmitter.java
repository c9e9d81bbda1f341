package io.laminar.execution.expression;

import io.laminar.execution.expression.kernel.ValueCast;
import io.laminar.plan.expression.Expression.Cast;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.text.Calendar;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Decimal;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.TypeWidening;
import java.util.List;

/** Conversions between types. A value without counterpart is an error, or NULL if the cast is lenient. */
final class CastEmitter {
    static final String NUMBERS = "io.laminar.execution.expression.kernel.NumberCasts.";
    static final String TEXTS = "io.laminar.execution.expression.kernel.TextCasts.";

    private final Emitter emitter;
    private final Cast cast;
    private final DataType to;

    CastEmitter(Emitter emitter, Cast cast) {
        this.emitter = emitter;
        this.cast = cast;
        this.to = cast.type();
    }

    Register emit() {
        Register argument = emitter.emit(cast.argument());
        DataType from = argument.type();
        if (from.equals(to)) {
            return argument;
        }
        if (argument.alwaysNull() || from == Scalar.NULL) {
            return Emitter.nullOf(to);
        }
        if (JavaTypes.isNested(from) || JavaTypes.isNested(to)) {
            return nested(argument);
        }
        if (from == Scalar.TEXT || from == Scalar.JSON) {
            return fromText(argument);
        }
        if (to == Scalar.TEXT || to == Scalar.JSON) {
            return toText(argument);
        }
        if (from instanceof Decimal decimal) {
            return fromDecimal(argument, decimal);
        }
        if (to instanceof Decimal decimal) {
            return toDecimal(argument, decimal);
        }
        if (isNumberOrBoolean(from) && isNumberOrBoolean(to)) {
            return TypeWidening.isFloating(from) ? fromFloating(argument) : fromInteger(argument);
        }
        return temporal(argument);
    }

    private static boolean isNumberOrBoolean(DataType type) {
        return type == Scalar.BOOLEAN || TypeWidening.isNumeric(type);
    }

    private LaminarException unsupported(DataType from) {
        return new LaminarException(
                ErrorCode.TYPE_MISMATCH,
                "there is no cast from " + from.sql() + " to " + to.sql() + ": "
                        + emitter.program().describe(cast));
    }

    /** What happens to a value without counterpart. */
    private String refuse(Register target, String exception) {
        return cast.lenient() ? "{ " + target.isNull() + " = true; }" : "throw " + exception + ";";
    }

    private String overflow() {
        return "overflow(" + emitter.text(cast) + ", \"" + to.sql() + "\")";
    }

    // Numbers.

    private Register fromInteger(Register argument) {
        DataType from = argument.type();
        String value = from == Scalar.BOOLEAN ? "(" + argument.value() + " ? 1 : 0)" : argument.value();
        if (to == Scalar.BOOLEAN) {
            return emitter.pure(to, List.of(argument), value + " != 0");
        }
        if (to == Scalar.DOUBLE) {
            return emitter.pure(to, List.of(argument), "(double) " + value);
        }
        if (to == Scalar.FLOAT) {
            return emitter.pure(to, List.of(argument), "(double) (float) " + value);
        }
        boolean widens = from == Scalar.BOOLEAN || TypeWidening.cost(from, to).isPresent();
        if (widens) {
            return emitter.pure(to, List.of(argument), value);
        }
        return emitter.guarded(to, List.of(argument), cast.lenient(), target -> {
            String wide = emitter.fresh("w");
            emitter.line("long " + wide + " = " + value + ";");
            emitter.line("if (" + ArithmeticEmitter.outside(wide, to) + ") " + refuse(target, overflow()));
            emitter.line("else " + target.value() + " = (int) " + wide + ";");
        });
    }

    private Register fromFloating(Register argument) {
        String value = argument.value();
        if (to == Scalar.BOOLEAN) {
            return emitter.pure(to, List.of(argument), value + " != 0.0D");
        }
        if (to == Scalar.DOUBLE) {
            return emitter.pure(to, List.of(argument), value);
        }
        if (to == Scalar.FLOAT) {
            return emitter.guarded(to, List.of(argument), cast.lenient(), target -> {
                emitter.line("if (" + NUMBERS + "exceedsFloat(" + value + ")) " + refuse(target, overflow()));
                emitter.line("else " + target.value() + " = (double) (float) " + value + ";");
            });
        }
        return emitter.guarded(to, List.of(argument), cast.lenient(), target -> {
            String whole = emitter.fresh("w");
            emitter.line("double " + whole + " = Math.rint(" + value + ");");
            emitter.line("if (!" + floatingFits(whole) + ") " + refuse(target, overflow()));
            emitter.line("else " + target.value() + " = (" + JavaTypes.of(to).get(0) + ") " + whole + ";");
        });
    }

    private String floatingFits(String whole) {
        return switch ((Scalar) to) {
            case TINYINT -> NUMBERS + "fits(" + whole + ", -128.0D, 127.0D)";
            case SMALLINT -> NUMBERS + "fits(" + whole + ", -32768.0D, 32767.0D)";
            case INT -> NUMBERS + "fits(" + whole + ", -2147483648.0D, 2147483647.0D)";
            default -> NUMBERS + "fitsLong(" + whole + ")";
        };
    }

    private Register toDecimal(Register argument, Decimal decimal) {
        DataType from = argument.type();
        if (!isNumberOrBoolean(from)) {
            throw unsupported(from);
        }
        return emitter.guarded(to, List.of(argument), cast.lenient(), target -> {
            String end = decimal.precision() + ", " + decimal.scale() + ", ";
            String out = emitter.program().register("io.laminar.spi.batch.Int128");
            String fits;
            if (TypeWidening.isFloating(from)) {
                fits = "fromDouble(" + argument.value() + ", " + (from == Scalar.FLOAT) + ", " + end + out + ")";
            } else {
                String wide = emitter.fresh("w");
                String value = from == Scalar.BOOLEAN ? argument.value() + " ? 1L : 0L" : argument.value();
                emitter.line("long " + wide + " = " + value + ";");
                fits = "rescale(" + wide + " >> 63, " + wide + ", 0, " + end + out + ")";
            }
            takeDecimal(fits, out, target);
        });
    }

    private void takeDecimal(String kernelCall, String out, Register target) {
        emitter.line("if (!" + DecimalEmitter.KERNEL + kernelCall + ") " + refuse(target, overflow()));
        emitter.block("else", () -> DecimalEmitter.take(emitter, out, target));
    }

    private Register fromDecimal(Register argument, Decimal from) {
        List<Register> arguments = List.of(argument);
        String wide = DecimalEmitter.wide(argument);
        if (to == Scalar.DOUBLE || to == Scalar.FLOAT) {
            String value = DecimalEmitter.KERNEL + "toDouble(" + wide + ", " + from.scale() + ")";
            return emitter.guarded(
                    to,
                    arguments,
                    false,
                    target -> emitter.line(
                            target.value() + " = " + (to == Scalar.FLOAT ? "(double) (float) " : "") + value + ";"));
        }
        if (to instanceof Decimal decimal) {
            return rescaled(argument, from, decimal);
        }
        if (to == Scalar.BOOLEAN) {
            String isZero = argument.parts().size() == 1
                    ? argument.value() + " != 0L"
                    : "(" + argument.part(0) + " | " + argument.part(1) + ") != 0L";
            return emitter.pure(to, arguments, isZero);
        }
        if (!TypeWidening.isInteger(to)) {
            throw unsupported(from);
        }
        return emitter.guarded(to, arguments, cast.lenient(), target -> {
            String out = emitter.program().register("io.laminar.spi.batch.Int128");
            String fits = DecimalEmitter.KERNEL + "rescale(" + wide + ", " + from.scale() + ", 38, 0, " + out + ") && "
                    + out + ".fitsLong()";
            String narrow = to == Scalar.BIGINT ? "" : " && !(" + ArithmeticEmitter.outside(out + ".low()", to) + ")";
            String conversion = to == Scalar.BIGINT ? "" : "(int) ";
            emitter.line("if (" + fits + narrow + ") " + target.value() + " = " + conversion + out + ".low();");
            emitter.line("else " + refuse(target, overflow()));
        });
    }

    private Register rescaled(Register argument, Decimal from, Decimal decimal) {
        boolean widens = from.scale() == decimal.scale() && from.precision() <= decimal.precision();
        if (widens) {
            return argument.parts().size() == JavaTypes.of(to).size()
                    ? new Register(to, argument.isNull(), argument.parts())
                    : new Register(
                            to, argument.isNull(), List.of("(" + argument.value() + " >> 63)", argument.value()));
        }
        return emitter.guarded(to, List.of(argument), cast.lenient(), target -> {
            String out = emitter.program().register("io.laminar.spi.batch.Int128");
            String fits = "rescale(" + DecimalEmitter.wide(argument) + ", " + from.scale() + ", " + decimal.precision()
                    + ", " + decimal.scale() + ", " + out + ")";
            takeDecimal(fits, out, target);
        });
    }

    // Times.

    private Register temporal(Register argument) {
        DataType from = argument.type();
        List<Register> arguments = List.of(argument);
        String value = argument.value();
        boolean fromTimestamp = from == Scalar.TIMESTAMP || from == Scalar.TIMESTAMPTZ;
        boolean toTimestamp = to == Scalar.TIMESTAMP || to == Scalar.TIMESTAMPTZ;
        String calendar = "io.laminar.spi.text.Calendar.";
        if (fromTimestamp && toTimestamp || from == Scalar.TIME && to == Scalar.INTERVAL) {
            return new Register(to, argument.isNull(), argument.parts());
        }
        if (from == Scalar.DATE && toTimestamp) {
            return emitter.pure(to, arguments, "(long) " + value + " * " + Calendar.MICROS_PER_DAY + "L");
        }
        if (fromTimestamp && to == Scalar.DATE) {
            return emitter.pure(to, arguments, "(int) " + calendar + "dayOf(" + value + ")");
        }
        if ((fromTimestamp || from == Scalar.INTERVAL) && to == Scalar.TIME) {
            return emitter.pure(to, arguments, calendar + "timeOf(" + value + ")");
        }
        throw unsupported(from);
    }

    // Texts.

    private Register toText(Register argument) {
        DataType from = argument.type();
        if (from == Scalar.BYTES && to == Scalar.JSON) {
            throw unsupported(from);
        }
        String call = TextCasts.writer(from);
        if (to == Scalar.JSON) {
            call = TextCasts.jsonWriter(from, call);
        }
        String method = call;
        String slice = emitter.program().register("io.laminar.spi.batch.Slice");
        String scale = from instanceof Decimal decimal ? ", " + decimal.scale() : "";
        String value = from instanceof Decimal ? DecimalEmitter.wide(argument) : argument.arguments();
        return emitter.guarded(to, List.of(argument), false, target -> {
            emitter.line(TEXTS + method + "(" + value + scale + ", " + slice + ");");
            takeSlice(emitter, slice, target);
        });
    }

    static void takeSlice(Emitter emitter, String slice, Register target) {
        emitter.line(target.part(0) + " = " + slice + ".base();");
        emitter.line(target.part(1) + " = " + slice + ".offset();");
        emitter.line(target.part(2) + " = " + slice + ".length();");
    }

    private Register fromText(Register argument) {
        DataType from = argument.type();
        if (from == Scalar.JSON && to == Scalar.TEXT) {
            return new Register(to, argument.isNull(), argument.parts());
        }
        if (from == Scalar.TEXT && to == Scalar.JSON) {
            return emitter.guarded(to, List.of(argument), cast.lenient(), target -> {
                emitter.line("if (!io.laminar.execution.expression.kernel.JsonText.isValid(" + argument.arguments()
                        + ")) " + refuse(target, invalid(argument)));
                emitter.block(
                        "else",
                        () -> emitter.assign(
                                new Register(to, Register.NEVER, target.parts()),
                                new Register(to, Register.NEVER, argument.parts())));
            });
        }
        boolean json = from == Scalar.JSON;
        return emitter.guarded(to, List.of(argument), cast.lenient() || json, target -> {
            Register text = argument;
            if (json) {
                String slice = emitter.program().register("io.laminar.spi.batch.Slice");
                String kind = emitter.fresh("w");
                emitter.line("int " + kind + " = io.laminar.execution.expression.kernel.JsonText.scalar("
                        + argument.arguments() + ", " + slice + ");");
                text = new Register(
                        Scalar.TEXT,
                        Register.NEVER,
                        List.of(slice + ".base()", slice + ".offset()", slice + ".length()"));
                Register content = text;
                emitter.block("if (" + kind + " == 0)", () -> emitter.line(target.isNull() + " = true;"));
                emitter.block("else", () -> parse(content, argument, target));
                return;
            }
            parse(text, argument, target);
        });
    }

    private String invalid(Register argument) {
        return TEXTS + "invalid(" + argument.arguments() + ", \"" + to.sql() + "\", text(" + emitter.text(cast) + "))";
    }

    private void parse(Register text, Register original, Register target) {
        String bytes = text.arguments();
        String refusal = refuse(target, invalid(original));
        if (to instanceof Decimal decimal) {
            String out = emitter.program().register("io.laminar.spi.batch.Int128");
            emitter.line("if (!" + TEXTS + "toDecimal(" + bytes + ", " + decimal.precision() + ", " + decimal.scale()
                    + ", " + out + ")) " + refusal);
            emitter.block("else", () -> DecimalEmitter.take(emitter, out, target));
            return;
        }
        switch ((Scalar) to) {
            case BOOLEAN -> {
                String parsed = emitter.fresh("w");
                emitter.line("int " + parsed + " = " + TEXTS + "toBoolean(" + bytes + ");");
                emitter.line("if (" + parsed + " < 0) " + refusal);
                emitter.line("else " + target.value() + " = " + parsed + " == 1;");
            }
            case TINYINT, SMALLINT, INT, BIGINT -> {
                String out = emitter.program().array("long");
                String range = to == Scalar.BIGINT ? "" : " || " + ArithmeticEmitter.outside(out + "[0]", to);
                emitter.line("if (!" + TEXTS + "toLong(" + bytes + ", " + out + ")" + range + ") " + refusal);
                emitter.line(
                        "else " + target.value() + " = (" + JavaTypes.of(to).get(0) + ") " + out + "[0];");
            }
            case FLOAT, DOUBLE -> {
                String out = emitter.program().array("double");
                emitter.line("if (!" + TEXTS + "to" + (to == Scalar.FLOAT ? "Float" : "Double") + "(" + bytes + ", "
                        + out + ")) " + refusal);
                emitter.line("else " + target.value() + " = " + out + "[0];");
            }
            case DATE, TIME, TIMESTAMP, TIMESTAMPTZ, INTERVAL, INTERVAL_MONTHS -> {
                String parsed = emitter.fresh("w");
                emitter.line("long " + parsed + " = " + TEXTS + TextCasts.reader((Scalar) to) + "(" + bytes + ");");
                emitter.line("if (" + parsed + " == io.laminar.spi.text.TemporalText.INVALID) " + refusal);
                emitter.line(
                        "else " + target.value() + " = (" + JavaTypes.of(to).get(0) + ") " + parsed + ";");
            }
            case BYTES -> {
                String slice = emitter.program().register("io.laminar.spi.batch.Slice");
                emitter.line("if (!" + TEXTS + "toBytes(" + bytes + ", " + slice + ")) " + refusal);
                emitter.block("else", () -> takeSlice(emitter, slice, target));
            }
            default -> throw unsupported(text.type());
        }
    }

    // Nested types, value by value.

    private Register nested(Register argument) {
        Register object = new NestedEmitter(emitter).object(argument);
        DataType from = argument.type();
        String conversion = emitter.program()
                .constants()
                .field(
                        List.of(from, to, cast.lenient()),
                        ValueCast.class,
                        () -> ValueCast.of(from, to, cast.lenient()));
        return emitter.guarded(to, List.of(object), true, target -> {
            String result = emitter.fresh("w");
            emitter.line("Object " + result + " = " + conversion + ".apply(" + object.value() + ", text("
                    + emitter.text(cast) + "));");
            emitter.line(target.isNull() + " = " + result + " == null;");
            emitter.block("if (" + result + " != null)", () -> new NestedEmitter(emitter).unbox(result, target));
        });
    }

    /** Names of the kernels per type. */
    static final class TextCasts {
        private TextCasts() {}

        static String writer(DataType from) {
            if (from instanceof Decimal) {
                return "ofDecimal";
            }
            return switch ((Scalar) from) {
                case BOOLEAN -> "ofBoolean";
                case TINYINT, SMALLINT, INT, BIGINT -> "ofLong";
                case FLOAT -> "ofFloat";
                case DOUBLE -> "ofDouble";
                case BYTES -> "ofBytes";
                case DATE -> "ofDate";
                case TIME -> "ofTime";
                case TIMESTAMP -> "ofTimestamp";
                case TIMESTAMPTZ -> "ofTimestampTz";
                case INTERVAL -> "ofInterval";
                case INTERVAL_MONTHS -> "ofMonths";
                default -> throw new IllegalArgumentException(from.sql());
            };
        }

        /** Numbers that JSON knows and truth values are written as they are, everything else as a string. */
        static String jsonWriter(DataType from, String writer) {
            boolean plain = from instanceof Decimal || from == Scalar.BOOLEAN || TypeWidening.isInteger(from);
            return plain ? writer : "json" + writer.substring("of".length());
        }

        static String reader(Scalar to) {
            return switch (to) {
                case DATE -> "toDate";
                case TIME -> "toTime";
                case TIMESTAMP, TIMESTAMPTZ -> "toTimestamp";
                case INTERVAL -> "toInterval";
                default -> "toMonths";
            };
        }
    }
}
