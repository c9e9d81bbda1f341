package io.laminar.execution.topn;

import io.laminar.execution.aggregate.GroupExpiry;
import io.laminar.execution.key.Capacity;
import io.laminar.execution.key.KeyHasher;
import io.laminar.execution.key.KeyRows;
import io.laminar.execution.key.KeyTable;
import io.laminar.execution.key.Rows;
import io.laminar.execution.memory.HeapSize;
import io.laminar.execution.operator.Operator;
import io.laminar.execution.operator.OperatorContext;
import io.laminar.execution.operator.Output;
import io.laminar.execution.row.HeldKeys;
import io.laminar.execution.row.HeldRows;
import io.laminar.execution.state.StateTables;
import io.laminar.plan.node.ChangelogMode;
import io.laminar.plan.node.Emit;
import io.laminar.plan.node.MaterializeNode;
import io.laminar.plan.node.RankFunction;
import io.laminar.plan.node.TopNNode;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.RowKind;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.Schema;
import java.io.DataInput;
import java.io.DataOutput;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Runs a {@link TopNNode}. Where rows only come, a partition keeps those with a wanted rank, and a row behind them costs
 * one comparison. Over a changelog all rows are kept, because those behind move up. What has changed is found by comparing
 * the first rows with those emitted before, once per flush interval.
 */
public final class TopNOperator implements Operator {
    private static final int STATE_VERSION = 1;

    private final List<Integer> partitionColumns;
    private final KeyRows batchKeys;
    private final KeyTable partitions;
    private final RankedRows ranked;
    /** Only of use over changelogs. */
    private final RowFinder finder;

    private final PendingPartitions pending;
    private final TopNChanges changes;
    private final GroupExpiry expiry;
    private final StateTables tables = new StateTables(STATE_VERSION, new Head());
    private final TopNState state;
    private final boolean retracts;
    private final boolean isFinal;
    private final boolean numbers;
    private final long last;
    private final long interval;
    private int[] ids = new int[Batch.TARGET_ROWS];
    /** Per partition that is full: the first word of its last key. Rows with a greater one are of no interest. */
    private long[] worst = new long[0];
    /** Rows of the batch to be kept, and their slots. */
    private int[] keptRows = new int[Batch.TARGET_ROWS];

    private int[] keptSlots = new int[Batch.TARGET_ROWS];
    private long[] batchHashes = new long[0];
    private boolean flushRequested;
    private long flushAt;
    private @Nullable OperatorContext context;

    /** Of each key the row that came last. */
    public static TopNOperator newestRows(MaterializeNode node) {
        TopNNode top = new TopNNode(
                node.input(),
                node.keys(),
                List.of(),
                RankFunction.ROW_NUMBER,
                1,
                1,
                false,
                node.emit(),
                node.ttl(),
                node.schema());
        return new TopNOperator(top, true);
    }

    public TopNOperator(TopNNode node) {
        this(node, false);
    }

    private TopNOperator(TopNNode node, boolean newestFirst) {
        Schema schema = node.input().schema();
        partitionColumns = node.partition();
        List<DataType> types = partitionColumns.stream().map(schema::type).toList();
        batchKeys = new KeyRows(types);
        partitions = KeyTable.of(types);
        HeldRows rows = new HeldRows(schema);
        finder = new RowFinder(rows);
        retracts = node.input().changelog() != ChangelogMode.APPEND;
        ranked = new RankedRows(
                rows,
                new HeldKeys(node.order(), schema),
                node.function(),
                node.first(),
                node.last(),
                newestFirst,
                retracts ? finder : null);
        pending = new PendingPartitions(ranked);
        changes = new TopNChanges(
                ranked,
                node.updatesRanks(),
                node.withRank(),
                retracts,
                node.emit().mode() == ChangelogMode.UPSERT);
        isFinal = node.emit() instanceof Emit.Final;
        interval = node.emit() instanceof Emit.Changes every ? every.interval() : 0;
        numbers = node.function() == RankFunction.ROW_NUMBER;
        last = node.last();
        // A result that is emitted once at the end may not lose rows on the way.
        expiry = new GroupExpiry(isFinal || partitionColumns.isEmpty() ? 0 : node.ttl());
        state = new TopNState(
                tables, partitionColumns, schema.size(), partitions, ranked, pending, expiry, new Restore());
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
        ranked.keys().load(batch);
        if (retracts) {
            change(batch);
        } else {
            add(batch);
        }
        if (expiry.isActive()) {
            long now = context().now();
            state.touch(ids, size);
            expiry.touch(ids, size, now);
            expiry.schedule(now, context());
        }
        if (!isFinal) {
            scheduleFlush(out);
        }
    }

    /** Finds the partitions of a batch's rows. */
    private void find(Batch batch) {
        Column[] keys = new Column[partitionColumns.size()];
        Arrays.setAll(keys, c -> batch.column(partitionColumns.get(c)));
        find(keys, batch.size());
    }

    private void find(Column[] keys, int size) {
        if (ids.length < size) {
            ids = new int[size];
            keptRows = new int[size];
            keptSlots = new int[size];
        }
        batchKeys.load(keys, size);
        partitions.lookup(batchKeys, Rows.first(size), size, ids);
        int limit = partitions.limit();
        ranked.lists().reserve(limit);
        pending.reserve(limit);
        expiry.reserve(limit);
        if (worst.length < limit) {
            int known = worst.length;
            worst = Arrays.copyOf(worst, Capacity.grown(limit));
            Arrays.fill(worst, known, worst.length, Long.MAX_VALUE);
        }
    }

    /** Adds rows, where none is ever taken back. */
    private void add(Batch batch) {
        int kept = 0;
        for (int i = 0; i < batch.size(); i++) {
            int partition = ids[i];
            if (ranked.keys().batchWord(i) > worst[partition] || !ranked.wants(partition, i)) {
                continue;
            }
            touch(partition);
            int slot = ranked.claim(i);
            ranked.lists().arrive(slot);
            ranked.add(partition, slot);
            keptRows[kept] = i;
            keptSlots[kept++] = slot;
            ranked.trim(partition);
            if (numbers && ranked.lists().size(partition) >= last) {
                worst[partition] = ranked.keys().word(ranked.lists().last(partition));
            }
        }
        ranked.put(batch, keptRows, keptSlots, kept);
    }

    /** Adds rows and takes rows back. */
    private void change(Batch batch) {
        int size = batch.size();
        if (batchHashes.length < size) {
            batchHashes = new long[Math.max(size, Batch.TARGET_ROWS)];
        }
        KeyHasher.hash(batch.columns(), size, batchHashes);
        for (int i = 0; i < size; i++) {
            keptSlots[i] = ranked.claim(i);
        }
        ranked.put(batch, Rows.first(size), keptSlots, size);
        for (int i = 0; i < size; i++) {
            int slot = keptSlots[i];
            if (RowKind.isRetraction(batch.kind(i))) {
                takeBack(ids[i], slot, batchHashes[i]);
                ranked.drop(slot);
            } else {
                ranked.lists().arrive(slot);
                if (ranked.matters(ids[i], slot)) {
                    touch(ids[i]);
                }
                ranked.add(ids[i], slot);
                finder.add(slot, batchHashes[i]);
            }
        }
    }

    /** Removes the row that is equal to one in another slot, the latest if there are several. */
    private void takeBack(int partition, int like, long hash) {
        int slot = finder.take(like, hash);
        if (slot == RowFinder.NONE) {
            // The row was forgotten with its partition.
            return;
        }
        if (ranked.matters(partition, slot)) {
            touch(partition);
        }
        ranked.remove(partition, slot);
    }

    private void touch(int partition) {
        if (!isFinal) {
            pending.touch(partition);
        }
    }

    private void scheduleFlush(Output out) {
        if (interval == 0) {
            emitChanges(out);
        } else if (!flushRequested && !pending.isEmpty()) {
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
            int[] expired = expiry.expired(partitions, pending::isPending, now, context());
            remove(expired, expired.length);
        }
    }

    private void remove(int[] gone, int count) {
        for (int i = 0; i < count; i++) {
            ranked.clear(gone[i]);
            worst[gone[i]] = Long.MAX_VALUE;
        }
        state.remove(gone, count);
        partitions.remove(gone, count);
    }

    private void emitChanges(Output out) {
        tables.settle();
        int[] empty = new int[pending.count()];
        int count = 0;
        for (int i = 0; i < pending.count(); i++) {
            int partition = pending.partition(i);
            changes.add(pending.before(partition), ranked.visible(partition));
            if (changes.isFull()) {
                changes.emit(true, out);
            }
            if (ranked.lists().size(partition) == 0) {
                empty[count++] = partition;
            }
        }
        changes.emit(true, out);
        pending.clear();
        remove(empty, count);
    }

    @Override
    public void finish(Output out) {
        if (!isFinal) {
            emitChanges(out);
            return;
        }
        for (int partition : partitions.ids()) {
            changes.add(RankedRows.NONE, ranked.visible(partition));
            if (changes.isFull()) {
                changes.emit(false, out);
            }
        }
        changes.emit(false, out);
    }

    @Override
    public StateTables tables() {
        return tables;
    }

    /** Takes rows back. */
    private final class Restore implements TopNState.Restore {
        @Override
        public int[] partitions(Batch rows) {
            find(rows);
            return ids;
        }

        @Override
        public int[] partitions(Column[] keys, int count) {
            find(keys, count);
            return ids;
        }

        @Override
        public void rows(Batch rows, int[] of, long[] arrivals) {
            int[] slots = gone(rows);
            long[] hashes = new long[slots.length];
            KeyHasher.hash(rows.columns(), slots.length, hashes);
            for (int i = 0; i < slots.length; i++) {
                ranked.lists().arrived(slots[i], arrivals[i]);
                ranked.add(of[i], slots[i]);
                if (retracts) {
                    finder.add(slots[i], hashes[i]);
                }
            }
        }

        @Override
        public int[] gone(Batch rows) {
            int count = rows.size();
            ranked.keys().load(rows);
            int[] slots = new int[count];
            for (int i = 0; i < count; i++) {
                slots[i] = ranked.claim(i);
            }
            ranked.put(rows, Rows.first(count), slots, count);
            return slots;
        }
    }

    /** Nothing is kept beside tables. */
    private final class Head implements StateTables.Head {
        @Override
        public void write(DataOutput out) {}

        @Override
        public void read(DataInput in) {}

        @Override
        public void restored() {
            state.restored();
            for (int partition : !retracts && numbers ? partitions.ids() : new int[0]) {
                if (ranked.lists().size(partition) >= last) {
                    worst[partition] = ranked.keys().word(ranked.lists().last(partition));
                }
            }
            if (expiry.isActive()) {
                expiry.schedule(context().now(), context());
            }
            if (!pending.isEmpty()) {
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
        return partitions.bytes()
                + ranked.bytes()
                + finder.bytes()
                + pending.bytes()
                + expiry.bytes()
                + HeapSize.of(worst);
    }
}
