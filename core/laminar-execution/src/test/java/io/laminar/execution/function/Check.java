package io.laminar.execution.function;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.spi.batch.Slice;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Claims about functions, written in SQL. */
final class Check {

    private Check() {}

    static void value(String sql, String expected) {
        assertEquals(expected, ExampleEvaluator.text(sql), sql);
    }

    /** The function refuses with a message that starts with its name and holds some words. */
    static void refused(String sql, String words) {
        refused(ErrorCode.INVALID_ARGUMENT, sql, words);
    }

    static void refused(ErrorCode code, String sql, String words) {
        LaminarException e = assertThrows(LaminarException.class, () -> ExampleEvaluator.text(sql), sql);
        assertEquals(code, e.code(), sql);
        assertTrue(e.reason().contains(words), sql + " says: " + e.reason());
    }

    /** A text as a view into the middle of a larger array. */
    static Slice view(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        byte[] around = new byte[bytes.length + 9];
        Arrays.fill(around, (byte) 'a');
        System.arraycopy(bytes, 0, around, 5, bytes.length);
        Slice slice = new Slice();
        slice.set(around, 5, bytes.length);
        return slice;
    }
}
