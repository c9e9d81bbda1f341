package io.laminar.execution.relational;

import io.laminar.execution.operator.Operator;
import io.laminar.execution.operator.OperatorContext;
import io.laminar.execution.operator.Output;
import io.laminar.plan.node.ExpandNode;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.IntColumn;
import io.laminar.spi.type.Schema;
import java.util.Arrays;
import java.util.List;

/** Runs an {@link ExpandNode}: every batch goes out once per grouping set, without a value being copied. */
public final class ExpandOperator implements Operator {
    private final int[] keys;
    private final List<List<Integer>> sets;
    private final NullColumns nulls;

    public ExpandOperator(ExpandNode node) {
        keys = node.keys().stream().mapToInt(Integer::intValue).toArray();
        sets = node.sets();
        Schema input = node.input().schema();
        nulls = new NullColumns(node.keys().stream().map(input::type).toList());
    }

    @Override
    public void open(OperatorContext context) {
        // It needs nothing of its surroundings.
    }

    @Override
    public void process(int input, Batch batch, Output out) {
        int size = batch.size();
        if (size == 0) {
            return;
        }
        for (int set = 0; set < sets.size(); set++) {
            Column[] columns = Arrays.copyOf(batch.columns(), batch.width() + keys.length + 1);
            for (int key = 0; key < keys.length; key++) {
                boolean grouped = sets.get(set).contains(key);
                columns[batch.width() + key] = grouped ? batch.column(keys[key]) : nulls.column(key, size);
            }
            int[] numbers = new int[size];
            Arrays.fill(numbers, set);
            columns[columns.length - 1] = new IntColumn(numbers, null, size);
            out.emit(batch.withColumns(columns));
        }
    }
}
