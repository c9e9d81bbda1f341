package io.laminar.execution.expression;

import io.laminar.execution.expression.kernel.BytesSet;
import io.laminar.execution.expression.kernel.LongSet;
import io.laminar.plan.expression.Expression;
import io.laminar.plan.expression.Expression.Call;
import io.laminar.plan.expression.Expression.Literal;
import io.laminar.plan.expression.Operation;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Physical;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** {@code x IN (...)}: a set for many constants, otherwise one comparison after the other. */
final class InEmitter {
    private static final int SET_FROM = 4;

    private final Emitter emitter;

    InEmitter(Emitter emitter) {
        this.emitter = emitter;
    }

    Register emit(Call call) {
        Expression tested = call.arguments().get(0);
        List<Expression> values = call.arguments().subList(1, call.arguments().size());
        if (values.isEmpty()) {
            return Register.of(Scalar.BOOLEAN, Register.NEVER, "false");
        }
        if (isSet(call.arguments())) {
            return inSet(emitter.emit(tested), values, tested.type().physical() == Physical.BYTES);
        }
        Register first = emitter.emit(tested);
        Register target = emitter.declare(Scalar.BOOLEAN, true, false);
        oneByOne(first, values, 0, target);
        return target;
    }

    /** Whether the values are constants that a set is made of. */
    static boolean isSet(List<Expression> arguments) {
        DataType type = arguments.get(0).type();
        Physical physical = type.physical();
        boolean fits = physical == Physical.INT
                || physical == Physical.BYTES
                || (physical == Physical.LONG && !(type instanceof DataType.Decimal));
        return fits
                && arguments.size() > SET_FROM
                && arguments.subList(1, arguments.size()).stream().allMatch(v -> v instanceof Literal);
    }

    /** The value tested is computed once, the others until one is equal. */
    private void oneByOne(Register tested, List<Expression> values, int index, Register target) {
        Register equal =
                new ComparisonEmitter(emitter).emit(Operation.EQUAL, List.of(tested, emitter.emit(values.get(index))));
        Register all = index == 0 ? equal : new LogicEmitter(emitter).combine(target, equal, false);
        emitter.assign(target, all);
        if (index + 1 < values.size()) {
            emitter.block(
                    "if (" + target.isNull() + " | !" + target.value() + ")",
                    () -> oneByOne(tested, values, index + 1, target));
        }
    }

    private Register inSet(Register tested, List<Expression> values, boolean bytes) {
        List<Object> present = new ArrayList<>();
        boolean withNull = false;
        for (Expression value : values) {
            Object constant = ((Literal) value).value();
            if (constant == null) {
                withNull = true;
            } else {
                present.add(constant);
            }
        }
        String set = bytes
                ? emitter.program()
                        .constants()
                        .field(List.of("bytes", present), BytesSet.class, () -> new BytesSet(asBytes(present)))
                : emitter.program()
                        .constants()
                        .field(List.of("longs", present), LongSet.class, () -> new LongSet(asLongs(present)));
        Register found = emitter.pure(Scalar.BOOLEAN, List.of(tested), set + ".contains(" + tested.arguments() + ")");
        if (!withNull || found.alwaysNull()) {
            return found;
        }
        // Not among the known values: it might be the unknown one.
        String isNull = emitter.fresh("n");
        emitter.line("boolean " + isNull + " = " + (found.neverNull() ? "" : found.isNull() + " | ") + "!"
                + found.value() + ";");
        return Register.of(Scalar.BOOLEAN, isNull, found.value());
    }

    private static List<byte[]> asBytes(List<Object> values) {
        return values.stream()
                .map(v -> v instanceof byte[] raw ? raw : v.toString().getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    private static long[] asLongs(List<Object> values) {
        return values.stream().mapToLong(v -> ((Number) v).longValue()).toArray();
    }
}
