package io.laminar.execution.aggregate;

import io.laminar.execution.key.Capacity;
import io.laminar.execution.key.Rows;
import io.laminar.execution.memory.HeapSize;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.IntColumn;
import io.laminar.spi.batch.LongColumn;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Seen values that are one INT or LONG each, for input that only appends. Open addressing with linear probing in which a
 * slot is two words next to each other, so a probe touches one cache line: the value, and group + 1 (upper half) with
 * the calls that have seen it (lower half). A slot is the upper bits of the hash: doubling the table is one pass that
 * reads and writes in order. A chain per group lists its values, so that it can be saved and emptied.
 */
final class SeenLongs implements SeenValues {
    private static final int NONE = -1;
    private static final int FIRST_BITS = 4;
    private static final int MAX_BITS = 29;
    private static final long LOW = 0xFFFFFFFFL;
    /** To sort all values pays when more than one in so many is wanted; to follow a chain costs as much per value. */
    private static final int MANY = 8;

    private final boolean ints;
    private long[] table = new long[2 << FIRST_BITS];
    private int bits = FIRST_BITS;
    private int size;
    private int threshold = threshold(FIRST_BITS);

    /** Chains: a value and the link to the one that came before it in its group. */
    private long[] listed = new long[16];

    private int[] before = new int[16];
    private int listedCount;
    /** First of the links that are free, chained through {@link #before}. */
    private int free = NONE;

    /** By group: its latest link, and the number of its values. */
    private int[] latest = new int[0];

    private int[] sizes = new int[0];
    private long[] widened = new long[0];

    /** All values by group, made for a checkpoint and kept until a change. */
    private @Nullable Sorted sorted;

    /** @param starts by group */
    private record Sorted(long[] values, int[] calls, int[] starts) {}

    /** @param ints whether the values are INT, otherwise LONG */
    SeenLongs(boolean ints) {
        this.ints = ints;
    }

    @Override
    public void reserve(int groups) {
        int known = latest.length;
        if (known < groups) {
            sorted = null;
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
        if (!add) {
            throw new IllegalStateException("values taken back that are not counted");
        }
        change.begin(count);
        sorted = null;
        add(longs(values[0]), rows, groups, calls, count, change);
    }

    private long[] longs(Column column) {
        if (column instanceof LongColumn longs) {
            return longs.values();
        }
        int size = column.size();
        if (widened.length < size) {
            widened = new long[size];
        }
        int[] values = ((IntColumn) column).values();
        for (int i = 0; i < size; i++) {
            widened[i] = values[i];
        }
        return widened;
    }

    private void add(long[] values, int[] rows, int[] groups, int[] calls, int count, SeenChange change) {
        long[] words = table;
        int shift = Long.SIZE - bits;
        int mask = words.length - 1;
        for (int i = 0; i < count; i++) {
            int wanted = calls[i];
            long value = values[rows[i]];
            int group = groups[i];
            long owner = group + 1L;
            int at = (int) (hash(value, group) >>> shift) << 1;
            long seen = words[at + 1];
            while (seen != 0 && (words[at] != value || seen >>> Integer.SIZE != owner)) {
                at = (at + 2) & mask;
                seen = words[at + 1];
            }
            int fresh = wanted & ~(int) seen;
            if (fresh == 0) {
                continue;
            }
            change.add(i, fresh);
            if (seen != 0) {
                words[at + 1] = seen | (fresh & LOW);
                continue;
            }
            words[at] = value;
            words[at + 1] = owner << Integer.SIZE | (fresh & LOW);
            list(group, value);
            if (++size > threshold) {
                grow();
                words = table;
                shift = Long.SIZE - bits;
                mask = words.length - 1;
            }
        }
    }

    private static long hash(long value, int group) {
        long hash = value + group * 0x9E3779B97F4A7C15L;
        hash = (hash ^ hash >>> 32) * 0x9FB21C651E98DF25L;
        return (hash ^ hash >>> 29) * 0xD6E8FEB86659FD93L;
    }

    private void list(int group, long value) {
        int link = free;
        if (link != NONE) {
            free = before[link];
        } else {
            link = listedCount++;
            if (link == listed.length) {
                listed = Arrays.copyOf(listed, Capacity.grown(listedCount));
                before = Arrays.copyOf(before, listed.length);
            }
        }
        listed[link] = value;
        before[link] = latest[group];
        latest[group] = link;
        sizes[group]++;
    }

    private void grow() {
        if (bits == MAX_BITS) {
            throw new LaminarException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "one subtask has more than " + threshold + " different values to tell apart",
                    "use a higher parallelism");
        }
        long[] old = table;
        allocate(bits + 1);
        int mask = table.length - 1;
        for (int from = 0; from < old.length; from += 2) {
            if (old[from + 1] != 0) {
                int at = home(old[from], old[from + 1]);
                while (table[at + 1] != 0) {
                    at = (at + 2) & mask;
                }
                table[at] = old[from];
                table[at + 1] = old[from + 1];
            }
        }
    }

    private void allocate(int newBits) {
        table = new long[2 << newBits];
        bits = newBits;
        threshold = threshold(newBits);
    }

    private static int threshold(int bits) {
        return (1 << bits) / 8 * 5;
    }

    private int home(long value, long seen) {
        return (int) (hash(value, (int) (seen >>> Integer.SIZE) - 1) >>> (Long.SIZE - bits)) << 1;
    }

    private int find(int group, long value) {
        int at = (int) (hash(value, group) >>> (Long.SIZE - bits)) << 1;
        while (table[at] != value || table[at + 1] >>> Integer.SIZE != group + 1L) {
            at = (at + 2) & (table.length - 1);
        }
        return at;
    }

    @Override
    public Contents contents(int[] groups, int count) {
        int[] starts = new int[count];
        int total = starts(groups, count, starts);
        long[] values = new long[total];
        int[] calls = new int[total];
        for (int i = 0; i < count; i++) {
            int at = starts[i] + sizes[groups[i]];
            for (int link = latest[groups[i]]; link != NONE; link = before[link]) {
                values[--at] = listed[link];
                calls[at] = (int) table[find(groups[i], listed[link]) + 1];
            }
        }
        return contents(groups, starts, values, calls);
    }

    @Override
    public Contents saved(int[] groups, int count) {
        long wanted = 0;
        for (int i = 0; i < count; i++) {
            wanted += sizes[groups[i]];
        }
        if (sorted == null && wanted * MANY < size) {
            return contents(groups, count);
        }
        Sorted all = sorted();
        int[] starts = new int[count];
        int total = starts(groups, count, starts);
        long[] values = new long[total];
        int[] calls = new int[total];
        for (int i = 0; i < count; i++) {
            int from = all.starts[groups[i]];
            System.arraycopy(all.values, from, values, starts[i], sizes[groups[i]]);
            System.arraycopy(all.calls, from, calls, starts[i], sizes[groups[i]]);
        }
        return contents(groups, starts, values, calls);
    }

    /** Where the values of groups go, one after the other; returns their number. */
    private int starts(int[] groups, int count, int[] starts) {
        int total = 0;
        for (int i = 0; i < count; i++) {
            starts[i] = total;
            total = Math.addExact(total, sizes[groups[i]]);
        }
        return total;
    }

    private Contents contents(int[] groups, int[] starts, long[] values, int[] calls) {
        int[] lengths = new int[starts.length];
        for (int i = 0; i < lengths.length; i++) {
            lengths[i] = sizes[groups[i]];
        }
        return new Contents(new Column[] {column(values)}, calls, null, starts, lengths, values.length);
    }

    /** One pass over the table in order costs far less than to follow the chains of all groups. */
    private Sorted sorted() {
        if (sorted != null) {
            return sorted;
        }
        int[] starts = new int[sizes.length];
        starts(Rows.first(sizes.length), sizes.length, starts);
        int[] next = starts.clone();
        long[] values = new long[size];
        int[] calls = new int[size];
        for (int from = 0; from < table.length; from += 2) {
            long seen = table[from + 1];
            if (seen != 0) {
                int at = next[(int) (seen >>> Integer.SIZE) - 1]++;
                values[at] = table[from];
                calls[at] = (int) seen;
            }
        }
        Sorted all = new Sorted(values, calls, starts);
        sorted = all;
        return all;
    }

    private Column column(long[] values) {
        if (!ints) {
            return new LongColumn(values, null, values.length);
        }
        int[] narrow = new int[values.length];
        for (int i = 0; i < narrow.length; i++) {
            narrow[i] = (int) values[i];
        }
        return new IntColumn(narrow, null, narrow.length);
    }

    @Override
    public void clear(int[] groups, int count) {
        sorted = null;
        for (int i = 0; i < count; i++) {
            int group = groups[i];
            int link = latest[group];
            while (link != NONE) {
                remove(find(group, listed[link]));
                int next = before[link];
                before[link] = free;
                free = link;
                link = next;
            }
            size -= sizes[group];
            latest[group] = NONE;
            sizes[group] = 0;
        }
    }

    /** Empties a slot and moves the entries behind it to where a probe finds them again. */
    private void remove(int slot) {
        int mask = table.length - 1;
        int hole = slot;
        int at = (hole + 2) & mask;
        while (table[at + 1] != 0) {
            int home = home(table[at], table[at + 1]);
            if (((at - home) & mask) >= ((at - hole) & mask)) {
                table[hole] = table[at];
                table[hole + 1] = table[at + 1];
                hole = at;
            }
            at = (at + 2) & mask;
        }
        table[hole + 1] = 0;
    }

    /** Keeps the memory unless far less of it was needed this time. */
    @Override
    public void clearAll(int limit) {
        sorted = null;
        if (bits > FIRST_BITS && listedCount < table.length / 32) {
            allocate(FIRST_BITS + 1);
            listed = new long[16];
            before = new int[16];
        } else {
            Arrays.fill(table, 0);
        }
        Arrays.fill(latest, 0, limit, NONE);
        Arrays.fill(sizes, 0, limit, 0);
        size = 0;
        listedCount = 0;
        free = NONE;
    }

    @Override
    public long bytes() {
        Sorted kept = sorted;
        long saved = kept == null ? 0 : HeapSize.of(kept.values) + HeapSize.of(kept.calls) + HeapSize.of(kept.starts);
        return saved
                + HeapSize.of(table)
                + HeapSize.of(listed)
                + HeapSize.of(before)
                + HeapSize.of(latest)
                + HeapSize.of(sizes);
    }
}
