package io.laminar.spi.format;

import io.laminar.spi.batch.Slice;

/**
 * Writes bytes at the end of a {@link Slice}, for encoders: ask for room with {@link #need}, write into {@link #bytes}
 * at {@link #at}, then say with {@link #to} how far. {@link #finish} gives the slice its new length.
 */
public final class RecordOutput {
    private Slice slice = new Slice();
    private byte[] bytes = new byte[0];
    private int at;

    /** Goes on at the end of a slice that owns its bytes or is empty. */
    public void start(Slice out) {
        slice = out;
        at = out.length();
        bytes = out.grow(at, at);
    }

    public void finish() {
        slice.length(at);
    }

    /** Makes room for some more bytes and returns the array to write them into. */
    public byte[] need(int count) {
        if (bytes.length - at < count) {
            bytes = slice.grow(at, Math.addExact(at, count));
        }
        return bytes;
    }

    public byte[] bytes() {
        return bytes;
    }

    /** Where the next byte goes. */
    public int at() {
        return at;
    }

    /** Sets where the next byte goes, after bytes were written into the array. */
    public void to(int position) {
        at = position;
    }

    public void put(byte value) {
        need(1)[at++] = value;
    }

    public void put(byte[] source) {
        put(source, 0, source.length);
    }

    public void put(byte[] source, int from, int count) {
        System.arraycopy(source, from, need(count), at, count);
        at += count;
    }
}
