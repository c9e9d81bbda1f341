package io.laminar.execution.function;

import io.laminar.spi.batch.Slice;
import io.laminar.spi.function.NullHandling;
import io.laminar.spi.function.Prepared;
import io.laminar.spi.function.Signature;
import io.laminar.spi.function.SqlFunction;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Holds a method against the signature it is annotated with, by the rules of {@link SqlFunction}. */
final class MethodCheck {
    private final Method method;
    private final Signature signature;
    private final NullHandling nulls;

    private MethodCheck(Method method, Signature signature, NullHandling nulls) {
        this.method = method;
        this.signature = signature;
        this.nulls = nulls;
    }

    /** The function, or an exception that tells the author what does not fit. */
    static ScalarFunction check(Method method, SqlFunction annotation) {
        Signature signature = Signature.parse(annotation.value());
        MethodCheck check = new MethodCheck(method, signature, annotation.nulls());
        List<ScalarFunction.Slot> layout = check.layout();
        check.result(layout.contains(ScalarFunction.Slot.OUT));
        return new ScalarFunction(signature, method, annotation.volatility(), annotation.nulls(), layout);
    }

    private List<ScalarFunction.Slot> layout() {
        require(
                Modifier.isStatic(method.getModifiers())
                        && Modifier.isPublic(method.getModifiers())
                        && Modifier.isPublic(method.getDeclaringClass().getModifiers()),
                "must be public and static in a public class");
        List<ScalarFunction.Slot> layout = new ArrayList<>();
        int argument = 0;
        for (Parameter parameter : method.getParameters()) {
            ScalarFunction.Slot slot = ScalarFunction.slot(parameter, argument, signature);
            layout.add(slot);
            switch (slot) {
                case CONTEXT, TYPES -> {}
                case ARGUMENT -> takes(signature.parameters().get(argument++), parameter.getType());
                case REST -> {
                    require(parameter.getType().isArray(), "takes further arguments in an array");
                    takes(
                            signature.parameters().get(argument++),
                            parameter.getType().getComponentType());
                }
                case PREPARED -> {
                    String word = signature.parameters().get(argument++);
                    require(javaType(word) == Slice.class, "prepares texts only, not " + word);
                    require(hasPrepare(parameter.getType()), "lacks prepare(Slice) in " + parameter.getType());
                }
                case OUT ->
                    require(
                            parameter.getType() == Slice.class
                                    && layout.size() == method.getParameterCount()
                                    && !parameter.isAnnotationPresent(Prepared.class),
                            "has a parameter too many: " + parameter);
            }
        }
        require(argument == signature.parameters().size(), "has a parameter too few");
        return List.copyOf(layout);
    }

    private static boolean hasPrepare(Class<?> type) {
        try {
            Method prepare = type.getMethod("prepare", Slice.class);
            return Modifier.isPublic(type.getModifiers())
                    && Modifier.isStatic(prepare.getModifiers())
                    && prepare.getReturnType() == type;
        } catch (NoSuchMethodException missing) {
            return false;
        }
    }

    private void takes(String word, Class<?> actual) {
        Class<?> expected = javaType(word);
        boolean fits = nulls == NullHandling.CALLED
                ? actual == boxed(expected)
                : actual == expected || actual == boxed(expected);
        require(fits, "takes " + word + " as " + actual.getSimpleName() + " instead of " + expected.getSimpleName());
    }

    private void result(boolean writesSlice) {
        Class<?> expected = javaType(signature.result());
        Class<?> actual = method.getReturnType();
        if (expected == Slice.class) {
            require(
                    writesSlice && (actual == void.class || actual == boolean.class),
                    "must write its result to a last parameter of type Slice and return void or boolean");
        } else {
            require(
                    !writesSlice && (actual == expected || actual == boxed(expected)),
                    "returns " + actual.getSimpleName() + " for " + signature.result());
        }
    }

    /** The class a type word stands for; Object where only the call knows the type. */
    private static Class<?> javaType(String word) {
        if (word.endsWith("[]") || word.startsWith("struct")) {
            return List.class;
        }
        if (word.startsWith("map<")) {
            return Map.class;
        }
        if (word.startsWith("decimal")) {
            return BigDecimal.class;
        }
        return switch (word) {
            case "boolean" -> boolean.class;
            case "tinyint", "smallint", "int", "date" -> int.class;
            case "bigint", "time", "timestamp", "timestamptz", "interval", "interval_months" -> long.class;
            case "float", "double" -> double.class;
            case "text", "bytes", "json", "printed" -> Slice.class;
            default -> Object.class;
        };
    }

    private static Class<?> boxed(Class<?> type) {
        if (type == boolean.class) {
            return Boolean.class;
        }
        if (type == int.class) {
            return Integer.class;
        }
        if (type == long.class) {
            return Long.class;
        }
        return type == double.class ? Double.class : type;
    }

    private void require(boolean holds, @Nullable String what) {
        if (!holds) {
            throw new IllegalArgumentException(method + " declared as " + signature.text() + ": " + what);
        }
    }
}
