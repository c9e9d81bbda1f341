package io.laminar.execution.join;

import io.laminar.execution.key.Capacity;
import io.laminar.execution.key.KeyRows;
import io.laminar.execution.key.KeyTable;
import io.laminar.execution.key.RowPicker;
import io.laminar.execution.key.Rows;
import io.laminar.execution.operator.Output;
import io.laminar.plan.node.ChangelogMode;
import io.laminar.plan.node.ColumnSet;
import io.laminar.plan.node.JoinNode;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BatchConcat;
import io.laminar.spi.batch.RowKind;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Collects the result rows of a batch of changes, to put those together that go and come with the same key: they are one
 * update, or nothing if they are equal. What goes leaves first, then what is updated, then what comes. Where a key has
 * more than one row, as it may when one has been forgotten after its time to live, every change leaves as it is.
 */
final class ResultChanges implements Output {
    /** Rows above which what has been collected is put together: a hot key may bring any number of pairs. */
    private static final int MOST_ROWS = 16 * Batch.TARGET_ROWS;

    private final Schema schema;
    private final List<Integer> keyColumns;
    private final boolean upserts;
    private final KeyRows keys;
    private final List<DataType> keyTypes;
    private final List<Batch> collected = new ArrayList<>();
    private int size;
    private boolean anyGone;
    private boolean anyCome;
    private int[] ids = new int[0];
    /** By key: its first and last row, and how many it has. */
    private int[] first = new int[0];

    private int[] last = new int[0];
    private int[] changes = new int[0];
    private int[] rows = new int[0];
    private byte[] kinds = new byte[0];
    private int written;
    private @Nullable Output target;

    private ResultChanges(JoinNode node, ColumnSet key) {
        schema = node.schema();
        keyColumns = key.columns();
        upserts = node.changelog() == ChangelogMode.UPSERT;
        keyTypes = keyColumns.stream().map(schema::type).toList();
        keys = new KeyRows(keyTypes);
    }

    /** Null where nothing tells the rows of the result apart, or none is ever taken back. */
    static @Nullable ResultChanges of(JoinNode node) {
        if (node.changelog() == ChangelogMode.APPEND) {
            return null;
        }
        return node.upsertKeys().stream()
                .min(Comparator.comparingInt(set -> set.columns().size()))
                .map(key -> new ResultChanges(node, key))
                .orElse(null);
    }

    /** Says where changes go when they have been put together. */
    Output into(Output out) {
        target = out;
        return this;
    }

    @Override
    public void emit(Batch batch) {
        if (batch.size() == 0) {
            return;
        }
        collected.add(batch);
        size += batch.size();
        // All rows of a batch come, or all of them go.
        boolean gone = RowKind.isRetraction(batch.kind(0));
        anyGone |= gone;
        anyCome |= !gone;
        if (size >= MOST_ROWS) {
            flush();
        }
    }

    /** Emits what has been collected. */
    void flush() {
        if (size == 0) {
            return;
        }
        Output out = Objects.requireNonNull(target, "nowhere to go");
        if (anyGone && anyCome) {
            putTogether(BatchConcat.of(collected), out);
        } else {
            collected.forEach(out::emit);
        }
        collected.clear();
        size = 0;
        anyGone = false;
        anyCome = false;
    }

    private void putTogether(Batch all, Output out) {
        int limit = find(all);
        boolean[] redundant = redundant(all, limit);
        reserve(all.size());
        written = 0;
        for (int i = 0; i < all.size(); i++) {
            if (changes[ids[i]] == 1 && RowKind.isRetraction(all.kind(i))) {
                write(i, RowKind.DELETE);
            }
        }
        for (int key = 0; key < limit; key++) {
            if (isUpdate(all, key) && !redundant[key]) {
                if (!upserts) {
                    write(first[key], RowKind.UPDATE_BEFORE);
                }
                write(last[key], RowKind.UPDATE_AFTER);
            }
        }
        for (int i = 0; i < all.size(); i++) {
            int key = ids[i];
            boolean comes = !RowKind.isRetraction(all.kind(i));
            if (changes[key] == 1 ? comes : !isUpdate(all, key)) {
                write(i, all.kind(i));
            }
        }
        emitWritten(all, out);
    }

    private boolean isUpdate(Batch all, int key) {
        return changes[key] == 2
                && RowKind.isRetraction(all.kind(first[key]))
                && !RowKind.isRetraction(all.kind(last[key]));
    }

    /** Finds the first and last row of every key; returns how many keys there are. */
    private int find(Batch all) {
        int rowCount = all.size();
        if (ids.length < rowCount) {
            ids = new int[Capacity.grown(rowCount)];
            first = new int[ids.length];
            last = new int[ids.length];
            changes = new int[ids.length];
        }
        KeyTable table = KeyTable.of(keyTypes);
        keys.load(all, keyColumns);
        table.lookup(keys, Rows.first(rowCount), rowCount, ids);
        int limit = table.limit();
        Arrays.fill(changes, 0, limit, 0);
        for (int i = 0; i < rowCount; i++) {
            int key = ids[i];
            first[key] = changes[key] == 0 ? i : first[key];
            last[key] = i;
            changes[key]++;
        }
        return limit;
    }

    /** By key: whether its row is updated to an equal one, event time included. */
    private boolean[] redundant(Batch all, int limit) {
        int[] updated = new int[limit];
        int[] before = new int[limit];
        int[] after = new int[limit];
        int count = 0;
        for (int key = 0; key < limit; key++) {
            if (isUpdate(all, key)) {
                updated[count] = key;
                before[count] = first[key];
                after[count++] = last[key];
            }
        }
        boolean[] differs = new boolean[count];
        for (int i = 0; i < count; i++) {
            differs[i] = all.rowtime()[before[i]] != all.rowtime()[after[i]];
        }
        for (int c = 0; c < schema.size() && count > 0; c++) {
            RowPicker.compare(all.column(c).gather(before, count), all.column(c).gather(after, count), count, differs);
        }
        boolean[] redundant = new boolean[limit];
        for (int i = 0; i < count; i++) {
            redundant[updated[i]] = !differs[i];
        }
        return redundant;
    }

    private void reserve(int rowCount) {
        if (rows.length < rowCount) {
            rows = new int[Capacity.grown(rowCount)];
            kinds = new byte[rows.length];
        }
    }

    private void write(int row, byte kind) {
        rows[written] = row;
        kinds[written++] = kind;
    }

    private void emitWritten(Batch all, Output out) {
        for (int from = 0; from < written; ) {
            int count = Math.min(Batch.TARGET_ROWS, written - from);
            // The two halves of an update stay together.
            boolean splits = from + count < written && kinds[from + count - 1] == RowKind.UPDATE_BEFORE;
            count -= splits ? 1 : 0;
            int[] chunk = Arrays.copyOfRange(rows, from, from + count);
            out.emit(all.gather(chunk, count).withKinds(Arrays.copyOfRange(kinds, from, from + count)));
            from += count;
        }
    }
}
