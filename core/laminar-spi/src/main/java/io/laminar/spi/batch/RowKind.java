package io.laminar.spi.batch;

/** What a row of a changelog does, as bytes in {@link Batch#kinds}. */
public final class RowKind {
    public static final byte INSERT = 0;
    public static final byte UPDATE_BEFORE = 1;
    public static final byte UPDATE_AFTER = 2;
    public static final byte DELETE = 3;

    private static final String[] TEXT = {"+I", "-U", "+U", "-D"};

    private RowKind() {}

    /** Whether the row takes an earlier row back (-U, -D). */
    public static boolean isRetraction(byte kind) {
        return (kind & 1) == 1;
    }

    /** {@code +I}, {@code -U}, {@code +U} or {@code -D}. */
    public static String text(byte kind) {
        return TEXT[kind];
    }

    /** The kind written as {@link #text}. */
    public static byte parse(String text) {
        for (byte kind = 0; kind < TEXT.length; kind++) {
            if (TEXT[kind].equals(text)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("no row kind: " + text);
    }
}
