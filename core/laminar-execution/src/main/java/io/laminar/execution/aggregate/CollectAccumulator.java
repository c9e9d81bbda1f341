package io.laminar.execution.aggregate;

import io.laminar.execution.key.RowSorter;
import io.laminar.execution.key.SortKeyRows;
import io.laminar.plan.node.SortKey;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.LongColumn;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Scalar;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Aggregates that need all values in order: {@code array_agg}, {@code string_agg}, {@code median}, {@code mode} and the
 * like; where rows are taken back also {@code first_value} and its kin. Equal values of equal order are kept once with their number. Without an ORDER BY in the call, the order is
 * that of event time where rows only come, and that of arrival where they may also go.
 */
final class CollectAccumulator implements Accumulator {

    /** Makes results of the ordered values of groups. */
    interface Finish {
        Column results(OrderedValues values);
    }

    private final int[] columns;
    private final int arguments;
    private final boolean byTime;
    private final SortKeyRows order;
    private final Finish finish;
    private final ValueBag bag;

    /**
     * @param arguments positions of the call's arguments among the input columns
     * @param sortKeys the call's order, over input columns
     * @param byTime whether event time decides where the call has no order
     */
    CollectAccumulator(
            List<Integer> arguments, List<SortKey> sortKeys, List<DataType> inputTypes, boolean byTime, Finish finish) {
        this.arguments = arguments.size();
        this.byTime = byTime && sortKeys.isEmpty();
        this.finish = finish;
        List<Integer> kept = new ArrayList<>(arguments);
        List<SortKey> keptOrder = new ArrayList<>();
        for (SortKey key : sortKeys) {
            int known = kept.indexOf(key.column());
            keptOrder.add(new SortKey(known < 0 ? kept.size() : known, key.descending(), key.nullsFirst()));
            if (known < 0) {
                kept.add(key.column());
            }
        }
        List<DataType> types = new ArrayList<>();
        kept.forEach(column -> types.add(inputTypes.get(column)));
        if (this.byTime) {
            keptOrder.add(new SortKey(kept.size(), false, false));
            types.add(Scalar.TIMESTAMP);
        }
        this.columns = kept.stream().mapToInt(Integer::intValue).toArray();
        this.order = new SortKeyRows(keptOrder);
        this.bag = new ValueBag(types);
    }

    @Override
    public void reserve(int groups) {
        bag.reserve(groups);
    }

    private Column[] values(Batch batch) {
        Column[] values = new Column[columns.length + (byTime ? 1 : 0)];
        for (int i = 0; i < columns.length; i++) {
            values[i] = batch.column(columns[i]);
        }
        if (byTime) {
            values[columns.length] = new LongColumn(batch.rowtime(), null, batch.size());
        }
        return values;
    }

    @Override
    public void accumulate(Batch batch, int[] rows, int[] groups, int count) {
        bag.change(values(batch), rows, groups, count, 1);
    }

    @Override
    public void retract(Batch batch, int[] rows, int[] groups, int count) {
        bag.change(values(batch), rows, groups, count, -1);
    }

    @Override
    public Column result(int[] groups, int count) {
        ValueBag.Entries entries = bag.entries(groups, count);
        Column[] values = bag.values(entries.ids(), entries.count());
        order.load(values, entries.count());
        RowSorter sorter = new RowSorter(order, entries.count());
        int[] ordered = new int[entries.count()];
        Arrays.setAll(ordered, i -> i);
        for (int i = 0; i < count; i++) {
            // Entries lie in order of arrival, which stays where the order says nothing.
            sorter.sort(ordered, entries.starts()[i], entries.starts()[i] + entries.lengths()[i]);
        }
        long[] copies = new long[entries.count()];
        for (int i = 0; i < copies.length; i++) {
            copies[i] = bag.count(entries.ids()[ordered[i]]);
        }
        return finish.results(new OrderedValues(
                Arrays.copyOf(values, arguments), ordered, copies, entries.starts(), entries.lengths(), count));
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
        bag.apply(bag.read(state, rows, groups, count), 1);
    }

    @Override
    public void merge(GroupState source, int[] sourceGroups, int[] groups, int count) {
        bag.apply(((CollectAccumulator) source).bag.read(sourceGroups, groups, count), 1);
    }

    @Override
    public boolean subtracts() {
        return true;
    }

    @Override
    public void subtract(GroupState source, int[] sourceGroups, int[] groups, int count) {
        bag.apply(((CollectAccumulator) source).bag.read(sourceGroups, groups, count), -1);
    }

    @Override
    public void clear(int[] groups, int count) {
        bag.clear(groups, count);
    }

    @Override
    public void clearAll(int limit) {
        bag.clearAll(limit);
    }

    @Override
    public long bytes() {
        return bag.bytes();
    }
}
