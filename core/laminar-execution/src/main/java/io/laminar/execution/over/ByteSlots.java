package io.laminar.execution.over;

import io.laminar.execution.key.Capacity;
import io.laminar.execution.memory.HeapSize;
import io.laminar.spi.batch.BytesColumn;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Byte strings in slots. They are appended to an arena; columns that leave look into it, so nothing in it is ever
 * overwritten: what has gone is left behind when the rest moves to a new arena.
 */
final class ByteSlots {
    private byte[] arena = new byte[256];
    private int used;
    private long garbage;
    private int[] starts = new int[0];
    private int[] lengths = new int[0];

    void reserve(int slots) {
        starts = Arrays.copyOf(starts, slots);
        lengths = Arrays.copyOf(lengths, slots);
    }

    void put(BytesColumn source, int[] rows, int[] slots, int count) {
        long added = 0;
        for (int i = 0; i < count; i++) {
            added += source.lengths()[rows[i]];
        }
        makeRoom(added);
        byte[] from = source.arena();
        for (int i = 0; i < count; i++) {
            put(from, source.starts()[rows[i]], source.lengths()[rows[i]], slots[i]);
        }
    }

    /** As the other one, for strings that lie elsewhere, one after the other by slot. */
    void put(byte[] from, int[] fromStarts, int[] fromLengths, int[] slots, int count) {
        long added = 0;
        for (int i = 0; i < count; i++) {
            added += fromLengths[i];
        }
        makeRoom(added);
        for (int i = 0; i < count; i++) {
            put(from, fromStarts[i], fromLengths[i], slots[i]);
        }
    }

    private void put(byte[] from, int start, int length, int slot) {
        System.arraycopy(from, start, arena, used, length);
        starts[slot] = used;
        lengths[slot] = length;
        used += length;
    }

    private void makeRoom(long added) {
        if (arena.length - used >= added) {
            return;
        }
        long live = used - garbage;
        if (garbage < live) {
            arena = Arrays.copyOf(arena, Capacity.grown(used + added));
            return;
        }
        byte[] fresh = new byte[Capacity.grown(live + live / 2 + added)];
        int at = 0;
        for (int slot = 0; slot < lengths.length; slot++) {
            System.arraycopy(arena, starts[slot], fresh, at, lengths[slot]);
            starts[slot] = at;
            at += lengths[slot];
        }
        arena = fresh;
        used = at;
        garbage = 0;
    }

    void free(int[] slots, int count) {
        for (int i = 0; i < count; i++) {
            garbage += lengths[slots[i]];
            lengths[slots[i]] = 0;
        }
    }

    byte[] arena() {
        return arena;
    }

    int start(int slot) {
        return starts[slot];
    }

    BytesColumn gather(int[] slots, int count, boolean @Nullable [] absent) {
        int[] gatheredStarts = new int[count];
        int[] gatheredLengths = new int[count];
        for (int i = 0; i < count; i++) {
            if (absent == null || !absent[i]) {
                gatheredStarts[i] = starts[slots[i]];
                gatheredLengths[i] = lengths[slots[i]];
            }
        }
        return new BytesColumn(arena, gatheredStarts, gatheredLengths, absent, count);
    }

    int compare(int left, int right) {
        return Arrays.compareUnsigned(
                arena,
                starts[left],
                starts[left] + lengths[left],
                arena,
                starts[right],
                starts[right] + lengths[right]);
    }

    long bytes() {
        return HeapSize.of(arena) + HeapSize.of(starts) + HeapSize.of(lengths);
    }
}
