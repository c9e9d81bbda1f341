package io.laminar.execution.state;

import java.util.Arrays;

/** Rows sorted by key group; those of one key group stay in order. */
public final class KeyGroupSplit {
    private final int first;
    private final int[] offsets;
    private final int[] rows;

    /** @param keyGroups of each row */
    public KeyGroupSplit(int[] keyGroups) {
        int least = Integer.MAX_VALUE;
        int greatest = -1;
        for (int keyGroup : keyGroups) {
            least = Math.min(least, keyGroup);
            greatest = Math.max(greatest, keyGroup);
        }
        first = least;
        offsets = new int[Math.max(0, greatest - least + 1) + 1];
        for (int keyGroup : keyGroups) {
            offsets[keyGroup - first + 1]++;
        }
        for (int g = 1; g < offsets.length; g++) {
            offsets[g] += offsets[g - 1];
        }
        int[] next = offsets.clone();
        rows = new int[keyGroups.length];
        for (int row = 0; row < keyGroups.length; row++) {
            rows[next[keyGroups[row] - first]++] = row;
        }
    }

    /** The least key group that has rows; all others are behind it, up to {@link #end}. */
    public int first() {
        return first;
    }

    public int end() {
        return first + offsets.length - 1;
    }

    public int count(int keyGroup) {
        return keyGroup < first || keyGroup >= end() ? 0 : offsets[keyGroup - first + 1] - offsets[keyGroup - first];
    }

    /** The rows of a key group. */
    public int[] rows(int keyGroup) {
        return Arrays.copyOfRange(rows, offsets[keyGroup - first], offsets[keyGroup - first + 1]);
    }
}
