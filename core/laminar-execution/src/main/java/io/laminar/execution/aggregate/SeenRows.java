package io.laminar.execution.aggregate;

import io.laminar.execution.key.Capacity;
import io.laminar.execution.key.KeyRows;
import io.laminar.execution.key.KeyTable;
import io.laminar.execution.key.Rows;
import io.laminar.execution.memory.HeapSize;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.IntColumn;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Scalar;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Seen values of any types: one table of (group, value) whose ids index what calls have seen. Where values can be taken
 * back, each call counts how often it sees them; an entry disappears when all its counts are zero.
 */
final class SeenRows implements SeenValues {
    private static final int NONE = -1;

    private final int valueColumns;
    private final int width;
    private final boolean counting;
    private final KeyRows keys;
    private final KeyTable entries;

    /** By entry: a bit for each call that has seen the value. */
    private int[] seen = new int[0];
    /** By entry and call. */
    private long[] counts = new long[0];
    /** By entry: its neighbours in its group and the group itself, or {@link #NONE} for entries that are not in use. */
    private int[] before = new int[0];

    private int[] after = new int[0];
    private int[] groupOf = new int[0];

    /** By group: its latest entry, and the number of its entries. */
    private int[] latest = new int[0];

    private int[] sizes = new int[0];
    private int[] ids = new int[0];

    /** @param width number of calls */
    SeenRows(List<DataType> types, int width, boolean counting) {
        List<DataType> all = new ArrayList<>();
        all.add(Scalar.INT);
        all.addAll(types);
        this.valueColumns = types.size();
        this.width = width;
        this.counting = counting;
        this.keys = new KeyRows(all);
        this.entries = KeyTable.of(all);
    }

    @Override
    public void reserve(int groups) {
        int known = latest.length;
        if (known < groups) {
            latest = Arrays.copyOf(latest, Capacity.grown(groups));
            sizes = Arrays.copyOf(sizes, latest.length);
            Arrays.fill(latest, known, latest.length, NONE);
        }
    }

    @Override
    public void change(
            Column[] values,
            int[] rows,
            int[] groups,
            int[] calls,
            long @Nullable [][] amounts,
            int count,
            boolean add,
            SeenChange change) {
        find(values, rows, groups, count);
        change.begin(count);
        for (int i = 0; i < count; i++) {
            int entry = ids[i];
            if (groupOf[entry] == NONE) {
                link(entry, groups[i]);
            }
            int past = seen[entry];
            int present = counting ? count(entry, calls[i], amounts, rows[i], add ? 1 : -1) : past | calls[i];
            if (past != present) {
                seen[entry] = present;
                change.add(i, past ^ present);
            }
        }
        dropEmpty(count);
    }

    private void find(Column[] values, int[] rows, int[] groups, int count) {
        Column[] columns = new Column[1 + valueColumns];
        columns[0] = new IntColumn(groups, null, count);
        for (int c = 0; c < valueColumns; c++) {
            columns[1 + c] = values[c].gather(rows, count);
        }
        keys.load(columns, count);
        if (ids.length < count) {
            ids = new int[count];
        }
        entries.lookup(keys, Rows.first(count), count, ids);
        int known = seen.length;
        if (known < entries.limit()) {
            int capacity = Capacity.grown(entries.limit());
            seen = Arrays.copyOf(seen, capacity);
            before = Arrays.copyOf(before, capacity);
            after = Arrays.copyOf(after, capacity);
            groupOf = Arrays.copyOf(groupOf, capacity);
            Arrays.fill(groupOf, known, capacity, NONE);
            if (counting) {
                counts = Arrays.copyOf(counts, Math.multiplyExact(capacity, width));
            }
        }
    }

    /** Counts for calls; returns which of all calls then see the value. */
    private int count(int entry, int calls, long @Nullable [][] amounts, int row, int sign) {
        int present = seen[entry];
        int at = entry * width;
        for (int rest = calls; rest != 0; rest &= rest - 1) {
            int call = Integer.numberOfTrailingZeros(rest);
            long count = counts[at + call] + (amounts == null ? sign : sign * amounts[call][row]);
            counts[at + call] = count;
            present = count > 0 ? present | 1 << call : present & ~(1 << call);
        }
        return present;
    }

    private void link(int entry, int group) {
        groupOf[entry] = group;
        int previous = latest[group];
        before[entry] = previous;
        after[entry] = NONE;
        if (previous != NONE) {
            after[previous] = entry;
        }
        latest[group] = entry;
        sizes[group]++;
    }

    private void unlink(int entry) {
        int group = groupOf[entry];
        if (after[entry] == NONE) {
            latest[group] = before[entry];
        } else {
            before[after[entry]] = before[entry];
        }
        if (before[entry] != NONE) {
            after[before[entry]] = after[entry];
        }
        groupOf[entry] = NONE;
        sizes[group]--;
    }

    /** Of the entries of the last change. */
    private void dropEmpty(int count) {
        int dropped = 0;
        for (int i = 0; i < count; i++) {
            int entry = ids[i];
            if (seen[entry] == 0 && groupOf[entry] != NONE && isZero(entry)) {
                unlink(entry);
                ids[dropped++] = entry;
            }
        }
        if (dropped > 0) {
            entries.remove(ids, dropped);
        }
    }

    private boolean isZero(int entry) {
        // A count may be below zero: a row may be taken back before it comes.
        for (int c = 0; counting && c < width; c++) {
            if (counts[entry * width + c] != 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public Contents contents(int[] groups, int count) {
        int[] starts = new int[count];
        int[] lengths = new int[count];
        int total = 0;
        for (int i = 0; i < count; i++) {
            starts[i] = total;
            lengths[i] = sizes[groups[i]];
            total = Math.addExact(total, lengths[i]);
        }
        int[] found = new int[total];
        int[] calls = new int[total];
        for (int i = 0; i < count; i++) {
            int at = starts[i] + lengths[i];
            for (int entry = latest[groups[i]]; entry != NONE; entry = before[entry]) {
                found[--at] = entry;
                calls[at] = seen[entry];
            }
        }
        Column[] columns = entries.columns(found, total);
        return new Contents(
                Arrays.copyOfRange(columns, 1, columns.length),
                calls,
                counting ? amounts(found) : null,
                starts,
                lengths,
                total);
    }

    private long[][] amounts(int[] found) {
        long[][] amounts = new long[width][found.length];
        for (int i = 0; i < found.length; i++) {
            for (int c = 0; c < width; c++) {
                amounts[c][i] = counts[found[i] * width + c];
            }
        }
        return amounts;
    }

    @Override
    public void clear(int[] groups, int count) {
        int total = 0;
        for (int i = 0; i < count; i++) {
            total += sizes[groups[i]];
        }
        int[] found = new int[total];
        int at = 0;
        for (int i = 0; i < count; i++) {
            for (int entry = latest[groups[i]]; entry != NONE; entry = before[entry]) {
                found[at++] = entry;
                groupOf[entry] = NONE;
                seen[entry] = 0;
                if (counting) {
                    Arrays.fill(counts, entry * width, (entry + 1) * width, 0);
                }
            }
            latest[groups[i]] = NONE;
            sizes[groups[i]] = 0;
        }
        if (total > 0) {
            entries.remove(found, total);
        }
    }

    @Override
    public void clearAll(int limit) {
        int used = Math.min(seen.length, entries.limit());
        Arrays.fill(seen, 0, used, 0);
        Arrays.fill(groupOf, 0, used, NONE);
        if (counting) {
            Arrays.fill(counts, 0, used * width, 0);
        }
        Arrays.fill(latest, 0, limit, NONE);
        Arrays.fill(sizes, 0, limit, 0);
        entries.clear();
    }

    @Override
    public long bytes() {
        return entries.bytes()
                + HeapSize.of(seen)
                + HeapSize.of(counts)
                + HeapSize.of(before)
                + HeapSize.of(after)
                + HeapSize.of(groupOf)
                + HeapSize.of(latest)
                + HeapSize.of(sizes);
    }
}
