package io.laminar.execution.function;

import io.laminar.plan.expression.Expression;
import io.laminar.plan.expression.ExpressionVisitor;
import io.laminar.spi.batch.Slice;
import io.laminar.spi.function.EvaluationContext;
import io.laminar.spi.function.NullHandling;
import io.laminar.spi.text.Calendar;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Decimal;
import io.laminar.spi.type.DataType.ListType;
import io.laminar.spi.type.DataType.Scalar;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Calls functions by reflection, through nothing but the calling convention: what a test of functions says does not
 * hang on the compiler of expressions.
 */
final class ExampleEvaluator implements ExpressionVisitor<Object> {
    private static final FunctionRegistry REGISTRY = FunctionRegistry.builtin();
    /** 2024-07-01 12:34:56.789. */
    private static final long NOW = 1_719_837_296_789_000L;

    static final EvaluationContext CONTEXT = new EvaluationContext() {
        private final SplittableRandom random = new SplittableRandom(42);

        @Override
        public long now() {
            return NOW;
        }

        @Override
        public double random() {
            return random.nextDouble();
        }

        @Override
        public long randomLong() {
            return random.nextLong();
        }
    };

    /** The value of an expression as text; NULL for null. */
    static String text(String sql) {
        Expression expression = ExampleParser.parse(sql, REGISTRY);
        Object value = expression.accept(new ExampleEvaluator());
        return value == null ? "NULL" : ValueText.of(expression.type(), value);
    }

    @Override
    public Object visitLiteral(Expression.Literal literal) {
        return literal.value();
    }

    @Override
    public Object visitFunctionCall(Expression.FunctionCall call) {
        ScalarFunction function = REGISTRY.find(call.signature()).orElseThrow();
        List<Object> arguments = new ArrayList<>();
        for (Expression argument : call.arguments()) {
            Object value = argument.accept(this);
            if (value == null && function.nulls() == NullHandling.RETURNS_NULL) {
                return null;
            }
            arguments.add(value);
        }
        try {
            return invoke(function, call, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private Object invoke(ScalarFunction function, Expression.FunctionCall call, List<Object> arguments)
            throws ReflectiveOperationException {
        Class<?>[] parameters = function.method().getParameterTypes();
        Object[] actual = new Object[parameters.length];
        Slice out = new Slice();
        int next = 0;
        for (int i = 0; i < actual.length; i++) {
            switch (function.layout().get(i)) {
                case CONTEXT -> actual[i] = CONTEXT;
                case TYPES -> actual[i] = types(call);
                case ARGUMENT -> actual[i] = passed(arguments.get(next++), parameters[i]);
                case PREPARED ->
                    actual[i] = parameters[i]
                            .getMethod("prepare", Slice.class)
                            .invoke(null, passed(arguments.get(next++), Slice.class));
                case REST -> {
                    Class<?> component = parameters[i].getComponentType();
                    actual[i] = Array.newInstance(component, arguments.size() - next);
                    for (int k = 0; next < arguments.size(); k++) {
                        Array.set(actual[i], k, passed(arguments.get(next++), component));
                    }
                }
                case OUT -> actual[i] = out;
            }
        }
        Object returned = function.method().invoke(null, actual);
        if (!function.writesSlice()) {
            return returned instanceof BigDecimal decimal
                    ? decimal.setScale(((Decimal) call.type()).scale())
                    : returned;
        }
        if (Boolean.FALSE.equals(returned)) {
            return null;
        }
        return call.type() == Scalar.BYTES
                ? Arrays.copyOfRange(out.base(), out.offset(), out.offset() + out.length())
                : out.toString();
    }

    private static DataType[] types(Expression.FunctionCall call) {
        List<DataType> types =
                new ArrayList<>(call.arguments().stream().map(Expression::type).toList());
        types.add(call.type());
        return types.toArray(new DataType[0]);
    }

    /** Texts are passed as views into something larger, so that a function that forgets the offset is found out. */
    private static Object passed(Object value, Class<?> parameter) {
        if (parameter != Slice.class || value == null) {
            return value;
        }
        byte[] bytes =
                value instanceof byte[] raw ? raw : Slice.of(value.toString()).base();
        byte[] around = new byte[bytes.length + 7];
        Arrays.fill(around, (byte) '~');
        System.arraycopy(bytes, 0, around, 3, bytes.length);
        Slice slice = new Slice();
        slice.set(around, 3, bytes.length);
        return slice;
    }

    @Override
    public Object visitCast(Expression.Cast cast) {
        return widened(cast.argument().accept(this), cast.argument().type(), cast.type());
    }

    private static Object widened(Object value, DataType from, DataType to) {
        if (value == null || from.equals(to)) {
            return value;
        }
        if (to instanceof Decimal decimal) {
            return new BigDecimal(value.toString()).setScale(decimal.scale());
        }
        if (to instanceof ListType list) {
            List<Object> elements = new ArrayList<>();
            ((List<?>) value).forEach(e -> elements.add(widened(e, ((ListType) from).element(), list.element())));
            return elements;
        }
        if (from == Scalar.DATE) {
            return ((Integer) value) * Calendar.MICROS_PER_DAY;
        }
        return switch ((Scalar) to) {
            case BIGINT -> ((Number) value).longValue();
            case DOUBLE -> ((Number) value).doubleValue();
            default -> value;
        };
    }

    @Override
    public Object visitCall(Expression.Call call) {
        List<Object> values = new ArrayList<>();
        call.arguments().forEach(argument -> values.add(argument.accept(this)));
        return switch (call.operation()) {
            case ARRAY -> values;
            case MAP -> {
                Map<Object, Object> map = new LinkedHashMap<>();
                for (int i = 0; i < values.size(); i += 2) {
                    map.put(values.get(i), values.get(i + 1));
                }
                yield map;
            }
            case LESS -> compared(values) < 0;
            case GREATER -> compared(values) > 0;
            case GREATER_OR_EQUAL -> compared(values) >= 0;
            case LESS_OR_EQUAL -> compared(values) <= 0;
            case EQUAL -> compared(values) == 0;
            default -> throw new IllegalArgumentException(call.toString());
        };
    }

    @SuppressWarnings("unchecked")
    private static int compared(List<Object> values) {
        return ((Comparable<Object>) values.get(0)).compareTo(values.get(1));
    }

    @Override
    public Object visitInput(Expression.Input input) {
        throw new IllegalArgumentException(input.toString());
    }

    @Override
    public Object visitRowtime(Expression.Rowtime rowtime) {
        throw new IllegalArgumentException(rowtime.toString());
    }

    @Override
    public Object visitMember(Expression.Member member) {
        throw new IllegalArgumentException(member.toString());
    }

    @Override
    public Object visitCase(Expression.Case choice) {
        throw new IllegalArgumentException(choice.toString());
    }
}
