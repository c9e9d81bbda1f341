package io.laminar.execution.spill;

import io.laminar.execution.key.KeyGroupRange;
import io.laminar.execution.key.KeyGroups;
import io.laminar.execution.key.KeyHasher;
import io.laminar.execution.state.KeyGroupIndex;
import io.laminar.spi.batch.Batch;
import java.util.Arrays;
import java.util.List;

/** Cuts batches into the rows of each slice. Used by one thread. */
final class SliceRouter {

    /** Takes the rows of one slice. */
    interface Target {
        void take(int slice, Batch rows);
    }

    private final int maxParallelism;
    private final int base;
    /** By group, from the first one on: the slice. */
    private final int[] slices;
    /** Where rows go that are not of any of the groups, because they were not distributed by this key. */
    private final int elsewhere;

    private final int[] offsets;
    private long[] hashes = new long[0];
    private int[] sliceOfRow = new int[0];
    private int[] rows = new int[0];

    /** @param ranges the groups of each slice; together they are the groups of the subtask, in order */
    SliceRouter(List<SliceContext> ranges) {
        int depth = ranges.stream().mapToInt(SliceContext::depth).max().orElseThrow();
        SliceContext first = ranges.get(0);
        SliceContext last = ranges.get(ranges.size() - 1);
        this.maxParallelism = (first.maxParallelism() >> first.depth()) << depth;
        this.base = first.first() << depth - first.depth();
        int end = last.last() + 1 << depth - last.depth();
        this.slices = new int[end - base];
        this.offsets = new int[ranges.size() + 1];
        int at = 0;
        for (int s = 0; s < ranges.size(); s++) {
            int count = ranges.get(s).groups() << depth - ranges.get(s).depth();
            Arrays.fill(slices, at, at + count, s);
            at += count;
        }
        if (at != slices.length) {
            throw new IllegalStateException("slices of " + at + " of " + slices.length + " groups");
        }
        this.elsewhere = slices[KeyGroupIndex.withoutKey(new KeyGroupRange(base, end - 1), maxParallelism) - base];
    }

    /** Hands out the rows of a batch in their order. */
    void split(Batch batch, List<Integer> columns, Target target) {
        int size = batch.size();
        if (size == 0) {
            return;
        }
        if (hashes.length < size) {
            hashes = new long[size];
            sliceOfRow = new int[size];
            rows = new int[size];
        }
        KeyHasher.hash(batch, columns, hashes);
        Arrays.fill(offsets, 0);
        for (int i = 0; i < size; i++) {
            int group = KeyGroups.keyGroup(hashes[i], maxParallelism) - base;
            int slice = group >= 0 && group < slices.length ? slices[group] : elsewhere;
            sliceOfRow[i] = slice;
            offsets[slice + 1]++;
        }
        for (int s = 1; s < offsets.length; s++) {
            offsets[s] += offsets[s - 1];
        }
        for (int i = size - 1; i >= 0; i--) {
            rows[--offsets[sliceOfRow[i] + 1]] = i;
        }
        // Counting down has moved every offset to where its slice begins.
        for (int s = 0; s + 1 < offsets.length; s++) {
            int from = offsets[s + 1];
            int to = s + 2 < offsets.length ? offsets[s + 2] : size;
            if (to > from) {
                target.take(s, batch.gather(Arrays.copyOfRange(rows, from, to), to - from));
            }
        }
    }
}
