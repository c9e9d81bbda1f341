package io.laminar.execution.function;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.laminar.spi.error.ErrorCode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MathFunctionsTest {
    private static final long SEED = 314_159;

    @Test
    void halvesGoAwayFromZero() {
        Check.value("round(-2.5e0)", "-3.0");
        Check.value("round(0.49999999999999994e0)", "0.0");
        Check.value("round(4503599627370497e0)", "4503599627370497.0");
        Check.value("round(2.675e0, 2)", "2.68");
        Check.value("round(1.005e0, 2)", "1.01");
        Check.value("round(-1250, -2)", "-1300");
        Check.value("round(1249, -2)", "1200");
        Check.value("round(1234, 2)", "1234");
        Check.value("round(4999999999999999999, -19)", "0");
        Check.refused(ErrorCode.OVERFLOW, "round(5000000000000000000, -19)", "round: the result does not fit BIGINT");
        Check.value("round(9223372036854775807, -99)", "0");
        Check.refused(ErrorCode.OVERFLOW, "round(9223372036854775807, -1)", "round: the result does not fit BIGINT");
        Check.value("round(-0.5)", "-1");
        Check.value("round(99.99, 1)", "100.00");
        Check.value("round(55.55, -1)", "60.00");
        Check.value("round(1.5, 99)", "1.5");
        Check.value("trunc(-1299, -2)", "-1200");
        Check.value("trunc(-2.999, 2)", "-2.990");
    }

    @Test
    void roundingDoublesIsThatOfTheirShortestDigits() {
        Random random = new Random(SEED);
        for (int i = 0; i < 200_000; i++) {
            double x = random.nextInt(3) == 0
                    ? (random.nextInt(2_000_001) - 1_000_000) / 1000.0
                    : random.nextGaussian() * Math.pow(10, random.nextInt(12) - 3);
            int places = random.nextInt(8) - 2;
            String what = x + " to " + places + ", seed " + SEED;
            BigDecimal digits = BigDecimal.valueOf(x);
            assertEquals(
                    digits.setScale(places, RoundingMode.HALF_UP).doubleValue(),
                    MathFunctions.round(x, places),
                    0.0,
                    what);
            assertEquals(
                    digits.setScale(places, RoundingMode.DOWN).doubleValue(),
                    MathFunctions.trunc(x, places),
                    0.0,
                    what);
            assertEquals(digits.setScale(0, RoundingMode.HALF_UP).doubleValue(), MathFunctions.round(x), 0.0, what);
        }
    }

    @Test
    void exactFunctionsAgreeWithBigIntegers() {
        Random random = new Random(SEED);
        for (int i = 0; i < 10_000; i++) {
            long x = random.nextLong() >> random.nextInt(60);
            long y = random.nextLong() >> random.nextInt(60);
            BigInteger gcd = BigInteger.valueOf(x).gcd(BigInteger.valueOf(y));
            assertEquals(gcd.longValueExact(), ExactMathFunctions.gcd(x, y), x + ", " + y + ", seed " + SEED);
            int digits = random.nextInt(19);
            BigDecimal rounded = BigDecimal.valueOf(x).setScale(-digits, RoundingMode.HALF_UP);
            if (rounded.toBigInteger().bitLength() <= 63) {
                assertEquals(
                        rounded.longValueExact(),
                        ExactMathFunctions.round(x, -digits),
                        x + ", " + digits + ", seed " + SEED);
            }
        }
    }

    @Test
    void resultsThatDoNotFitAreOverflows() {
        Check.refused(ErrorCode.OVERFLOW, "factorial(21)", "factorial: the result does not fit BIGINT");
        Check.refused(ErrorCode.OVERFLOW, "lcm(9223372036854775807, 2)", "lcm: the result does not fit BIGINT");
        Check.refused(ErrorCode.OVERFLOW, "abs(bitwise_left_shift(1, 63))", "abs: the result does not fit BIGINT");
        Check.refused(
                ErrorCode.OVERFLOW, "array_sum(ARRAY[9223372036854775807, 1])", "array_sum: the result does not fit");
        Check.value("factorial(20)", "2432902008176640000");
        Check.value("lcm(0, 5)", "0");
        Check.value("gcd(-12, 18)", "6");
    }

    @Test
    void argumentsOutsideOfTheDomain() {
        Check.refused("factorial(-1)", "factorial: the number is -1");
        Check.refused(ErrorCode.DIVISION_BY_ZERO, "mod(1, 0)", "mod: division by zero");
        Check.refused(ErrorCode.DIVISION_BY_ZERO, "mod(1.5, 0.0)", "mod: division by zero");
        Check.refused(ErrorCode.DIVISION_BY_ZERO, "mod(1e0, 0)", "mod: division by zero");
        Check.refused("width_bucket(1, 2, 2, 5)", "width_bucket: the bounds must be finite and differ");
        Check.refused("width_bucket(1, 2, 3, 0)", "width_bucket: the number of buckets is 0");
        Check.value("sqrt(-1)", "NaN");
        Check.value("ln(0)", "-Infinity");
        Check.value("acos(2)", "NaN");
    }

    @Test
    void bucketsOutsideOfTheBounds() {
        Check.value("width_bucket(-1, 0, 10, 5)", "0");
        Check.value("width_bucket(10, 0, 10, 5)", "6");
        Check.value("width_bucket(0, 0, 10, 5)", "1");
        Check.value("width_bucket(10, 10, 0, 5)", "1");
        Check.value("width_bucket(0, 10, 0, 5)", "6");
    }

    @Test
    void logarithmsOfPowersAreWhole() {
        for (int power = 0; power < 60; power++) {
            assertEquals(power, MathFunctions.log2(1L << power), 0.0);
        }
        Check.value("log(10, 1000)", "3.0");
        Check.value("log(2, 0.125)", "-3.0");
    }

    @Test
    void typesAreKept() {
        Check.value("typeof(abs(-3))", "INT");
        Check.value("typeof(abs(-3000000000))", "BIGINT");
        Check.value("typeof(ceil(9.5))", "DECIMAL(2, 0)");
        Check.value("typeof(mod(7.5, 2.25))", "DECIMAL(38, 2)");
        Check.value("typeof(sqrt(4))", "DOUBLE");
        Check.value("typeof(NULL)", "NULL");
    }
}
