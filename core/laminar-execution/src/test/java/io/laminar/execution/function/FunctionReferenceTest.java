package io.laminar.execution.function;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class FunctionReferenceTest {

    @Test
    void aggregatesAndScalarFunctionsAreBothThere() {
        String table = FunctionReference.table(FunctionReference.all(), "");
        assertTrue(table.contains("  sum(decimal) -> decimal(38)"), table);
        assertTrue(table.contains("  lower(text) -> text "), table);
    }

    @Test
    void aWordPicksByNameAliasAndCategory() {
        String byAlias = FunctionReference.table(FunctionReference.all(), "stddev");
        assertTrue(byAlias.contains("stddev_samp(double) -> double"), byAlias);
        assertFalse(byAlias.contains("lower("), byAlias);
        assertTrue(FunctionReference.table(FunctionReference.all(), "regular").contains("regexp_like("));
    }

    @Test
    void aWordNothingHasGivesNothing() {
        assertEquals("", FunctionReference.table(FunctionReference.all(), "nothing_is_called_this"));
    }
}
