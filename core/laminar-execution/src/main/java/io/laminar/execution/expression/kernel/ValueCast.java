package io.laminar.execution.expression.kernel;

import io.laminar.execution.function.ValueText;
import io.laminar.spi.batch.Int128;
import io.laminar.spi.batch.Slice;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.text.Calendar;
import io.laminar.spi.text.TemporalText;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Decimal;
import io.laminar.spi.type.DataType.ListType;
import io.laminar.spi.type.DataType.MapType;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.DataType.StructType;
import io.laminar.spi.type.TypeWidening;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Casts of single values in the form of {@link io.laminar.spi.batch.Values}, by the same rules as the casts of columns:
 * for what lies inside arrays, maps and structs. A lenient cast turns a whole value without counterpart into NULL.
 */
public final class ValueCast {
    private final DataType from;
    private final DataType to;
    private final boolean lenient;

    private ValueCast(DataType from, DataType to, boolean lenient) {
        this.from = from;
        this.to = to;
        this.lenient = lenient;
    }

    /** @throws LaminarException if there is no cast between the types */
    public static ValueCast of(DataType from, DataType to, boolean lenient) {
        if (!exists(from, to)) {
            throw new LaminarException(
                    ErrorCode.TYPE_MISMATCH, "there is no cast from " + from.sql() + " to " + to.sql());
        }
        return new ValueCast(from, to, lenient);
    }

    private static boolean exists(DataType from, DataType to) {
        boolean text = isText(from) || isText(to);
        if (from.equals(to) || from == Scalar.NULL || text) {
            return true;
        }
        if (from instanceof ListType a && to instanceof ListType b) {
            return exists(a.element(), b.element());
        }
        if (from instanceof MapType a && to instanceof MapType b) {
            return exists(a.key(), b.key()) && exists(a.value(), b.value());
        }
        if (from instanceof StructType a && to instanceof StructType b) {
            boolean all = a.fields().size() == b.fields().size();
            for (int i = 0; all && i < a.fields().size(); i++) {
                all = exists(a.fields().get(i).type(), b.fields().get(i).type());
            }
            return all;
        }
        return from instanceof Scalar == to instanceof Scalar || from instanceof Decimal || to instanceof Decimal;
    }

    private static boolean isText(DataType type) {
        return type == Scalar.TEXT || type == Scalar.JSON;
    }

    /** @param expression the text of the cast, for the message */
    public @Nullable Object apply(@Nullable Object value, String expression) {
        try {
            return cast(from, to, value);
        } catch (LaminarException failure) {
            if (lenient) {
                return null;
            }
            throw new LaminarException(
                    failure.code(), expression + ": " + failure.reason(), null, failure.hint(), failure);
        }
    }

    static @Nullable Object cast(DataType from, DataType to, @Nullable Object value) {
        if (value == null || from.equals(to)) {
            return value;
        }
        if (from == Scalar.JSON && isNested(to)) {
            return fromTree(JsonTree.of(value.toString()), to);
        }
        if (from == Scalar.TEXT && (isNested(to) || to == Scalar.JSON)) {
            byte[] bytes = ((String) value).getBytes(java.nio.charset.StandardCharsets.UTF_8);
            if (!JsonText.isValid(bytes, 0, bytes.length)) {
                throw invalid(value, to);
            }
            return to == Scalar.JSON ? value : fromTree(JsonTree.of(value.toString()), to);
        }
        if (isText(from)) {
            return from == Scalar.TEXT || to == Scalar.TEXT ? parse(value.toString(), to) : fromJson(value, to);
        }
        if (to == Scalar.TEXT) {
            return ValueText.of(from, value);
        }
        if (to == Scalar.JSON) {
            return ValueJson.json(from, value);
        }
        if (isNested(from)) {
            return nested(from, to, value);
        }
        return scalar(from, to, value);
    }

    private static boolean isNested(DataType type) {
        return !(type instanceof Scalar) && !(type instanceof Decimal);
    }

    private static LaminarException invalid(Object value, DataType to) {
        return new LaminarException(
                ErrorCode.INVALID_CAST, "'" + value + "' is not " + to.sql(), "try_cast gives NULL for such values");
    }

    private static LaminarException overflow(DataType to) {
        return new LaminarException(ErrorCode.OVERFLOW, "the result does not fit " + to.sql());
    }

    private static @Nullable Object fromJson(Object value, DataType to) {
        Slice content = new Slice();
        Slice json = Slice.of(value.toString());
        int kind = JsonText.scalar(json.base(), json.offset(), json.length(), content);
        return kind == JsonText.NULL ? null : parse(content.toString(), to);
    }

    private static @Nullable Object fromTree(@Nullable Object tree, DataType to) {
        if (tree == null) {
            return null;
        }
        if (to == Scalar.JSON || (to == Scalar.TEXT && !(tree instanceof JsonTree.Text))) {
            return ValueJson.tree(tree);
        }
        if (to instanceof ListType list && tree instanceof List<?> elements) {
            List<@Nullable Object> converted = new ArrayList<>();
            elements.forEach(e -> converted.add(fromTree(e, list.element())));
            return converted;
        }
        if (to instanceof MapType map && tree instanceof Map<?, ?> members) {
            Map<@Nullable Object, @Nullable Object> converted = new LinkedHashMap<>();
            members.forEach((k, v) -> converted.put(parse(String.valueOf(k), map.key()), fromTree(v, map.value())));
            return converted;
        }
        if (to instanceof StructType struct && tree instanceof Map<?, ?> members) {
            List<@Nullable Object> converted = new ArrayList<>();
            struct.fields().forEach(f -> converted.add(fromTree(members.get(f.name()), f.type())));
            return converted;
        }
        if (tree instanceof JsonTree.Text text && !isNested(to)) {
            return parse(text.text(), to);
        }
        throw invalid(ValueJson.tree(tree), to);
    }

    private static Object nested(DataType from, DataType to, Object value) {
        if (from instanceof ListType a && to instanceof ListType b) {
            List<@Nullable Object> converted = new ArrayList<>();
            ((List<?>) value).forEach(e -> converted.add(cast(a.element(), b.element(), e)));
            return converted;
        }
        if (from instanceof MapType a && to instanceof MapType b) {
            Map<@Nullable Object, @Nullable Object> converted = new LinkedHashMap<>();
            ((Map<?, ?>) value)
                    .forEach((k, v) -> converted.put(cast(a.key(), b.key(), k), cast(a.value(), b.value(), v)));
            return converted;
        }
        StructType a = (StructType) from;
        StructType b = (StructType) to;
        List<@Nullable Object> converted = new ArrayList<>();
        List<?> members = (List<?>) value;
        for (int i = 0; i < members.size(); i++) {
            converted.add(cast(a.fields().get(i).type(), b.fields().get(i).type(), members.get(i)));
        }
        return converted;
    }

    private static Object parse(String text, DataType to) {
        Slice slice = Slice.of(text);
        byte[] b = slice.base();
        int length = slice.length();
        if (to instanceof Decimal decimal) {
            Int128 out = new Int128();
            if (!TextCasts.toDecimal(b, 0, length, decimal.precision(), decimal.scale(), out)) {
                throw invalid(text, to);
            }
            return new BigDecimal(out.toBigInteger(), decimal.scale());
        }
        long[] longs = new long[1];
        double[] doubles = new double[1];
        boolean valid = true;
        Object result = text;
        switch ((Scalar) to) {
            case BOOLEAN -> {
                int parsed = TextCasts.toBoolean(b, 0, length);
                valid = parsed >= 0;
                result = parsed == 1;
            }
            case TINYINT, SMALLINT, INT, BIGINT -> {
                valid = TextCasts.toLong(b, 0, length, longs) && inRange(longs[0], (Scalar) to);
                result = integer(longs[0], (Scalar) to);
            }
            case FLOAT -> {
                valid = TextCasts.toFloat(b, 0, length, doubles);
                result = doubles[0];
            }
            case DOUBLE -> {
                valid = TextCasts.toDouble(b, 0, length, doubles);
                result = doubles[0];
            }
            case DATE -> longs[0] = TextCasts.toDate(b, 0, length);
            case TIME -> longs[0] = TextCasts.toTime(b, 0, length);
            case TIMESTAMP, TIMESTAMPTZ -> longs[0] = TextCasts.toTimestamp(b, 0, length);
            case INTERVAL -> longs[0] = TextCasts.toInterval(b, 0, length);
            case INTERVAL_MONTHS -> longs[0] = TextCasts.toMonths(b, 0, length);
            case BYTES -> {
                Slice out = new Slice();
                valid = TextCasts.toBytes(b, 0, length, out);
                result = NestedValues.bytes(out.base(), out.offset(), out.length());
            }
            default -> {
                return text;
            }
        }
        boolean temporal = result == text;
        if (!valid || (temporal && longs[0] == TemporalText.INVALID)) {
            throw invalid(text, to);
        }
        return temporal ? integer(longs[0], (Scalar) to) : result;
    }

    private static boolean inRange(long value, Scalar to) {
        return switch (to) {
            case TINYINT -> value == (byte) value;
            case SMALLINT -> value == (short) value;
            case INT -> value == (int) value;
            default -> true;
        };
    }

    private static Object integer(long value, Scalar to) {
        return to.physical() == io.laminar.spi.type.Physical.INT ? (Object) (int) value : (Object) value;
    }

    private static Object scalar(DataType from, DataType to, Object value) {
        if (value instanceof Boolean flag) {
            return scalar(Scalar.INT, to, flag ? 1 : 0);
        }
        if (TypeWidening.isNumeric(from) && (TypeWidening.isNumeric(to) || to == Scalar.BOOLEAN)) {
            return number(from, to, value);
        }
        long micros = ((Number) value).longValue();
        if (from == Scalar.DATE) {
            return micros * Calendar.MICROS_PER_DAY;
        }
        if (to == Scalar.DATE) {
            return (int) Calendar.dayOf(micros);
        }
        return to == Scalar.TIME ? Calendar.timeOf(micros) : micros;
    }

    private static Object number(DataType from, DataType to, Object value) {
        Int128 out = new Int128();
        boolean single = from == Scalar.FLOAT;
        if (to == Scalar.BOOLEAN) {
            return value instanceof BigDecimal decimal ? decimal.signum() != 0 : ((Number) value).doubleValue() != 0;
        }
        if (to instanceof Decimal decimal) {
            boolean fits = value instanceof Double real
                    ? DecimalMath.fromDouble(real, single, decimal.precision(), decimal.scale(), out)
                    : DecimalMath.fromBig(new BigDecimal(value.toString()), decimal.precision(), decimal.scale(), out);
            if (!fits) {
                throw overflow(to);
            }
            return new BigDecimal(out.toBigInteger(), decimal.scale());
        }
        if (to == Scalar.DOUBLE) {
            return ((Number) value).doubleValue();
        }
        if (to == Scalar.FLOAT) {
            double real = ((Number) value).doubleValue();
            if (NumberCasts.exceedsFloat(real)) {
                throw overflow(to);
            }
            return (double) (float) real;
        }
        long whole;
        if (value instanceof Double real) {
            double rounded = Math.rint(real);
            if (!NumberCasts.fitsLong(rounded)) {
                throw overflow(to);
            }
            whole = (long) rounded;
        } else if (value instanceof BigDecimal decimal) {
            if (!DecimalMath.fromBig(decimal, 38, 0, out) || !out.fitsLong()) {
                throw overflow(to);
            }
            whole = out.low();
        } else {
            whole = ((Number) value).longValue();
        }
        if (!inRange(whole, (Scalar) to)) {
            throw overflow(to);
        }
        return Objects.requireNonNull(integer(whole, (Scalar) to));
    }
}
