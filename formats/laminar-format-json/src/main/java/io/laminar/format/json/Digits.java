package io.laminar.format.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Decimal digits in text, eight at a time: numbers differ in length, so that a branch for each digit is guessed wrong. */
final class Digits {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ZEROS = 0x3030_3030_3030_3030L;
    private static final long HIGH_NIBBLES = 0xf0f0_f0f0_f0f0_f0f0L;
    private static final long SIXES = 0x0606_0606_0606_0606L;

    private Digits() {}

    /** Eight bytes, in which digits have become 0 to 9. The first of them is the lowest. */
    static long word(byte[] b, int from) {
        return (long) LONGS.get(b, from) ^ ZEROS;
    }

    /** How many bytes of a {@link #word} are digits, up to the first that is none. */
    static int count(long word) {
        // Digits stay below 16 with six more. A carry can only come from a lower byte that is itself none.
        return Long.numberOfTrailingZeros((word | (word + SIXES)) & HIGH_NIBBLES) >>> 3;
    }

    /** The number that the first {@code count} digits of a word are; 1 to 8. */
    static long value(long word, int count) {
        long digits = word << (Long.SIZE - count * Byte.SIZE);
        long pairs = digits * 10 + (digits >>> 8);
        return ((pairs & 0xff_0000_00ffL) * 0xf_4240_0000_0064L + (pairs >>> 16 & 0xff_0000_00ffL) * 0x2710_0000_0001L)
                >>> 32;
    }
}
