package io.laminar.spi.error;

import org.jspecify.annotations.Nullable;

/** The one exception whose text is meant for users: code, reason, and where they exist place and hint. */
public final class LaminarException extends RuntimeException {

    private final ErrorCode code;
    private final @Nullable Place place;
    private final @Nullable String hint;

    public LaminarException(
            ErrorCode code, String message, @Nullable Place place, @Nullable String hint, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
        this.place = place;
        this.hint = hint;
    }

    public LaminarException(ErrorCode code, String message) {
        this(code, message, null, null, null);
    }

    public LaminarException(ErrorCode code, String message, @Nullable String hint) {
        this(code, message, null, hint, null);
    }

    public ErrorCode code() {
        return code;
    }

    public @Nullable Place place() {
        return place;
    }

    public @Nullable String hint() {
        return hint;
    }

    /** The message without code and place. */
    public String reason() {
        return String.valueOf(getMessage());
    }

    /** The same error at a known place; an error that has its place already is returned as it is. */
    public LaminarException at(Place where) {
        return place != null ? this : new LaminarException(code, reason(), where, hint, getCause());
    }

    /** The same error with a hint; an error that has one already is returned as it is. */
    public LaminarException withHint(@Nullable String text) {
        return hint != null || text == null ? this : new LaminarException(code, reason(), place, text, getCause());
    }

    /**
     * For stack traces: whoever has only these, of another process for example, still knows all there is to say. Place
     * and hint, if there are any, have a line each.
     */
    @Override
    @SuppressWarnings("OverrideThrowableToString") // The message is what users see, and the code stands beside it.
    public String toString() {
        return getClass().getName() + ": " + code.code() + ": " + reason()
                + (place == null ? "" : "\n  place: " + place)
                + (hint == null ? "" : "\n  hint: " + hint);
    }

    /** One line: code, place, reason; a second line for the hint. */
    public String describe() {
        StringBuilder out = new StringBuilder(code.code());
        if (place != null) {
            out.append(" (").append(place).append(')');
        }
        out.append(": ").append(reason());
        if (hint != null) {
            out.append("\n  hint: ").append(hint);
        }
        return out.toString();
    }
}
