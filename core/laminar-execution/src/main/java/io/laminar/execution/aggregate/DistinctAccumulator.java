package io.laminar.execution.aggregate;

import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import io.laminar.spi.type.DataType;
import java.util.List;

/**
 * An aggregate over the different values of its arguments. It keeps how often each value occurs and passes a value on
 * when it appears for the first time, and back when its last occurrence goes.
 */
final class DistinctAccumulator implements Accumulator {
    private final int[] arguments;
    private final Accumulator inner;
    private final ValueBag bag;

    /** @param inner the aggregate; its arguments are columns 0, 1, ... */
    DistinctAccumulator(int[] arguments, List<DataType> types, Accumulator inner) {
        this.arguments = arguments;
        this.inner = inner;
        this.bag = new ValueBag(types);
    }

    @Override
    public void reserve(int groups) {
        bag.reserve(groups);
        inner.reserve(groups);
    }

    private Column[] values(Batch batch) {
        Column[] values = new Column[arguments.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = batch.column(arguments[i]);
        }
        return values;
    }

    @Override
    public void accumulate(Batch batch, int[] rows, int[] groups, int count) {
        Column[] values = values(batch);
        bag.change(values, rows, groups, count, 1);
        passOn(values, batch.size(), rows, groups, true);
    }

    @Override
    public void retract(Batch batch, int[] rows, int[] groups, int count) {
        Column[] values = values(batch);
        bag.change(values, rows, groups, count, -1);
        passOn(values, batch.size(), rows, groups, false);
    }

    private void passOn(Column[] values, int size, int[] rows, int[] groups, boolean appeared) {
        int count = bag.changedCount();
        if (count == 0) {
            return;
        }
        int[] changedRows = new int[count];
        int[] changedGroups = new int[count];
        for (int i = 0; i < count; i++) {
            changedRows[i] = rows[bag.changed()[i]];
            changedGroups[i] = groups[bag.changed()[i]];
        }
        Batch batch = new Batch(size, values, new long[size], null);
        if (appeared) {
            inner.accumulate(batch, changedRows, changedGroups, count);
        } else {
            inner.retract(batch, changedRows, changedGroups, count);
        }
    }

    private void apply(ValueBag.Change change, boolean add) {
        bag.apply(change, add ? 1 : -1);
        int size = change.values()[0].size();
        passOn(change.values(), size, change.rows(), change.groups(), add);
    }

    @Override
    public Column result(int[] groups, int count) {
        return inner.result(groups, count);
    }

    @Override
    public int stateWidth() {
        return bag.stateWidth();
    }

    @Override
    public Column[] state(int[] groups, int count) {
        return bag.state(groups, count);
    }

    @Override
    public void mergeState(Column[] state, int[] rows, int[] groups, int count) {
        apply(bag.read(state, rows, groups, count), true);
    }

    @Override
    public void merge(Accumulator source, int[] sourceGroups, int[] groups, int count) {
        apply(((DistinctAccumulator) source).bag.read(sourceGroups, groups, count), true);
    }

    @Override
    public boolean subtracts() {
        return inner.subtracts();
    }

    @Override
    public void subtract(Accumulator source, int[] sourceGroups, int[] groups, int count) {
        apply(((DistinctAccumulator) source).bag.read(sourceGroups, groups, count), false);
    }

    @Override
    public void clear(int[] groups, int count) {
        bag.clear(groups, count);
        inner.clear(groups, count);
    }

    @Override
    public void clearAll(int limit) {
        bag.clearAll(limit);
        inner.clearAll(limit);
    }
}
