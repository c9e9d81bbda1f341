package io.laminar.execution.row;

import io.laminar.execution.memory.HeapSize;
import java.util.Arrays;

/**
 * Byte strings by slot, one behind the other in chunks. What is replaced or released stays until it is as much as what
 * is in use; then all is written anew, so a byte is copied a fixed number of times on average.
 */
final class ByteStore {
    private static final int CHUNK = 1 << 20;
    /** Bytes out of use below which nothing is written anew. */
    private static final long SLACK = 4L << 20;

    private byte[][] chunks = new byte[4][];
    private int chunk = -1;
    private int used;
    /** Chunk in the upper half, position in it in the lower. */
    private long[] starts = new long[0];

    private int[] lengths = new int[0];
    private long stored;
    private long live;

    void reserve(int slots) {
        starts = Arrays.copyOf(starts, slots);
        lengths = Arrays.copyOf(lengths, slots);
    }

    void put(int slot, byte[] bytes, int from, int length) {
        live += length - lengths[slot];
        lengths[slot] = 0;
        if (stored > 2 * live + SLACK) {
            compact();
        }
        write(slot, bytes, from, length);
    }

    private void write(int slot, byte[] bytes, int from, int length) {
        if (chunk < 0 || chunks[chunk].length - used < length) {
            if (++chunk == chunks.length) {
                chunks = Arrays.copyOf(chunks, chunk * 2);
            }
            chunks[chunk] = new byte[Math.max(CHUNK, length)];
            used = 0;
        }
        System.arraycopy(bytes, from, chunks[chunk], used, length);
        starts[slot] = (long) chunk << Integer.SIZE | used;
        lengths[slot] = length;
        used += length;
        stored += length;
    }

    private void compact() {
        byte[][] old = chunks;
        chunks = new byte[4][];
        chunk = -1;
        stored = 0;
        for (int slot = 0; slot < lengths.length; slot++) {
            if (lengths[slot] > 0) {
                long start = starts[slot];
                write(slot, old[(int) (start >>> Integer.SIZE)], (int) start, lengths[slot]);
            }
        }
    }

    void release(int slot) {
        live -= lengths[slot];
        lengths[slot] = 0;
    }

    int length(int slot) {
        return lengths[slot];
    }

    /** The array in which the bytes of a slot that has any lie, from {@link #offset} on. */
    byte[] array(int slot) {
        return chunks[(int) (starts[slot] >>> Integer.SIZE)];
    }

    int offset(int slot) {
        return (int) starts[slot];
    }

    /** As unsigned bytes. */
    int compare(int left, int right) {
        return lengths[left] == 0 || lengths[right] == 0
                ? Integer.compare(lengths[left], lengths[right])
                : Arrays.compareUnsigned(
                        array(left),
                        offset(left),
                        offset(left) + lengths[left],
                        array(right),
                        offset(right),
                        offset(right) + lengths[right]);
    }

    /** Compares bytes with those of a slot. */
    int compare(byte[] bytes, int from, int length, int slot) {
        return length == 0 || lengths[slot] == 0
                ? Integer.compare(length, lengths[slot])
                : Arrays.compareUnsigned(
                        bytes, from, from + length, array(slot), offset(slot), offset(slot) + lengths[slot]);
    }

    boolean same(int left, int right) {
        return lengths[left] == lengths[right] && compare(left, right) == 0;
    }

    /** Heap that the strings take, nearly. */
    long bytes() {
        return HeapSize.of(chunks, HeapSize::of) + HeapSize.of(starts) + HeapSize.of(lengths);
    }
}
