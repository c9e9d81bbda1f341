package io.laminar.execution.function;

/** How large a text a function may make out of small ones. */
final class TextLimits {
    static final int LONGEST = 64 << 20;

    private TextLimits() {}

    /** The product, refused when a value of so many bytes would endanger the process. */
    static int size(String function, long bytes, long times) {
        if (times > LONGEST || bytes * times > LONGEST) {
            throw Refusals.invalid(function, "the result would be longer than " + LONGEST + " bytes");
        }
        return (int) (bytes * times);
    }
}
