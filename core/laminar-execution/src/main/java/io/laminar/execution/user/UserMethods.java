package io.laminar.execution.user;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.function.UserFunction;
import io.laminar.spi.function.UserFunction.Kind;
import io.laminar.spi.type.DataType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.BaseStream;

/** Finds the methods of a user function and holds them against its declaration. */
public final class UserMethods {
    private static final String EVAL = "eval";

    private UserMethods() {}

    /**
     * Refuses a function whose methods do not fit.
     *
     * @throws LaminarException FUNCTION_NOT_COMPILED
     */
    static void check(UserFunction function) {
        if (function.kind() == Kind.AGGREGATE) {
            UserAggregate.of(function);
        } else {
            eval(function);
        }
    }

    /** The method {@code eval} of a function that is no aggregate. */
    public static Method eval(UserFunction function) {
        Method eval = named(function, EVAL)
                .orElseThrow(() -> refused(
                        function.name() + " has no method eval",
                        "it is public static, and takes "
                                + function.parameters().size() + " arguments"));
        Type[] types = eval.getGenericParameterTypes();
        checkCount(function, eval, function.parameters().size());
        for (int i = 0; i < types.length; i++) {
            checkArgument(function, i, types[i]);
        }
        Type result = eval.getGenericReturnType();
        switch (function.kind()) {
            case ASYNC -> checkStage(function, result);
            case TABLE -> checkRows(result);
            default -> checkResult(function, result);
        }
        return eval;
    }

    /** The public static method of a name. */
    static Optional<Method> named(UserFunction function, String name) {
        List<Method> methods = Arrays.stream(UserClasses.load(function.code()).getDeclaredMethods())
                .filter(method -> method.getName().equals(name))
                .filter(method -> Modifier.isPublic(method.getModifiers()) && Modifier.isStatic(method.getModifiers()))
                .toList();
        if (methods.size() > 1) {
            throw refused(function.name() + " has " + methods.size() + " methods " + name + ", and one is meant", null);
        }
        return methods.stream().findFirst();
    }

    static void checkCount(UserFunction function, Method method, int count) {
        if (method.getParameterCount() != count) {
            throw refused(
                    method.getName() + " takes " + JavaTypeRules.names(method.getParameterTypes()) + ", and "
                            + function.signature() + " needs " + count + " arguments",
                    null);
        }
    }

    static void checkArgument(UserFunction function, int parameter, Type java) {
        DataType type = function.parameters().get(parameter).type();
        if (!JavaTypeRules.takes(type, java)) {
            throw refused(
                    "'" + function.parameters().get(parameter).name() + "' is " + type.sql() + ", and "
                            + JavaTypeRules.content(java).getSimpleName() + " cannot take it",
                    "take it as " + JavaTypeRules.names(JavaTypeRules.arguments(type)));
        }
    }

    static void checkResult(UserFunction function, Type java) {
        if (!JavaTypeRules.gives(function.result(), java)) {
            throw refused(
                    function.name() + " returns " + function.result().sql() + ", and its method "
                            + JavaTypeRules.content(java).getSimpleName(),
                    "return " + JavaTypeRules.names(JavaTypeRules.results(function.result())));
        }
    }

    private static void checkStage(UserFunction function, Type java) {
        if (!CompletionStage.class.isAssignableFrom(JavaTypeRules.raw(java))) {
            throw refused(
                    "an asynchronous function returns a CompletionStage, and eval "
                            + JavaTypeRules.raw(java).getSimpleName(),
                    "return java.util.concurrent.CompletableFuture.supplyAsync(() -> ...)");
        }
        if (java instanceof ParameterizedType generic) {
            checkResult(function, generic.getActualTypeArguments()[0]);
        }
    }

    private static void checkRows(Type java) {
        Class<?> raw = JavaTypeRules.raw(java);
        if (!Iterable.class.isAssignableFrom(raw) && !BaseStream.class.isAssignableFrom(raw)) {
            throw refused(
                    "a table function returns an Iterable or a Stream of rows, and eval " + raw.getSimpleName(),
                    "return a List, or a Stream, of values or of rows as Object[]");
        }
    }

    static LaminarException refused(String reason, @org.jspecify.annotations.Nullable String hint) {
        return new LaminarException(ErrorCode.FUNCTION_NOT_COMPILED, reason, hint);
    }
}
