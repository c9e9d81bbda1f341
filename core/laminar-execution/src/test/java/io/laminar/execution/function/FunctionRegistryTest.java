package io.laminar.execution.function;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.execution.function.ScalarFunction.Slot;
import io.laminar.spi.batch.Slice;
import io.laminar.spi.function.EvaluationContext;
import io.laminar.spi.function.FunctionCategory;
import io.laminar.spi.function.FunctionDeclaration;
import io.laminar.spi.function.NullHandling;
import io.laminar.spi.function.Prepared;
import io.laminar.spi.function.SqlFunction;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FunctionRegistryTest {

    /** A pattern made once. */
    public static final class Expression {
        final Pattern pattern;

        private Expression(Pattern pattern) {
            this.pattern = pattern;
        }

        public static Expression prepare(Slice text) {
            return new Expression(Pattern.compile(text.toString()));
        }
    }

    /** Functions that fit. */
    public static final class Good {
        @SqlFunction(
                value = "size(text) -> int",
                aliases = "width",
                category = FunctionCategory.TEXT,
                description = "x")
        @SqlFunction(
                value = "size(bytes) -> int",
                aliases = {"width", "octets"},
                category = FunctionCategory.TEXT,
                description = "x")
        public static int size(Slice text) {
            return text.length();
        }

        @SqlFunction(value = "find(text, text) -> boolean", category = FunctionCategory.TEXT, description = "x")
        public static boolean find(Slice text, @Prepared Expression expression) {
            return expression.pattern.matcher(text.toString()).find();
        }

        @SqlFunction(
                value = "pick(bigint, text...) -> text",
                nulls = NullHandling.CALLED,
                category = FunctionCategory.TEXT,
                description = "x")
        public static boolean pick(EvaluationContext context, Long index, Slice[] texts, Slice out) {
            out.set(texts[(int) (index + context.now())]);
            return true;
        }
    }

    /** Primitive where NULL may come. */
    public static final class Primitive {
        @SqlFunction(
                value = "f(bigint) -> int",
                nulls = NullHandling.CALLED,
                category = FunctionCategory.TEXT,
                description = "x")
        public static int f(long x) {
            return (int) x;
        }
    }

    /** A result of another type. */
    public static final class Result {
        @SqlFunction(value = "f(bigint) -> bigint", category = FunctionCategory.TEXT, description = "x")
        public static int f(long x) {
            return (int) x;
        }
    }

    /** A text returned instead of written. */
    public static final class Returned {
        @SqlFunction(value = "f(bigint) -> text", category = FunctionCategory.TEXT, description = "x")
        public static String f(long x) {
            return "" + x;
        }
    }

    /** Fewer parameters than declared. */
    public static final class Few {
        @SqlFunction(value = "f(bigint, bigint) -> bigint", category = FunctionCategory.TEXT, description = "x")
        public static long f(long x) {
            return x;
        }
    }

    @Test
    void findsOverloadsAndWhatTheirParametersTake() {
        FunctionRegistry registry = FunctionRegistry.of(List.of(Good.class));
        assertEquals(
                List.of(Slot.CONTEXT, Slot.ARGUMENT, Slot.REST, Slot.OUT),
                registry.find("pick(bigint, text...) -> text").orElseThrow().layout());
        assertEquals(
                List.of(Slot.ARGUMENT, Slot.PREPARED),
                registry.find("find(text, text) -> boolean").orElseThrow().layout());
        assertTrue(registry.find("size(text)->int").isEmpty());
    }

    @Test
    void declaresNamesAndAliases() {
        List<FunctionDeclaration> declarations =
                FunctionRegistry.of(List.of(Good.class)).declarations();
        assertEquals(
                List.of("find", "octets", "pick", "size"),
                declarations.stream().map(FunctionDeclaration::name).sorted().toList());
        FunctionDeclaration size = declarations.stream()
                .filter(d -> d.name().equals("size"))
                .collect(Collectors.toList())
                .get(0);
        assertEquals(List.of("width"), size.aliases());
        assertEquals(2, size.signatures().size());
    }

    @Test
    void refusesMethodsThatDoNotFit() {
        for (Class<?> bad : List.of(Primitive.class, Result.class, Returned.class, Few.class)) {
            assertThrows(IllegalArgumentException.class, () -> FunctionRegistry.of(List.of(bad)), bad.getName());
        }
        assertThrows(IllegalArgumentException.class, () -> FunctionRegistry.of(List.of(Good.class, Good.class)));
    }
}
