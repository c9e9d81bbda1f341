package io.laminar.format.json;

import io.laminar.spi.batch.BytesBuilder;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Where the tokens of a JSON text in UTF-8 end. Every method takes the position of a token's first byte and returns the
 * position after its last, or throws {@link JsonFailure}; bytes are read up to {@code limit} only. Everything that is
 * passed over is checked against RFC 8259, wanted or not.
 */
final class JsonScanner {
    /** Nesting above which a record is refused, as it could only exhaust the stack of whoever reads it. */
    static final int MAX_DEPTH = 1000;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    private static final long QUOTES = ONES * '"';
    private static final long BACKSLASHES = ONES * '\\';
    private static final long SPACES = ONES * ' ';
    private static final int SHOWN = 40;

    /** Whether a line feed may stand between tokens (messages) or ends the record (lines). */
    private boolean multiline;

    void multiline(boolean allowed) {
        multiline = allowed;
    }

    /** The next byte that is not white space; it is before {@code limit}. */
    int skipWhitespace(byte[] b, int from, int limit) {
        return from < limit && b[from] > ' ' ? from : skipSomeWhitespace(b, from, limit);
    }

    private int skipSomeWhitespace(byte[] b, int from, int limit) {
        int p = from;
        while (p < limit) {
            byte c = b[p];
            if (c != ' ' && c != '\t' && c != '\r' && !(c == '\n' && multiline)) {
                return p;
            }
            p++;
        }
        throw truncated(limit);
    }

    /** The position after {@code expected}, which may follow white space. */
    int expect(byte[] b, int from, int limit, char expected, String where) {
        int p = skipWhitespace(b, from, limit);
        if (b[p] != expected) {
            throw new JsonFailure(p, "expected '" + expected + "' " + where + ", found " + found(b, p, limit));
        }
        return p + 1;
    }

    /**
     * The closing quote of the string whose first byte after the opening quote is at {@code from}; as {@code ~position}
     * when the string has escapes.
     */
    int stringEnd(byte[] b, int from, int limit) {
        int p = plainEnd(b, from, limit);
        return p < limit && b[p] == '"' ? p : specialStringEnd(b, p, limit);
    }

    private int specialStringEnd(byte[] b, int from, int limit) {
        int p = from;
        boolean escaped = false;
        while (p < limit) {
            byte c = b[p];
            if (c == '"') {
                return escaped ? ~p : p;
            } else if (c == '\\') {
                escaped = true;
                p = skipEscape(b, p, limit);
            } else if (c < 0) {
                p = skipUtf8(b, p, limit);
            } else {
                throw new JsonFailure(p, "unescaped control character 0x%02x in a string".formatted(c));
            }
            p = plainEnd(b, p, limit);
        }
        throw truncated(limit);
    }

    /** The first byte that is a quote, a backslash, a control character or not ASCII; eight bytes at a time. */
    private static int plainEnd(byte[] b, int from, int limit) {
        int p = from;
        while (p + Long.BYTES <= limit) {
            long word = (long) LONGS.get(b, p);
            // Of bytes of ASCII only what is 0 becomes negative when 1 is taken away. The lowest bit set is exact: a
            // borrow can only come from a lower byte that is itself a hit.
            long hits = (((word ^ QUOTES) - ONES) | ((word ^ BACKSLASHES) - ONES) | (word - SPACES) | word) & HIGHS;
            if (hits != 0) {
                return p + (Long.numberOfTrailingZeros(hits) >>> 3);
            }
            p += Long.BYTES;
        }
        while (p < limit && b[p] >= ' ' && b[p] != '"' && b[p] != '\\') {
            p++;
        }
        return p;
    }

    private static int skipEscape(byte[] b, int p, int limit) {
        if (p + 1 >= limit) {
            throw truncated(limit);
        }
        switch (b[p + 1]) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> {
                return p + 2;
            }
            case 'u' -> {
                for (int i = p + 2; i < p + 6; i++) {
                    if (i >= limit) {
                        throw truncated(limit);
                    }
                    if (Character.digit(b[i], 16) < 0) {
                        throw new JsonFailure(p, "\\u needs four hexadecimal digits");
                    }
                }
                return p + 6;
            }
            default -> throw new JsonFailure(p, "unknown escape " + found(b, p, Math.min(limit, p + 2)));
        }
    }

    /** Checks one UTF-8 sequence of several bytes. */
    private static int skipUtf8(byte[] b, int p, int limit) {
        int lead = b[p] & 0xff;
        int length = lead >= 0xc2 && lead <= 0xdf
                ? 2
                : lead >= 0xe0 && lead <= 0xef ? 3 : lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
        if (length == 0) {
            throw invalidUtf8(p);
        }
        if (p + length > limit) {
            throw truncated(limit);
        }
        int second = b[p + 1] & 0xff;
        boolean overlong = (lead == 0xe0 && second < 0xa0) || (lead == 0xf0 && second < 0x90);
        boolean outside = (lead == 0xed && second > 0x9f) || (lead == 0xf4 && second > 0x8f);
        if (overlong || outside) {
            throw invalidUtf8(p);
        }
        for (int i = 1; i < length; i++) {
            if ((b[p + i] & 0xc0) != 0x80) {
                throw invalidUtf8(p);
            }
        }
        return p + length;
    }

    /** Appends the unescaped content of a checked string, {@code [from, to)} without the quotes. */
    static void unescape(byte[] b, int from, int to, BytesBuilder out) {
        int start = out.reserve(to - from);
        out.commit(unescape(b, from, to, out.arena(), start) - start);
    }

    /** The unescaped content of a checked string. */
    static String unescape(byte[] b, int from, int to) {
        byte[] target = new byte[to - from];
        return new String(target, 0, unescape(b, from, to, target, 0), StandardCharsets.UTF_8);
    }

    private static int unescape(byte[] b, int from, int to, byte[] target, int start) {
        int q = start;
        int p = from;
        while (p < to) {
            byte c = b[p++];
            if (c != '\\') {
                target[q++] = c;
                continue;
            }
            byte escape = b[p++];
            switch (escape) {
                case 'b' -> target[q++] = '\b';
                case 'f' -> target[q++] = '\f';
                case 'n' -> target[q++] = '\n';
                case 'r' -> target[q++] = '\r';
                case 't' -> target[q++] = '\t';
                case 'u' -> {
                    int unit = hex4(b, p);
                    p += 4;
                    int point = unit;
                    if (Character.isSurrogate((char) unit)) {
                        // Half a pair cannot be said in UTF-8: it becomes the replacement character.
                        point = 0xfffd;
                        boolean paired = Character.isHighSurrogate((char) unit)
                                && p + 6 <= to
                                && b[p] == '\\'
                                && b[p + 1] == 'u'
                                && Character.isLowSurrogate((char) hex4(b, p + 2));
                        if (paired) {
                            point = Character.toCodePoint((char) unit, (char) hex4(b, p + 2));
                            p += 6;
                        }
                    }
                    q = putUtf8(point, target, q);
                }
                default -> target[q++] = escape;
            }
        }
        return q;
    }

    private static int hex4(byte[] b, int p) {
        return Character.digit(b[p], 16) << 12
                | Character.digit(b[p + 1], 16) << 8
                | Character.digit(b[p + 2], 16) << 4
                | Character.digit(b[p + 3], 16);
    }

    private static int putUtf8(int point, byte[] target, int at) {
        int q = at;
        if (point < 0x80) {
            target[q++] = (byte) point;
        } else if (point < 0x800) {
            target[q++] = (byte) (0xc0 | point >> 6);
            target[q++] = (byte) (0x80 | point & 0x3f);
        } else if (point < 0x10000) {
            target[q++] = (byte) (0xe0 | point >> 12);
            target[q++] = (byte) (0x80 | point >> 6 & 0x3f);
            target[q++] = (byte) (0x80 | point & 0x3f);
        } else {
            target[q++] = (byte) (0xf0 | point >> 18);
            target[q++] = (byte) (0x80 | point >> 12 & 0x3f);
            target[q++] = (byte) (0x80 | point >> 6 & 0x3f);
            target[q++] = (byte) (0x80 | point & 0x3f);
        }
        return q;
    }

    /** The end of a number. */
    int numberEnd(byte[] b, int from, int limit) {
        int p = from;
        if (p < limit && b[p] == '-') {
            p++;
        }
        int whole = p;
        p = digitsEnd(b, p, limit);
        if (p == whole) {
            throw p >= limit ? truncated(limit) : new JsonFailure(p, "expected a digit, found " + found(b, p, limit));
        }
        if (b[whole] == '0' && p > whole + 1) {
            throw new JsonFailure(from, "numbers have no leading zeros");
        }
        if (p < limit && b[p] == '.') {
            p = someDigits(b, p + 1, limit);
        }
        if (p < limit && (b[p] | 0x20) == 'e') {
            p++;
            if (p < limit && (b[p] == '+' || b[p] == '-')) {
                p++;
            }
            p = someDigits(b, p, limit);
        }
        return p;
    }

    private static int someDigits(byte[] b, int from, int limit) {
        int p = digitsEnd(b, from, limit);
        if (p == from) {
            throw p >= limit ? truncated(limit) : new JsonFailure(p, "expected a digit, found " + found(b, p, limit));
        }
        return p;
    }

    private static int digitsEnd(byte[] b, int from, int limit) {
        int p = from;
        if (p + Long.BYTES <= limit) {
            p += Digits.count(Digits.word(b, p));
            if (p < from + Long.BYTES) {
                return p;
            }
        }
        while (p < limit && b[p] >= '0' && b[p] <= '9') {
            p++;
        }
        return p;
    }

    /** The end of {@code true}, {@code false} or {@code null}. */
    int literalEnd(byte[] b, int from, int limit, String literal) {
        int count = literal.length();
        for (int i = 0; i < count; i++) {
            if (from + i >= limit) {
                throw truncated(limit);
            }
            if (b[from + i] != literal.charAt(i)) {
                throw new JsonFailure(from, "expected a value, found " + found(b, from, limit));
            }
        }
        return from + count;
    }

    /** The end of any value that lies in {@code depth} arrays and objects. */
    int valueEnd(byte[] b, int from, int limit, int depth) {
        return switch (b[from]) {
            case '"' -> {
                int end = stringEnd(b, from + 1, limit);
                yield (end < 0 ? ~end : end) + 1;
            }
            case '{' -> objectEnd(b, from, limit, depth);
            case '[' -> arrayEnd(b, from, limit, depth);
            case 't' -> literalEnd(b, from, limit, "true");
            case 'f' -> literalEnd(b, from, limit, "false");
            case 'n' -> literalEnd(b, from, limit, "null");
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> numberEnd(b, from, limit);
            default -> throw new JsonFailure(from, "expected a value, found " + found(b, from, limit));
        };
    }

    private int objectEnd(byte[] b, int from, int limit, int depth) {
        checkDepth(from, depth);
        int p = skipWhitespace(b, from + 1, limit);
        if (b[p] == '}') {
            return p + 1;
        }
        while (true) {
            p = keyEnd(b, p, limit);
            p = skipWhitespace(b, expect(b, p, limit, ':', "after a key"), limit);
            p = skipWhitespace(b, valueEnd(b, p, limit, depth + 1), limit);
            byte c = b[p];
            if (c == '}') {
                return p + 1;
            }
            if (c != ',') {
                throw expectedNext(b, p, limit, '}');
            }
            p = skipWhitespace(b, p + 1, limit);
        }
    }

    private int arrayEnd(byte[] b, int from, int limit, int depth) {
        checkDepth(from, depth);
        int p = skipWhitespace(b, from + 1, limit);
        if (b[p] == ']') {
            return p + 1;
        }
        while (true) {
            p = skipWhitespace(b, valueEnd(b, p, limit, depth + 1), limit);
            byte c = b[p];
            if (c == ']') {
                return p + 1;
            }
            if (c != ',') {
                throw expectedNext(b, p, limit, ']');
            }
            p = skipWhitespace(b, p + 1, limit);
        }
    }

    private int keyEnd(byte[] b, int from, int limit) {
        if (b[from] != '"') {
            throw expectedKey(b, from, limit);
        }
        int end = stringEnd(b, from + 1, limit);
        return (end < 0 ? ~end : end) + 1;
    }

    static void checkDepth(int position, int depth) {
        if (depth >= MAX_DEPTH) {
            throw new JsonFailure(position, "nested deeper than " + MAX_DEPTH + " levels");
        }
    }

    static JsonFailure expectedKey(byte[] b, int position, int limit) {
        return new JsonFailure(position, "expected a key in quotes, found " + found(b, position, limit));
    }

    static JsonFailure expectedNext(byte[] b, int position, int limit, char closing) {
        return new JsonFailure(position, "expected ',' or '" + closing + "', found " + found(b, position, limit));
    }

    static JsonFailure truncated(int limit) {
        return new JsonFailure(limit, "the record ends in the middle of a value");
    }

    private static JsonFailure invalidUtf8(int position) {
        return new JsonFailure(position, "invalid UTF-8");
    }

    /** A few words for what stands at a position, for messages. */
    static String found(byte[] b, int from, int limit) {
        if (from >= limit) {
            return "the end of the record";
        }
        int end = from;
        while (end < limit && end < from + SHOWN && b[end] != '\n') {
            end++;
        }
        if (end == from) {
            return "the end of the line";
        }
        String text = new String(b, from, end - from, StandardCharsets.UTF_8);
        String kind =
                switch (b[from]) {
                    case '"' -> "text ";
                    case '{' -> "an object ";
                    case '[' -> "an array ";
                    case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> "a number ";
                    default -> "";
                };
        return kind + shorten(text, b[from]);
    }

    /** The value at the start of a text, as far as it is shown. */
    private static String shorten(String text, byte first) {
        int cut = text.length();
        if (first == '"') {
            int quote = text.indexOf('"', 1);
            cut = quote < 0 ? cut : quote + 1;
        } else if (first != '{' && first != '[') {
            int i = 1;
            while (i < text.length() && ",]}: \t\r".indexOf(text.charAt(i)) < 0) {
                i++;
            }
            cut = i;
        }
        String shown = text.substring(0, cut);
        return cut < text.length() || text.length() < SHOWN ? shown : shown + "...";
    }
}
