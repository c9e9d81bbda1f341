package io.laminar.execution.expression.kernel;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Comparisons that are too long to write out in place. */
public final class Comparisons {

    private Comparisons() {}

    public static boolean equal(byte[] a, int aFrom, int aLength, byte[] b, int bFrom, int bLength) {
        return aLength == bLength && Arrays.equals(a, aFrom, aFrom + aLength, b, bFrom, bFrom + bLength);
    }

    /** By unsigned bytes, which for UTF-8 is the order of code points. */
    public static int bytes(byte[] a, int aFrom, int aLength, byte[] b, int bFrom, int bLength) {
        return Arrays.compareUnsigned(a, aFrom, aFrom + aLength, b, bFrom, bFrom + bLength);
    }

    /** 128-bit numbers as high and low words. */
    public static int decimals(long aHigh, long aLow, long bHigh, long bLow) {
        return aHigh != bHigh ? Long.compare(aHigh, bHigh) : Long.compareUnsigned(aLow, bLow);
    }

    /** NaN equals NaN and is the greatest; 0.0 equals -0.0. */
    public static int doubles(double a, double b) {
        if (a < b) {
            return -1;
        }
        if (a > b) {
            return 1;
        }
        return a == b ? 0 : Boolean.compare(Double.isNaN(a), Double.isNaN(b));
    }

    /**
     * Values in the form of {@link io.laminar.spi.batch.Values}: arrays, structs and maps by their content in order, what
     * is shorter first. NULLs inside equal each other and come last.
     */
    public static int nested(@Nullable Object a, @Nullable Object b) {
        if (a == null || b == null) {
            return Boolean.compare(a == null, b == null);
        }
        if (a instanceof List<?> left && b instanceof List<?> right) {
            return sequences(left.iterator(), right.iterator());
        }
        if (a instanceof Map<?, ?> left && b instanceof Map<?, ?> right) {
            int keys = sequences(left.keySet().iterator(), right.keySet().iterator());
            return keys != 0
                    ? keys
                    : sequences(left.values().iterator(), right.values().iterator());
        }
        if (a instanceof Double left && b instanceof Double right) {
            return doubles(left, right);
        }
        if (a instanceof String left && b instanceof String right) {
            return text(left, right);
        }
        if (a instanceof byte[] left && b instanceof byte[] right) {
            return Arrays.compareUnsigned(left, right);
        }
        if (a instanceof BigDecimal left && b instanceof BigDecimal right) {
            return left.compareTo(right);
        }
        if (a instanceof Long left && b instanceof Long right) {
            return left.compareTo(right);
        }
        if (a instanceof Integer left && b instanceof Integer right) {
            return left.compareTo(right);
        }
        if (a instanceof Boolean left && b instanceof Boolean right) {
            return left.compareTo(right);
        }
        throw new LaminarException(
                ErrorCode.INTERNAL, "values that cannot be compared: " + a.getClass() + ", " + b.getClass());
    }

    private static int sequences(Iterator<?> a, Iterator<?> b) {
        while (a.hasNext() && b.hasNext()) {
            int order = nested(a.next(), b.next());
            if (order != 0) {
                return order;
            }
        }
        return Boolean.compare(a.hasNext(), b.hasNext());
    }

    /** By code point; the order of UTF-16 units differs from it where surrogates meet the letters above them. */
    private static int text(String a, String b) {
        int length = Math.min(a.length(), b.length());
        for (int i = 0; i < length; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                boolean xPair = Character.isSurrogate(x);
                boolean yPair = Character.isSurrogate(y);
                return xPair == yPair ? Character.compare(x, y) : Boolean.compare(xPair, yPair);
            }
        }
        return Integer.compare(a.length(), b.length());
    }
}
