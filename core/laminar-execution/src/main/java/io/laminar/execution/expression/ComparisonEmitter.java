package io.laminar.execution.expression;

import io.laminar.plan.expression.Operation;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Scalar;
import java.util.List;

/** Comparisons of two values of one type. NaN equals NaN and is greater than all other numbers, as in PostgreSQL. */
final class ComparisonEmitter {
    private static final String KERNEL = "io.laminar.execution.expression.kernel.Comparisons.";

    private final Emitter emitter;

    ComparisonEmitter(Emitter emitter) {
        this.emitter = emitter;
    }

    Register emit(Operation operation, List<Register> arguments) {
        Register a = arguments.get(0);
        Register b = arguments.get(1);
        if (operation == Operation.DISTINCT || operation == Operation.NOT_DISTINCT) {
            return distinct(a, b, operation == Operation.DISTINCT);
        }
        if (a.alwaysNull() || b.alwaysNull()) {
            return Emitter.nullOf(Scalar.BOOLEAN);
        }
        requireAlike(operation, a, b);
        if (JavaTypes.isNested(a.type())) {
            Register left = emitter.whole(a);
            Register right = emitter.whole(b);
            return emitter.guarded(
                    Scalar.BOOLEAN,
                    List.of(left, right),
                    false,
                    target -> emitter.line(target.value() + " = " + test(operation, left, right) + ";"));
        }
        return emitter.pure(Scalar.BOOLEAN, List.of(a, b), test(operation, a, b));
    }

    private static void requireAlike(Operation operation, Register a, Register b) {
        boolean alike = a.type().physical() == b.type().physical()
                && (!(a.type() instanceof DataType.Decimal x)
                        || (b.type() instanceof DataType.Decimal y && x.scale() == y.scale()));
        if (!alike) {
            throw new LaminarException(
                    ErrorCode.INTERNAL,
                    operation.symbol() + " over different types: " + a.type().sql() + ", "
                            + b.type().sql());
        }
    }

    private Register distinct(Register a, Register b, boolean negate) {
        if (a.alwaysNull() || b.alwaysNull()) {
            Register other = a.alwaysNull() ? b : a;
            String flag = other.isNull();
            return emitter.pure(Scalar.BOOLEAN, List.of(), negate ? "!" + flag : flag);
        }
        requireAlike(Operation.NOT_DISTINCT, a, b);
        Register left = emitter.whole(a);
        Register right = emitter.whole(b);
        String equal = test(Operation.EQUAL, left, right);
        if (!left.neverNull() || !right.neverNull()) {
            equal = "(" + left.isNull() + " | " + right.isNull() + ") ? (" + left.isNull() + " & " + right.isNull()
                    + ") : (" + equal + ")";
        }
        return emitter.pure(Scalar.BOOLEAN, List.of(), negate ? "!(" + equal + ")" : equal);
    }

    /** A Java expression over two values that are not null. */
    private static String test(Operation operation, Register a, Register b) {
        return switch (a.type().physical()) {
            case BOOLEAN -> booleans(operation, a.value(), b.value());
            case INT, LONG -> a.value() + " " + java(operation) + " " + b.value();
            case DOUBLE -> doubles(operation, a.value(), b.value());
            case DECIMAL -> decimals(operation, a, b);
            case BYTES -> bytes(operation, a, b);
            case LIST, MAP, STRUCT -> KERNEL + "nested(" + a.value() + ", " + b.value() + ") " + java(operation) + " 0";
        };
    }

    private static String java(Operation operation) {
        return switch (operation) {
            case EQUAL -> "==";
            case NOT_EQUAL -> "!=";
            case LESS -> "<";
            case LESS_OR_EQUAL -> "<=";
            case GREATER -> ">";
            case GREATER_OR_EQUAL -> ">=";
            default -> throw new IllegalArgumentException(operation.name());
        };
    }

    private static String booleans(Operation operation, String a, String b) {
        return switch (operation) {
            case EQUAL -> a + " == " + b;
            case NOT_EQUAL -> a + " != " + b;
            case LESS -> "!" + a + " & " + b;
            case LESS_OR_EQUAL -> "!" + a + " | " + b;
            case GREATER -> a + " & !" + b;
            default -> a + " | !" + b;
        };
    }

    private static String doubles(Operation operation, String a, String b) {
        return switch (operation) {
            case EQUAL -> equalDoubles(a, b);
            case NOT_EQUAL -> "!(" + equalDoubles(a, b) + ")";
            case LESS -> lessDoubles(a, b);
            case GREATER -> lessDoubles(b, a);
            case LESS_OR_EQUAL -> "!(" + lessDoubles(b, a) + ")";
            default -> "!(" + lessDoubles(a, b) + ")";
        };
    }

    private static String equalDoubles(String a, String b) {
        return a + " == " + b + " || (" + a + " != " + a + " && " + b + " != " + b + ")";
    }

    private static String lessDoubles(String a, String b) {
        return a + " < " + b + " || (" + b + " != " + b + " && " + a + " == " + a + ")";
    }

    private static String decimals(Operation operation, Register a, Register b) {
        String compare = KERNEL + "decimals(" + a.arguments() + ", " + b.arguments() + ")";
        return compare + " " + java(operation) + " 0";
    }

    private static String bytes(Operation operation, Register a, Register b) {
        String arguments = "(" + a.arguments() + ", " + b.arguments() + ")";
        return switch (operation) {
            case EQUAL -> KERNEL + "equal" + arguments;
            case NOT_EQUAL -> "!" + KERNEL + "equal" + arguments;
            default -> KERNEL + "bytes" + arguments + " " + java(operation) + " 0";
        };
    }
}
