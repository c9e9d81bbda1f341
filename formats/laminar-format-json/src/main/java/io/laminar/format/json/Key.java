package io.laminar.format.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A key of an object as it stands in the text, with its quotes, and what it means. */
final class Key {
    /** The field of a key that no column wants. */
    static final int UNWANTED = -1;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** A key that matches nothing. */
    static final Key NONE = new Key(new byte[0], UNWANTED, false);

    private final byte[] text;
    private final long[] words;
    private final long lastMask;

    /** Bytes with the quotes. */
    final int length;

    /** The position of the column, or {@link #UNWANTED}. */
    final int field;

    /** Whether the column's name has the same spelling; else it is the same but for letter case. */
    final boolean exact;

    /** The key that followed this one last time: a guess for the next time. */
    @Nullable
    Key next;

    Key(byte[] text, int field, boolean exact) {
        this.text = text;
        this.length = text.length;
        this.field = field;
        this.exact = exact;
        int count = (length + Long.BYTES - 1) / Long.BYTES;
        byte[] padded = Arrays.copyOf(text, count * Long.BYTES);
        words = new long[count];
        for (int i = 0; i < count; i++) {
            words[i] = (long) LONGS.get(padded, i * Long.BYTES);
        }
        int rest = length % Long.BYTES;
        lastMask = rest == 0 ? -1 : (1L << (rest * Byte.SIZE)) - 1;
    }

    /** Whether this key stands at a position. */
    boolean at(byte[] b, int position, int limit) {
        int last = words.length - 1;
        if (position + length > limit || last < 0) {
            return false;
        }
        if (position + words.length * Long.BYTES > b.length) {
            return Arrays.equals(text, 0, length, b, position, position + length);
        }
        int p = position;
        for (int i = 0; i < last; i++) {
            if ((long) LONGS.get(b, p) != words[i]) {
                return false;
            }
            p += Long.BYTES;
        }
        return ((long) LONGS.get(b, p) & lastMask) == words[last];
    }
}
