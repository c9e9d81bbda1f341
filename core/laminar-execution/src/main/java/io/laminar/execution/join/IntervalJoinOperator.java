package io.laminar.execution.join;

import io.laminar.execution.key.Rows;
import io.laminar.execution.operator.LateRows;
import io.laminar.execution.operator.OperatorContext;
import io.laminar.execution.operator.Output;
import io.laminar.plan.node.IntervalJoinNode;
import io.laminar.plan.node.JoinParts;
import io.laminar.spi.batch.Batch;

/**
 * Runs an {@link IntervalJoinNode}: a row that comes finds the rows of the other side that are kept, and is kept itself
 * as long as a match may come.
 */
public final class IntervalJoinOperator extends TimedJoinOperator {
    private static final int LEFT = 0;

    private final JoinParts parts;
    private final IntervalSide left;
    private final IntervalSide right;
    private final PairWriter pairs;
    private int[] ids = new int[Batch.TARGET_ROWS];

    public IntervalJoinOperator(IntervalJoinNode node) {
        this.parts = node.parts();
        this.left = new IntervalSide(
                SideRows.left(parts), node.lower(), node.upper(), parts.type().keepsLeft());
        this.right = new IntervalSide(
                SideRows.right(parts),
                -node.upper(),
                -node.lower(),
                parts.type().keepsRight());
        this.pairs = new PairWriter(parts, left.rows(), right.rows(), this::laterTimes);
        left.rows().track(tables(), copied -> restore(left, copied));
        right.rows().track(tables(), copied -> restore(right, copied));
    }

    @Override
    public void open(OperatorContext operatorContext) {
        super.open(operatorContext);
        pairs.open(operatorContext);
    }

    private long[] laterTimes(int[] leftRows, int[] rightRows, int count) {
        long[] times = new long[count];
        for (int i = 0; i < count; i++) {
            times[i] = Math.max(
                    left.rows().rows().rowtime(leftRows[i]), right.rows().rows().rowtime(rightRows[i]));
        }
        return times;
    }

    @Override
    void add(int input, Batch batch, long watermark, LateRows late, Output out) {
        int[] timely = new int[batch.size()];
        int count = 0;
        for (int i = 0; i < timely.length; i++) {
            if (batch.rowtime()[i] > watermark) {
                timely[count++] = i;
            } else {
                late.add(i);
            }
        }
        IntervalSide side = input == LEFT ? left : right;
        store(side, batch, timely, count);
        if (input == LEFT) {
            left.probe(batch, timely, count, ids, right, this::addFromLeft, out);
        } else {
            right.probe(batch, timely, count, ids, left, this::addFromRight, out);
        }
        pairs.flush(out);
        int[] waiting = new int[count];
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (side.waits(batch.rowtime()[timely[i]], watermark)) {
                waiting[kept++] = timely[i];
            }
        }
        side.keep(batch, waiting, kept, ids);
        if (kept < count) {
            leave(input, batch, timely, count, watermark, out);
        }
    }

    /** Keeps rows of a batch; their ids are then found by position in the batch. */
    private void store(IntervalSide side, Batch batch, int[] selection, int count) {
        if (ids.length < batch.size()) {
            ids = new int[batch.size()];
        }
        side.rows().load(side.rows().keyColumns(batch), batch.size());
        int[] added = side.rows().add(batch, selection, count);
        for (int i = 0; i < count; i++) {
            ids[selection[i]] = added[i];
        }
    }

    private void addFromLeft(int row, int other, Output out) {
        if (!pairs.isSettled(row)) {
            pairs.add(row, other, out);
        }
    }

    private void addFromRight(int row, int other, Output out) {
        if (!pairs.isSettled(other)) {
            pairs.add(other, row, out);
        }
    }

    /** Lets rows go whose matches have all come before them. */
    private void leave(int input, Batch batch, int[] selection, int count, long watermark, Output out) {
        IntervalSide side = input == LEFT ? left : right;
        boolean keepsAlone =
                input == LEFT ? parts.type().keepsLeft() : parts.type().keepsRight();
        RowIds going = new RowIds();
        RowIds alone = new RowIds();
        for (int i = 0; i < count; i++) {
            int row = selection[i];
            if (side.waits(batch.rowtime()[row], watermark)) {
                continue;
            }
            going.add(ids[row]);
            if (keepsAlone && !side.rows().isMatched(ids[row])) {
                alone.add(ids[row]);
            }
        }
        emitAlone(input, alone, out);
        side.rows().remove(going.ids(), going.size());
    }

    private void emitAlone(int input, RowIds alone, Output out) {
        if (alone.isEmpty()) {
            return;
        }
        if (input == LEFT) {
            pairs.emitLeft(alone.ids(), left.lastTimes(alone), alone.size(), out);
        } else {
            pairs.emitRight(alone.ids(), right.lastTimes(alone), alone.size(), out);
        }
    }

    @Override
    void advance(long before, long watermark, Output out) {
        emitAlone(LEFT, left.alone(watermark), out);
        emitAlone(1, right.alone(watermark), out);
        left.expire(watermark);
        right.expire(watermark);
    }

    /** Which rows have found a match goes with them. */
    private void restore(IntervalSide side, Batch copied) {
        Batch batch = side.rows().row(copied);
        int[] matched = side.rows().extra(copied, 0);
        int[] all = Rows.first(batch.size());
        store(side, batch, all, batch.size());
        for (int i = 0; i < batch.size(); i++) {
            if (matched[i] != 0) {
                side.rows().match(ids[i]);
            }
        }
        side.keep(batch, all, batch.size(), ids);
    }

    @Override
    public long idleUntil() {
        return Math.min(left.firstAlone(), right.firstAlone());
    }

    @Override
    public long stateBytes() {
        return left.bytes() + right.bytes();
    }
}
