package io.laminar.execution.function;

import io.laminar.spi.batch.Slice;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Code points on UTF-8 bytes. Bytes that are no UTF-8 do no harm: every byte that is not a continuation starts a code
 * point.
 */
final class Utf8 {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long LOW_BITS = 0x0101010101010101L;
    private static final int REPLACEMENT = 0xFFFD;

    private Utf8() {}

    static long eight(byte[] bytes, int at) {
        return (long) LONGS.get(bytes, at);
    }

    static void eight(byte[] bytes, int at, long value) {
        LONGS.set(bytes, at, value);
    }

    static boolean isAscii(byte[] bytes, int from, int to) {
        int at = from;
        for (; at + 8 <= to; at += 8) {
            if ((eight(bytes, at) & HIGH_BITS) != 0) {
                return false;
            }
        }
        for (; at < to; at++) {
            if (bytes[at] < 0) {
                return false;
            }
        }
        return true;
    }

    static boolean isContinuation(byte value) {
        return (value & 0xC0) == 0x80;
    }

    /** How many code points lie in {@code [from, to)}. */
    static int count(byte[] bytes, int from, int to) {
        int continuations = 0;
        int at = from;
        for (; at + 8 <= to; at += 8) {
            long word = eight(bytes, at);
            continuations += Long.bitCount(word >>> 7 & ~(word >>> 6) & LOW_BITS);
        }
        for (; at < to; at++) {
            continuations += isContinuation(bytes[at]) ? 1 : 0;
        }
        return to - from - continuations;
    }

    static int count(Slice text) {
        return count(text.base(), text.offset(), text.offset() + text.length());
    }

    /** Where the code point after the next {@code count} ones starts; {@code to} when there are fewer. */
    static int skip(byte[] bytes, int from, int to, long count) {
        int at = from;
        long left = count;
        while (left >= 8 && at + 8 <= to && (eight(bytes, at) & HIGH_BITS) == 0) {
            at += 8;
            left -= 8;
        }
        while (left > 0 && at < to) {
            at = next(bytes, at, to);
            left--;
        }
        return at;
    }

    /** How many chars of a string {@code [from, to)} makes: one per code point, two beyond the basic plane. */
    static int countUnits(byte[] bytes, int from, int to) {
        int units = count(bytes, from, to);
        for (int at = from; at < to; at++) {
            units += (bytes[at] & 0xF8) == 0xF0 ? 1 : 0;
        }
        return units;
    }

    /** Where the char with an index in the string of {@code [from, to)} lies. */
    static int skipUnits(byte[] bytes, int from, int to, int units) {
        int at = from;
        int left = units;
        while (left > 0 && at < to) {
            left -= (bytes[at] & 0xF8) == 0xF0 ? 2 : 1;
            at = next(bytes, at, to);
        }
        return at;
    }

    /** Where the last {@code count} code points before {@code to} start; {@code from} when there are fewer. */
    static int skipBack(byte[] bytes, int from, int to, long count) {
        int at = to;
        for (long left = count; left > 0 && at > from; left--) {
            at--;
            while (at > from && isContinuation(bytes[at])) {
                at--;
            }
        }
        return at;
    }

    /** Where the code point after the one at {@code at} starts. */
    static int next(byte[] bytes, int at, int to) {
        int next = at + 1;
        while (next < to && isContinuation(bytes[next])) {
            next++;
        }
        return next;
    }

    /** The code point at a position; U+FFFD if the bytes there are none. */
    static int codePoint(byte[] bytes, int at, int to) {
        int first = bytes[at];
        if (first >= 0) {
            return first;
        }
        int length = next(bytes, at, to) - at;
        if (length == 2 && (first & 0xE0) == 0xC0) {
            return (first & 0x1F) << 6 | bytes[at + 1] & 0x3F;
        }
        if (length == 3 && (first & 0xF0) == 0xE0) {
            return (first & 0x0F) << 12 | (bytes[at + 1] & 0x3F) << 6 | bytes[at + 2] & 0x3F;
        }
        if (length == 4 && (first & 0xF8) == 0xF0) {
            int point = (first & 0x07) << 18
                    | (bytes[at + 1] & 0x3F) << 12
                    | (bytes[at + 2] & 0x3F) << 6
                    | bytes[at + 3] & 0x3F;
            return point <= Character.MAX_CODE_POINT ? point : REPLACEMENT;
        }
        return REPLACEMENT;
    }

    /** Writes a code point and returns the position behind it. */
    static int put(byte[] bytes, int at, int point) {
        if (point < 0x80) {
            bytes[at] = (byte) point;
            return at + 1;
        }
        if (point < 0x800) {
            bytes[at] = (byte) (0xC0 | point >> 6);
            bytes[at + 1] = (byte) (0x80 | point & 0x3F);
            return at + 2;
        }
        if (point < 0x10000) {
            bytes[at] = (byte) (0xE0 | point >> 12);
            bytes[at + 1] = (byte) (0x80 | point >> 6 & 0x3F);
            bytes[at + 2] = (byte) (0x80 | point & 0x3F);
            return at + 3;
        }
        bytes[at] = (byte) (0xF0 | point >> 18);
        bytes[at + 1] = (byte) (0x80 | point >> 12 & 0x3F);
        bytes[at + 2] = (byte) (0x80 | point >> 6 & 0x3F);
        bytes[at + 3] = (byte) (0x80 | point & 0x3F);
        return at + 4;
    }

    /** Where {@code part} first starts in {@code [from, to)}; -1 if nowhere. An empty part starts at once. */
    static int find(byte[] bytes, int from, int to, byte[] part, int partFrom, int partLength) {
        if (partLength == 0) {
            return from;
        }
        byte first = part[partFrom];
        int last = to - partLength;
        for (int at = from; at <= last; at++) {
            if (bytes[at] == first && matches(bytes, at, part, partFrom, partLength)) {
                return at;
            }
        }
        return -1;
    }

    static int find(byte[] bytes, int from, int to, Slice part) {
        return find(bytes, from, to, part.base(), part.offset(), part.length());
    }

    /** Where {@code part} last starts in {@code [from, to)}; -1 if nowhere. */
    static int findLast(byte[] bytes, int from, int to, Slice part) {
        for (int at = to - part.length(); at >= from; at--) {
            if (matches(bytes, at, part.base(), part.offset(), part.length())) {
                return at;
            }
        }
        return -1;
    }

    static boolean matches(byte[] bytes, int at, byte[] part, int partFrom, int partLength) {
        for (int i = 0; i < partLength; i++) {
            if (bytes[at + i] != part[partFrom + i]) {
                return false;
            }
        }
        return true;
    }
}
