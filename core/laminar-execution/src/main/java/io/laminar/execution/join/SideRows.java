package io.laminar.execution.join;

import io.laminar.execution.key.KeyHasher;
import io.laminar.execution.key.KeyRows;
import io.laminar.execution.key.KeyTable;
import io.laminar.execution.state.RowTracker;
import io.laminar.execution.state.StateTables;
import io.laminar.execution.state.StoredRows;
import io.laminar.execution.store.RowInts;
import io.laminar.execution.store.RowStore;
import io.laminar.plan.node.JoinKey;
import io.laminar.plan.node.JoinParts;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.IntColumn;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.Schema;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The rows of one side of a join that are kept, their keys, and which of them have found a match. */
final class SideRows implements StoredRows {
    private final RowStore rows;
    private final int width;
    private final List<Integer> keyColumns;
    private final List<DataType> keyTypes;
    private final boolean[] nullSafe;
    private final KeyRows keys;
    private final RowInts matched = new RowInts();
    private int[] added = new int[Batch.TARGET_ROWS];
    private Extras extras = (ids, count) -> new Column[] {matched(ids, count)};
    private @Nullable RowTracker tracker;

    /** What is known of rows beside their columns. */
    interface Extras {
        Column[] of(int[] ids, int count);
    }

    private SideRows(Schema schema, List<Integer> keyColumns, List<JoinKey> joinKeys) {
        this.rows = new RowStore(schema);
        this.width = schema.size();
        this.keyColumns = keyColumns;
        this.keyTypes = keyColumns.stream().map(schema::type).toList();
        this.nullSafe = new boolean[joinKeys.size()];
        for (int i = 0; i < nullSafe.length; i++) {
            nullSafe[i] = joinKeys.get(i).nullSafe();
        }
        this.keys = new KeyRows(keyTypes);
    }

    static SideRows left(JoinParts parts) {
        return new SideRows(parts.left().schema(), parts.leftKeys(), parts.keys());
    }

    static SideRows right(JoinParts parts) {
        return new SideRows(parts.right().schema(), parts.rightKeys(), parts.keys());
    }

    RowStore rows() {
        return rows;
    }

    // State ---------------------------------------------------------------------------------------------------------

    /**
     * Declares the rows as a table.
     *
     * @param restore takes rows back, with whether they have found a match behind their columns
     */
    void track(StateTables tables, Consumer<Batch> restore) {
        tracker = tables.table(keyColumns, restore).open(this);
    }

    /** As the other one, with something else behind the columns. */
    void track(StateTables tables, Consumer<Batch> restore, Extras kept) {
        extras = kept;
        track(tables, restore);
    }

    /** Says that what is known of a row is about to change. */
    void touch(int id) {
        if (tracker != null) {
            tracker.touch(id);
        }
    }

    /** Forgets rows. */
    void remove(int[] ids, int count) {
        if (tracker != null) {
            tracker.remove(ids, count);
        }
        rows.remove(ids, count);
    }

    @Override
    public int limit() {
        return rows.limit();
    }

    @Override
    public void mark(byte[] marks, byte bit) {
        rows.mark(marks, bit);
    }

    @Override
    public Batch copy(int[] ids, int count) {
        Batch copied = rows.gather(ids, count);
        Column[] behind = extras.of(ids, count);
        Column[] columns = Arrays.copyOf(copied.columns(), copied.width() + behind.length);
        System.arraycopy(behind, 0, columns, copied.width(), behind.length);
        return copied.withColumns(columns);
    }

    private IntColumn matched(int[] ids, int count) {
        int[] flags = new int[count];
        for (int i = 0; i < count; i++) {
            flags[i] = matched.get(ids[i]);
        }
        return new IntColumn(flags, null, count);
    }

    @Override
    public void hash(int[] ids, int count, long[] hashes) {
        KeyHasher.hash(keyColumns(ids, count), count, hashes);
    }

    /** The rows themselves, without what was kept behind their columns. */
    Batch row(Batch copied) {
        return copied.withColumns(Arrays.copyOf(copied.columns(), width));
    }

    /** One of the numbers that were kept behind the columns. */
    int[] extra(Batch copied, int index) {
        return ((IntColumn) copied.column(width + index)).values();
    }

    // Rows ----------------------------------------------------------------------------------------------------------

    List<Integer> keyColumns() {
        return keyColumns;
    }

    KeyTable newKeyTable() {
        return KeyTable.of(keyTypes);
    }

    /** Keeps rows of a batch and returns their ids, in an array that is used again. */
    int[] add(Batch batch, int[] selection, int count) {
        if (added.length < count) {
            added = new int[count];
        }
        rows.add(batch, selection, count, added);
        matched.reserve(rows.limit());
        for (int i = 0; i < count; i++) {
            matched.set(added[i], 0);
        }
        if (tracker != null) {
            tracker.reserve(rows.limit());
            tracker.touch(added, count);
        }
        return added;
    }

    /** What {@link #add} returned last. */
    int[] added() {
        return added;
    }

    boolean isMatched(int id) {
        return matched.get(id) != 0;
    }

    void match(int id) {
        if (matched.get(id) == 0) {
            touch(id);
            matched.set(id, 1);
        }
    }

    /** Makes {@link #keys} those of some rows. */
    void load(Column[] keysOfRows, int count) {
        keys.load(keysOfRows, count);
    }

    /** The keys loaded last, as tables look them up. */
    KeyRows keys() {
        return keys;
    }

    /** The keys of rows that are kept. */
    Column[] keyColumns(int[] ids, int count) {
        Column[] columns = new Column[keyColumns.size()];
        for (int c = 0; c < columns.length; c++) {
            columns[c] = rows.gather(keyColumns.get(c), ids, count);
        }
        return columns;
    }

    /** Whether any row has NULL where NULL matches nothing. */
    private boolean anyNull(Column[] columns) {
        for (int c = 0; c < columns.length; c++) {
            if (!nullSafe[c] && columns[c].nulls() != null) {
                return true;
            }
        }
        return false;
    }

    /** The keys of the rows of a batch. */
    Column[] keyColumns(Batch batch) {
        Column[] columns = new Column[keyColumns.size()];
        for (int c = 0; c < columns.length; c++) {
            columns[c] = batch.column(keyColumns.get(c));
        }
        return columns;
    }

    /**
     * Those of some rows that can match at all: without NULL in their keys.
     *
     * @param columns the keys of the rows that {@code selection} numbers
     */
    Selection matchable(Column[] columns, int[] selection, int count) {
        if (!anyNull(columns)) {
            return new Selection(selection, count);
        }
        int[] usable = new int[count];
        int kept = 0;
        for (int i = 0; i < count; i++) {
            boolean isNull = false;
            for (int c = 0; c < columns.length; c++) {
                isNull |= !nullSafe[c] && columns[c].isNull(selection[i]);
            }
            if (!isNull) {
                usable[kept++] = selection[i];
            }
        }
        return new Selection(usable, kept);
    }

    /** The others: those with NULL in their keys. */
    int[] unmatchable(Column[] columns, int[] selection, int count) {
        int[] others = new int[count];
        int found = 0;
        for (int i = 0; i < count; i++) {
            boolean isNull = false;
            for (int c = 0; c < columns.length; c++) {
                isNull |= !nullSafe[c] && columns[c].isNull(selection[i]);
            }
            if (isNull) {
                others[found++] = selection[i];
            }
        }
        return Arrays.copyOf(others, found);
    }

    /** The rows {@code rows[0..count)}. */
    record Selection(int[] rows, int count) {}

    /** Heap that the rows take, nearly. */
    long bytes() {
        return rows.bytes() + matched.bytes();
    }
}
