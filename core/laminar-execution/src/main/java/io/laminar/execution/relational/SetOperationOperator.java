package io.laminar.execution.relational;

import io.laminar.execution.aggregate.GroupExpiry;
import io.laminar.execution.key.Capacity;
import io.laminar.execution.key.KeyRows;
import io.laminar.execution.key.Rows;
import io.laminar.execution.memory.HeapSize;
import io.laminar.execution.operator.Operator;
import io.laminar.execution.operator.OperatorContext;
import io.laminar.execution.operator.Output;
import io.laminar.execution.state.RowTracker;
import io.laminar.execution.state.RowsByKey;
import io.laminar.execution.state.StateTables;
import io.laminar.plan.node.ChangelogMode;
import io.laminar.plan.node.Emit;
import io.laminar.plan.node.SetOperationNode;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BooleanColumn;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.RowKind;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.Field;
import java.io.DataInput;
import java.io.DataOutput;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Runs a {@link SetOperationNode}: counts how often each row is on either side. How often it is in the result follows
 * from the two counts; the difference to what was emitted leaves at the end of a flush interval, deletions first. Where
 * the result only grows it leaves at once, so that it stays ahead of the watermark.
 */
public final class SetOperationOperator implements Operator {
    private static final int STATE_VERSION = 1;

    private final int width;
    private final KeyRows keys;
    private final SideCounts counts;
    private final StateTables tables = new StateTables(STATE_VERSION, new Head());
    private final RowTracker tracker;
    private final boolean appends;
    private final boolean isFinal;
    private final long interval;
    private final GroupExpiry expiry;
    private int[] ids = new int[Batch.TARGET_ROWS];
    private int[] dirty = new int[0];
    private int dirtyCount;
    private boolean[] isDirty = new boolean[0];
    private boolean flushRequested;
    private long flushAt;
    private @Nullable OperatorContext context;

    public SetOperationOperator(SetOperationNode node) {
        List<DataType> types = node.schema().fields().stream().map(Field::type).toList();
        width = types.size();
        keys = new KeyRows(types);
        counts = new SideCounts(types, node.kind(), node.all());
        appends = node.changelog() == ChangelogMode.APPEND;
        isFinal = node.emit() instanceof Emit.Final;
        interval = node.emit() instanceof Emit.Changes changes && !appends ? changes.interval() : 0;
        // A result that is emitted once at the end may not lose rows on the way.
        expiry = new GroupExpiry(isFinal ? 0 : node.ttl());
        tracker = tables.table(IntStream.range(0, width).boxed().toList(), this::restoreRows)
                .expecting(counts.rows()::expect)
                .open(new RowsByKey(counts.rows(), this::copyRows));
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
        Column[] values = Arrays.copyOf(batch.columns(), batch.width() - 1);
        find(values, size);
        tracker.touch(ids, size);
        counts.apply(batch, ((BooleanColumn) batch.column(batch.width() - 1)).values(), ids, !expiry.isActive());
        if (expiry.isActive()) {
            long now = context().now();
            expiry.touch(ids, size, now);
            expiry.schedule(now, context());
        }
        if (!isFinal) {
            for (int i = 0; i < size; i++) {
                touch(ids[i]);
            }
            scheduleFlush(out);
        }
    }

    private void find(Column[] values, int size) {
        if (ids.length < size) {
            ids = new int[size];
        }
        keys.load(values, size);
        counts.rows().lookup(keys, Rows.first(size), size, ids);
        int limit = counts.rows().limit();
        counts.reserve(limit);
        expiry.reserve(limit);
        tracker.reserve(limit);
        if (isDirty.length < limit) {
            isDirty = Arrays.copyOf(isDirty, Capacity.grown(limit));
        }
    }

    private void touch(int row) {
        if (!isDirty[row]) {
            isDirty[row] = true;
            if (dirtyCount == dirty.length) {
                dirty = Arrays.copyOf(dirty, Capacity.grown(dirtyCount + 1L));
            }
            dirty[dirtyCount++] = row;
        }
    }

    private void scheduleFlush(Output out) {
        if (interval == 0) {
            emitChanges(out);
        } else if (!flushRequested && dirtyCount > 0) {
            flushRequested = true;
            flushAt = context().now() + interval;
            context().wakeAt(flushAt);
        }
    }

    @Override
    public void tick(long now, Output out) {
        if (flushRequested && now >= flushAt) {
            flushRequested = false;
            emitChanges(out);
        }
        if (expiry.isActive()) {
            int[] expired = expiry.expired(counts.rows(), row -> isDirty[row], now, context());
            tracker.remove(expired, expired.length);
            counts.remove(expired, expired.length);
        }
    }

    private void emitChanges(Output out) {
        CopiedRows deletions = new CopiedRows(counts, RowKind.DELETE, false);
        CopiedRows insertions = new CopiedRows(counts, RowKind.INSERT, appends);
        for (int i = 0; i < dirtyCount; i++) {
            deletions.add(dirty[i], counts.emitted(dirty[i]) - counts.wanted(dirty[i]), out);
        }
        deletions.flush(out);
        tracker.touch(dirty, dirtyCount);
        int gone = 0;
        for (int i = 0; i < dirtyCount; i++) {
            int row = dirty[i];
            isDirty[row] = false;
            insertions.add(row, counts.wanted(row) - counts.emitted(row), out);
            counts.settle(row);
            if (counts.isEmpty(row)) {
                dirty[gone++] = row;
            }
        }
        insertions.flush(out);
        tracker.remove(dirty, gone);
        counts.remove(dirty, gone);
        dirtyCount = 0;
    }

    @Override
    public void finish(Output out) {
        if (isFinal) {
            CopiedRows all = new CopiedRows(counts, RowKind.INSERT, true);
            for (int row : counts.rows().ids()) {
                all.add(row, counts.wanted(row), out);
            }
            all.flush(out);
        } else {
            emitChanges(out);
        }
    }

    @Override
    public StateTables tables() {
        return tables;
    }

    private Batch copyRows(int[] some, int count) {
        return expiry.stamped(counts.copy(some, count), some);
    }

    private void restoreRows(Batch copied) {
        find(Arrays.copyOf(copied.columns(), width), copied.size());
        counts.load(copied, width, ids);
        expiry.restore(copied, ids);
        for (int i = 0; i < copied.size(); i++) {
            boolean pending = counts.wanted(ids[i]) != counts.emitted(ids[i]);
            if (!isFinal && (pending || counts.isEmpty(ids[i]))) {
                touch(ids[i]);
            }
        }
    }

    /** What is left to be emitted is seen by the counts. */
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
            if (dirtyCount > 0) {
                flushRequested = true;
                flushAt = context().now() + interval;
                context().wakeAt(flushAt);
            }
        }
    }

    @Override
    public long idleUntil() {
        return Long.MAX_VALUE;
    }

    @Override
    public long stateBytes() {
        return counts.bytes() + expiry.bytes() + HeapSize.of(dirty) + HeapSize.of(isDirty);
    }
}
