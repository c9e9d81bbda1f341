package io.laminar.execution.aggregate;

import io.laminar.execution.key.Capacity;
import io.laminar.execution.key.SortKeyRows;
import io.laminar.execution.memory.HeapSize;
import io.laminar.plan.node.SortKey;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import io.laminar.spi.type.DataType;
import java.util.Arrays;
import java.util.List;

/**
 * {@code min} and {@code max} over input that takes rows back: all values are kept. The extreme of a group is searched
 * for when it is asked for and a change may have moved it.
 */
final class BagExtremeAccumulator implements Accumulator {
    private final int argument;
    private final DataType type;
    private final ValueBag bag;
    private final SortKeyRows order;
    /** By group: the entry of the extreme, as long as {@link #known}. */
    private int[] extremes = new int[0];

    private boolean[] known = new boolean[0];

    BagExtremeAccumulator(int argument, boolean max, DataType type) {
        this.argument = argument;
        this.type = type;
        this.bag = new ValueBag(List.of(type));
        this.order = new SortKeyRows(List.of(new SortKey(0, max, false)));
    }

    @Override
    public void reserve(int groups) {
        bag.reserve(groups);
        if (known.length < groups) {
            known = Arrays.copyOf(known, Capacity.grown(groups));
            extremes = Arrays.copyOf(extremes, known.length);
        }
    }

    @Override
    public void accumulate(Batch batch, int[] rows, int[] groups, int count) {
        bag.change(new Column[] {batch.column(argument)}, rows, groups, count, 1);
        forgetChanged(groups);
    }

    @Override
    public void retract(Batch batch, int[] rows, int[] groups, int count) {
        bag.change(new Column[] {batch.column(argument)}, rows, groups, count, -1);
        forgetChanged(groups);
    }

    private void forgetChanged(int[] groups) {
        for (int i = 0; i < bag.changedCount(); i++) {
            known[groups[bag.changed()[i]]] = false;
        }
    }

    @Override
    public Column result(int[] groups, int count) {
        search(groups, count);
        int[] entries = new int[count];
        int present = 0;
        for (int i = 0; i < count; i++) {
            if (extremes[groups[i]] != ValueBag.NONE) {
                entries[present++] = extremes[groups[i]];
            }
        }
        Column values = bag.values(entries, present)[0];
        return present == count
                ? values
                : Spread.spread(type, values, i -> extremes[groups[i]] != ValueBag.NONE, count);
    }

    /** Finds the extremes of groups whose entries changed. */
    private void search(int[] groups, int count) {
        int[] unknown = new int[count];
        int number = 0;
        for (int i = 0; i < count; i++) {
            if (!known[groups[i]]) {
                unknown[number++] = groups[i];
            }
        }
        if (number == 0) {
            return;
        }
        ValueBag.Entries entries = bag.entries(unknown, number);
        order.load(bag.values(entries.ids(), entries.count()), entries.count());
        for (int i = 0; i < number; i++) {
            int best = ValueBag.NONE;
            for (int e = entries.starts()[i]; e < entries.starts()[i] + entries.lengths()[i]; e++) {
                boolean present = bag.count(entries.ids()[e]) > 0;
                if (present && (best == ValueBag.NONE || order.compare(e, best) < 0)) {
                    best = e;
                }
            }
            extremes[unknown[i]] = best == ValueBag.NONE ? ValueBag.NONE : entries.ids()[best];
            known[unknown[i]] = true;
        }
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
        apply(bag.read(state, rows, groups, count), 1);
    }

    private void apply(ValueBag.Change change, long sign) {
        bag.apply(change, sign);
        forgetChanged(change.groups());
    }

    @Override
    public void merge(GroupState source, int[] sourceGroups, int[] groups, int count) {
        apply(((BagExtremeAccumulator) source).bag.read(sourceGroups, groups, count), 1);
    }

    @Override
    public boolean subtracts() {
        return true;
    }

    @Override
    public void subtract(GroupState source, int[] sourceGroups, int[] groups, int count) {
        apply(((BagExtremeAccumulator) source).bag.read(sourceGroups, groups, count), -1);
    }

    @Override
    public void clear(int[] groups, int count) {
        bag.clear(groups, count);
        for (int i = 0; i < count; i++) {
            known[groups[i]] = false;
        }
    }

    @Override
    public void clearAll(int limit) {
        bag.clearAll(limit);
        Arrays.fill(known, 0, limit, false);
    }

    @Override
    public long bytes() {
        return bag.bytes() + HeapSize.of(extremes) + HeapSize.of(known);
    }
}
