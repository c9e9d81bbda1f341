package io.laminar.execution.topn;

import io.laminar.execution.aggregate.GroupExpiry;
import io.laminar.execution.key.Capacity;
import io.laminar.execution.key.KeyRows;
import io.laminar.execution.key.KeyTable;
import io.laminar.execution.key.RowPicker;
import io.laminar.execution.key.Rows;
import io.laminar.execution.memory.HeapSize;
import io.laminar.execution.operator.Operator;
import io.laminar.execution.operator.OperatorContext;
import io.laminar.execution.operator.Output;
import io.laminar.execution.row.HeldRows;
import io.laminar.execution.state.RowTracker;
import io.laminar.execution.state.RowsByKey;
import io.laminar.execution.state.StateTables;
import io.laminar.plan.node.ChangelogMode;
import io.laminar.plan.node.DeduplicateNode;
import io.laminar.plan.node.Emit;
import io.laminar.plan.node.TimeDomain;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.RowKind;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.Schema;
import java.io.DataInput;
import java.io.DataOutput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Runs a {@link DeduplicateNode} that keeps the last row of each key: a row per key, in the slot that is the key's id. A
 * key is emitted at most once per flush interval, and only if its row is another one than the one emitted before.
 */
public final class LastRowOperator implements Operator {
    private static final int NONE = -1;
    private static final int STATE_VERSION = 1;

    /** Keys that were emitted before, and with which rows. */
    private record Before(int[] keys, Batch rows) {}

    private final Schema schema;
    private final List<Integer> keyColumns;
    private final KeyRows batchKeys;
    private final KeyTable keys;
    private final HeldRows rows;
    private final GroupExpiry expiry;
    private final StateTables tables = new StateTables(STATE_VERSION, new Head());
    private final RowTracker tracker;
    private final boolean byEventTime;
    private final boolean isFinal;
    private final boolean upserts;
    private final long interval;
    private final List<Before> before = new ArrayList<>();
    private long beforeBytes;
    private int[] ids = new int[Batch.TARGET_ROWS];
    /** Keys with a new row in this batch, and those rows. */
    private int[] won = new int[Batch.TARGET_ROWS];

    private int[] winners = new int[Batch.TARGET_ROWS];
    /** By key: its new row in this batch. */
    private int[] winner = new int[0];

    private boolean[] known = new boolean[0];
    private boolean[] pending = new boolean[0];
    private boolean[] emitted = new boolean[0];
    private int[] added = new int[16];
    private int addedCount;
    private boolean flushRequested;
    private long flushAt;
    private @Nullable OperatorContext context;

    public LastRowOperator(DeduplicateNode node) {
        schema = node.schema();
        keyColumns = node.keys();
        List<DataType> types = keyColumns.stream().map(schema::type).toList();
        batchKeys = new KeyRows(types);
        keys = KeyTable.of(types);
        rows = new HeldRows(schema);
        byEventTime = node.time() == TimeDomain.EVENT;
        isFinal = node.emit() instanceof Emit.Final;
        upserts = node.emit().mode() == ChangelogMode.UPSERT;
        interval = node.emit() instanceof Emit.Changes changes ? changes.interval() : 0;
        expiry = new GroupExpiry(isFinal || keyColumns.isEmpty() ? 0 : node.ttl());
        tracker = tables.table(keyColumns, this::restoreRows).open(new RowsByKey(keys, this::copyRows));
        tables.held(IntStream.range(0, keyColumns.size()).boxed().toList(), this::addedKeys, this::restoreAdded);
        tables.held(keyColumns, this::rowsBefore, this::restoreBefore);
    }

    @Override
    public void open(OperatorContext operatorContext) {
        context = operatorContext;
        tables.open(operatorContext.keyGroups(), operatorContext.maxParallelism());
    }

    private OperatorContext context() {
        return Objects.requireNonNull(context, "not open");
    }

    @Override
    public void process(int input, Batch batch, Output out) {
        int size = batch.size();
        if (size == 0) {
            return;
        }
        find(batch);
        int count = choose(batch);
        if (!isFinal) {
            remember(count);
        }
        tracker.touch(won, count);
        if (expiry.isActive()) {
            tracker.touch(ids, size);
        }
        rows.put(batch, winners, won, count);
        if (expiry.isActive()) {
            long now = context().now();
            expiry.touch(ids, size, now);
            expiry.schedule(now, context());
        }
        if (!isFinal) {
            scheduleFlush(out);
        }
    }

    private void find(Batch batch) {
        Column[] columns = new Column[keyColumns.size()];
        Arrays.setAll(columns, c -> batch.column(keyColumns.get(c)));
        find(columns, batch.size());
    }

    private void find(Column[] columns, int size) {
        if (ids.length < size) {
            ids = new int[size];
            won = new int[size];
            winners = new int[size];
        }
        batchKeys.load(columns, size);
        keys.lookup(batchKeys, Rows.first(size), size, ids);
        int limit = keys.limit();
        rows.reserve(limit);
        expiry.reserve(limit);
        tracker.reserve(limit);
        if (winner.length < limit) {
            int former = winner.length;
            winner = Arrays.copyOf(winner, Capacity.grown(limit));
            Arrays.fill(winner, former, winner.length, NONE);
            known = Arrays.copyOf(known, winner.length);
            pending = Arrays.copyOf(pending, winner.length);
            emitted = Arrays.copyOf(emitted, winner.length);
        }
    }

    /** Finds the last row of each key of the batch that is later than the one kept; returns how many there are. */
    private int choose(Batch batch) {
        long[] times = batch.rowtime();
        int count = 0;
        for (int i = 0; i < batch.size(); i++) {
            int key = ids[i];
            int other = winner[key];
            if (other == NONE) {
                if (!known[key] || !byEventTime || times[i] >= rows.time(key)) {
                    winner[key] = i;
                    won[count++] = key;
                }
            } else if (!byEventTime || times[i] >= times[other]) {
                winner[key] = i;
            }
        }
        for (int i = 0; i < count; i++) {
            winners[i] = winner[won[i]];
            winner[won[i]] = NONE;
            known[won[i]] = true;
        }
        return count;
    }

    /** Copies the rows that keys were emitted with, before they are replaced. */
    private void remember(int count) {
        int[] changed = new int[count];
        int number = 0;
        for (int i = 0; i < count; i++) {
            int key = won[i];
            if (pending[key]) {
                continue;
            }
            pending[key] = true;
            if (emitted[key]) {
                changed[number++] = key;
            } else {
                add(key);
            }
        }
        if (number > 0) {
            remember(new Before(Arrays.copyOf(changed, number), batch(changed, number)));
        }
    }

    private void remember(Before old) {
        before.add(old);
        beforeBytes += HeapSize.of(old.keys()) + HeapSize.of(old.rows());
    }

    private void add(int key) {
        if (addedCount == added.length) {
            added = Arrays.copyOf(added, Capacity.grown(addedCount + 1L));
        }
        added[addedCount++] = key;
    }

    private Batch batch(int[] slots, int count) {
        return new Batch(count, rows.gather(slots, count), rows.times(slots, count), null);
    }

    private void scheduleFlush(Output out) {
        if (interval == 0) {
            emitChanges(out);
        } else if (!flushRequested && (addedCount > 0 || !before.isEmpty())) {
            requestFlush();
        }
    }

    private void requestFlush() {
        flushRequested = true;
        flushAt = context().now() + interval;
        context().wakeAt(flushAt);
    }

    @Override
    public void tick(long now, Output out) {
        if (flushRequested && now >= flushAt) {
            flushRequested = false;
            emitChanges(out);
        }
        if (expiry.isActive()) {
            int[] expired = expiry.expired(keys, key -> pending[key], now, context());
            tracker.remove(expired, expired.length);
            for (int key : expired) {
                rows.release(key);
                known[key] = false;
                emitted[key] = false;
            }
            keys.remove(expired, expired.length);
        }
    }

    private void emitChanges(Output out) {
        tables.settle();
        for (Before old : before) {
            emitChanged(old, out);
        }
        before.clear();
        beforeBytes = 0;
        for (int i = 0; i < addedCount; i++) {
            pending[added[i]] = false;
            emitted[added[i]] = true;
        }
        emitInserts(added, addedCount, true, out);
        addedCount = 0;
        if (added.length > 1 << 16) {
            added = new int[16];
        }
    }

    private void emitInserts(int[] all, int size, boolean asChangelog, Output out) {
        for (int from = 0; from < size; from += Batch.TARGET_ROWS) {
            int count = Math.min(Batch.TARGET_ROWS, size - from);
            Batch inserts = batch(Arrays.copyOfRange(all, from, from + count), count);
            out.emit(asChangelog ? inserts.withKinds(new byte[count]) : inserts);
        }
    }

    private void emitChanged(Before old, Output out) {
        int count = old.keys().length;
        Batch now = batch(old.keys(), count);
        boolean[] differs = new boolean[count];
        for (int c = 0; c < schema.size(); c++) {
            RowPicker.compare(old.rows().column(c), now.column(c), count, differs);
        }
        int[] chosen = new int[count * 2];
        boolean[] fromNow = new boolean[count * 2];
        byte[] kinds = new byte[count * 2];
        long[] times = new long[count * 2];
        int size = 0;
        for (int i = 0; i < count; i++) {
            pending[old.keys()[i]] = false;
            if (differs[i]) {
                if (!upserts) {
                    chosen[size] = i;
                    times[size] = old.rows().rowtime()[i];
                    kinds[size++] = RowKind.UPDATE_BEFORE;
                }
                chosen[size] = i;
                fromNow[size] = true;
                times[size] = now.rowtime()[i];
                kinds[size++] = RowKind.UPDATE_AFTER;
            }
        }
        if (size == 0) {
            return;
        }
        Column[] columns = new Column[schema.size()];
        for (int c = 0; c < columns.length; c++) {
            columns[c] = RowPicker.pick(schema.type(c), old.rows().column(c), now.column(c), fromNow, chosen, size);
        }
        out.emit(new Batch(size, columns, times, kinds));
    }

    @Override
    public void finish(Output out) {
        if (isFinal) {
            int[] all = keys.ids();
            emitInserts(all, all.length, false, out);
        } else {
            emitChanges(out);
        }
    }

    @Override
    public StateTables tables() {
        return tables;
    }

    /** The rows of keys, and when they last changed. */
    private Batch copyRows(int[] some, int count) {
        return expiry.stamped(batch(some, count), some);
    }

    private void restoreRows(Batch copied) {
        Batch saved = copied.withColumns(Arrays.copyOf(copied.columns(), schema.size()));
        find(saved);
        rows.put(saved, Rows.first(saved.size()), ids, saved.size());
        for (int i = 0; i < saved.size(); i++) {
            known[ids[i]] = true;
            emitted[ids[i]] = true;
        }
        expiry.restore(copied, ids);
    }

    /** The keys that have never been emitted. */
    private List<Supplier<Batch>> addedKeys() {
        List<Supplier<Batch>> pieces = new ArrayList<>();
        for (int from = 0; from < addedCount; from += Batch.TARGET_ROWS) {
            int[] some = Arrays.copyOfRange(added, from, Math.min(addedCount, from + Batch.TARGET_ROWS));
            pieces.add(() -> new Batch(some.length, keys.columns(some, some.length), new long[some.length], null));
        }
        return pieces;
    }

    private void restoreAdded(Batch saved) {
        find(saved.columns(), saved.size());
        for (int i = 0; i < saved.size(); i++) {
            emitted[ids[i]] = false;
            pending[ids[i]] = true;
            add(ids[i]);
        }
    }

    /** The rows that keys were emitted with before they changed. */
    private List<Supplier<Batch>> rowsBefore() {
        List<Supplier<Batch>> pieces = new ArrayList<>();
        before.forEach(old -> pieces.add(old::rows));
        return pieces;
    }

    private void restoreBefore(Batch old) {
        find(old);
        int[] found = Arrays.copyOf(ids, old.size());
        for (int key : found) {
            pending[key] = true;
        }
        remember(new Before(found, old));
    }

    /** Nothing is kept beside tables. */
    private final class Head implements StateTables.Head {
        @Override
        public void write(DataOutput out) {}

        @Override
        public void read(DataInput in) {}

        @Override
        public void restored() {
            if (expiry.isActive()) {
                expiry.schedule(context().now(), context());
            }
            if (addedCount > 0 || !before.isEmpty()) {
                requestFlush();
            }
        }
    }

    @Override
    public long idleUntil() {
        return Long.MAX_VALUE;
    }

    @Override
    public long stateBytes() {
        return keys.bytes()
                + rows.bytes()
                + expiry.bytes()
                + beforeBytes
                + HeapSize.of(winner)
                + HeapSize.of(known)
                + HeapSize.of(pending)
                + HeapSize.of(emitted)
                + HeapSize.of(added);
    }
}
