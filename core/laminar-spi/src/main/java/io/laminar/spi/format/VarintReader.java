package io.laminar.spi.format;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Reads integers of variable length: seven bits per byte, the least first, the highest bit set on all bytes but the
 * last. {@link #next} is the position after the one read last. Not shared between threads.
 */
public final class VarintReader {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long STOPS = 0x8080808080808080L;
    private static final int MAX_SHIFT = 63;

    private int next;

    /** The position after the integer read last. */
    public int next() {
        return next;
    }

    /**
     * The 64 bits at {@code from}.
     *
     * @throws RecordFailure if the bytes end before, or the integer has more than 64 bits
     */
    public long read(byte[] b, int from, int limit) {
        if (from + Long.BYTES > limit) {
            return readSlowly(b, from, limit);
        }
        long word = (long) LONGS.get(b, from);
        if ((word & 0x80) == 0) {
            next = from + 1;
            return word & 0x7f;
        }
        long stop = ~word & STOPS;
        if (stop == 0) {
            return readSlowly(b, from, limit);
        }
        next = from + (Long.numberOfTrailingZeros(stop) + 1 >>> 3);
        // The bytes up to the last one, then their seven bits moved together: 7 to 14 to 28 to 56.
        long bits = word & (stop ^ stop - 1) & ~STOPS;
        bits = (bits & 0x007f007f007f007fL) | (bits & 0x7f007f007f007f00L) >>> 1;
        bits = (bits & 0x00003fff00003fffL) | (bits & 0x3fff00003fff0000L) >>> 2;
        return (bits & 0x000000000fffffffL) | (bits & 0x0fffffff00000000L) >>> 4;
    }

    private long readSlowly(byte[] b, int from, int limit) {
        long bits = 0;
        int p = from;
        for (int shift = 0; shift <= MAX_SHIFT; shift += 7) {
            if (p >= limit) {
                throw RecordFailure.truncated(from);
            }
            byte part = b[p++];
            bits |= (part & 0x7fL) << shift;
            if (part >= 0) {
                if (shift == MAX_SHIFT && part > 1) {
                    throw new RecordFailure(from, "an integer has more than 64 bits");
                }
                next = p;
                return bits;
            }
        }
        throw new RecordFailure(from, "an integer has more than ten bytes");
    }

    /** Undoes the zigzag form, in which small negative numbers are small. */
    public static long zigzag(long bits) {
        return bits >>> 1 ^ -(bits & 1);
    }
}
