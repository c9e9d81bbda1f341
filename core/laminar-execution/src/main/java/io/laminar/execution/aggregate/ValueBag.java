package io.laminar.execution.aggregate;

import io.laminar.execution.key.Capacity;
import io.laminar.execution.key.KeyRows;
import io.laminar.execution.key.KeyTable;
import io.laminar.execution.key.Rows;
import io.laminar.execution.memory.HeapSize;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.IntColumn;
import io.laminar.spi.batch.ListColumn;
import io.laminar.spi.batch.LongColumn;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Scalar;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * For many groups, the different values that each has and how often. One table holds (group, value) for all groups; the
 * entries of a group are linked. An entry disappears when its number comes to zero.
 */
final class ValueBag {
    static final int NONE = -1;

    private final KeyRows keys;
    private final KeyTable entries;
    private final int valueColumns;

    /** By entry. */
    private long[] counts = new long[0];

    private int[] next = new int[0];
    private int[] previous = new int[0];
    private int[] groupOfEntry = new int[0];
    /** When the entry was made, in numbers that grow. */
    private long[] arrivals = new long[0];

    private long arrival;

    /** By group: its latest entry. */
    private int[] first = new int[0];

    private int[] ids = new int[0];

    /** The positions at which a value appeared in its group or disappeared from it, in order. */
    private int[] changed = new int[0];

    private int changedCount;

    ValueBag(List<DataType> types) {
        List<DataType> all = new ArrayList<>();
        all.add(Scalar.INT);
        all.addAll(types);
        keys = new KeyRows(all);
        entries = KeyTable.of(all);
        valueColumns = types.size();
    }

    void reserve(int groups) {
        int before = first.length;
        if (before < groups) {
            first = Arrays.copyOf(first, Capacity.grown(groups));
            Arrays.fill(first, before, first.length, NONE);
        }
    }

    /** Adds the values in {@code rows[i]} of columns to groups, each {@code sign} times. */
    void change(Column[] values, int[] rows, int[] groups, int count, long sign) {
        load(values, rows, groups, count);
        begin(count);
        for (int i = 0; i < count; i++) {
            apply(i, ids[i], groups[i], sign);
        }
        dropEmpty(count);
    }

    /** Adds values to groups, the one in {@code rows[i]} as often as {@code amounts} says there. */
    void change(Column[] values, long[] amounts, int[] rows, int[] groups, int count, long sign) {
        load(values, rows, groups, count);
        begin(count);
        for (int i = 0; i < count; i++) {
            apply(i, ids[i], groups[i], sign * amounts[rows[i]]);
        }
        dropEmpty(count);
    }

    private void load(Column[] values, int[] rows, int[] groups, int count) {
        Column[] columns = new Column[1 + valueColumns];
        columns[0] = new IntColumn(groups, null, count);
        for (int c = 0; c < valueColumns; c++) {
            columns[1 + c] = values[c].gather(rows, count);
        }
        keys.load(columns, count);
        if (ids.length < count) {
            ids = new int[count];
            changed = new int[count];
        }
        entries.lookup(keys, Rows.first(count), count, ids);
        int before = counts.length;
        if (before < entries.limit()) {
            int capacity = Capacity.grown(entries.limit());
            counts = Arrays.copyOf(counts, capacity);
            next = Arrays.copyOf(next, capacity);
            previous = Arrays.copyOf(previous, capacity);
            arrivals = Arrays.copyOf(arrivals, capacity);
            groupOfEntry = Arrays.copyOf(groupOfEntry, capacity);
            Arrays.fill(groupOfEntry, before, capacity, NONE);
        }
    }

    private void begin(int count) {
        changedCount = 0;
        if (changed.length < count) {
            changed = new int[count];
        }
    }

    private void apply(int position, int entry, int group, long amount) {
        if (groupOfEntry[entry] == NONE) {
            link(entry, group);
        }
        long before = counts[entry];
        long after = before + amount;
        counts[entry] = after;
        if (before > 0 != after > 0) {
            changed[changedCount++] = position;
        }
    }

    private void link(int entry, int group) {
        groupOfEntry[entry] = group;
        arrivals[entry] = arrival++;
        int head = first[group];
        next[entry] = head;
        previous[entry] = NONE;
        if (head != NONE) {
            previous[head] = entry;
        }
        first[group] = entry;
    }

    private void dropEmpty(int count) {
        int dropped = 0;
        for (int i = 0; i < count; i++) {
            int entry = ids[i];
            if (counts[entry] == 0 && groupOfEntry[entry] != NONE) {
                unlink(entry);
                ids[dropped++] = entry;
            }
        }
        if (dropped > 0) {
            entries.remove(ids, dropped);
        }
    }

    private void unlink(int entry) {
        int group = groupOfEntry[entry];
        if (previous[entry] == NONE) {
            first[group] = next[entry];
        } else {
            next[previous[entry]] = next[entry];
        }
        if (next[entry] != NONE) {
            previous[next[entry]] = previous[entry];
        }
        groupOfEntry[entry] = NONE;
    }

    /** Positions of the last change at which a value appeared or disappeared. */
    int[] changed() {
        return changed;
    }

    int changedCount() {
        return changedCount;
    }

    int firstEntry(int group) {
        return first[group];
    }

    int nextEntry(int entry) {
        return next[entry];
    }

    long count(int entry) {
        return counts[entry];
    }

    long arrival(int entry) {
        return arrivals[entry];
    }

    /** The values of entries. */
    Column[] values(int[] entryIds, int count) {
        Column[] columns = entries.columns(entryIds, count);
        return Arrays.copyOfRange(columns, 1, columns.length);
    }

    /** The entries of some groups, group after group; within one in order of arrival. */
    record Entries(int[] ids, int[] groupPositions, int[] starts, int[] lengths, int count) {}

    Entries entries(int[] groups, int count) {
        int[] starts = new int[count];
        int[] lengths = new int[count];
        int[] found = new int[count];
        int[] positions = new int[count];
        int size = 0;
        for (int i = 0; i < count; i++) {
            starts[i] = size;
            for (int e = first[groups[i]]; e != NONE; e = next[e]) {
                if (size == found.length) {
                    found = Arrays.copyOf(found, Capacity.grown(size + 1L));
                    positions = Arrays.copyOf(positions, found.length);
                }
                found[size] = e;
                positions[size++] = i;
            }
            lengths[i] = size - starts[i];
            reverse(found, starts[i], size);
        }
        return new Entries(found, positions, starts, lengths, size);
    }

    private static void reverse(int[] values, int from, int to) {
        for (int low = from, high = to - 1; low < high; low++, high--) {
            int value = values[low];
            values[low] = values[high];
            values[high] = value;
        }
    }

    /** One list per value column, and one of the numbers. */
    Column[] state(int[] groups, int count) {
        Entries found = entries(groups, count);
        Column[] state = new Column[stateWidth()];
        Column[] values = values(found.ids(), found.count());
        for (int c = 0; c < valueColumns; c++) {
            state[c] = new ListColumn(values[c], found.starts(), found.lengths(), null, count);
        }
        long[] numbers = new long[found.count()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = counts[found.ids()[i]];
        }
        state[valueColumns] = new ListColumn(
                new LongColumn(numbers, null, numbers.length), found.starts(), found.lengths(), null, count);
        return state;
    }

    int stateWidth() {
        return valueColumns + 1;
    }

    /** Values, numbers and groups of a change that comes from {@link #state} or another bag. */
    record Change(Column[] values, long[] amounts, int[] rows, int[] groups, int count) {}

    /** The change that adds what {@link #state} returned to groups. */
    Change read(Column[] state, int[] rows, int[] groups, int count) {
        ListColumn numbers = (ListColumn) state[valueColumns];
        int total = 0;
        for (int i = 0; i < count; i++) {
            total += numbers.lengths()[rows[i]];
        }
        int[] elements = new int[total];
        int[] targets = new int[total];
        int at = 0;
        for (int i = 0; i < count; i++) {
            int start = numbers.starts()[rows[i]];
            for (int e = 0; e < numbers.lengths()[rows[i]]; e++) {
                elements[at] = start + e;
                targets[at++] = groups[i];
            }
        }
        Column[] values = new Column[valueColumns];
        for (int c = 0; c < valueColumns; c++) {
            values[c] = ((ListColumn) state[c]).elements();
        }
        return new Change(values, ((LongColumn) numbers.elements()).values(), elements, targets, total);
    }

    /** The change that adds the values of groups of this bag to groups of another one. */
    Change read(int[] sourceGroups, int[] groups, int count) {
        Entries found = entries(sourceGroups, count);
        long[] amounts = new long[found.count()];
        int[] targets = new int[found.count()];
        for (int i = 0; i < found.count(); i++) {
            amounts[i] = counts[found.ids()[i]];
            targets[i] = groups[found.groupPositions()[i]];
        }
        return new Change(
                values(found.ids(), found.count()), amounts, Rows.first(found.count()), targets, found.count());
    }

    void apply(Change change, long sign) {
        change(change.values(), change.amounts(), change.rows(), change.groups(), change.count(), sign);
    }

    void clear(int[] groups, int count) {
        Entries found = entries(groups, count);
        for (int i = 0; i < found.count(); i++) {
            counts[found.ids()[i]] = 0;
            groupOfEntry[found.ids()[i]] = NONE;
        }
        for (int i = 0; i < count; i++) {
            first[groups[i]] = NONE;
        }
        if (found.count() > 0) {
            entries.remove(found.ids(), found.count());
        }
    }

    void clearAll(int limit) {
        Arrays.fill(counts, 0, Math.min(counts.length, entries.limit()), 0);
        Arrays.fill(groupOfEntry, 0, Math.min(groupOfEntry.length, entries.limit()), NONE);
        Arrays.fill(first, 0, limit, NONE);
        entries.clear();
    }

    /** Heap that this takes, nearly. */
    long bytes() {
        return entries.bytes()
                + HeapSize.of(counts)
                + HeapSize.of(next)
                + HeapSize.of(previous)
                + HeapSize.of(groupOfEntry)
                + HeapSize.of(arrivals)
                + HeapSize.of(first)
                + HeapSize.of(changed);
    }
}
