package io.laminar.execution.join;

import io.laminar.execution.expression.ExpressionCompiler;
import io.laminar.execution.key.Capacity;
import io.laminar.execution.key.KeyRows;
import io.laminar.execution.key.KeyTable;
import io.laminar.execution.operator.Operator;
import io.laminar.execution.operator.OperatorContext;
import io.laminar.execution.operator.Output;
import io.laminar.execution.state.StateTable;
import io.laminar.execution.state.StateTables;
import io.laminar.plan.PipelineSettings;
import io.laminar.plan.expression.Expression;
import io.laminar.plan.node.ChangelogMode;
import io.laminar.plan.node.Distribution;
import io.laminar.plan.node.JoinNode;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.RowKind;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.type.DataType;
import java.io.DataInput;
import java.io.DataOutput;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Runs a {@link JoinNode}. Both inputs are kept, in one table of keys with a list of rows per key and side. A batch of
 * changes of one side is first reduced to what it comes to, then paired with the rows of the other side. What is taken
 * back leaves before what is added. Rows that are forgotten after their time to live leave the results they had a part in
 * as they are.
 */
public final class JoinOperator implements Operator {
    /** Counter of changes that took back a row that is not known, because it has been forgotten. */
    public static final String UNKNOWN_ROWS = "unknown_rows";

    private static final int NONE = -1;
    private static final int STATE_VERSION = 1;

    private final JoinSide[] sides;
    private final RowChanges[] changes;
    private final KeyRows[] keyRows;
    private final KeyTable keys;
    private final boolean conditional;
    private final JoinPairs pairs;
    private final JoinWriter writer;
    private final @Nullable ResultChanges results;
    private final @Nullable HeldChanges held;
    private final StateTables tables = new StateTables(STATE_VERSION, new Head());
    private final long interval;
    private final int broadcast;
    private final long broadcastLimit;
    private int[] keyIds = new int[Batch.TARGET_ROWS];
    private int[] rowIds = new int[Batch.TARGET_ROWS];
    private boolean flushRequested;
    private long flushAt;
    private @Nullable OperatorContext context;

    public JoinOperator(JoinNode node, ExpressionCompiler compiler) {
        sides = new JoinSide[] {new JoinSide(node, JoinSide.LEFT), new JoinSide(node, JoinSide.RIGHT)};
        changes = new RowChanges[] {
            changes(node.left().schema().fields().stream().map(f -> f.type()).toList(), sides[JoinSide.LEFT]),
            changes(node.right().schema().fields().stream().map(f -> f.type()).toList(), sides[JoinSide.RIGHT])
        };
        List<DataType> types =
                node.parts().leftKeys().stream().map(node.left().schema()::type).toList();
        keyRows = new KeyRows[] {new KeyRows(types), new KeyRows(types)};
        keys = KeyTable.of(types);
        writer = new JoinWriter(node);
        results = ResultChanges.of(node);
        Expression condition = node.condition();
        conditional = condition != null;
        int leftWidth = node.left().schema().size();
        pairs = new JoinPairs(
                condition == null
                        ? null
                        : new JoinCondition(condition, node.parts().pair(), leftWidth, compiler),
                writer,
                node.type().pairs());
        broadcast = node.distributions().get(JoinSide.LEFT) instanceof Distribution.Broadcast
                ? JoinSide.LEFT
                : node.distributions().get(JoinSide.RIGHT) instanceof Distribution.Broadcast ? JoinSide.RIGHT : NONE;
        broadcastLimit = node.broadcastLimit();
        interval = node.emit().interval();
        // Subtasks would hold different parts of the side that all of them have.
        boolean holds = node.changelog() != ChangelogMode.APPEND && interval > 0 && broadcast == NONE;
        held = holds ? new HeldChanges() : null;
        declareState();
    }

    private static RowChanges changes(List<DataType> types, JoinSide side) {
        return new RowChanges(types, side.columns, side.index != null);
    }

    @Override
    public void open(OperatorContext operatorContext) {
        context = operatorContext;
        tables.open(operatorContext.keyGroups(), operatorContext.maxParallelism());
        if (conditional) {
            pairs.open(operatorContext.evaluation());
        }
    }

    private OperatorContext context() {
        return Objects.requireNonNull(context, "not open");
    }

    @Override
    public void process(int input, Batch batch, Output out) {
        if (batch.size() == 0) {
            return;
        }
        if (held == null) {
            apply(input == JoinSide.LEFT ? batch : null, input == JoinSide.LEFT ? null : batch, out);
            return;
        }
        held.add(input, batch);
        if (held.isFull()) {
            emitHeld(out);
        } else {
            requestFlush();
        }
    }

    private void requestFlush() {
        if (!flushRequested) {
            flushRequested = true;
            flushAt = context().now() + interval;
            context().wakeAt(flushAt);
        }
    }

    private void emitHeld(Output out) {
        if (held != null && !held.isEmpty()) {
            apply(held.take(JoinSide.LEFT), held.take(JoinSide.RIGHT), out);
        }
    }

    /** Rows may not leave behind a watermark that has passed their time. */
    @Override
    public void watermark(long time, Output out) {
        if (held != null && held.earliest() <= time) {
            emitHeld(out);
        }
    }

    @Override
    public void tick(long now, Output out) {
        if (flushRequested && now >= flushAt) {
            flushRequested = false;
            emitHeld(out);
        }
        for (JoinSide side : sides) {
            expire(side, now);
        }
    }

    @Override
    public void finish(Output out) {
        emitHeld(out);
    }

    // Changes -------------------------------------------------------------------------------------------------------

    /**
     * Applies changes of one or both sides. First all rows that are taken back leave, then those that are new come in, so
     * that nothing is emitted that is not there in the end.
     */
    private void apply(@Nullable Batch left, @Nullable Batch right, Output out) {
        if (results == null) {
            change(left, right, out);
            return;
        }
        change(left, right, results.into(out));
        results.flush();
    }

    private void change(@Nullable Batch left, @Nullable Batch right, Output out) {
        JoinSide leftSide = sides[JoinSide.LEFT];
        JoinSide rightSide = sides[JoinSide.RIGHT];
        if (left != null) {
            takeBack(leftSide, rightSide, left, out);
        }
        if (right != null) {
            takeBack(rightSide, leftSide, right, out);
            add(rightSide, leftSide, right, left != null, out);
        }
        if (left != null) {
            add(leftSide, rightSide, left, false, out);
        }
        pairs.emitOpen(leftSide, out);
        pairs.emitOpen(rightSide, out);
        forgetEmptyKeys();
        checkLimit();
    }

    private void reserve(int size) {
        if (keyIds.length < size) {
            keyIds = new int[Capacity.grown(size)];
            rowIds = new int[keyIds.length];
        }
    }

    /** Gives the keys of rows their ids. */
    private void lookup(JoinSide own, int[] rows, int count) {
        keys.lookup(keyRows[own.input], rows, count, keyIds);
        for (JoinSide side : sides) {
            side.lists.reserve(keys.limit(), side.rows.limit());
        }
    }

    private void takeBack(JoinSide own, JoinSide other, Batch batch, Output out) {
        RowChanges change = changes[own.input];
        change.load(batch);
        keyRows[own.input].load(batch, own.keyColumns);
        if (change.goneCount == 0) {
            return;
        }
        reserve(batch.size());
        int[] rows = change.gone;
        int matching = own.partition(batch, rows, change.goneCount);
        if (own.keepsUnmatched) {
            writer.alone(own.input, batch, rows, matching, change.goneCount, RowKind.DELETE, out);
        }
        lookup(own, rows, matching);
        own.touches.touch(keyIds, matching, keys.limit(), own);
        int count = find(own, change, batch, matching);
        pairs.run(own, other, batch, rows, keyIds, count, RowKind.DELETE, out);
        emitAlone(own, batch, rows, count, RowKind.DELETE, out);
        own.remove(rowIds, count);
    }

    /** Finds the rows to be taken back, whose ids come to the front of {@link #rowIds}, and unlinks them. */
    private int find(JoinSide own, RowChanges change, Batch batch, int matching) {
        int found = 0;
        for (int i = 0; i < matching; i++) {
            int row = change.gone[i];
            int id = own.index == null ? NONE : own.index.find(batch, row, change.hashes()[row]);
            if (id != NONE) {
                own.unlink(id);
                change.gone[found] = row;
                keyIds[found] = keyIds[i];
                rowIds[found++] = id;
            }
        }
        if (found < matching) {
            context().count(UNKNOWN_ROWS, matching - found);
        }
        return found;
    }

    /** @param otherFollows whether rows of the other side come next, so that rows without a match may find one yet */
    private void add(JoinSide own, JoinSide other, Batch batch, boolean otherFollows, Output out) {
        RowChanges change = changes[own.input];
        reserve(batch.size());
        int[] rows = change.come;
        int matching = own.partition(batch, rows, change.comeCount);
        lookup(own, rows, matching);
        if (other.countsMatches() && !conditional) {
            own.touches.touch(keyIds, matching, keys.limit(), own);
        }
        own.add(batch, rows, keyIds, matching, keys.limit(), rowIds);
        own.index(change.hashes(), rows, matching, rowIds);
        if (own.ages.isActive()) {
            own.ages.touch(rowIds, matching, context().now());
            own.ages.schedule(context());
        }
        changedKeys(own, other, out);
        int[] counts = pairs.run(own, other, batch, rows, keyIds, matching, RowKind.INSERT, out);
        own.setMatches(rowIds, counts, matching, conditional, otherFollows);
        if (!otherFollows || own.keepsMatched) {
            emitAlone(own, batch, rows, matching, RowKind.INSERT, out);
        }
        if (own.keepsUnmatched) {
            writer.alone(own.input, batch, rows, matching, change.comeCount, RowKind.INSERT, out);
        }
    }

    /** Without a condition, rows of the other side gain or lose all their matches when a list begins or ends. */
    private void changedKeys(JoinSide own, JoinSide other, Output out) {
        if (!other.countsMatches() || conditional) {
            return;
        }
        KeyTouches touches = own.touches;
        for (int i = 0; i < touches.size(); i++) {
            int key = touches.key(i);
            boolean before = touches.before(i) > 0;
            boolean after = own.lists.count(key) > 0;
            // New rows that wait for a match have to learn that there is one, even if there was one before them.
            if (before != after || (after && other.open.size() > 0)) {
                pairs.keyChanged(other, key, after);
            }
        }
        pairs.emitMatched(other, out);
    }

    /** Emits those rows of a batch, which lie in the state as {@link #rowIds}, that leave without a partner. */
    private void emitAlone(JoinSide own, Batch batch, int[] rows, int count, byte kind, Output out) {
        if (own.matches == null) {
            return;
        }
        int[] alone = new int[count];
        int size = 0;
        for (int i = 0; i < count; i++) {
            boolean isMatched = own.matches.get(rowIds[i]) != 0;
            alone[size] = rows[i];
            size += isMatched == own.keepsMatched ? 1 : 0;
        }
        writer.alone(own.input, batch, alone, 0, size, kind, out);
    }

    private void checkLimit() {
        if (broadcast != NONE && sides[broadcast].rows.size() > broadcastLimit) {
            throw new LaminarException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "a join without an equality keeps its " + (broadcast == JoinSide.LEFT ? "left" : "right")
                            + " side in every subtask, and that has more than " + broadcastLimit + " rows",
                    "add an equality to the join condition, or SET " + PipelineSettings.BROADCAST_JOIN_LIMIT.name()
                            + " to a higher number");
        }
    }

    // Forgetting ----------------------------------------------------------------------------------------------------

    private void forgetEmptyKeys() {
        for (JoinSide side : sides) {
            KeyTouches touches = side.touches;
            int[] empty = new int[touches.size()];
            int count = 0;
            for (int i = 0; i < empty.length; i++) {
                int key = touches.key(i);
                // A key that both sides have touched is forgotten with the second.
                if (isEmpty(key) && !(side.input == JoinSide.LEFT && sides[JoinSide.RIGHT].touches.has(key))) {
                    empty[count++] = key;
                }
            }
            touches.clear();
            keys.remove(empty, count);
        }
    }

    private boolean isEmpty(int key) {
        return sides[JoinSide.LEFT].lists.count(key) == 0 && sides[JoinSide.RIGHT].lists.count(key) == 0;
    }

    private void expire(JoinSide side, long now) {
        if (!side.ages.isActive()) {
            return;
        }
        int[] expired = side.ages.expired(side.rows, now, context());
        int[] emptied = new int[expired.length];
        for (int i = 0; i < expired.length; i++) {
            emptied[i] = side.unlink(expired[i]);
        }
        side.remove(expired, expired.length);
        int[] gone = Arrays.stream(emptied).distinct().filter(this::isEmpty).toArray();
        keys.remove(gone, gone.length);
    }

    // State ---------------------------------------------------------------------------------------------------------

    private void declareState() {
        for (JoinSide side : sides) {
            JoinRows rows = new JoinRows(side, keys);
            JoinRows.Restore restore = (batch, stamps, matches) -> restoreRows(side.input, batch, stamps, matches);
            if (side.input == broadcast) {
                tables.shared(rows::write, in -> JoinRows.read(in, restore));
            } else {
                List<Integer> columns = side.keyColumns.isEmpty() ? side.columns : side.keyColumns;
                StateTable table = tables.table(columns, copied -> JoinRows.restore(copied, restore));
                side.track(table.open(rows));
            }
            if (held != null) {
                tables.held(side.keyColumns, () -> held.pieces(side.input), batch -> held.add(side.input, batch));
            }
        }
    }

    @Override
    public StateTables tables() {
        return tables;
    }

    /** Nothing is kept beside rows. */
    private final class Head implements StateTables.Head {
        @Override
        public void write(DataOutput out) {}

        @Override
        public void read(DataInput in) {}

        @Override
        public void restored() {
            if (held != null && !held.isEmpty()) {
                requestFlush();
            }
        }
    }

    private void restoreRows(int input, Batch batch, int[] stamps, int[] matches) {
        JoinSide side = sides[input];
        int count = batch.size();
        RowChanges change = changes[input];
        change.load(batch);
        keyRows[input].load(batch, side.keyColumns);
        reserve(count);
        lookup(side, change.come, count);
        side.add(batch, change.come, keyIds, count, keys.limit(), rowIds);
        side.index(change.hashes(), change.come, count, rowIds);
        for (int i = 0; i < count; i++) {
            side.ages.restore(rowIds[i], stamps[i]);
            if (side.matches != null) {
                side.matches.set(rowIds[i], matches[i]);
            }
        }
        side.ages.schedule(context());
    }

    @Override
    public long idleUntil() {
        return held == null ? Long.MAX_VALUE : held.earliest();
    }

    @Override
    public long stateBytes() {
        long bytes = keys.bytes() + (held == null ? 0 : held.bytes());
        for (JoinSide side : sides) {
            bytes += side.bytes();
        }
        return bytes;
    }
}
