package io.laminar.execution.key;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;

/** How arrays of state grow: by half while small, by an eighth when that would waste much memory. */
public final class Capacity {
    private static final int SMALL = 1 << 20;
    private static final int FIRST = 16;
    private static final long MAX = Integer.MAX_VALUE - 16;

    private Capacity() {}

    /** A length of at least {@code needed} for an array that has become too short. */
    public static int grown(long needed) {
        if (needed > MAX) {
            throw new LaminarException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "the state of one subtask outgrows what one array holds (" + needed + " entries)",
                    "use a higher parallelism");
        }
        long slack = needed < SMALL ? needed >> 1 : needed >> 3;
        return (int) Math.max(FIRST, Math.min(MAX, needed + slack));
    }
}
