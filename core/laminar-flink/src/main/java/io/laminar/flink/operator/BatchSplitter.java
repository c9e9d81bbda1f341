package io.laminar.flink.operator;

import io.laminar.execution.key.KeyGroups;
import io.laminar.execution.key.KeyHasher;
import io.laminar.execution.operator.Output;
import io.laminar.spi.batch.Batch;
import java.util.Arrays;
import java.util.List;

/** Splits batches by the subtask that owns the key group of each row; rows keep their order within a piece. */
final class BatchSplitter {
    private final List<Integer> columns;
    private final int[] targetOfKeyGroup;
    private final int[] counts;
    private int[][] selections;
    private long[] hashes = new long[Batch.TARGET_ROWS];

    BatchSplitter(List<Integer> columns, int targets, int maxParallelism) {
        this.columns = columns;
        this.counts = new int[targets];
        this.selections = new int[targets][Batch.TARGET_ROWS];
        this.targetOfKeyGroup = new int[maxParallelism];
        for (int keyGroup = 0; keyGroup < maxParallelism; keyGroup++) {
            targetOfKeyGroup[keyGroup] = KeyGroups.subtask(keyGroup, targets, maxParallelism);
        }
    }

    void split(Batch batch, Output out) {
        if (batch.size() == 0) {
            return;
        }
        if (counts.length == 1) {
            out.emit(batch);
            return;
        }
        select(batch);
        for (int target = 0; target < counts.length; target++) {
            int count = counts[target];
            if (count == batch.size()) {
                out.emit(batch);
            } else if (count > 0) {
                out.emit(batch.gather(selections[target], count));
            }
        }
    }

    private void select(Batch batch) {
        int size = batch.size();
        if (hashes.length < size) {
            hashes = new long[size];
            selections = new int[counts.length][size];
        }
        KeyHasher.hash(batch, columns, hashes);
        Arrays.fill(counts, 0);
        int maxParallelism = targetOfKeyGroup.length;
        for (int row = 0; row < size; row++) {
            int target = targetOfKeyGroup[KeyGroups.keyGroup(hashes[row], maxParallelism)];
            selections[target][counts[target]++] = row;
        }
    }
}
