package io.laminar.execution.topn;

import io.laminar.execution.aggregate.GroupExpiry;
import io.laminar.execution.key.KeyHasher;
import io.laminar.execution.key.KeyTable;
import io.laminar.execution.state.RowTracker;
import io.laminar.execution.state.StateTables;
import io.laminar.execution.state.StoredRows;
import io.laminar.execution.topn.RankedRows.Visible;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.IntColumn;
import io.laminar.spi.batch.LongColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * The state of a Top-N: rows, each with when it arrived, which tells it from all others; partitions, where they expire;
 * and what those partitions showed that have changes to emit.
 */
final class TopNState {
    private static final int PARTITIONS_AT_ONCE = 512;
    /** Columns behind those of a shown row. */
    private static final int SHOWN_EXTRAS = 3;

    /** The operator's side of restoring. */
    interface Restore {
        /** Finds the partitions of rows, in an array that is used again. */
        int[] partitions(Batch rows);

        /** As the other one, by keys. */
        int[] partitions(Column[] keys, int count);

        /** Puts rows that are back into their partitions. */
        void rows(Batch rows, int[] partitions, long[] arrivals);

        /** Claims slots for rows that are in no partition any more but still shown. */
        int[] gone(Batch rows);
    }

    /** A row that was shown before a restart. */
    private record Shown(int position, long rank, int slot) {}

    private final List<Integer> partitionColumns;
    private final int width;
    private final KeyTable partitions;
    private final RankedRows ranked;
    private final PendingPartitions pending;
    private final GroupExpiry expiry;
    private final Restore restore;
    private final RowTracker partitionTracker;
    /** By partition, while state is read: what it showed. */
    private final Map<Integer, List<Shown>> shown = new LinkedHashMap<>();

    TopNState(
            StateTables tables,
            List<Integer> partitionColumns,
            int width,
            KeyTable partitions,
            RankedRows ranked,
            PendingPartitions pending,
            GroupExpiry expiry,
            Restore restore) {
        this.partitionColumns = partitionColumns;
        this.width = width;
        this.partitions = partitions;
        this.ranked = ranked;
        this.pending = pending;
        this.expiry = expiry;
        this.restore = restore;
        List<Integer> keys = IntStream.range(0, partitionColumns.size()).boxed().toList();
        ranked.track(tables.table(partitionColumns, this::restoreRows).open(new Rows()));
        partitionTracker = tables.table(keys, this::restoreStamps).open(new Partitions());
        tables.held(keys, this::pendingPartitions, this::restorePending);
        tables.held(partitionColumns, this::shownRows, this::restoreShown);
    }

    /** Says that rows have come to partitions. */
    void touch(int[] ids, int count) {
        if (expiry.isActive()) {
            partitionTracker.reserve(partitions.limit());
            partitionTracker.touch(ids, count);
        }
    }

    /** Says that partitions are about to go. */
    void remove(int[] ids, int count) {
        if (expiry.isActive()) {
            partitionTracker.remove(ids, count);
        }
    }

    private Batch gather(int[] slots, int count, Column... behind) {
        Column[] columns = Arrays.copyOf(ranked.rows().gather(slots, count), width + behind.length);
        System.arraycopy(behind, 0, columns, width, behind.length);
        return new Batch(count, columns, ranked.rows().times(slots, count), null);
    }

    private LongColumn arrivals(int[] slots, int count) {
        long[] arrivals = new long[count];
        for (int i = 0; i < count; i++) {
            arrivals[i] = ranked.lists().arrival(slots[i]);
        }
        return new LongColumn(arrivals, null, count);
    }

    /** The rows of all partitions. */
    private final class Rows implements StoredRows {
        @Override
        public int limit() {
            return ranked.rows().limit();
        }

        @Override
        public void mark(byte[] marks, byte bit) {
            for (int slot = 0; slot < limit(); slot++) {
                marks[slot] |= ranked.isCurrent(slot) ? bit : 0;
            }
        }

        @Override
        public Batch copy(int[] slots, int count) {
            return gather(slots, count, arrivals(slots, count));
        }

        @Override
        public void hash(int[] slots, int count, long[] hashes) {
            Column[] keys = new Column[partitionColumns.size()];
            Arrays.setAll(keys, c -> ranked.rows().gather(partitionColumns.get(c), slots, count));
            KeyHasher.hash(keys, count, hashes);
        }
    }

    private void restoreRows(Batch copied) {
        Batch rows = copied.withColumns(Arrays.copyOf(copied.columns(), width));
        restore.rows(rows, restore.partitions(rows), ((LongColumn) copied.column(width)).values());
    }

    /** When partitions last got a row; only where they expire. */
    private final class Partitions implements StoredRows {
        @Override
        public int limit() {
            return expiry.isActive() ? partitions.limit() : 0;
        }

        @Override
        public void mark(byte[] marks, byte bit) {
            if (expiry.isActive()) {
                partitions.mark(marks, bit);
            }
        }

        @Override
        public Batch copy(int[] ids, int count) {
            return expiry.stamped(new Batch(count, partitions.columns(ids, count), new long[count], null), ids);
        }

        @Override
        public void hash(int[] ids, int count, long[] hashes) {
            partitions.hash(ids, count, hashes);
        }
    }

    private void restoreStamps(Batch copied) {
        int keys = partitionColumns.size();
        int[] ids = restore.partitions(Arrays.copyOf(copied.columns(), keys), copied.size());
        expiry.restore(copied, ids);
    }

    // What is shown and has changed ---------------------------------------------------------------------------------

    private int[] pending() {
        int[] ids = new int[pending.count()];
        Arrays.setAll(ids, pending::partition);
        return ids;
    }

    /** The keys of the partitions that have changes to emit. */
    private List<Supplier<Batch>> pendingPartitions() {
        int[] all = pending();
        List<Supplier<Batch>> pieces = new ArrayList<>();
        for (int from = 0; from < all.length; from += Batch.TARGET_ROWS) {
            int[] ids = Arrays.copyOfRange(all, from, Math.min(all.length, from + Batch.TARGET_ROWS));
            pieces.add(() -> new Batch(ids.length, partitions.columns(ids, ids.length), new long[ids.length], null));
        }
        return pieces;
    }

    private void restorePending(Batch keys) {
        int[] ids = restore.partitions(keys.columns(), keys.size());
        for (int i = 0; i < keys.size(); i++) {
            shown.computeIfAbsent(ids[i], id -> new ArrayList<>());
        }
    }

    /** The rows that they showed, each with its position there, its rank, and when it arrived. */
    private List<Supplier<Batch>> shownRows() {
        List<Supplier<Batch>> pieces = new ArrayList<>();
        for (int from = 0; from < pending.count(); from += PARTITIONS_AT_ONCE) {
            int count = Math.min(PARTITIONS_AT_ONCE, pending.count() - from);
            Visible[] some = new Visible[count];
            for (int i = 0; i < count; i++) {
                some[i] = pending.before(pending.partition(from + i));
            }
            pieces.add(() -> shown(some));
        }
        return pieces;
    }

    private Batch shown(Visible[] some) {
        int count = Arrays.stream(some).mapToInt(Visible::count).sum();
        int[] slots = new int[count];
        int[] positions = new int[count];
        long[] ranks = new long[count];
        int at = 0;
        for (Visible visible : some) {
            for (int i = 0; i < visible.count(); i++) {
                slots[at] = visible.slots()[i];
                positions[at] = i;
                ranks[at++] = visible.ranks()[i];
            }
        }
        return gather(
                slots,
                count,
                new IntColumn(positions, null, count),
                new LongColumn(ranks, null, count),
                arrivals(slots, count));
    }

    private void restoreShown(Batch copied) {
        Batch rows = copied.withColumns(Arrays.copyOf(copied.columns(), copied.width() - SHOWN_EXTRAS));
        int[] ids = Arrays.copyOf(restore.partitions(rows), rows.size());
        int[] positions = ((IntColumn) copied.column(width)).values();
        long[] ranks = ((LongColumn) copied.column(width + 1)).values();
        long[] arrivals = ((LongColumn) copied.column(width + 2)).values();
        int[] missing = new int[rows.size()];
        int[] slots = new int[rows.size()];
        int count = 0;
        for (int i = 0; i < slots.length; i++) {
            slots[i] = find(ids[i], arrivals[i]);
            missing[count] = i;
            count += slots[i] < 0 ? 1 : 0;
        }
        int[] gone = restore.gone(rows.gather(missing, count));
        for (int i = 0; i < count; i++) {
            slots[missing[i]] = gone[i];
            ranked.lists().arrived(gone[i], arrivals[missing[i]]);
        }
        for (int i = 0; i < slots.length; i++) {
            shown.computeIfAbsent(ids[i], id -> new ArrayList<>()).add(new Shown(positions[i], ranks[i], slots[i]));
        }
    }

    /** The slot of the row of a partition that arrived at a time; negative if it has left the partition. */
    private int find(int partition, long arrival) {
        int size = ranked.lists().size(partition);
        int[] slots = new int[size];
        ranked.lists().copyFirst(partition, size, slots);
        for (int slot : slots) {
            if (ranked.lists().arrival(slot) == arrival) {
                return slot;
            }
        }
        return -1;
    }

    /** Lets partitions that had changes to emit have them again; to be called when everything has been read. */
    void restored() {
        shown.forEach((partition, rows) -> {
            int[] slots = new int[rows.size()];
            long[] ranks = new long[rows.size()];
            for (Shown row : rows) {
                slots[row.position()] = row.slot();
                ranks[row.position()] = row.rank();
            }
            pending.restore(partition, rows.isEmpty() ? RankedRows.NONE : new Visible(slots, ranks, slots.length));
            for (int slot : slots) {
                if (!ranked.isCurrent(slot)) {
                    ranked.restoreGone(slot);
                }
            }
        });
        shown.clear();
    }
}
