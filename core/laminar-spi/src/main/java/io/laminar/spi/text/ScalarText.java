package io.laminar.spi.text;

/** BOOLEAN and BYTES as text, and trimming, on bytes. */
public final class ScalarText {
    private static final String[] TRUE = {"true", "t", "yes", "y", "on", "1"};
    private static final String[] FALSE = {"false", "f", "no", "n", "off", "0"};

    private ScalarText() {}

    /** 1 for true, 0 for false, -1 for a text that is neither. Letter case does not matter. */
    public static int parseBoolean(byte[] b, int from, int to) {
        for (String word : TRUE) {
            if (equalsIgnoreCase(b, from, to, word)) {
                return 1;
            }
        }
        for (String word : FALSE) {
            if (equalsIgnoreCase(b, from, to, word)) {
                return 0;
            }
        }
        return -1;
    }

    /** Whether the bytes are a word given in lower case, in any letter case (ASCII). */
    public static boolean equalsIgnoreCase(byte[] b, int from, int to, String word) {
        if (to - from != word.length()) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            int c = b[from + i];
            if ((c >= 'A' && c <= 'Z' ? c | 0x20 : c) != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** The first position that holds no blank, tab or line end. */
    public static int trimStart(byte[] b, int from, int to) {
        int at = from;
        while (at < to && isBlank(b[at])) {
            at++;
        }
        return at;
    }

    /** The position behind the last that holds no blank, tab or line end. */
    public static int trimEnd(byte[] b, int from, int to) {
        int at = to;
        while (at > from && isBlank(b[at - 1])) {
            at--;
        }
        return at;
    }

    private static boolean isBlank(byte c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    /** Writes {@code \x} and two hexadecimal digits per byte; needs 2 + 2 * length bytes. */
    public static int formatHex(byte[] b, int from, int to, byte[] out, int at) {
        int end = at;
        out[end++] = '\\';
        out[end++] = 'x';
        for (int i = from; i < to; i++) {
            out[end++] = digit(b[i] >> 4 & 0xF);
            out[end++] = digit(b[i] & 0xF);
        }
        return end;
    }

    /** Reads {@code \x} and hexadecimal digits; the number of bytes written at {@code out[0]}, or -1. */
    public static int parseHex(byte[] b, int from, int to, byte[] out) {
        if (to - from < 2 || b[from] != '\\' || (b[from + 1] | 0x20) != 'x' || (to - from) % 2 != 0) {
            return -1;
        }
        int count = (to - from) / 2 - 1;
        for (int i = 0; i < count; i++) {
            int high = Character.digit(b[from + 2 + 2 * i], 16);
            int low = Character.digit(b[from + 3 + 2 * i], 16);
            if (high < 0 || low < 0) {
                return -1;
            }
            out[i] = (byte) (high << 4 | low);
        }
        return count;
    }

    private static byte digit(int nibble) {
        return (byte) (nibble < 10 ? '0' + nibble : 'a' + nibble - 10);
    }
}
