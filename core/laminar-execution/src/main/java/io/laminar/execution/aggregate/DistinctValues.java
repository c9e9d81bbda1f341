package io.laminar.execution.aggregate;

import io.laminar.execution.key.Rows;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BooleanColumn;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.IntColumn;
import io.laminar.spi.batch.ListColumn;
import io.laminar.spi.batch.LongColumn;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.Physical;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The different values of some arguments, for all calls of a node that want them: {@code count(DISTINCT x)}, the same
 * with a filter, {@code sum(DISTINCT x)}. A row is looked up once; what is found says which calls have seen the value.
 * A value is passed on to a call when the call sees it for the first time, and back when its last occurrence goes.
 */
final class DistinctValues implements GroupState {
    static final int MAX_CALLS = Integer.SIZE;

    /**
     * A call.
     *
     * @param filter a BOOLEAN input column; null for all rows
     * @param skipsNulls whether rows with a NULL argument do not count
     * @param inner the aggregate over the values, which are its columns 0, 1, ...
     */
    record Call(@Nullable Integer filter, boolean skipsNulls, Accumulator inner) {}

    private final int[] arguments;
    private final Call[] calls;
    private final boolean counting;
    private final int allCalls;
    /** The calls that see NULLs. */
    private final int callsOfNulls;

    private final SeenValues seen;
    private final SeenChange change = new SeenChange();

    private int[] bits = new int[0];
    private int[] keptRows = new int[0];
    private int[] keptGroups = new int[0];
    private int[] changedRows = new int[0];
    private int[] changedGroups = new int[0];

    /** @param counting whether values can be taken back, by row or by {@link #subtract} */
    DistinctValues(int[] arguments, List<DataType> types, List<Call> calls, boolean counting) {
        this.arguments = arguments;
        this.calls = calls.toArray(new Call[0]);
        this.counting = counting;
        int all = 0;
        int ofNulls = 0;
        for (int c = 0; c < this.calls.length; c++) {
            all |= 1 << c;
            ofNulls |= this.calls[c].skipsNulls() ? 0 : 1 << c;
        }
        this.allCalls = all;
        this.callsOfNulls = ofNulls;
        Physical first = types.get(0).physical();
        boolean isNumber = types.size() == 1 && (first == Physical.LONG || first == Physical.INT);
        this.seen = isNumber && ofNulls == 0 && !counting
                ? new SeenLongs(first == Physical.INT)
                : new SeenRows(types, this.calls.length, counting);
    }

    /** What has the results of a call. */
    Accumulator inner(int call) {
        return calls[call].inner();
    }

    /** What has the results of all calls. */
    List<Accumulator> inners() {
        return Arrays.stream(calls).map(Call::inner).toList();
    }

    @Override
    public void reserve(int groups) {
        seen.reserve(groups);
        for (Call call : calls) {
            call.inner().reserve(groups);
        }
    }

    @Override
    public void accumulate(Batch batch, int[] rows, int[] groups, int count) {
        change(batch, rows, groups, count, true);
    }

    @Override
    public void retract(Batch batch, int[] rows, int[] groups, int count) {
        change(batch, rows, groups, count, false);
    }

    private void change(Batch batch, int[] rows, int[] groups, int count, boolean add) {
        Column[] values = new Column[arguments.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = batch.column(arguments[i]);
        }
        reserveRows(count);
        if (findCalls(batch, values, rows, count)) {
            seen.change(values, rows, groups, bits, null, count, add, change);
            passOn(values, batch.size(), rows, groups, add);
            return;
        }
        int kept = 0;
        for (int i = 0; i < count; i++) {
            keptRows[kept] = rows[i];
            keptGroups[kept] = groups[i];
            bits[kept] = bits[i];
            kept += bits[i] != 0 ? 1 : 0;
        }
        seen.change(values, keptRows, keptGroups, bits, null, kept, add, change);
        passOn(values, batch.size(), keptRows, keptGroups, add);
    }

    private void reserveRows(int count) {
        if (bits.length < count) {
            int capacity = Math.max(count, Batch.TARGET_ROWS);
            bits = new int[capacity];
            keptRows = new int[capacity];
            keptGroups = new int[capacity];
        }
    }

    /** Sets for each row a bit per call that counts it; whether each row has one. */
    private boolean findCalls(Batch batch, Column[] values, int[] rows, int count) {
        int unfiltered = 0;
        for (int c = 0; c < calls.length; c++) {
            unfiltered |= calls[c].filter() == null ? 1 << c : 0;
        }
        Arrays.fill(bits, 0, count, unfiltered);
        for (int c = 0; c < calls.length; c++) {
            Integer filter = calls[c].filter();
            if (filter != null) {
                addFiltered((BooleanColumn) batch.column(filter), c, rows, count);
            }
        }
        boolean complete = unfiltered != 0;
        for (Column column : values) {
            boolean[] nulls = column.nulls();
            if (nulls != null) {
                complete = false;
                for (int i = 0; i < count; i++) {
                    bits[i] &= nulls[rows[i]] ? callsOfNulls : allCalls;
                }
            }
        }
        return complete;
    }

    private void addFiltered(BooleanColumn filter, int call, int[] rows, int count) {
        boolean[] matches = filter.values();
        boolean[] nulls = filter.nulls();
        if (nulls == null) {
            for (int i = 0; i < count; i++) {
                bits[i] |= (matches[rows[i]] ? 1 : 0) << call;
            }
            return;
        }
        for (int i = 0; i < count; i++) {
            bits[i] |= (matches[rows[i]] && !nulls[rows[i]] ? 1 : 0) << call;
        }
    }

    /** Hands the values that changed to the calls for which they did. */
    private void passOn(Column[] values, int size, int[] rows, int[] groups, boolean add) {
        if (change.count == 0) {
            return;
        }
        if (changedRows.length < change.count) {
            changedRows = new int[Math.max(change.count, Batch.TARGET_ROWS)];
            changedGroups = new int[changedRows.length];
        }
        Batch batch = new Batch(size, values, new long[size], null);
        for (int c = 0; c < calls.length; c++) {
            int count = 0;
            for (int i = 0; i < change.count; i++) {
                int position = change.positions[i];
                changedRows[count] = rows[position];
                changedGroups[count] = groups[position];
                count += change.calls[i] >>> c & 1;
            }
            if (add) {
                calls[c].inner().accumulate(batch, changedRows, changedGroups, count);
            } else {
                calls[c].inner().retract(batch, changedRows, changedGroups, count);
            }
        }
    }

    /** A list per value column, then one of the calls that have seen the value, or for each call of how often it has. */
    @Override
    public Column[] state(int[] groups, int count) {
        SeenValues.Contents contents = seen.saved(groups, count);
        Column[] state = new Column[stateWidth()];
        for (int c = 0; c < arguments.length; c++) {
            state[c] = lists(contents.values()[c], contents, count);
        }
        long[][] amounts = contents.amounts();
        if (amounts == null) {
            state[arguments.length] = lists(new IntColumn(contents.calls(), null, contents.count()), contents, count);
            return state;
        }
        for (int c = 0; c < calls.length; c++) {
            state[arguments.length + c] = lists(new LongColumn(amounts[c], null, contents.count()), contents, count);
        }
        return state;
    }

    private static ListColumn lists(Column elements, SeenValues.Contents contents, int count) {
        return new ListColumn(elements, contents.starts(), contents.lengths(), null, count);
    }

    @Override
    public int stateWidth() {
        return arguments.length + (counting ? calls.length : 1);
    }

    @Override
    public void mergeState(Column[] state, int[] rows, int[] groups, int count) {
        ListColumn first = (ListColumn) state[0];
        int total = 0;
        for (int i = 0; i < count; i++) {
            total += first.lengths()[rows[i]];
        }
        int[] elements = new int[total];
        int[] targets = new int[total];
        int at = 0;
        for (int i = 0; i < count; i++) {
            int start = first.starts()[rows[i]];
            int length = first.lengths()[rows[i]];
            Arrays.fill(targets, at, at + length, groups[i]);
            for (int e = 0; e < length; e++) {
                elements[at++] = start + e;
            }
        }
        Column[] parts = new Column[state.length];
        for (int c = 0; c < parts.length; c++) {
            parts[c] = ((ListColumn) state[c]).elements();
        }
        merge(parts, elements, targets, total);
    }

    private void merge(Column[] parts, int[] elements, int[] targets, int count) {
        Column[] values = Arrays.copyOf(parts, arguments.length);
        int[] sees = new int[count];
        if (counting) {
            long[][] amounts = new long[calls.length][];
            for (int c = 0; c < calls.length; c++) {
                amounts[c] = ((LongColumn) parts[arguments.length + c]).values();
            }
            Arrays.fill(sees, allCalls);
            merge(values, elements, targets, sees, amounts, count, true);
            return;
        }
        int[] saved = ((IntColumn) parts[arguments.length]).values();
        for (int i = 0; i < count; i++) {
            sees[i] = saved[elements[i]];
        }
        merge(values, elements, targets, sees, null, count, true);
    }

    private void merge(
            Column[] values,
            int[] rows,
            int[] targets,
            int[] sees,
            long @Nullable [][] amounts,
            int count,
            boolean add) {
        seen.change(values, rows, targets, sees, amounts, count, add, change);
        passOn(values, values[0].size(), rows, targets, add);
    }

    private void apply(GroupState source, int[] sourceGroups, int[] groups, int count, boolean add) {
        SeenValues.Contents contents = ((DistinctValues) source).seen.contents(sourceGroups, count);
        int[] sees = contents.calls();
        if (counting) {
            Arrays.fill(sees, allCalls);
        }
        int size = contents.count();
        merge(contents.values(), Rows.first(size), contents.groups(groups), sees, contents.amounts(), size, add);
    }

    @Override
    public void merge(GroupState source, int[] sourceGroups, int[] groups, int count) {
        apply(source, sourceGroups, groups, count, true);
    }

    @Override
    public boolean subtracts() {
        if (!counting) {
            return false;
        }
        for (Call call : calls) {
            if (!call.inner().subtracts()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void subtract(GroupState source, int[] sourceGroups, int[] groups, int count) {
        apply(source, sourceGroups, groups, count, false);
    }

    @Override
    public void clear(int[] groups, int count) {
        seen.clear(groups, count);
        for (Call call : calls) {
            call.inner().clear(groups, count);
        }
    }

    @Override
    public void clearAll(int limit) {
        seen.clearAll(limit);
        for (Call call : calls) {
            call.inner().clearAll(limit);
        }
    }

    @Override
    public long bytes() {
        long bytes = seen.bytes();
        for (Call call : calls) {
            bytes += call.inner().bytes();
        }
        return bytes;
    }
}
