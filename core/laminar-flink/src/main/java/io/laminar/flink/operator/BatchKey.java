package io.laminar.flink.operator;

import io.laminar.execution.key.KeyGroups;
import io.laminar.execution.key.KeyHasher;
import io.laminar.spi.batch.Batch;
import java.util.List;
import org.apache.flink.api.java.functions.KeySelector;

/**
 * The key by which Flink routes a batch whose rows all belong to one subtask: a key of the first row's key group. With
 * no columns all rows are alike.
 */
public final class BatchKey implements KeySelector<Batch, Integer> {
    private final List<Integer> columns;
    private final int[] keys;

    public BatchKey(List<Integer> columns, int maxParallelism) {
        this.columns = List.copyOf(columns);
        this.keys = KeyGroupKeys.of(maxParallelism);
    }

    @Override
    public Integer getKey(Batch batch) {
        return keys[KeyGroups.keyGroup(KeyHasher.hashRow(batch, columns, 0), keys.length)];
    }
}
