package io.laminar.execution.function;

import static io.laminar.spi.function.FunctionCategory.MATH;

import io.laminar.spi.function.SqlFunction;

/** Angles and hyperbolic functions. Outside of a function's domain the result is NaN. */
public final class TrigonometryFunctions {

    private TrigonometryFunctions() {}

    @SqlFunction(
            value = "sin(double) -> double",
            category = MATH,
            description = "Sine of an angle in radians.",
            example = "sin(0)",
            result = "0.0")
    public static double sin(double x) {
        return Math.sin(x);
    }

    @SqlFunction(
            value = "cos(double) -> double",
            category = MATH,
            description = "Cosine of an angle in radians.",
            example = "cos(0)",
            result = "1.0")
    public static double cos(double x) {
        return Math.cos(x);
    }

    @SqlFunction(
            value = "tan(double) -> double",
            category = MATH,
            description = "Tangent of an angle in radians.",
            example = "tan(0)",
            result = "0.0")
    public static double tan(double x) {
        return Math.tan(x);
    }

    @SqlFunction(
            value = "asin(double) -> double",
            category = MATH,
            description = "Angle in radians whose sine is the number.",
            example = "asin(0)",
            result = "0.0")
    public static double asin(double x) {
        return Math.asin(x);
    }

    @SqlFunction(
            value = "acos(double) -> double",
            category = MATH,
            description = "Angle in radians whose cosine is the number.",
            example = "acos(1)",
            result = "0.0")
    public static double acos(double x) {
        return Math.acos(x);
    }

    @SqlFunction(
            value = "atan(double) -> double",
            category = MATH,
            description = "Angle in radians whose tangent is the number.",
            example = "atan(0)",
            result = "0.0")
    public static double atan(double x) {
        return Math.atan(x);
    }

    @SqlFunction(
            value = "sinh(double) -> double",
            category = MATH,
            description = "Hyperbolic sine.",
            example = "sinh(0)",
            result = "0.0")
    public static double sinh(double x) {
        return Math.sinh(x);
    }

    @SqlFunction(
            value = "cosh(double) -> double",
            category = MATH,
            description = "Hyperbolic cosine.",
            example = "cosh(0)",
            result = "1.0")
    public static double cosh(double x) {
        return Math.cosh(x);
    }

    @SqlFunction(
            value = "tanh(double) -> double",
            category = MATH,
            description = "Hyperbolic tangent.",
            example = "tanh(0)",
            result = "0.0")
    public static double tanh(double x) {
        return Math.tanh(x);
    }

    @SqlFunction(
            value = "cot(double) -> double",
            category = MATH,
            description = "Cotangent of an angle in radians.",
            example = "cot(atan(1))",
            result = "1.0000000000000002")
    public static double cot(double x) {
        return 1 / Math.tan(x);
    }

    @SqlFunction(
            value = "atan2(double, double) -> double",
            category = MATH,
            description = "Angle in radians of the point with this y and x.",
            example = "atan2(0, 1)",
            result = "0.0")
    public static double atan2(double y, double x) {
        return Math.atan2(y, x);
    }

    @SqlFunction(
            value = "asinh(double) -> double",
            category = MATH,
            description = "Inverse hyperbolic sine.",
            example = "asinh(0)",
            result = "0.0")
    public static double asinh(double x) {
        double magnitude = Math.abs(x);
        return Math.copySign(
                Math.log1p(magnitude + magnitude * magnitude / (1 + Math.sqrt(magnitude * magnitude + 1))), x);
    }

    @SqlFunction(
            value = "acosh(double) -> double",
            category = MATH,
            description = "Inverse hyperbolic cosine.",
            example = "acosh(1)",
            result = "0.0")
    public static double acosh(double x) {
        return Math.log(x + Math.sqrt(x - 1) * Math.sqrt(x + 1));
    }

    @SqlFunction(
            value = "atanh(double) -> double",
            category = MATH,
            description = "Inverse hyperbolic tangent.",
            example = "atanh(0)",
            result = "0.0")
    public static double atanh(double x) {
        return 0.5 * (Math.log1p(x) - Math.log1p(-x));
    }

    @SqlFunction(
            value = "degrees(double) -> double",
            category = MATH,
            description = "Radians as degrees.",
            example = "degrees(pi())",
            result = "180.0")
    public static double degrees(double radians) {
        return Math.toDegrees(radians);
    }

    @SqlFunction(
            value = "radians(double) -> double",
            category = MATH,
            description = "Degrees as radians.",
            example = "radians(180)",
            result = "3.141592653589793")
    public static double radians(double degrees) {
        return Math.toRadians(degrees);
    }
}
