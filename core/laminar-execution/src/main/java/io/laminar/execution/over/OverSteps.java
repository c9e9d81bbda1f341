package io.laminar.execution.over;

import java.util.Arrays;

/**
 * How a frame moves from row to row: before the result of row {@code i} the rows {@code left[leftEnds[i - 1] ..
 * leftEnds[i])} have left the frame and {@code entered[enteredEnds[i - 1] .. enteredEnds[i])} have come into it, all of
 * the partition of row {@code i}.
 */
final class OverSteps {
    int[] rows = new int[0];
    int[] partitions = new int[0];
    int count;

    int[] entered = new int[16];
    int enteredCount;
    int[] enteredEnds = new int[0];

    int[] left = new int[16];
    int leftCount;
    int[] leftEnds = new int[0];

    /** By row of the steps: the greatest event time that has been in the frame so far. */
    long[] reached = new long[0];

    /** Rows that were never in the frame and that it will not need. */
    int[] passed = new int[16];

    int passedCount;

    /** The partitions of rows that have entered or left. */
    static int[] partitions(int[] slots, int count, OverRows rows) {
        int[] ids = new int[count];
        int[] partitions = rows.partitions();
        for (int i = 0; i < count; i++) {
            ids[i] = partitions[slots[i]];
        }
        return ids;
    }

    void begin(int[] current, int number, OverRows store) {
        rows = current;
        count = number;
        enteredCount = 0;
        leftCount = 0;
        passedCount = 0;
        if (enteredEnds.length < number) {
            enteredEnds = new int[number];
            leftEnds = new int[number];
            partitions = new int[number];
            reached = new long[number];
        }
        int[] all = store.partitions();
        for (int i = 0; i < number; i++) {
            partitions[i] = all[current[i]];
        }
    }

    void enter(int slot) {
        if (enteredCount == entered.length) {
            entered = Arrays.copyOf(entered, enteredCount * 2);
        }
        entered[enteredCount++] = slot;
    }

    void leave(int slot) {
        if (leftCount == left.length) {
            left = Arrays.copyOf(left, leftCount * 2);
        }
        left[leftCount++] = slot;
    }

    void pass(int slot) {
        if (passedCount == passed.length) {
            passed = Arrays.copyOf(passed, passedCount * 2);
        }
        passed[passedCount++] = slot;
    }
}
