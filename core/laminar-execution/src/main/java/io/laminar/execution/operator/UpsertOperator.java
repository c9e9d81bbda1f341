package io.laminar.execution.operator;

import io.laminar.execution.key.KeyRows;
import io.laminar.execution.key.KeyTable;
import io.laminar.execution.key.Rows;
import io.laminar.plan.node.ChangelogMode;
import io.laminar.plan.node.UpsertNode;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.RowKind;
import io.laminar.spi.type.DataType;
import java.util.Arrays;
import java.util.List;

/** Runs an {@link UpsertNode}: keeps the last change of each key of a batch. */
public final class UpsertOperator implements Operator {
    private final List<Integer> keyColumns;
    private final KeyRows keys;
    private final KeyTable table;
    private final boolean appends;
    private int[] ids = new int[Batch.TARGET_ROWS];
    /** By key: its first and last row in the batch. */
    private int[] first = new int[Batch.TARGET_ROWS];

    private int[] last = new int[Batch.TARGET_ROWS];

    public UpsertOperator(UpsertNode node) {
        keyColumns = node.keys();
        List<DataType> types = keyColumns.stream().map(node.schema()::type).toList();
        keys = new KeyRows(types);
        table = KeyTable.of(types);
        appends = node.input().changelog() == ChangelogMode.APPEND;
    }

    @Override
    public void open(OperatorContext context) {}

    @Override
    public void process(int input, Batch batch, Output out) {
        int size = batch.size();
        find(batch);
        int[] chosen = new int[size];
        byte[] kinds = new byte[size];
        int count = 0;
        for (int i = 0; i < size; i++) {
            int key = ids[i];
            if (last[key] != i) {
                continue;
            }
            boolean isNew = !appends && batch.kind(first[key]) == RowKind.INSERT;
            boolean isGone = RowKind.isRetraction(batch.kind(i));
            if (isNew && isGone) {
                continue;
            }
            chosen[count] = i;
            kinds[count++] = isGone ? RowKind.DELETE : isNew ? RowKind.INSERT : RowKind.UPDATE_AFTER;
        }
        if (count > 0) {
            Batch rows = count == size ? batch : batch.gather(chosen, count);
            out.emit(rows.withKinds(kinds));
        }
    }

    private void find(Batch batch) {
        int size = batch.size();
        if (ids.length < size) {
            ids = new int[size];
            first = new int[size];
            last = new int[size];
        }
        table.clear();
        keys.load(batch, keyColumns);
        table.lookup(keys, Rows.first(size), size, ids);
        Arrays.fill(first, 0, table.limit(), -1);
        for (int i = 0; i < size; i++) {
            int key = ids[i];
            first[key] = first[key] < 0 ? i : first[key];
            last[key] = i;
        }
    }
}
