package io.laminar.execution.lookup;

import io.laminar.execution.async.AnswerSignal;
import io.laminar.execution.async.HeldBatches;
import io.laminar.execution.expression.ExpressionCompiler;
import io.laminar.execution.expression.PairFilter;
import io.laminar.execution.key.KeyRows;
import io.laminar.execution.operator.Operator;
import io.laminar.execution.operator.OperatorContext;
import io.laminar.execution.operator.Output;
import io.laminar.execution.store.RowLists;
import io.laminar.execution.store.RowStore;
import io.laminar.plan.expression.Expression;
import io.laminar.plan.node.JoinType;
import io.laminar.plan.node.LookupJoinNode;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import io.laminar.spi.lookup.KeyedTable;
import io.laminar.spi.lookup.LookupTable;
import io.laminar.spi.lookup.LookupTables;
import io.laminar.spi.lookup.WholeTable;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Runs a {@link LookupJoinNode}. All keys of a batch are asked for together, while batches before it wait for their answers.
 * Rows keep their order, and watermarks wait for the rows before them. A barrier waits for all answers, so there is no state.
 */
public final class LookupJoinOperator implements Operator {
    private static final int NONE = RowLists.NONE;

    private final LookupJoinNode node;
    private final LookupTables tables;
    private final KeyRows keys;
    private final int leftWidth;
    private final @Nullable PairFilter condition;

    private int[] left = new int[Batch.TARGET_ROWS];
    private int[] right = new int[Batch.TARGET_ROWS];
    private final HeldBatches<Waiting> held = new HeldBatches<>(0);
    private final AnswerSignal signal = new AnswerSignal(() -> context().wake());
    private @Nullable LookupRows table;
    private @Nullable OperatorContext context;

    /** A batch with the rows that have a key, and the ids of their keys. */
    private record Waiting(Batch batch, int[] rows, int[] ids, CompletableFuture<?> question) {}

    public LookupJoinOperator(LookupJoinNode node, LookupTables tables, ExpressionCompiler compiler) {
        this.node = node;
        this.tables = tables;
        this.leftWidth = node.input().schema().size();
        this.keys = new KeyRows(
                node.inputKeys().stream().map(node.input().schema()::type).toList());
        Expression written = node.condition();
        condition = written == null ? null : new PairFilter(written, node.pair(), compiler);
    }

    @Override
    public void open(OperatorContext operatorContext) {
        context = operatorContext;
        LookupTable opened = tables.open(node.table(), node.tableKeys());
        table = opened instanceof KeyedTable keyed
                ? new CachedRows(keyed, node.table().schema(), node.tableKeys(), node.policy())
                : new WholeRows(
                        (WholeTable) opened,
                        node.table().schema(),
                        node.tableKeys(),
                        node.policy().ttl());
    }

    private LookupRows table() {
        return Objects.requireNonNull(table, "not open");
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
        signal.ignore();
        while (!held.hasRoomFor(count)) {
            await(held.first());
            emitAnswered(out);
        }
        int[] rows = withKey(batch);
        int[] ids = new int[rows.length];
        keys.load(batch, node.inputKeys());
        CompletableFuture<?> question =
                table().ask(keys, rows, rows.length, ids, context().now());
        held.add(new Waiting(batch, rows, ids, question), count);
        var unused = question.whenComplete((answer, failure) -> signal.answered());
        emitAnswered(out);
    }

    @Override
    public void watermark(long time, Output out) {
        held.addWatermark(time);
    }

    @Override
    public long outputWatermark(long inputWatermark) {
        return held.watermark();
    }

    @Override
    public void tick(long now, Output out) {
        emitAnswered(out);
    }

    @Override
    public void complete(Output out) {
        while (!held.isEmpty()) {
            await(held.first());
            emitAnswered(out);
        }
    }

    @Override
    public void finish(Output out) {
        complete(out);
    }

    private static void await(Waiting batch) {
        try {
            batch.question().get();
        } catch (ExecutionException e) {
            // Told when the answer is taken.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while lookups were under way", e);
        }
    }

    /** Emits batches as long as the first one is answered, then sees to it that its answer wakes the operator. */
    private void emitAnswered(Output out) {
        signal.ignore();
        do {
            while (!held.isEmpty() && held.first().question().isDone()) {
                emit(held.first(), out);
                held.removeFirst();
            }
            if (held.isEmpty()) {
                return;
            }
            signal.listen();
        } while (held.first().question().isDone());
    }

    private void emit(Waiting answered, Output out) {
        Batch batch = answered.batch();
        LookupRows known = table();
        known.answer();
        int pairs = pair(answered.rows(), answered.ids(), known.lists());
        if (condition != null) {
            pairs = test(condition, batch, known.rows(), pairs);
        }
        if (node.type() == JoinType.LEFT) {
            pairs = addAlone(batch.size(), pairs, known.absent());
        }
        for (int from = 0; from < pairs; from += Batch.TARGET_ROWS) {
            int to = Math.min(pairs, from + Batch.TARGET_ROWS);
            emit(batch, known.rows(), Arrays.copyOfRange(left, from, to), Arrays.copyOfRange(right, from, to), out);
        }
    }

    /** The rows none of whose keys is NULL. */
    private int[] withKey(Batch batch) {
        int[] rows = new int[batch.size()];
        int count = 0;
        for (int row = 0; row < batch.size(); row++) {
            rows[count] = row;
            count += hasKey(batch, row) ? 1 : 0;
        }
        return Arrays.copyOf(rows, count);
    }

    private boolean hasKey(Batch batch, int row) {
        for (int column : node.inputKeys()) {
            boolean[] nulls = batch.column(column).nulls();
            if (nulls != null && nulls[row]) {
                return false;
            }
        }
        return true;
    }

    /** Pairs rows with those of their keys, in the order of the rows; returns how many pairs there are. */
    private int pair(int[] rows, int[] ids, RowLists lists) {
        int count = 0;
        for (int i = 0; i < rows.length; i++) {
            int found = ids[i] < 0 ? NONE : lists.first(ids[i]);
            for (; found != NONE; found = lists.next(found)) {
                if (count == left.length) {
                    left = Arrays.copyOf(left, count * 2);
                    right = Arrays.copyOf(right, count * 2);
                }
                left[count] = rows[i];
                right[count++] = found;
            }
        }
        return count;
    }

    private int test(PairFilter test, Batch batch, RowStore found, int pairs) {
        int[] passed = new int[pairs];
        int count = test.filter(
                column -> column(column, batch, found, left, right, pairs),
                pairs,
                new long[pairs],
                context().evaluation(),
                passed);
        for (int i = 0; i < count; i++) {
            left[i] = left[passed[i]];
            right[i] = right[passed[i]];
        }
        return count;
    }

    /** Pairs the rows that are in no pair with a row of NULLs, where they belong in the order of rows. */
    private int addAlone(int rows, int pairs, int absent) {
        int[] allLeft = new int[pairs + rows];
        int[] allRight = new int[pairs + rows];
        int count = 0;
        int next = 0;
        for (int row = 0; row < rows; row++) {
            if (next == pairs || left[next] != row) {
                allLeft[count] = row;
                allRight[count++] = absent;
            }
            while (next < pairs && left[next] == row) {
                allLeft[count] = row;
                allRight[count++] = right[next++];
            }
        }
        left = allLeft;
        right = allRight;
        return count;
    }

    private void emit(Batch batch, RowStore found, int[] leftRows, int[] rightRows, Output out) {
        int count = leftRows.length;
        Column[] columns = new Column[node.outputs().size()];
        for (int c = 0; c < columns.length; c++) {
            columns[c] = column(node.outputs().get(c), batch, found, leftRows, rightRows, count);
        }
        long[] rowtimes = new long[count];
        for (int i = 0; i < count; i++) {
            rowtimes[i] = batch.rowtime()[leftRows[i]];
        }
        out.emit(new Batch(count, columns, rowtimes, null));
    }

    private Column column(int column, Batch batch, RowStore found, int[] leftRows, int[] rightRows, int count) {
        return column < leftWidth
                ? batch.column(column).gather(leftRows, count)
                : found.gather(column - leftWidth, rightRows, count);
    }

    @Override
    public void close() {
        signal.ignore();
        if (table != null) {
            table.close();
        }
    }
}
