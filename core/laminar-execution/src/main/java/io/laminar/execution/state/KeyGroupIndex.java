package io.laminar.execution.state;

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
        int[] all = keys.ids();
        int[] offsets = new int[maxParallelism + 1];
        int[] keyGroups = new int[all.length];
        for (int i = 0; i < all.length; i++) {
            keyGroups[i] = KeyGroups.keyGroup(keys.hash(all[i]), maxParallelism);
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

    public int count(int keyGroup) {
        return offsets[keyGroup + 1] - offsets[keyGroup];
    }

    /** The ids of the keys of a key group. */
    public int[] ids(int keyGroup) {
        return java.util.Arrays.copyOfRange(ids, offsets[keyGroup], offsets[keyGroup + 1]);
    }
}
