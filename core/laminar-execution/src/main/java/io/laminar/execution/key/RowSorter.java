package io.laminar.execution.key;

import java.util.Arrays;

/** Sorts row numbers by their sort keys without moving rows: a stable merge sort that mostly compares longs. */
public final class RowSorter {
    private static final int SMALL = 16;

    private final SortKeyRows keys;
    private final long[] prefixes;

    /** @param size number of rows whose keys are loaded */
    public RowSorter(SortKeyRows keys, int size) {
        this.keys = keys;
        this.prefixes = new long[size];
        for (int i = 0; i < size; i++) {
            prefixes[i] = keys.prefix(i);
        }
    }

    /** The rows 0 to {@code size - 1} in the order of their keys; rows with equal keys stay in order. */
    public static int[] sort(SortKeyRows keys, int size) {
        int[] rows = new int[size];
        for (int i = 0; i < size; i++) {
            rows[i] = i;
        }
        new RowSorter(keys, size).sort(rows, 0, size);
        return rows;
    }

    /** Puts the row numbers {@code rows[from..to)} in the order of their keys; rows with equal keys stay in order. */
    public void sort(int[] rows, int from, int to) {
        if (to - from <= SMALL) {
            insertionSort(rows, from, to);
        } else {
            int[] part = Arrays.copyOfRange(rows, from, to);
            sort(part, part.clone(), 0, part.length);
            System.arraycopy(part, 0, rows, from, part.length);
        }
    }

    /** Sorts {@code target[from..to)}; {@code source} holds the same rows. */
    private void sort(int[] target, int[] source, int from, int to) {
        if (to - from <= SMALL) {
            insertionSort(target, from, to);
            return;
        }
        int middle = (from + to) >>> 1;
        sort(source, target, from, middle);
        sort(source, target, middle, to);
        int left = from;
        int right = middle;
        for (int i = from; i < to; i++) {
            if (right >= to || left < middle && compare(source[left], source[right]) <= 0) {
                target[i] = source[left++];
            } else {
                target[i] = source[right++];
            }
        }
    }

    private void insertionSort(int[] rows, int from, int to) {
        for (int i = from + 1; i < to; i++) {
            int row = rows[i];
            int at = i;
            while (at > from && compare(rows[at - 1], row) > 0) {
                rows[at] = rows[at - 1];
                at--;
            }
            rows[at] = row;
        }
    }

    private int compare(int left, int right) {
        int order = Long.compare(prefixes[left], prefixes[right]);
        return order != 0 ? order : keys.compare(left, right);
    }
}
