package io.laminar.execution.over;

/** Sorts slots by a number of theirs; slots of equal numbers stay as they are. What is in order already costs one pass. */
final class SlotOrder {
    private static final int SMALL = 16;

    private SlotOrder() {}

    /** Sorts {@code slots[from..to)}. */
    static void sort(int[] slots, int from, int to, long[] keys) {
        if (!sorted(slots, from, to, keys)) {
            sort(slots, slots.clone(), from, to, keys);
        }
    }

    private static boolean sorted(int[] slots, int from, int to, long[] keys) {
        for (int i = from + 1; i < to; i++) {
            if (keys[slots[i - 1]] > keys[slots[i]]) {
                return false;
            }
        }
        return true;
    }

    private static void sort(int[] target, int[] source, int from, int to, long[] keys) {
        if (to - from <= SMALL) {
            insert(target, from, to, keys);
            return;
        }
        int middle = (from + to) >>> 1;
        sort(source, target, from, middle, keys);
        sort(source, target, middle, to, keys);
        merge(source, from, middle, source, middle, to, target, from, keys);
    }

    private static void insert(int[] slots, int from, int to, long[] keys) {
        for (int i = from + 1; i < to; i++) {
            int slot = slots[i];
            int at = i;
            while (at > from && keys[slots[at - 1]] > keys[slot]) {
                slots[at] = slots[at - 1];
                at--;
            }
            slots[at] = slot;
        }
    }

    /** Merges two ranges that are sorted; of equal numbers those of the first one come first. */
    static void merge(
            int[] first,
            int firstFrom,
            int firstTo,
            int[] second,
            int secondFrom,
            int secondTo,
            int[] target,
            int targetFrom,
            long[] keys) {
        int left = firstFrom;
        int right = secondFrom;
        int at = targetFrom;
        while (left < firstTo && right < secondTo) {
            target[at++] = keys[first[left]] <= keys[second[right]] ? first[left++] : second[right++];
        }
        System.arraycopy(first, left, target, at, firstTo - left);
        System.arraycopy(second, right, target, at + firstTo - left, secondTo - right);
    }

    /** The first position in {@code slots[from..to)}, which are sorted, whose number is greater than {@code key}. */
    static int firstAbove(int[] slots, int from, int to, long key, long[] keys) {
        int low = from;
        int high = to;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (keys[slots[middle]] <= key) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
