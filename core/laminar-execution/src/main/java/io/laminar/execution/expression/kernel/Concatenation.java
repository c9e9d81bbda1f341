package io.laminar.execution.expression.kernel;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;

/** The limit of texts made out of others. */
public final class Concatenation {
    private static final int LONGEST = 256 << 20;

    private Concatenation() {}

    /** The length as an int, refused when a value of so many bytes would endanger the process. */
    public static int room(long length) {
        if (length > LONGEST) {
            throw new LaminarException(
                    ErrorCode.LIMIT_EXCEEDED, "||: the result would be longer than " + LONGEST + " bytes");
        }
        return (int) length;
    }
}
