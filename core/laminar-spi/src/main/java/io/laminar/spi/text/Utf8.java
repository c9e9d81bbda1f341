package io.laminar.spi.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Checks that bytes are UTF-8: no overlong forms, no surrogates, nothing beyond U+10FFFF. */
public final class Utf8 {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ABOVE_ASCII = 0x8080808080808080L;

    private Utf8() {}

    /** The position of the first byte that starts no valid sequence within the range, or -1 if all do. */
    public static int invalidAt(byte[] b, int from, int to) {
        int p = from;
        while (p <= to - Long.BYTES && ((long) LONGS.get(b, p) & ABOVE_ASCII) == 0) {
            p += Long.BYTES;
        }
        while (p < to) {
            if (b[p] >= 0) {
                p++;
                continue;
            }
            int length = sequenceLength(b, p, to);
            if (length == 0) {
                return p;
            }
            p += length;
        }
        return -1;
    }

    /** The length of the sequence of several bytes at {@code p}; 0 if there is none. */
    private static int sequenceLength(byte[] b, int p, int to) {
        int lead = b[p] & 0xff;
        int length;
        if (lead >= 0xc2 && lead <= 0xdf) {
            length = 2;
        } else if (lead >= 0xe0 && lead <= 0xef) {
            length = 3;
        } else if (lead >= 0xf0 && lead <= 0xf4) {
            length = 4;
        } else {
            return 0;
        }
        if (p + length > to) {
            return 0;
        }
        int second = b[p + 1] & 0xff;
        boolean overlong = (lead == 0xe0 && second < 0xa0) || (lead == 0xf0 && second < 0x90);
        boolean outside = (lead == 0xed && second > 0x9f) || (lead == 0xf4 && second > 0x8f);
        if (overlong || outside) {
            return 0;
        }
        for (int i = 1; i < length; i++) {
            if ((b[p + i] & 0xc0) != 0x80) {
                return 0;
            }
        }
        return length;
    }
}
