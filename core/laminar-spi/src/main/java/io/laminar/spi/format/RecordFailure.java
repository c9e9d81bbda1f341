package io.laminar.spi.format;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;

/**
 * Why a record cannot be decoded and where in the buffer, between the parts of a decoder; never leaves it. Has no stack
 * trace, so it is cheap.
 */
public final class RecordFailure extends RuntimeException {
    private final ErrorCode code;
    private final int position;
    private final boolean truncated;

    private RecordFailure(ErrorCode code, int position, String message, boolean truncated) {
        super(message, null, false, false);
        this.code = code;
        this.position = position;
        this.truncated = truncated;
    }

    public RecordFailure(ErrorCode code, int position, String message) {
        this(code, position, message, false);
    }

    public RecordFailure(int position, String message) {
        this(ErrorCode.BAD_RECORD, position, message);
    }

    /** The bytes end before the value at {@code position} does. */
    public static RecordFailure truncated(int position) {
        return new RecordFailure(ErrorCode.BAD_RECORD, position, "the record ends within a value", true);
    }

    public int position() {
        return position;
    }

    /** Whether more bytes might have made the record whole. */
    public boolean isTruncated() {
        return truncated;
    }

    /** The failure as users see it, for a record that starts at {@code from}. */
    public LaminarException reason(int from) {
        return new LaminarException(code, getMessage() + " (at byte " + (position - from) + " of the record)");
    }
}
