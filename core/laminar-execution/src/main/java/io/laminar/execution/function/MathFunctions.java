package io.laminar.execution.function;

import static io.laminar.spi.function.FunctionCategory.MATH;

import io.laminar.spi.function.EvaluationContext;
import io.laminar.spi.function.SqlFunction;
import io.laminar.spi.function.Volatility;

/** Functions of floating-point numbers. Outside of a function's domain the result is NaN, as IEEE 754 has it. */
public final class MathFunctions {

    private MathFunctions() {}

    @SqlFunction(
            value = "abs(double) -> double",
            category = MATH,
            description = "The number without its sign.",
            example = "abs(-2.5e0)",
            result = "2.5")
    public static double abs(double x) {
        return Math.abs(x);
    }

    @SqlFunction(
            value = "signum(double) -> double",
            aliases = {"sign"},
            category = MATH,
            description = "-1, 0 or 1 by the sign of the number.",
            example = "signum(-2.5e0)",
            result = "-1.0")
    public static double signum(double x) {
        return Math.signum(x);
    }

    @SqlFunction(
            value = "ceil(double) -> double",
            aliases = {"ceiling"},
            category = MATH,
            description = "The least whole number that is not less.",
            example = "ceil(1.2e0)",
            result = "2.0")
    public static double ceil(double x) {
        return Math.ceil(x);
    }

    @SqlFunction(
            value = "floor(double) -> double",
            category = MATH,
            description = "The greatest whole number that is not greater.",
            example = "floor(-1.2e0)",
            result = "-2.0")
    public static double floor(double x) {
        return Math.floor(x);
    }

    @SqlFunction(
            value = "round(double) -> double",
            category = MATH,
            description = "The nearest whole number; halves go away from zero.",
            example = "round(2.5e0)",
            result = "3.0")
    public static double round(double x) {
        double whole = Math.rint(x);
        // rint sends halves to the even neighbour; the difference is exact there, so halves can be told.
        return Math.abs(x - whole) == 0.5 ? x + Math.copySign(0.5, x) : whole;
    }

    @SqlFunction(
            value = "round(double, int) -> double",
            category = MATH,
            description = "Rounds to so many decimal places (before the point if negative); halves go away from zero.",
            example = "round(3.14159e0, 2)",
            result = "3.14")
    public static double round(double x, int places) {
        return Rounding.round(x, places);
    }

    @SqlFunction(
            value = "trunc(double) -> double",
            category = MATH,
            description = "The whole part.",
            example = "trunc(-1.9e0)",
            result = "-1.0")
    public static double trunc(double x) {
        return x < 0 ? Math.ceil(x) : Math.floor(x);
    }

    @SqlFunction(
            value = "trunc(double, int) -> double",
            aliases = {"truncate"},
            category = MATH,
            description = "Cuts after so many decimal places.",
            example = "trunc(3.789e0, 1)",
            result = "3.7")
    public static double trunc(double x, int places) {
        return Rounding.truncate(x, places);
    }

    @SqlFunction(
            value = "mod(double, double) -> double",
            category = MATH,
            description = "The remainder; it has the sign of the first number.",
            example = "mod(-7.5e0, 2)",
            result = "-1.5")
    public static double mod(double x, double y) {
        if (y == 0) {
            throw Refusals.divisionByZero("mod");
        }
        return x % y;
    }

    @SqlFunction(
            value = "sqrt(double) -> double",
            category = MATH,
            description = "Square root.",
            example = "sqrt(2.25e0)",
            result = "1.5")
    public static double sqrt(double x) {
        return Math.sqrt(x);
    }

    @SqlFunction(
            value = "cbrt(double) -> double",
            category = MATH,
            description = "Cube root.",
            example = "cbrt(27)",
            result = "3.0")
    public static double cbrt(double x) {
        return Math.cbrt(x);
    }

    @SqlFunction(
            value = "exp(double) -> double",
            category = MATH,
            description = "e to the power of the number.",
            example = "exp(0)",
            result = "1.0")
    public static double exp(double x) {
        return Math.exp(x);
    }

    @SqlFunction(
            value = "ln(double) -> double",
            category = MATH,
            description = "Natural logarithm.",
            example = "ln(1)",
            result = "0.0")
    public static double ln(double x) {
        return Math.log(x);
    }

    @SqlFunction(
            value = "log10(double) -> double",
            category = MATH,
            description = "Logarithm to base 10.",
            example = "log10(1000)",
            result = "3.0")
    @SqlFunction(
            value = "log(double) -> double",
            category = MATH,
            description = "Logarithm to base 10.",
            example = "log(0.01)",
            result = "-2.0")
    public static double log10(double x) {
        return Math.log10(x);
    }

    @SqlFunction(
            value = "log2(double) -> double",
            category = MATH,
            description = "Logarithm to base 2.",
            example = "log2(8)",
            result = "3.0")
    public static double log2(double x) {
        return log(2, x);
    }

    @SqlFunction(
            value = "log(double, double) -> double",
            category = MATH,
            description = "Logarithm of the second number to the base given first.",
            example = "log(3, 81)",
            result = "4.0")
    public static double log(double base, double x) {
        double quotient = Math.log(x) / Math.log(base);
        double whole = Math.rint(quotient);
        // The quotient of two rounded logarithms misses whole results by a hair.
        return whole != quotient && Math.abs(quotient - whole) < 1e-9 && Math.pow(base, whole) == x ? whole : quotient;
    }

    @SqlFunction(
            value = "power(double, double) -> double",
            aliases = {"pow"},
            category = MATH,
            description = "The first number to the power of the second.",
            example = "power(2, 10)",
            result = "1024.0")
    public static double power(double x, double exponent) {
        return Math.pow(x, exponent);
    }

    @SqlFunction(
            value = "pi() -> double",
            category = MATH,
            description = "The circle's circumference over its diameter.",
            example = "pi()",
            result = "3.141592653589793")
    public static double pi() {
        return Math.PI;
    }

    @SqlFunction(
            value = "e() -> double",
            category = MATH,
            description = "Euler's number.",
            example = "e()",
            result = "2.718281828459045")
    public static double e() {
        return Math.E;
    }

    @SqlFunction(
            value = "random() -> double",
            aliases = {"rand"},
            volatility = Volatility.VOLATILE,
            category = MATH,
            description = "A random number from 0 up to, not including, 1.",
            example = "random() < 1",
            result = "true")
    public static double random(EvaluationContext context) {
        return context.random();
    }

    @SqlFunction(
            value = "isnan(double) -> boolean",
            category = MATH,
            description = "Whether the number is NaN.",
            example = "isnan(sqrt(-1))",
            result = "true")
    public static boolean isNan(double x) {
        return Double.isNaN(x);
    }

    @SqlFunction(
            value = "isfinite(double) -> boolean",
            category = MATH,
            description = "Whether the number is neither NaN nor infinite.",
            example = "isfinite(exp(1000))",
            result = "false")
    public static boolean isFinite(double x) {
        return Double.isFinite(x);
    }

    @SqlFunction(
            value = "iszero(double) -> boolean",
            category = MATH,
            description = "Whether the number is zero.",
            example = "iszero(0)",
            result = "true")
    public static boolean isZero(double x) {
        return x == 0;
    }

    @SqlFunction(
            value = "nanvl(double, double) -> double",
            category = MATH,
            description = "The first number, or the second where the first is NaN.",
            example = "nanvl(sqrt(-1), 0)",
            result = "0.0")
    public static double nanvl(double x, double otherwise) {
        return Double.isNaN(x) ? otherwise : x;
    }

    @SqlFunction(
            value = "width_bucket(double, double, double, int) -> int",
            category = MATH,
            description = "Which of so many equal buckets between low and high holds the number: 0 below the first, "
                    + "count + 1 above the last.",
            example = "width_bucket(5.35, 0.024, 10.06, 5)",
            result = "3")
    public static int widthBucket(double x, double low, double high, int count) {
        if (count <= 0) {
            throw Refusals.invalid("width_bucket", "the number of buckets is " + count + ", it must be positive");
        }
        if (low == high || !Double.isFinite(low) || !Double.isFinite(high) || Double.isNaN(x)) {
            throw Refusals.invalid("width_bucket", "the bounds must be finite and differ, the number not NaN");
        }
        double position = low < high ? (x - low) / (high - low) : (low - x) / (low - high);
        if (position < 0) {
            return 0;
        }
        if (position >= 1) {
            return Math.addExact(count, 1);
        }
        return Math.min(count, (int) (position * count) + 1);
    }
}
