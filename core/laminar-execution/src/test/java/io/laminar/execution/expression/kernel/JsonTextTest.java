package io.laminar.execution.expression.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.spi.batch.Slice;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class JsonTextTest {
    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void validDocuments() {
        for (String good : new String[] {
            "null",
            " true ",
            "-0.5e+10",
            "0",
            "\"\"",
            "\"a\\u00e9\\n\\\"\"",
            "[]",
            "[1, [2, {}], \"x\"]",
            "{\"a\":{\"b\":[null]}}",
            "{ }",
        }) {
            assertTrue(JsonText.isValid(bytes(good), 0, bytes(good).length), good);
        }
    }

    @Test
    void invalidDocuments() {
        for (String bad : new String[] {
            "",
            "nul",
            "TRUE",
            "01",
            "1.",
            ".5",
            "-",
            "1e",
            "+1",
            "\"",
            "\"\\x\"",
            "\"\\u12g4\"",
            "\"\n\"",
            "[",
            "[1,]",
            "[1 2]",
            "{",
            "{a:1}",
            "{\"a\"}",
            "{\"a\":1,}",
            "1 2",
            "]",
            "{\"a\":1]",
            "[".repeat(100_000),
        }) {
            assertFalse(JsonText.isValid(bytes(bad), 0, bytes(bad).length), bad.length() < 50 ? bad : "deep");
        }
    }

    private static String content(String document, int kind) {
        Slice out = new Slice();
        assertEquals(kind, JsonText.scalar(bytes(document), 0, bytes(document).length, out), document);
        return out.toString();
    }

    @Test
    void scalars() {
        assertEquals("a\"\\/\n\t\r\b\f", content("\"a\\\"\\\\\\/\\n\\t\\r\\b\\f\"", JsonText.STRING));
        assertEquals("é𝄞", content("\"\\u00e9\\ud834\\udd1e\"", JsonText.STRING));
        assertEquals("plain ü", content(" \"plain ü\" ", JsonText.STRING));
        assertEquals("12.5", content(" 12.5\n", JsonText.OTHER));
        content("null", JsonText.NULL);
    }
}
