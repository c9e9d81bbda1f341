package io.laminar.execution.expression.kernel;

import io.laminar.spi.batch.Int128;
import io.laminar.spi.batch.ListColumn;
import io.laminar.spi.batch.Slice;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Arrays, structs and maps as objects in the form of {@link io.laminar.spi.batch.Values}. */
public final class NestedValues {

    private NestedValues() {}

    /** An array or struct of these values. */
    public static List<@Nullable Object> list(@Nullable Object[] values) {
        return Collections.unmodifiableList(Arrays.asList(values));
    }

    /** A map of keys and values in turn; of equal keys the last counts. */
    public static Map<@Nullable Object, @Nullable Object> map(@Nullable Object[] keysAndValues) {
        Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            if (keysAndValues[i] == null) {
                throw new LaminarException(ErrorCode.INVALID_ARGUMENT, "map: a key is NULL");
            }
            map.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }

    /** The element at a one-based position, null if there is none. */
    public static @Nullable Object element(Object list, long index) {
        List<?> elements = (List<?>) list;
        return index >= 1 && index <= elements.size() ? elements.get((int) index - 1) : null;
    }

    /** The value of a key, null if there is none. */
    public static @Nullable Object entry(Object map, Object key) {
        Map<?, ?> entries = (Map<?, ?>) map;
        if (key instanceof byte[] || key instanceof BigDecimal || key instanceof Double) {
            // Their equals() is not that of SQL.
            for (Map.Entry<?, ?> entry : entries.entrySet()) {
                if (Comparisons.nested(entry.getKey(), key) == 0) {
                    return entry.getValue();
                }
            }
            return null;
        }
        return entries.get(key);
    }

    /** Where in the elements column the element at a one-based position lies; -1 if there is none or it is null. */
    public static int position(ListColumn lists, int row, long index) {
        if (index < 1 || index > lists.lengths()[row]) {
            return -1;
        }
        int position = lists.starts()[row] + (int) index - 1;
        return lists.elements().isNull(position) ? -1 : position;
    }

    public static String string(byte[] b, int from, int length) {
        return new String(b, from, length, StandardCharsets.UTF_8);
    }

    public static byte[] bytes(byte[] b, int from, int length) {
        return Arrays.copyOfRange(b, from, from + length);
    }

    /** Views the bytes of a String or byte[]. */
    public static void text(Object value, Slice out) {
        if (value instanceof byte[] bytes) {
            out.set(bytes, 0, bytes.length);
        } else {
            out.set(value.toString());
        }
    }

    /** The unscaled form of a BigDecimal, rounded to the scale. */
    public static void unscaled(Object value, int precision, int scale, Int128 out) {
        BigDecimal decimal = value instanceof BigDecimal exact ? exact : new BigDecimal(value.toString());
        if (!DecimalMath.fromBig(decimal, precision, scale, out)) {
            throw new LaminarException(
                    ErrorCode.OVERFLOW,
                    decimal.toPlainString() + " does not fit DECIMAL(" + precision + ", " + scale + ")");
        }
    }
}
