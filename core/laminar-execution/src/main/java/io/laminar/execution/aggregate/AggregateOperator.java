package io.laminar.execution.aggregate;

import io.laminar.execution.key.KeyGroups;
import io.laminar.execution.key.KeyRows;
import io.laminar.execution.key.KeyTable;
import io.laminar.execution.key.Rows;
import io.laminar.execution.operator.Operator;
import io.laminar.execution.operator.OperatorContext;
import io.laminar.execution.operator.Output;
import io.laminar.execution.state.StateTables;
import io.laminar.plan.node.AggregateNode;
import io.laminar.plan.node.ChangelogMode;
import io.laminar.plan.node.Emit;
import io.laminar.plan.node.Phase;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import io.laminar.spi.type.DataType;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Runs an {@link AggregateNode} that is complete or final. Changes are consolidated: a group is emitted at most once per
 * flush interval, and only if its results differ from what was emitted before. Changes that wait for the end of the
 * interval are part of the state, so a checkpoint does not cut the interval short.
 */
public final class AggregateOperator implements Operator {
    private static final int STATE_VERSION = 1;

    private final List<Integer> keyColumns;
    private final KeyRows keys;
    private final Groups groups;
    private final PendingChanges pending = new PendingChanges();
    private final ChangeWriter writer;
    private final boolean isFinal;
    private final long interval;
    private final boolean retracts;
    private final GroupExpiry expiry;
    private final StateTables tables = new StateTables(STATE_VERSION, new Head());
    private long latest = Long.MIN_VALUE;
    private boolean flushRequested;
    private long flushAt;
    private @Nullable OperatorContext context;

    public AggregateOperator(AggregateNode node) {
        if (node.phase() == Phase.PARTIAL) {
            throw new IllegalArgumentException("a partial node is run by PartialAggregateOperator");
        }
        keyColumns = node.keys();
        List<DataType> types =
                keyColumns.stream().map(node.input().schema()::type).toList();
        retracts = node.input().changelog() != ChangelogMode.APPEND;
        keys = new KeyRows(types);
        groups = new Groups(
                KeyTable.of(types),
                () -> new GroupStates(node.calls(), node.input().schema(), node.phase(), keyColumns.size(), retracts));
        writer = new ChangeWriter(types, node.calls(), node.emit().mode() == ChangelogMode.UPSERT);
        isFinal = node.emit() instanceof Emit.Final;
        interval = node.emit() instanceof Emit.Changes changes ? changes.interval() : 0;
        // A result that is emitted once at the end may not lose groups on the way.
        expiry = new GroupExpiry(isFinal || keyColumns.isEmpty() ? 0 : node.ttl());
        List<Integer> keyPositions =
                IntStream.range(0, keyColumns.size()).boxed().toList();
        groups.track(tables.table(keyPositions, this::restoreGroups)
                .expecting(groups::expect)
                .open(new GroupRows(groups, expiry)));
        HeldResults waiting = new HeldResults(groups, pending);
        int width = keyPositions.size();
        tables.held(keyPositions, waiting::added, rows -> waiting.restoreAdded(rows, keys, width));
        tables.held(keyPositions, waiting::before, rows -> waiting.restoreBefore(rows, keys, width, rows.width()));
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
        int count = batch.size();
        if (count == 0) {
            return;
        }
        latest = Math.max(latest, latest(batch.rowtime(), count));
        keys.load(batch, keyColumns);
        int[] ids = groups.find(keys, Rows.first(count), count);
        reserve();
        if (!isFinal) {
            pending.touch(ids, count, groups.states());
        }
        groups.touch(ids, count);
        groups.states().apply(batch, Rows.first(count), ids, count);
        if (expiry.isActive()) {
            long now = context().now();
            expiry.touch(ids, count, now);
            expiry.schedule(now, context());
        }
        if (!isFinal) {
            scheduleFlush(out);
        }
    }

    private static long latest(long[] times, int count) {
        long latest = times[0];
        for (int i = 1; i < count; i++) {
            latest = Math.max(latest, times[i]);
        }
        return latest;
    }

    private void reserve() {
        int limit = groups.keys().limit();
        expiry.reserve(limit);
        if (!isFinal) {
            pending.reserve(limit);
        }
    }

    private void scheduleFlush(Output out) {
        if (interval == 0) {
            emitChanges(out);
        } else if (!flushRequested && !pending.isEmpty()) {
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
            expire(now);
        }
    }

    private void expire(long now) {
        int[] expired = expiry.expired(groups.keys(), pending::isPending, now, context());
        for (int group : expired) {
            pending.settle(group, false);
        }
        groups.remove(expired, expired.length);
    }

    private void emitChanges(Output out) {
        tables.settle();
        for (PendingChanges.Before before : pending.before()) {
            writer.emitChanged(before, groups, this::isAlive, latest, out);
        }
        int[] added = pending.added();
        int[] alive = Arrays.stream(added).filter(this::isAlive).toArray();
        writer.emitInserts(groups, alive, latest, true, out);
        removeDead(added);
        pending.clear();
    }

    private void removeDead(int[] added) {
        int[] dead = new int[added.length];
        int count = 0;
        for (int group : added) {
            boolean alive = isAlive(group);
            pending.settle(group, alive);
            if (!alive) {
                dead[count++] = group;
            }
        }
        for (PendingChanges.Before before : pending.before()) {
            dead = Arrays.copyOf(dead, count + before.groups().length);
            for (int group : before.groups()) {
                boolean alive = isAlive(group);
                pending.settle(group, alive);
                if (!alive) {
                    dead[count++] = group;
                }
            }
        }
        if (count > 0) {
            groups.remove(dead, count);
        }
    }

    /** Whether a group has a row in the result. Without keys there always is one. */
    private boolean isAlive(int group) {
        return !retracts || keyColumns.isEmpty() || groups.states().rows(group) > 0;
    }

    @Override
    public void finish(Output out) {
        boolean isMine =
                context().keyGroups().contains(KeyGroups.withoutKey(context().maxParallelism()));
        if (keyColumns.isEmpty() && isMine && groups.keys().size() == 0) {
            keys.load(new Column[0], 1);
            int[] group = groups.find(keys, Rows.first(1), 1);
            reserve();
            groups.touch(group, 1);
            if (!isFinal) {
                pending.touch(group, 1, groups.states());
            }
            latest = latest == Long.MIN_VALUE ? 0 : latest;
        }
        if (isFinal) {
            int[] alive =
                    Arrays.stream(groups.keys().ids()).filter(this::isAlive).toArray();
            writer.emitInserts(groups, alive, latest, false, out);
        } else {
            emitChanges(out);
        }
    }

    @Override
    public StateTables tables() {
        return tables;
    }

    private void restoreGroups(Batch rows) {
        int[] ids = GroupRows.restore(rows, groups, keys, keyColumns.size(), expiry);
        pending.reserve(groups.keys().limit());
        for (int i = 0; i < rows.size() && !isFinal; i++) {
            pending.restore(ids[i], true);
        }
    }

    /** The last event time. */
    private final class Head implements StateTables.Head {
        @Override
        public void write(DataOutput out) throws IOException {
            out.writeLong(latest);
        }

        @Override
        public void read(DataInput in) throws IOException {
            latest = Math.max(latest, in.readLong());
        }

        @Override
        public void restored() {
            if (expiry.isActive() && groups.keys().size() > 0) {
                expiry.schedule(context().now(), context());
            }
            if (!isFinal && !pending.isEmpty()) {
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
        return groups.bytes() + pending.bytes() + expiry.bytes();
    }

    /** Key columns and results of groups. */
    static Column[] columns(Column[] keyValues, List<Column> results) {
        List<Column> columns = new ArrayList<>();
        Collections.addAll(columns, keyValues);
        columns.addAll(results);
        return columns.toArray(new Column[0]);
    }
}
