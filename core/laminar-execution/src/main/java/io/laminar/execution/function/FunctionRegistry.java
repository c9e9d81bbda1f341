package io.laminar.execution.function;

import io.laminar.spi.function.FunctionDeclaration;
import io.laminar.spi.function.FunctionKind;
import io.laminar.spi.function.SqlFunction;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Scalar functions by the text of their signature, gathered from annotated methods. Immutable. */
public final class FunctionRegistry {
    private final Map<String, ScalarFunction> bySignature = new LinkedHashMap<>();
    private final List<FunctionDeclaration> declarations;

    private record Overload(SqlFunction annotation, ScalarFunction function) {}

    /** Built-in functions are scanned once, when first needed. */
    private static final class Builtin {
        static final FunctionRegistry REGISTRY = new FunctionRegistry(BuiltinFunctions.CLASSES);
    }

    private FunctionRegistry(List<Class<?>> classes) {
        List<Overload> overloads = new ArrayList<>();
        for (Class<?> type : classes) {
            for (Method method : methodsInOrder(type)) {
                for (SqlFunction annotation : method.getAnnotationsByType(SqlFunction.class)) {
                    overloads.add(new Overload(annotation, MethodCheck.check(method, annotation)));
                }
            }
        }
        for (Overload overload : overloads) {
            String text = overload.function().signature().text();
            if (bySignature.put(text, overload.function()) != null) {
                throw new IllegalArgumentException("declared twice: " + text);
            }
        }
        declarations = declare(overloads);
    }

    /** The functions that come with Laminar. */
    public static FunctionRegistry builtin() {
        return Builtin.REGISTRY;
    }

    /**
     * The functions of some classes.
     *
     * @throws IllegalArgumentException if a method does not fit its signature, or two have the same
     */
    public static FunctionRegistry of(List<Class<?>> classes) {
        return new FunctionRegistry(classes);
    }

    /** The overload with a signature, as written in its declaration. */
    public Optional<ScalarFunction> find(String signature) {
        return Optional.ofNullable(bySignature.get(signature));
    }

    /** One declaration per name, with its overloads. */
    public List<FunctionDeclaration> declarations() {
        return declarations;
    }

    /** Reflection gives no order; by name and parameters, so that the reference does not change from run to run. */
    private static List<Method> methodsInOrder(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(m -> m.getAnnotationsByType(SqlFunction.class).length > 0)
                .sorted(Comparator.comparing(Method::getName).thenComparing(Method::toGenericString))
                .toList();
    }

    /**
     * An alias that every overload of a name has stays an alias; one that only some have, or that is a name of its own,
     * becomes a name with just those overloads.
     */
    private static List<FunctionDeclaration> declare(List<Overload> overloads) {
        Map<String, List<Overload>> byName = new LinkedHashMap<>();
        for (Overload overload : overloads) {
            byName.computeIfAbsent(overload.function().signature().name(), n -> new ArrayList<>())
                    .add(overload);
        }
        Map<String, Set<String>> shared = new LinkedHashMap<>();
        byName.forEach((name, all) -> {
            Set<String> aliases =
                    new LinkedHashSet<>(Arrays.asList(all.get(0).annotation().aliases()));
            all.forEach(o -> aliases.retainAll(Arrays.asList(o.annotation().aliases())));
            aliases.removeIf(alias -> byName.containsKey(alias) || claimedByAnother(alias, name, overloads));
            shared.put(name, aliases);
        });
        for (Overload overload : overloads) {
            String name = overload.function().signature().name();
            for (String alias : overload.annotation().aliases()) {
                if (!shared.getOrDefault(name, Set.of()).contains(alias)) {
                    byName.computeIfAbsent(alias, n -> new ArrayList<>()).add(overload);
                }
            }
        }
        return byName.entrySet().stream()
                .map(e -> declaration(e.getKey(), shared.getOrDefault(e.getKey(), Set.of()), e.getValue()))
                .toList();
    }

    private static boolean claimedByAnother(String alias, String name, List<Overload> overloads) {
        return overloads.stream()
                .anyMatch(o -> !o.function().signature().name().equals(name)
                        && Arrays.asList(o.annotation().aliases()).contains(alias));
    }

    private static FunctionDeclaration declaration(String name, Set<String> aliases, List<Overload> overloads) {
        SqlFunction first = overloads.get(0).annotation();
        List<FunctionDeclaration.Example> examples = overloads.stream()
                .filter(o -> !o.annotation().example().isEmpty())
                .map(o -> new FunctionDeclaration.Example(
                        o.annotation().example(), o.annotation().result()))
                .toList();
        return new FunctionDeclaration(
                name,
                List.copyOf(aliases),
                FunctionKind.SCALAR,
                first.category(),
                overloads.stream().map(o -> o.function().signature()).toList(),
                first.volatility(),
                first.nulls(),
                first.description(),
                examples);
    }
}
