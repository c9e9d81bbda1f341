package io.laminar.execution.function;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FunctionReferenceTest {

    @Test
    void thePageInTheRepositoryIsCurrent() throws IOException {
        Path page = root().resolve("docs/reference/functions.md");
        String wanted = FunctionReference.markdown(FunctionReference.all());
        if (Boolean.getBoolean("reference.update")) {
            Files.createDirectories(page.getParent());
            Files.writeString(page, wanted);
        }
        assertTrue(Files.exists(page), () -> page + " is missing; run this test with -Dreference.update=true");
        assertEquals(wanted, Files.readString(page), "run this test with -Dreference.update=true");
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("core/laminar-execution"))) {
            folder = folder.getParent();
        }
        return folder;
    }

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
