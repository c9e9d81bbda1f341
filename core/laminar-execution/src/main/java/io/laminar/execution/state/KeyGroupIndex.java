package io.laminar.execution.state;

import io.laminar.execution.key.KeyGroupRange;
import io.laminar.execution.key.KeyGroups;
import io.laminar.execution.key.KeyTable;

/** The keys of a table sorted by key group. */
public final class KeyGroupIndex {
    private final int[] ids;
    private final int[] offsets;

    private KeyGroupIndex(int[] ids, int[] offsets) {
        this.ids = ids;
        this.offsets = offsets;
    }

    public static KeyGroupIndex of(KeyTable keys, int maxParallelism) {
        return of(keys, KeyGroupRange.of(0, 1, maxParallelism), maxParallelism);
    }

    /**
     * As {@link #of(KeyTable, int)} for a subtask that may hold keys of others, because its rows were not distributed by
     * this key: they count as rows without a key.
     */
    public static KeyGroupIndex of(KeyTable keys, KeyGroupRange range, int maxParallelism) {
        int[] all = keys.ids();
        int elsewhere = withoutKey(range, maxParallelism);
        int[] offsets = new int[maxParallelism + 1];
        int[] keyGroups = new int[all.length];
        for (int i = 0; i < all.length; i++) {
            int keyGroup = KeyGroups.keyGroup(keys.hash(all[i]), maxParallelism);
            keyGroups[i] = range.contains(keyGroup) ? keyGroup : elsewhere;
            offsets[keyGroups[i] + 1]++;
        }
        for (int g = 0; g < maxParallelism; g++) {
            offsets[g + 1] += offsets[g];
        }
        int[] next = offsets.clone();
        int[] sorted = new int[all.length];
        for (int i = 0; i < all.length; i++) {
            sorted[next[keyGroups[i]]++] = all[i];
        }
        return new KeyGroupIndex(sorted, offsets);
    }

    /** The key group, of those a subtask owns, for state that has no key. */
    public static int withoutKey(KeyGroupRange range, int maxParallelism) {
        int keyGroup = KeyGroups.withoutKey(maxParallelism);
        return range.contains(keyGroup) ? keyGroup : range.first();
    }

    public int count(int keyGroup) {
        return offsets[keyGroup + 1] - offsets[keyGroup];
    }

    /** The ids of the keys of a key group. */
    public int[] ids(int keyGroup) {
        return java.util.Arrays.copyOfRange(ids, offsets[keyGroup], offsets[keyGroup + 1]);
    }
}
