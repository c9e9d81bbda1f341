package io.laminar.execution.user;

import io.laminar.spi.function.UserFunction;
import java.io.Serializable;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The methods of a user's aggregate: either {@code eval} over a List per argument, or {@code create}, {@code accumulate},
 * {@code result} and, if there are, {@code retract} and {@code merge}.
 *
 * @param eval null for the other form, as the others are for this one
 */
public record UserAggregate(
        UserFunction function,
        @Nullable Method eval,
        @Nullable Method create,
        @Nullable Method accumulate,
        @Nullable Method retract,
        @Nullable Method merge,
        @Nullable Method result) {

    /**
     * Finds the methods.
     *
     * @throws io.laminar.spi.error.LaminarException FUNCTION_NOT_COMPILED if they do not fit the declaration
     */
    public static UserAggregate of(UserFunction function) {
        Optional<Method> eval = UserMethods.named(function, "eval");
        if (eval.isPresent()) {
            UserMethods.checkCount(function, eval.get(), function.parameters().size());
            for (Class<?> parameter : eval.get().getParameterTypes()) {
                if (parameter != List.class) {
                    throw UserMethods.refused(
                            "eval of an aggregate takes a java.util.List per argument, not "
                                    + parameter.getSimpleName(),
                            "eval(List<Double> values), or create(), accumulate(state, value) and result(state)");
                }
            }
            UserMethods.checkResult(function, eval.get().getGenericReturnType());
            return new UserAggregate(function, eval.get(), null, null, null, null, null);
        }
        return stateful(function);
    }

    private static UserAggregate stateful(UserFunction function) {
        Method create = required(function, "create", 0);
        Class<?> state = create.getReturnType();
        if (state.isPrimitive() || (!Serializable.class.isAssignableFrom(state) && !state.isArray())) {
            throw UserMethods.refused(
                    "the state of " + function.name() + " is kept in checkpoints, and " + state.getSimpleName()
                            + " is not java.io.Serializable",
                    "static final class State implements java.io.Serializable { ... }");
        }
        int count = function.parameters().size();
        Method accumulate = required(function, "accumulate", 1 + count);
        checkChange(function, accumulate, state);
        Method result = required(function, "result", 1);
        checkState(function, result, 0, state);
        UserMethods.checkResult(function, result.getGenericReturnType());
        Optional<Method> retract = UserMethods.named(function, "retract");
        retract.ifPresent(method -> {
            UserMethods.checkCount(function, method, 1 + count);
            checkChange(function, method, state);
        });
        Optional<Method> merge = UserMethods.named(function, "merge");
        merge.ifPresent(method -> {
            UserMethods.checkCount(function, method, 2);
            checkState(function, method, 0, state);
            checkState(function, method, 1, state);
        });
        return new UserAggregate(function, null, create, accumulate, retract.orElse(null), merge.orElse(null), result);
    }

    private static Method required(UserFunction function, String name, int parameters) {
        Method method = UserMethods.named(function, name)
                .orElseThrow(() -> UserMethods.refused(
                        "the aggregate " + function.name() + " has no method " + name,
                        "it has eval over Lists, or create(), accumulate(state, ...) and result(state)"));
        UserMethods.checkCount(function, method, parameters);
        return method;
    }

    private static void checkChange(UserFunction function, Method method, Class<?> state) {
        checkState(function, method, 0, state);
        Type[] types = method.getGenericParameterTypes();
        for (int i = 1; i < types.length; i++) {
            UserMethods.checkArgument(function, i - 1, types[i]);
        }
    }

    private static void checkState(UserFunction function, Method method, int parameter, Class<?> state) {
        if (!method.getParameterTypes()[parameter].isAssignableFrom(state)) {
            throw UserMethods.refused(
                    method.getName() + " takes a " + method.getParameterTypes()[parameter].getSimpleName()
                            + ", and create of " + function.name() + " makes a " + state.getSimpleName(),
                    null);
        }
    }

    /** Whether the state can be kept as it is, so that the values need not be. */
    public boolean keepsState(boolean retracts) {
        return merge != null && (!retracts || retract != null);
    }

    /** For each argument, whether a row with a NULL there does not count. */
    public boolean[] refusesNull() {
        boolean[] refuses = new boolean[function.parameters().size()];
        Arrays.fill(refuses, true);
        Method method = accumulate;
        for (int i = 0; method != null && i < refuses.length; i++) {
            refuses[i] = method.getParameterTypes()[1 + i].isPrimitive();
        }
        return refuses;
    }
}
