package io.laminar.spi.batch;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A register for one text or bytes value while an expression is evaluated: either a view of somebody else's bytes or
 * the owner of its own. Reused row after row; never kept beyond the row.
 */
public final class Slice {
    private static final byte[] EMPTY = new byte[0];

    private byte[] base = EMPTY;
    private int offset;
    private int length;
    private byte[] own = EMPTY;

    /** Views a range of bytes. */
    public void set(byte[] bytes, int from, int count) {
        base = bytes;
        offset = from;
        length = count;
    }

    /** Views the same bytes as another slice. */
    public void set(Slice other) {
        set(other.base, other.offset, other.length);
    }

    /** Makes this slice own room for a value of at most {@code capacity} bytes; the caller then sets the length. */
    public byte[] reserve(int capacity) {
        if (own.length < capacity) {
            own = new byte[Math.max(capacity, Math.max(32, own.length + (own.length >> 1)))];
        }
        base = own;
        offset = 0;
        length = 0;
        return own;
    }

    /** Grows the room reserved before, keeping its first {@code used} bytes. */
    public byte[] grow(int used, int capacity) {
        if (own.length < capacity) {
            own = Arrays.copyOf(own, Math.max(capacity, own.length + (own.length >> 1)));
        }
        base = own;
        offset = 0;
        length = used;
        return own;
    }

    /** Sets the length of the value written into {@link #reserve reserved} room. */
    public void length(int bytes) {
        length = bytes;
    }

    public byte[] base() {
        return base;
    }

    public int offset() {
        return offset;
    }

    public int length() {
        return length;
    }

    public byte at(int index) {
        return base[offset + index];
    }

    /** Sets the value to the UTF-8 form of a string. */
    public void set(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        set(bytes, 0, bytes.length);
    }

    public static Slice of(String text) {
        Slice slice = new Slice();
        slice.set(text);
        return slice;
    }

    public boolean contentEquals(Slice other) {
        return length == other.length
                && Arrays.equals(base, offset, offset + length, other.base, other.offset, other.offset + other.length);
    }

    /** Order by unsigned bytes, which for UTF-8 is the order of code points. */
    public int compareContent(Slice other) {
        return Arrays.compareUnsigned(
                base, offset, offset + length, other.base, other.offset, other.offset + other.length);
    }

    @Override
    public String toString() {
        return new String(base, offset, length, StandardCharsets.UTF_8);
    }
}
