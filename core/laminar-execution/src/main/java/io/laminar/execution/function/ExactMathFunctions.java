package io.laminar.execution.function;

import static io.laminar.spi.function.FunctionCategory.MATH;

import io.laminar.spi.function.SqlFunction;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** Functions of integers and decimals: exact, or an error where the result does not fit. */
public final class ExactMathFunctions {
    private static final int LAST_FACTORIAL = 20;

    private ExactMathFunctions() {}

    @SqlFunction(
            value = "abs(int) -> int",
            category = MATH,
            description = "The number without its sign.",
            example = "abs(-3)",
            result = "3")
    public static int abs(int x) {
        if (x == Integer.MIN_VALUE) {
            throw Refusals.overflow("abs", "INT");
        }
        return Math.abs(x);
    }

    @SqlFunction(
            value = "abs(bigint) -> bigint",
            category = MATH,
            description = "The number without its sign.",
            example = "abs(-3000000000)",
            result = "3000000000")
    public static long abs(long x) {
        if (x == Long.MIN_VALUE) {
            throw Refusals.overflow("abs", "BIGINT");
        }
        return Math.abs(x);
    }

    @SqlFunction(
            value = "abs(decimal) -> decimal",
            category = MATH,
            description = "The number without its sign.",
            example = "abs(-1.50)",
            result = "1.50")
    public static BigDecimal abs(BigDecimal x) {
        return x.abs();
    }

    @SqlFunction(
            value = "signum(bigint) -> int",
            aliases = {"sign"},
            category = MATH,
            description = "-1, 0 or 1 by the sign of the number.",
            example = "signum(-7)",
            result = "-1")
    public static int signum(long x) {
        return Long.signum(x);
    }

    @SqlFunction(
            value = "signum(decimal) -> int",
            aliases = {"sign"},
            category = MATH,
            description = "-1, 0 or 1 by the sign of the number.",
            example = "signum(0.5)",
            result = "1")
    public static int signum(BigDecimal x) {
        return x.signum();
    }

    @SqlFunction(
            value = "ceil(bigint) -> bigint",
            aliases = {"ceiling"},
            category = MATH,
            description = "An integer is its own ceiling.",
            example = "ceil(3)",
            result = "3")
    public static long ceil(long x) {
        return x;
    }

    @SqlFunction(
            value = "floor(bigint) -> bigint",
            category = MATH,
            description = "An integer is its own floor.",
            example = "floor(3)",
            result = "3")
    public static long floor(long x) {
        return x;
    }

    @SqlFunction(
            value = "ceil(decimal) -> decimal(whole)",
            aliases = {"ceiling"},
            category = MATH,
            description = "The least whole number that is not less.",
            example = "ceil(9.50)",
            result = "10")
    public static BigDecimal ceil(BigDecimal x) {
        return Rounding.round(x, 0, RoundingMode.CEILING);
    }

    @SqlFunction(
            value = "floor(decimal) -> decimal(whole)",
            category = MATH,
            description = "The greatest whole number that is not greater.",
            example = "floor(-9.50)",
            result = "-10")
    public static BigDecimal floor(BigDecimal x) {
        return Rounding.round(x, 0, RoundingMode.FLOOR);
    }

    @SqlFunction(
            value = "round(bigint) -> bigint",
            category = MATH,
            description = "An integer is round already.",
            example = "round(3)",
            result = "3")
    public static long round(long x) {
        return x;
    }

    @SqlFunction(
            value = "round(bigint, int) -> bigint",
            category = MATH,
            description = "Rounds at digits before the point if places are negative; halves go away from zero.",
            example = "round(1250, -2)",
            result = "1300")
    public static long round(long x, int places) {
        return places >= 0 ? x : Rounding.round("round", x, Math.negateExact(Math.max(places, -99)));
    }

    @SqlFunction(
            value = "round(decimal) -> decimal(whole)",
            category = MATH,
            description = "The nearest whole number; halves go away from zero.",
            example = "round(2.50)",
            result = "3")
    public static BigDecimal round(BigDecimal x) {
        return Rounding.round(x, 0, RoundingMode.HALF_UP);
    }

    @SqlFunction(
            value = "round(decimal, int) -> decimal(+1)",
            category = MATH,
            description = "Rounds to so many decimal places; the type keeps its scale.",
            example = "round(2.345, 2)",
            result = "2.350")
    public static BigDecimal round(BigDecimal x, int places) {
        return Rounding.round(x, places, RoundingMode.HALF_UP);
    }

    @SqlFunction(
            value = "trunc(bigint) -> bigint",
            aliases = {"truncate"},
            category = MATH,
            description = "An integer has no fraction to cut.",
            example = "trunc(3)",
            result = "3")
    public static long trunc(long x) {
        return x;
    }

    @SqlFunction(
            value = "trunc(bigint, int) -> bigint",
            aliases = {"truncate"},
            category = MATH,
            description = "Sets digits before the point to zero if places are negative.",
            example = "trunc(1299, -2)",
            result = "1200")
    public static long trunc(long x, int places) {
        return places >= 0 ? x : Rounding.truncate(x, Math.negateExact(Math.max(places, -99)));
    }

    @SqlFunction(
            value = "trunc(decimal) -> decimal(whole)",
            aliases = {"truncate"},
            category = MATH,
            description = "The whole part.",
            example = "trunc(-2.75)",
            result = "-2")
    public static BigDecimal trunc(BigDecimal x) {
        return Rounding.round(x, 0, RoundingMode.DOWN);
    }

    @SqlFunction(
            value = "trunc(decimal, int) -> decimal",
            aliases = {"truncate"},
            category = MATH,
            description = "Cuts after so many decimal places; the type keeps its scale.",
            example = "trunc(2.345, 2)",
            result = "2.340")
    public static BigDecimal trunc(BigDecimal x, int places) {
        return Rounding.round(x, places, RoundingMode.DOWN);
    }

    @SqlFunction(
            value = "mod(int, int) -> int",
            category = MATH,
            description = "The remainder; it has the sign of the first number.",
            example = "mod(-7, 3)",
            result = "-1")
    public static int mod(int x, int y) {
        if (y == 0) {
            throw Refusals.divisionByZero("mod");
        }
        return x % y;
    }

    @SqlFunction(
            value = "mod(bigint, bigint) -> bigint",
            category = MATH,
            description = "The remainder; it has the sign of the first number.",
            example = "mod(7000000001, 3)",
            result = "2")
    public static long mod(long x, long y) {
        if (y == 0) {
            throw Refusals.divisionByZero("mod");
        }
        return x % y;
    }

    @SqlFunction(
            value = "mod(decimal, decimal) -> decimal(38)",
            category = MATH,
            description = "The remainder; it has the sign of the first number.",
            example = "mod(7.5, 2.0)",
            result = "1.5")
    public static BigDecimal mod(BigDecimal x, BigDecimal y) {
        if (y.signum() == 0) {
            throw Refusals.divisionByZero("mod");
        }
        return x.remainder(y);
    }

    @SqlFunction(
            value = "gcd(bigint, bigint) -> bigint",
            category = MATH,
            description = "Greatest common divisor.",
            example = "gcd(12, 18)",
            result = "6")
    public static long gcd(long x, long y) {
        long a = x;
        long b = y;
        while (b != 0) {
            long rest = a % b;
            a = b;
            b = rest;
        }
        if (a == Long.MIN_VALUE) {
            throw Refusals.overflow("gcd", "BIGINT");
        }
        return Math.abs(a);
    }

    @SqlFunction(
            value = "lcm(bigint, bigint) -> bigint",
            category = MATH,
            description = "Least common multiple.",
            example = "lcm(4, 6)",
            result = "12")
    public static long lcm(long x, long y) {
        if (x == 0 || y == 0) {
            return 0;
        }
        BigInteger multiple = BigInteger.valueOf(x / gcd(x, y))
                .multiply(BigInteger.valueOf(y))
                .abs();
        if (multiple.bitLength() > 63) {
            throw Refusals.overflow("lcm", "BIGINT");
        }
        return multiple.longValue();
    }

    @SqlFunction(
            value = "factorial(bigint) -> bigint",
            category = MATH,
            description = "The product of the numbers from 1 to this one, which is at most 20.",
            example = "factorial(5)",
            result = "120")
    public static long factorial(long n) {
        if (n < 0) {
            throw Refusals.invalid("factorial", "the number is " + n + ", it must not be negative");
        }
        if (n > LAST_FACTORIAL) {
            throw Refusals.overflow("factorial", "BIGINT");
        }
        long product = 1;
        for (int i = 2; i <= n; i++) {
            product *= i;
        }
        return product;
    }

    @SqlFunction(
            value = "iszero(bigint) -> boolean",
            category = MATH,
            description = "Whether the number is zero.",
            example = "iszero(7)",
            result = "false")
    public static boolean isZero(long x) {
        return x == 0;
    }

    @SqlFunction(
            value = "bit_count(bigint) -> int",
            category = MATH,
            description = "How many bits are set.",
            example = "bit_count(7)",
            result = "3")
    public static int bitCount(long x) {
        return Long.bitCount(x);
    }

    @SqlFunction(
            value = "bitwise_and(bigint, bigint) -> bigint",
            category = MATH,
            description = "Bits set in both.",
            example = "bitwise_and(12, 10)",
            result = "8")
    public static long bitAnd(long x, long y) {
        return x & y;
    }

    @SqlFunction(
            value = "bitwise_or(bigint, bigint) -> bigint",
            category = MATH,
            description = "Bits set in either.",
            example = "bitwise_or(12, 10)",
            result = "14")
    public static long bitOr(long x, long y) {
        return x | y;
    }

    @SqlFunction(
            value = "bitwise_xor(bigint, bigint) -> bigint",
            category = MATH,
            description = "Bits set in one of the two.",
            example = "bitwise_xor(12, 10)",
            result = "6")
    public static long bitXor(long x, long y) {
        return x ^ y;
    }

    @SqlFunction(
            value = "bitwise_not(bigint) -> bigint",
            category = MATH,
            description = "All bits turned over.",
            example = "bitwise_not(0)",
            result = "-1")
    public static long bitNot(long x) {
        return ~x;
    }

    @SqlFunction(
            value = "bitwise_left_shift(bigint, int) -> bigint",
            category = MATH,
            description = "Bits moved to the left.",
            example = "bitwise_left_shift(1, 4)",
            result = "16")
    public static long shiftLeft(long x, int bits) {
        return x << bits;
    }

    @SqlFunction(
            value = "bitwise_right_shift(bigint, int) -> bigint",
            category = MATH,
            description = "Bits moved to the right, keeping the sign.",
            example = "bitwise_right_shift(-16, 2)",
            result = "-4")
    public static long shiftRight(long x, int bits) {
        return x >> bits;
    }
}
