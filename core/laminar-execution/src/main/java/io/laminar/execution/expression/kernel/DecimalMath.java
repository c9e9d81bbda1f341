package io.laminar.execution.expression.kernel;

import io.laminar.spi.batch.Int128;
import io.laminar.spi.text.NumberText;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * Arithmetic of decimals as unscaled 128-bit numbers. Operands are high word, low word and scale; results are rounded
 * half away from zero to a scale. Every method answers whether the result has no more digits than the precision.
 */
public final class DecimalMath {
    private static final int MAX_PRECISION = 38;
    private static final int MAX_LONG_PRECISION = 18;
    private static final BigInteger[] TENS = new BigInteger[2 * MAX_PRECISION + 2];
    private static final long[] TENS_HIGH = new long[MAX_PRECISION + 1];
    private static final long[] TENS_LOW = new long[MAX_PRECISION + 1];
    private static final double[] EXACT_TENS = new double[23];
    private static final long MAX_EXACT = 1L << 53;

    static {
        for (int i = 0; i < TENS.length; i++) {
            TENS[i] = BigInteger.TEN.pow(i);
        }
        for (int i = 0; i <= MAX_PRECISION; i++) {
            TENS_HIGH[i] = TENS[i].shiftRight(64).longValue();
            TENS_LOW[i] = TENS[i].longValue();
        }
        for (int i = 0; i < EXACT_TENS.length; i++) {
            EXACT_TENS[i] = TENS[i].doubleValue();
        }
    }

    private DecimalMath() {}

    public static boolean add(
            long aHigh,
            long aLow,
            int aScale,
            long bHigh,
            long bLow,
            int bScale,
            int precision,
            int scale,
            Int128 out) {
        if (aScale == scale && bScale == scale) {
            long low = aLow + bLow;
            long high = aHigh + bHigh + (Long.compareUnsigned(low, aLow) < 0 ? 1 : 0);
            if (((aHigh ^ high) & (bHigh ^ high)) < 0) {
                return false;
            }
            out.set(high, low);
            return fits(high, low, precision);
        }
        int common = Math.max(aScale, bScale);
        BigInteger sum = scaled(aHigh, aLow, common - aScale).add(scaled(bHigh, bLow, common - bScale));
        return put(sum, common, precision, scale, out);
    }

    public static boolean subtract(
            long aHigh,
            long aLow,
            int aScale,
            long bHigh,
            long bLow,
            int bScale,
            int precision,
            int scale,
            Int128 out) {
        long low = -bLow;
        long high = ~bHigh + (bLow == 0 ? 1 : 0);
        return add(aHigh, aLow, aScale, high, low, bScale, precision, scale, out);
    }

    public static boolean multiply(
            long aHigh,
            long aLow,
            int aScale,
            long bHigh,
            long bLow,
            int bScale,
            int precision,
            int scale,
            Int128 out) {
        if (aHigh == aLow >> 63 && bHigh == bLow >> 63) {
            long high = Math.multiplyHigh(aLow, bLow);
            long low = aLow * bLow;
            if (aScale + bScale == scale) {
                out.set(high, low);
                return fits(high, low, precision);
            }
            if (high == low >> 63) {
                return rescale(high, low, aScale + bScale, precision, scale, out);
            }
        }
        return put(big(aHigh, aLow).multiply(big(bHigh, bLow)), aScale + bScale, precision, scale, out);
    }

    /** The divisor is not zero. */
    public static boolean divide(
            long aHigh,
            long aLow,
            int aScale,
            long bHigh,
            long bLow,
            int bScale,
            int precision,
            int scale,
            Int128 out) {
        int shift = scale + bScale - aScale;
        if (aHigh == aLow >> 63 && bHigh == bLow >> 63 && shift >= 0 && shift <= MAX_LONG_PRECISION) {
            long factor = NumberText.tenTo(shift);
            long dividend = aLow * factor;
            if (Math.multiplyHigh(aLow, factor) == dividend >> 63 && dividend != Long.MIN_VALUE) {
                long quotient = roundedQuotient(dividend, bLow);
                out.set(quotient);
                return fits(quotient >> 63, quotient, precision);
            }
        }
        BigInteger dividend = big(aHigh, aLow);
        BigInteger divisor = big(bHigh, bLow);
        if (shift >= 0) {
            dividend = dividend.multiply(TENS[shift]);
        } else {
            divisor = divisor.multiply(TENS[-shift]);
        }
        return put(roundedQuotient(dividend, divisor), scale, precision, scale, out);
    }

    /** The remainder has the sign of the dividend. The divisor is not zero. */
    public static boolean modulo(
            long aHigh,
            long aLow,
            int aScale,
            long bHigh,
            long bLow,
            int bScale,
            int precision,
            int scale,
            Int128 out) {
        int common = Math.max(aScale, bScale);
        BigInteger remainder = scaled(aHigh, aLow, common - aScale).remainder(scaled(bHigh, bLow, common - bScale));
        return put(remainder, common, precision, scale, out);
    }

    public static boolean negate(long high, long low, int fromScale, int precision, int scale, Int128 out) {
        return rescale(~high + (low == 0 ? 1 : 0), -low, fromScale, precision, scale, out);
    }

    public static boolean rescale(long high, long low, int fromScale, int precision, int scale, Int128 out) {
        if (fromScale == scale) {
            out.set(high, low);
            return fits(high, low, precision);
        }
        int shift = scale - fromScale;
        if (high == low >> 63 && Math.abs(shift) <= MAX_LONG_PRECISION && low != Long.MIN_VALUE) {
            long factor = NumberText.tenTo(Math.abs(shift));
            if (shift < 0) {
                long quotient = roundedQuotient(low, factor);
                out.set(quotient);
                return fits(quotient >> 63, quotient, precision);
            }
            long productHigh = Math.multiplyHigh(low, factor);
            long product = low * factor;
            out.set(productHigh, product);
            return fits(productHigh, product, precision);
        }
        return put(big(high, low), fromScale, precision, scale, out);
    }

    /** The nearest double; exact route where number and power of ten are doubles. */
    public static double toDouble(long high, long low, int scale) {
        if (high == low >> 63 && low <= MAX_EXACT && low >= -MAX_EXACT && scale < EXACT_TENS.length) {
            return low / EXACT_TENS[scale];
        }
        return new BigDecimal(big(high, low), scale).doubleValue();
    }

    /** From the shortest decimal that identifies the double; false for NaN and infinities too. */
    public static boolean fromDouble(double value, boolean single, int precision, int scale, Int128 out) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return false;
        }
        BigDecimal decimal = new BigDecimal(single ? Float.toString((float) value) : Double.toString(value));
        return fromBig(decimal, precision, scale, out);
    }

    public static boolean fromBig(BigDecimal value, int precision, int scale, Int128 out) {
        if (value.signum() != 0 && (long) value.precision() - value.scale() > precision) {
            return false;
        }
        return put(value.setScale(scale, RoundingMode.HALF_UP).unscaledValue(), scale, precision, scale, out);
    }

    public static BigDecimal toBig(long high, long low, int scale) {
        return high == low >> 63 ? BigDecimal.valueOf(low, scale) : new BigDecimal(big(high, low), scale);
    }

    private static BigInteger big(long high, long low) {
        Int128 value = new Int128();
        value.set(high, low);
        return value.toBigInteger();
    }

    private static BigInteger scaled(long high, long low, int power) {
        BigInteger value = big(high, low);
        return power == 0 ? value : value.multiply(TENS[power]);
    }

    private static boolean put(BigInteger unscaled, int fromScale, int precision, int scale, Int128 out) {
        BigInteger result = unscaled;
        if (scale > fromScale) {
            result = result.multiply(TENS[scale - fromScale]);
        } else if (scale < fromScale) {
            result = roundedQuotient(result, TENS[fromScale - scale]);
        }
        return result.abs().compareTo(TENS[precision]) < 0 && out.set(result);
    }

    private static BigInteger roundedQuotient(BigInteger dividend, BigInteger divisor) {
        BigInteger[] parts = dividend.divideAndRemainder(divisor);
        boolean up = parts[1].abs().shiftLeft(1).compareTo(divisor.abs()) >= 0;
        return up ? parts[0].add(BigInteger.valueOf((long) dividend.signum() * divisor.signum())) : parts[0];
    }

    private static long roundedQuotient(long dividend, long divisor) {
        long quotient = dividend / divisor;
        long remainder = Math.abs(dividend % divisor);
        // The distance to the divisor instead of twice the remainder, which could overflow.
        boolean up = remainder != 0 && remainder >= Math.abs(divisor) - remainder;
        return up ? quotient + ((dividend ^ divisor) < 0 ? -1 : 1) : quotient;
    }

    private static boolean fits(long high, long low, int precision) {
        long magnitudeHigh = high;
        long magnitudeLow = low;
        if (high < 0) {
            magnitudeHigh = ~high + (low == 0 ? 1 : 0);
            magnitudeLow = -low;
        }
        long limit = TENS_HIGH[precision];
        return magnitudeHigh >= 0
                && (magnitudeHigh != limit
                        ? magnitudeHigh < limit
                        : Long.compareUnsigned(magnitudeLow, TENS_LOW[precision]) < 0);
    }
}
