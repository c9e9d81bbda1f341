package io.laminar.flink.operator;

import java.util.Arrays;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;

/**
 * For every key group an int that Flink assigns to it. Laminar decides itself which key group a row belongs to; with
 * these keys Flink's own assignment of keys comes to the same result, so its routing and its checks hold.
 */
public final class KeyGroupKeys {

    private KeyGroupKeys() {}

    /** {@code keys[g]} is a key of key group {@code g}. */
    public static int[] of(int maxParallelism) {
        int[] keys = new int[maxParallelism];
        Arrays.fill(keys, -1);
        int missing = maxParallelism;
        for (int candidate = 0; missing > 0; candidate++) {
            int keyGroup = KeyGroupRangeAssignment.assignToKeyGroup(candidate, maxParallelism);
            if (keys[keyGroup] < 0) {
                keys[keyGroup] = candidate;
                missing--;
            }
        }
        return keys;
    }
}
