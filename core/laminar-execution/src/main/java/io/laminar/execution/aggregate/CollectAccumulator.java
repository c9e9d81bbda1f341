package io.laminar.execution.aggregate;

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
 * Aggregates that need all values in order: {@code array_agg}, {@code string_agg}, {@code first_value}, {@code
 * last_value}. Equal values of equal order are kept once with their number. Without an ORDER BY in the call, the order is
 * that of event time where rows only come, and that of arrival where they may also go.
 */
final class CollectAccumulator implements Accumulator {

    /** Makes results of the ordered values of groups. */
    interface Finish {
        /**
         * @param arguments the call's arguments, one row per value
         * @param ordered rows of the arguments: those of group {@code i} from {@code starts[i]}, in order
         */
        Column results(Column[] arguments, int[] ordered, int[] starts, int[] lengths, int count);
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
            keptOrder.add(new SortKey(kept.size(), key.descending(), key.nullsFirst()));
            kept.add(key.column());
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
        int[] starts = new int[count];
        int[] lengths = new int[count];
        int[] ordered = new int[Math.max(16, entries.count())];
        int size = 0;
        for (int i = 0; i < count; i++) {
            starts[i] = size;
            for (int e : sorted(entries.starts()[i], entries.lengths()[i])) {
                long copies = bag.count(entries.ids()[e]);
                for (long copy = 0; copy < copies; copy++) {
                    if (size == ordered.length) {
                        ordered = Arrays.copyOf(ordered, size * 2);
                    }
                    ordered[size++] = e;
                }
            }
            lengths[i] = size - starts[i];
        }
        return finish.results(Arrays.copyOf(values, arguments), ordered, starts, lengths, count);
    }

    /** Entries in order; they lie in order of arrival. */
    private int[] sorted(int start, int length) {
        return java.util.stream.IntStream.range(start, start + length)
                .boxed()
                .sorted(order::compare)
                .mapToInt(Integer::intValue)
                .toArray();
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
}
