package io.laminar.flink.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.laminar.execution.key.KeyGroups;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.junit.jupiter.api.Test;

class KeyGroupKeysTest {

    @Test
    void flinkSendsEveryKeyWhereLaminarWantsIt() {
        for (int maxParallelism : new int[] {1, 7, 128, 1024}) {
            int[] keys = KeyGroupKeys.of(maxParallelism);
            for (int keyGroup = 0; keyGroup < maxParallelism; keyGroup++) {
                assertEquals(keyGroup, KeyGroupRangeAssignment.assignToKeyGroup(keys[keyGroup], maxParallelism));
                for (int parallelism = 1; parallelism <= Math.min(5, maxParallelism); parallelism++) {
                    assertEquals(
                            KeyGroups.subtask(keyGroup, parallelism, maxParallelism),
                            KeyGroupRangeAssignment.assignKeyToParallelOperator(
                                    keys[keyGroup], maxParallelism, parallelism));
                }
            }
        }
    }
}
