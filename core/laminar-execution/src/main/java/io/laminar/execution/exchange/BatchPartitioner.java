package io.laminar.execution.exchange;

import io.laminar.execution.key.KeyGroups;
import io.laminar.execution.key.KeyHasher;
import io.laminar.plan.node.Distribution;
import io.laminar.spi.batch.Batch;
import java.util.Arrays;
import java.util.List;

/** Cuts batches into the parts for each subtask of the operator behind an exchange. Used by one thread. */
public final class BatchPartitioner {

    /** Takes the part of one subtask. */
    @FunctionalInterface
    public interface Target {
        void send(int subtask, Batch part);
    }

    private final Distribution distribution;
    private final int parallelism;
    private final int maxParallelism;
    /** Key group to part. */
    private final int[] subtasks;

    private final int[] offsets;
    private long[] hashes = new long[0];
    private int[] subtaskOfRow = new int[0];
    private int[] rows = new int[0];
    private int turn;

    /**
     * @param first the subtask that the first batch of a balanced distribution goes to, so that several senders do not
     *     all begin with the same
     */
    public BatchPartitioner(Distribution distribution, int parallelism, int maxParallelism, int first) {
        this(distribution, parallelism, subtasks(parallelism, maxParallelism), first);
    }

    private BatchPartitioner(Distribution distribution, int parallelism, int[] subtasks, int first) {
        this.distribution = distribution;
        this.parallelism = parallelism;
        this.maxParallelism = subtasks.length;
        this.subtasks = subtasks;
        this.offsets = new int[parallelism + 1];
        this.turn = Math.floorMod(first, parallelism);
    }

    /**
     * Cuts batches by key for several operators at once: all rows of a part belong to one subtask of each of them.
     *
     * @param parallelisms of the operators
     */
    public static BatchPartitioner keyed(List<Integer> columns, int[] parallelisms, int maxParallelism) {
        int[] parts = new int[maxParallelism];
        for (int keyGroup = 1; keyGroup < maxParallelism; keyGroup++) {
            parts[keyGroup] = parts[keyGroup - 1];
            for (int parallelism : parallelisms) {
                if (KeyGroups.subtask(keyGroup, parallelism, maxParallelism)
                        != KeyGroups.subtask(keyGroup - 1, parallelism, maxParallelism)) {
                    parts[keyGroup]++;
                    break;
                }
            }
        }
        return new BatchPartitioner(new Distribution.Keyed(columns), parts[maxParallelism - 1] + 1, parts, 0);
    }

    private static int[] subtasks(int parallelism, int maxParallelism) {
        int[] subtasks = new int[maxParallelism];
        Arrays.setAll(subtasks, keyGroup -> KeyGroups.subtask(keyGroup, parallelism, maxParallelism));
        return subtasks;
    }

    /** Sends the rows of a batch where they belong, in their order. */
    public void split(Batch batch, Target target) {
        if (batch.size() == 0) {
            return;
        }
        if (distribution instanceof Distribution.Broadcast) {
            for (int subtask = 0; subtask < parallelism; subtask++) {
                target.send(subtask, batch);
            }
        } else if (parallelism == 1 || distribution instanceof Distribution.Single) {
            target.send(0, batch);
        } else if (distribution instanceof Distribution.Keyed keyed) {
            splitByKey(batch, keyed.columns(), target);
        } else {
            target.send(turn, batch);
            turn = (turn + 1) % parallelism;
        }
    }

    private void splitByKey(Batch batch, List<Integer> columns, Target target) {
        int size = batch.size();
        if (hashes.length < size) {
            hashes = new long[size];
            subtaskOfRow = new int[size];
            rows = new int[size];
        }
        KeyHasher.hash(batch, columns, hashes);
        Arrays.fill(offsets, 0);
        for (int i = 0; i < size; i++) {
            int subtask = subtasks[KeyGroups.keyGroup(hashes[i], maxParallelism)];
            subtaskOfRow[i] = subtask;
            offsets[subtask]++;
        }
        if (offsets[subtaskOfRow[0]] == size) {
            target.send(subtaskOfRow[0], batch);
            return;
        }
        int end = 0;
        for (int subtask = 0; subtask < parallelism; subtask++) {
            end += offsets[subtask];
            offsets[subtask] = end;
        }
        offsets[parallelism] = end;
        for (int i = size - 1; i >= 0; i--) {
            rows[--offsets[subtaskOfRow[i]]] = i;
        }
        for (int subtask = 0; subtask < parallelism; subtask++) {
            int from = offsets[subtask];
            int count = offsets[subtask + 1] - from;
            if (count > 0) {
                target.send(subtask, batch.gather(Arrays.copyOfRange(rows, from, from + count), count));
            }
        }
    }
}
