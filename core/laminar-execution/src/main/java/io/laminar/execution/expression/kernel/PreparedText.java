package io.laminar.execution.expression.kernel;

import io.laminar.spi.batch.Slice;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Remembers what an argument was last prepared to, so that equal texts in a row are prepared once. */
public final class PreparedText {
    /** What the text was prepared to; set by the caller after {@link #differs} has answered true. */
    public @Nullable Object value;

    private byte[] last = new byte[0];

    /** Whether the text has to be prepared; remembers it if so. */
    public boolean differs(byte[] b, int from, int length) {
        if (value != null && Arrays.equals(last, 0, last.length, b, from, from + length)) {
            return false;
        }
        value = null;
        last = Arrays.copyOfRange(b, from, from + length);
        return true;
    }

    /** The text to prepare. */
    public Slice text() {
        Slice slice = new Slice();
        slice.set(last, 0, last.length);
        return slice;
    }
}
