package io.laminar.execution.function;

import io.laminar.spi.batch.Slice;

/**
 * Finds its way through JSON text without taking it apart: positions in, positions out. What is passed over is not
 * checked; text that is no JSON leads to -1 or to something that is in the text, never beyond it.
 */
final class JsonScanner {
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long QUOTES = '"' * ONES;
    private static final long BACKSLASHES = '\\' * ONES;
    private static final int SHORT = 24;

    private JsonScanner() {}

    /** The next position that holds no blank; {@code to} if there is none. */
    static int skipBlanks(byte[] b, int from, int to) {
        int at = from;
        while (at < to && b[at] <= ' ' && b[at] >= 0) {
            at++;
        }
        return at;
    }

    /** Where the value that starts at a position ends; -1 if it does not. */
    static int end(byte[] b, int at, int to) {
        if (at >= to) {
            return -1;
        }
        byte c = b[at];
        if (c == '"') {
            int quote = closingQuote(b, at + 1, to);
            return quote < 0 ? -1 : quote + 1;
        }
        if (c == '{' || c == '[') {
            return containerEnd(b, at, to);
        }
        int end = at;
        while (end < to && b[end] != ',' && b[end] != '}' && b[end] != ']' && (b[end] > ' ' || b[end] < 0)) {
            end++;
        }
        return end == at ? -1 : end;
    }

    private static int containerEnd(byte[] b, int from, int to) {
        int depth = 0;
        int at = from;
        while (at < to) {
            byte c = b[at];
            if (c == '"') {
                at = closingQuote(b, at + 1, to);
                if (at < 0) {
                    return -1;
                }
            } else if (c == '{' || c == '[') {
                depth++;
            } else if ((c == '}' || c == ']') && --depth == 0) {
                return at + 1;
            }
            at++;
        }
        return -1;
    }

    /** Where the string whose first character is at a position has its closing quote; -1 if nowhere. */
    static int closingQuote(byte[] b, int from, int to) {
        // Most strings are short: eight bytes at a time only pay off in long ones.
        int near = Math.min(to, from + SHORT);
        int at = from;
        while (at < near) {
            byte c = b[at];
            if (c == '"') {
                return at;
            }
            at += c == '\\' ? 2 : 1;
        }
        return at < to ? farQuote(b, at, to) : -1;
    }

    private static int farQuote(byte[] b, int from, int to) {
        int at = from;
        while (at < to) {
            while (at + 8 <= to) {
                long word = Utf8.eight(b, at);
                long hits = zeroBytes(word ^ QUOTES) | zeroBytes(word ^ BACKSLASHES);
                if (hits != 0) {
                    at += Long.numberOfTrailingZeros(hits) >> 3;
                    break;
                }
                at += 8;
            }
            if (at >= to) {
                return -1;
            }
            if (b[at] == '"') {
                return at;
            }
            at += b[at] == '\\' ? 2 : 1;
        }
        return -1;
    }

    /** The lowest marked byte is zero; higher marks may be false. */
    private static long zeroBytes(long word) {
        return word - ONES & ~word & HIGH_BITS;
    }

    /** Where the value of a key starts in the object at a position; -1 if there is no such key, or no object. */
    static int member(byte[] b, int object, int to, byte[] key, int keyFrom, int keyLength) {
        if (object >= to || b[object] != '{') {
            return -1;
        }
        int at = skipBlanks(b, object + 1, to);
        while (at < to && b[at] == '"') {
            int quote = closingQuote(b, at + 1, to);
            int value = quote < 0 ? -1 : valueAfterKey(b, quote + 1, to);
            if (value < 0) {
                return -1;
            }
            if (isKey(b, at + 1, quote, key, keyFrom, keyLength)) {
                return value;
            }
            at = next(b, value, to);
            if (at < 0) {
                return -1;
            }
        }
        return -1;
    }

    /** Where the value starts whose key ends before a position. */
    static int valueAfterKey(byte[] b, int afterQuote, int to) {
        int colon = skipBlanks(b, afterQuote, to);
        if (colon >= to || b[colon] != ':') {
            return -1;
        }
        int value = skipBlanks(b, colon + 1, to);
        return value < to ? value : -1;
    }

    /** Where the entry after the value at a position starts; -1 if that was the last. */
    static int next(byte[] b, int value, int to) {
        int end = end(b, value, to);
        if (end < 0) {
            return -1;
        }
        int comma = skipBlanks(b, end, to);
        return comma < to && b[comma] == ',' ? skipBlanks(b, comma + 1, to) : -1;
    }

    private static boolean isKey(byte[] b, int from, int to, byte[] key, int keyFrom, int keyLength) {
        if (to - from == keyLength && Utf8.matches(b, from, key, keyFrom, keyLength)) {
            return true;
        }
        // Only an escape lets a key of another length, or other bytes, be the same.
        return to - from > keyLength && hasEscape(b, from, to) && isEscapedKey(b, from, to, key, keyFrom, keyLength);
    }

    private static boolean hasEscape(byte[] b, int from, int to) {
        for (int at = from; at < to; at++) {
            if (b[at] == '\\') {
                return true;
            }
        }
        return false;
    }

    private static boolean isEscapedKey(byte[] b, int from, int to, byte[] key, int keyFrom, int keyLength) {
        Slice decoded = new Slice();
        decode(b, from, to, decoded);
        return decoded.length() == keyLength && Utf8.matches(decoded.base(), decoded.offset(), key, keyFrom, keyLength);
    }

    /** Where an element starts in the array at a position, from the end if negative; -1 if there is none, or no array. */
    static int element(byte[] b, int array, int to, long index) {
        if (array >= to || b[array] != '[') {
            return -1;
        }
        long wanted = index < 0 ? count(b, array, to) + index : index;
        int at = firstEntry(b, array, to);
        for (long left = wanted; left > 0 && at >= 0; left--) {
            at = next(b, at, to);
        }
        return wanted < 0 ? -1 : at;
    }

    /** Where the first entry of an object or array starts; -1 if it is empty. */
    static int firstEntry(byte[] b, int container, int to) {
        int at = skipBlanks(b, container + 1, to);
        return at >= to || b[at] == '}' || b[at] == ']' ? -1 : at;
    }

    /** How many entries the object or array at a position has; -1 if there is neither. */
    static long count(byte[] b, int container, int to) {
        boolean object = container < to && b[container] == '{';
        if (!object && (container >= to || b[container] != '[')) {
            return -1;
        }
        long count = 0;
        for (int at = firstEntry(b, container, to); at >= 0 && at < to; count++) {
            int value = object ? valueOfEntry(b, at, to) : at;
            at = value < 0 ? -1 : next(b, value, to);
        }
        return count;
    }

    /** Where the value of the object's entry at a position starts. */
    static int valueOfEntry(byte[] b, int entry, int to) {
        int quote = b[entry] == '"' ? closingQuote(b, entry + 1, to) : -1;
        return quote < 0 ? -1 : valueAfterKey(b, quote + 1, to);
    }

    static boolean isNull(byte[] b, int at, int to) {
        return to - at >= 4 && b[at] == 'n' && b[at + 1] == 'u' && b[at + 2] == 'l' && b[at + 3] == 'l';
    }

    /** The characters between quotes with their escapes resolved; a view where there are none. */
    static void decode(byte[] b, int from, int to, Slice out) {
        if (!hasEscape(b, from, to)) {
            out.set(b, from, to - from);
            return;
        }
        byte[] target = out.reserve(to - from);
        int write = 0;
        int at = from;
        while (at < to) {
            byte c = b[at++];
            if (c != '\\' || at >= to) {
                target[write++] = c;
                continue;
            }
            byte escaped = b[at++];
            switch (escaped) {
                case 'n' -> target[write++] = '\n';
                case 't' -> target[write++] = '\t';
                case 'r' -> target[write++] = '\r';
                case 'b' -> target[write++] = '\b';
                case 'f' -> target[write++] = '\f';
                case 'u' -> {
                    int unit = hex(b, at, to);
                    at = Math.min(to, at + 4);
                    if (Character.isHighSurrogate((char) unit) && at + 1 < to && b[at] == '\\' && b[at + 1] == 'u') {
                        int low = hex(b, at + 2, to);
                        if (Character.isLowSurrogate((char) low)) {
                            unit = Character.toCodePoint((char) unit, (char) low);
                            at += 6;
                        }
                    }
                    boolean lonely = unit >= Character.MIN_SURROGATE && unit <= Character.MAX_SURROGATE;
                    write = Utf8.put(target, write, lonely ? 0xFFFD : unit);
                }
                default -> target[write++] = escaped;
            }
        }
        out.length(write);
    }

    private static int hex(byte[] b, int at, int to) {
        int value = 0;
        for (int i = at; i < at + 4; i++) {
            int digit = i < to ? Character.digit(b[i], 16) : -1;
            if (digit < 0) {
                return 0xFFFD;
            }
            value = value << 4 | digit;
        }
        return value;
    }
}
