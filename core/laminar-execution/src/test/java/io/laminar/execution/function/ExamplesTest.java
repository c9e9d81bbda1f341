package io.laminar.execution.function;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.execution.expression.ConstantEvaluator;
import io.laminar.plan.expression.Expression;
import io.laminar.spi.function.FunctionDeclaration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Every example of the reference is true. */
class ExamplesTest {

    @Test
    void examplesHaveTheValueTheyClaim() {
        List<Executable> checks = new ArrayList<>();
        for (FunctionDeclaration function : FunctionRegistry.builtin().declarations()) {
            for (FunctionDeclaration.Example example : function.examples()) {
                checks.add(() -> assertEquals(
                        example.result(), ExampleEvaluator.text(example.expression()), example.expression()));
            }
        }
        assertTrue(checks.size() > 150, "only " + checks.size() + " examples found");
        assertAll(checks);
    }

    @Test
    void compiledTheyHaveItToo() {
        List<Executable> checks = new ArrayList<>();
        for (FunctionDeclaration function : FunctionRegistry.builtin().declarations()) {
            for (FunctionDeclaration.Example example : function.examples()) {
                checks.add(() -> assertEquals(example.result(), compiled(example.expression()), example.expression()));
            }
        }
        assertAll(checks);
    }

    private static String compiled(String sql) {
        Expression expression = ExampleParser.parse(sql, FunctionRegistry.builtin());
        Object value = ConstantEvaluator.evaluate(expression, ExampleEvaluator.CONTEXT, FunctionRegistry.builtin());
        return value == null ? "NULL" : ValueText.of(expression.type(), value);
    }

    @Test
    void everyScalarFunctionHasAnExample() {
        List<String> bare = FunctionRegistry.builtin().declarations().stream()
                .filter(function -> function.examples().isEmpty())
                .map(FunctionDeclaration::name)
                .toList();
        assertEquals(List.of(), bare);
    }
}
