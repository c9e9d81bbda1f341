package io.laminar.execution.expression;

import io.laminar.execution.expression.kernel.ValueCast;
import io.laminar.plan.expression.Expression;
import io.laminar.plan.expression.ExpressionVisitor;
import io.laminar.plan.expression.Operation;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Decimal;
import io.laminar.spi.type.DataType.Scalar;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Computes expressions one row at a time over plain objects, as slowly and plainly as possible: the compiler's oracle. */
final class Interpreter implements ExpressionVisitor<Object> {
    private static final BigInteger DAY = BigInteger.valueOf(86_400_000_000L);

    private final List<?> row;
    private final long rowtime;

    Interpreter(List<?> row, long rowtime) {
        this.row = row;
        this.rowtime = rowtime;
    }

    Object eval(Expression expression) {
        return expression.accept(this);
    }

    @Override
    public Object visitInput(Expression.Input input) {
        return row.get(input.index());
    }

    @Override
    public Object visitRowtime(Expression.Rowtime time) {
        return rowtime;
    }

    @Override
    public Object visitMember(Expression.Member member) {
        List<?> struct = (List<?>) eval(member.struct());
        return struct == null ? null : struct.get(member.index());
    }

    @Override
    public Object visitLiteral(Expression.Literal literal) {
        return literal.value();
    }

    @Override
    public Object visitFunctionCall(Expression.FunctionCall call) {
        throw new UnsupportedOperationException(call.name());
    }

    @Override
    public Object visitCast(Expression.Cast cast) {
        Object value = eval(cast.argument());
        return ValueCast.of(cast.argument().type(), cast.type(), cast.lenient()).apply(value, "cast");
    }

    @Override
    public Object visitCase(Expression.Case choice) {
        for (Expression.Case.Branch branch : choice.branches()) {
            if (Boolean.TRUE.equals(eval(branch.condition()))) {
                return eval(branch.value());
            }
        }
        return eval(choice.otherwise());
    }

    @Override
    public Object visitCall(Expression.Call call) {
        return switch (call.operation()) {
            case AND -> junction(call.arguments(), false);
            case OR -> junction(call.arguments(), true);
            case COALESCE -> {
                for (Expression argument : call.arguments()) {
                    Object value = eval(argument);
                    if (value != null) {
                        yield value;
                    }
                }
                yield null;
            }
            default -> strict(call);
        };
    }

    private Object junction(List<Expression> arguments, boolean decisive) {
        boolean unknown = false;
        for (Expression argument : arguments) {
            Object value = eval(argument);
            if (value == null) {
                unknown = true;
            } else if ((Boolean) value == decisive) {
                return decisive;
            }
        }
        return unknown ? null : !decisive;
    }

    private Object strict(Expression.Call call) {
        Operation operation = call.operation();
        if (operation == Operation.IN) {
            return in(call);
        }
        List<Object> values = new ArrayList<>();
        call.arguments().forEach(a -> values.add(eval(a)));
        Object a = values.get(0);
        switch (operation) {
            case IS_NULL:
                return a == null;
            case IS_NOT_NULL:
                return a != null;
            case IS_TRUE:
                return Boolean.TRUE.equals(a);
            case IS_NOT_TRUE:
                return !Boolean.TRUE.equals(a);
            case IS_FALSE:
                return Boolean.FALSE.equals(a);
            case IS_NOT_FALSE:
                return !Boolean.FALSE.equals(a);
            case DISTINCT:
                return !same(a, values.get(1));
            case NOT_DISTINCT:
                return same(a, values.get(1));
            case ARRAY:
            case STRUCT:
                return values;
            case MAP:
                return map(values);
            default:
                break;
        }
        if (values.contains(null)) {
            return null;
        }
        Object b = values.size() > 1 ? values.get(1) : null;
        return switch (operation) {
            case NOT -> !(Boolean) a;
            case EQUAL -> compare(a, b) == 0;
            case NOT_EQUAL -> compare(a, b) != 0;
            case LESS -> compare(a, b) < 0;
            case LESS_OR_EQUAL -> compare(a, b) <= 0;
            case GREATER -> compare(a, b) > 0;
            case GREATER_OR_EQUAL -> compare(a, b) >= 0;
            case CONCAT -> {
                StringBuilder out = new StringBuilder();
                values.forEach(out::append);
                yield out.toString();
            }
            case LIKE, ILIKE -> like((String) a, (String) b, (String) values.get(2), operation == Operation.ILIKE);
            case ELEMENT -> element(a, b);
            default -> arithmetic(call, values);
        };
    }

    private static Map<Object, Object> map(List<Object> values) {
        Map<Object, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < values.size(); i += 2) {
            if (values.get(i) == null) {
                throw new LaminarException(ErrorCode.INVALID_ARGUMENT, "null key");
            }
            map.put(values.get(i), values.get(i + 1));
        }
        return map;
    }

    private Object in(Expression.Call call) {
        Object tested = eval(call.arguments().get(0));
        boolean unknown = tested == null;
        for (Expression candidate : call.arguments().subList(1, call.arguments().size())) {
            Object value = eval(candidate);
            if (tested == null || value == null) {
                unknown = true;
            } else if (compare(tested, value) == 0) {
                return true;
            }
        }
        return unknown ? null : false;
    }

    private static Object element(Object container, Object index) {
        if (container instanceof Map<?, ?> map) {
            return map.get(index);
        }
        List<?> list = (List<?>) container;
        long position = ((Number) index).longValue();
        return position >= 1 && position <= list.size() ? list.get((int) position - 1) : null;
    }

    private static boolean like(String text, String pattern, String escape, boolean ignoreCase) {
        StringBuilder regex = new StringBuilder();
        int[] points = pattern.codePoints().toArray();
        for (int i = 0; i < points.length; i++) {
            if (!escape.isEmpty() && points[i] == escape.codePointAt(0)) {
                if (i + 1 == points.length) {
                    throw new LaminarException(ErrorCode.INVALID_ARGUMENT, "escape at end");
                }
                regex.append(Pattern.quote(Character.toString(points[++i])));
            } else if (points[i] == '%') {
                regex.append(".*");
            } else if (points[i] == '_') {
                regex.append('.');
            } else {
                regex.append(Pattern.quote(Character.toString(points[i])));
            }
        }
        int flags = Pattern.DOTALL | (ignoreCase ? Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE : 0);
        return Pattern.compile(regex.toString(), flags).matcher(text).matches();
    }

    static boolean same(Object a, Object b) {
        return a == null || b == null ? a == b : compare(a, b) == 0;
    }

    @SuppressWarnings("unchecked")
    static int compare(Object a, Object b) {
        if (a instanceof List<?> x && b instanceof List<?> y) {
            for (int i = 0; i < Math.min(x.size(), y.size()); i++) {
                Object p = x.get(i);
                Object q = y.get(i);
                int order = p == null || q == null ? Boolean.compare(p == null, q == null) : compare(p, q);
                if (order != 0) {
                    return order;
                }
            }
            return Integer.compare(x.size(), y.size());
        }
        if (a instanceof Double x && b instanceof Double y) {
            return x.doubleValue() == y.doubleValue() ? 0 : Double.compare(x, y);
        }
        if (a instanceof String x && b instanceof String y) {
            return Arrays.compareUnsigned(x.getBytes(StandardCharsets.UTF_8), y.getBytes(StandardCharsets.UTF_8));
        }
        if (a instanceof byte[] x && b instanceof byte[] y) {
            return Arrays.compareUnsigned(x, y);
        }
        return ((Comparable<Object>) a).compareTo(b);
    }

    // Arithmetic, always exact first.

    private static Object arithmetic(Expression.Call call, List<Object> values) {
        DataType type = call.type();
        DataType first = call.arguments().get(0).type();
        boolean temporal = call.arguments().stream().anyMatch(e -> isTemporal(e.type()));
        if (temporal) {
            return temporal(call, values);
        }
        if (type == Scalar.DOUBLE || type == Scalar.FLOAT) {
            double result = doubles(call.operation(), values);
            return type == Scalar.FLOAT ? (double) (float) result : result;
        }
        if (type instanceof Decimal decimal) {
            BigDecimal result = decimals(call.operation(), values, decimal.scale());
            BigDecimal rounded = result.setScale(decimal.scale(), RoundingMode.HALF_UP);
            if (rounded.precision() > decimal.precision()) {
                throw new LaminarException(ErrorCode.OVERFLOW, "decimal");
            }
            return rounded;
        }
        BigInteger result = integers(call.operation(), values);
        return fit(result, type, first);
    }

    private static boolean isTemporal(DataType type) {
        return switch (type instanceof Scalar s ? s : Scalar.NULL) {
            case DATE, TIME, TIMESTAMP, TIMESTAMPTZ, INTERVAL, INTERVAL_MONTHS -> true;
            default -> false;
        };
    }

    private static Object fit(BigInteger value, DataType type, DataType first) {
        int bits =
                switch ((Scalar) type) {
                    case TINYINT -> 7;
                    case SMALLINT -> 15;
                    case INT, DATE -> 31;
                    default -> 63;
                };
        // The smallest long stands for no interval and no timestamp.
        if (value.bitLength() > bits || (isTemporal(type) && value.equals(BigInteger.valueOf(Long.MIN_VALUE)))) {
            throw new LaminarException(ErrorCode.OVERFLOW, type + " " + first);
        }
        return bits == 63 ? (Object) value.longValue() : (Object) value.intValue();
    }

    private static BigInteger big(Object value) {
        return BigInteger.valueOf(((Number) value).longValue());
    }

    private static BigInteger integers(Operation operation, List<Object> values) {
        BigInteger a = big(values.get(0));
        if (operation == Operation.NEGATE) {
            return a.negate();
        }
        BigInteger b = big(values.get(1));
        if ((operation == Operation.DIVIDE || operation == Operation.MODULO) && b.signum() == 0) {
            throw new LaminarException(ErrorCode.DIVISION_BY_ZERO, "integers");
        }
        return switch (operation) {
            case ADD -> a.add(b);
            case SUBTRACT -> a.subtract(b);
            case MULTIPLY -> a.multiply(b);
            case DIVIDE -> a.divide(b);
            default -> a.remainder(b);
        };
    }

    private static double doubles(Operation operation, List<Object> values) {
        double a = (Double) values.get(0);
        if (operation == Operation.NEGATE) {
            return -a;
        }
        double b = (Double) values.get(1);
        if ((operation == Operation.DIVIDE || operation == Operation.MODULO) && b == 0) {
            throw new LaminarException(ErrorCode.DIVISION_BY_ZERO, "doubles");
        }
        return switch (operation) {
            case ADD -> a + b;
            case SUBTRACT -> a - b;
            case MULTIPLY -> a * b;
            case DIVIDE -> a / b;
            default -> a % b;
        };
    }

    private static BigDecimal decimals(Operation operation, List<Object> values, int scale) {
        BigDecimal a = new BigDecimal(values.get(0).toString());
        if (operation == Operation.NEGATE) {
            return a.negate();
        }
        BigDecimal b = new BigDecimal(values.get(1).toString());
        if ((operation == Operation.DIVIDE || operation == Operation.MODULO) && b.signum() == 0) {
            throw new LaminarException(ErrorCode.DIVISION_BY_ZERO, "decimals");
        }
        return switch (operation) {
            case ADD -> a.add(b);
            case SUBTRACT -> a.subtract(b);
            case MULTIPLY -> a.multiply(b);
            case DIVIDE -> a.divide(b, scale, RoundingMode.HALF_UP);
            default -> a.remainder(b);
        };
    }

    private static Object temporal(Expression.Call call, List<Object> values) {
        DataType type = call.type();
        DataType left = call.arguments().get(0).type();
        BigInteger a = big(values.get(0));
        if (call.operation() == Operation.NEGATE) {
            return fit(a.negate(), type, left);
        }
        DataType right = call.arguments().get(1).type();
        if (call.operation() == Operation.MULTIPLY || call.operation() == Operation.DIVIDE) {
            return scaled(call, values, left);
        }
        BigInteger b = big(values.get(1));
        boolean minus = call.operation() == Operation.SUBTRACT;
        if (left == Scalar.DATE && right == Scalar.DATE) {
            return a.subtract(b).intValueExact();
        }
        if (right == Scalar.INTERVAL_MONTHS && left != Scalar.INTERVAL_MONTHS) {
            return months(type, left, a, minus ? b.negate() : b);
        }
        if (left == Scalar.TIME && right == Scalar.INTERVAL) {
            return (minus ? a.subtract(b) : a.add(b)).mod(DAY).longValue();
        }
        BigInteger base = left == Scalar.DATE && right == Scalar.INTERVAL ? a.multiply(DAY) : a;
        return fit(minus ? base.subtract(b) : base.add(b), type, left);
    }

    private static Object scaled(Expression.Call call, List<Object> values, DataType left) {
        boolean intervalFirst = isTemporal(left);
        BigInteger interval = big(values.get(intervalFirst ? 0 : 1));
        Object number = values.get(intervalFirst ? 1 : 0);
        if (call.operation() == Operation.MULTIPLY && number instanceof Long factor) {
            return fit(interval.multiply(big(factor)), call.type(), left);
        }
        double factor = ((Number) number).doubleValue();
        if (call.operation() == Operation.DIVIDE && factor == 0) {
            throw new LaminarException(ErrorCode.DIVISION_BY_ZERO, "interval");
        }
        double real = interval.doubleValue();
        double result = call.operation() == Operation.MULTIPLY ? real * factor : real / factor;
        if (Double.isNaN(result) || Double.isInfinite(result)) {
            throw new LaminarException(ErrorCode.OVERFLOW, "interval");
        }
        return fit(new BigDecimal(result).setScale(0, RoundingMode.HALF_UP).toBigInteger(), call.type(), left);
    }

    private static Object months(DataType type, DataType left, BigInteger point, BigInteger months) {
        if (months.bitLength() > 40) {
            throw new LaminarException(ErrorCode.OVERFLOW, "months");
        }
        BigInteger[] parts = left == Scalar.DATE
                ? new BigInteger[] {point, BigInteger.ZERO}
                : new BigInteger[] {floorDiv(point, DAY), point.mod(DAY)};
        LocalDate date;
        try {
            date = LocalDate.ofEpochDay(parts[0].longValue()).plusMonths(months.longValue());
        } catch (java.time.DateTimeException e) {
            throw new LaminarException(ErrorCode.OVERFLOW, "months");
        }
        if (Math.abs(date.getYear()) > 290_000) {
            throw new LaminarException(ErrorCode.OVERFLOW, "months");
        }
        long day = date.toEpochDay();
        return type == Scalar.DATE ? (Object) (int) day : (Object) (day * 86_400_000_000L + parts[1].longValue());
    }

    private static BigInteger floorDiv(BigInteger a, BigInteger b) {
        BigInteger[] parts = a.divideAndRemainder(b);
        return parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0];
    }
}
