package io.laminar.execution.over;

import io.laminar.execution.operator.LateRows;
import io.laminar.execution.operator.Operator;
import io.laminar.execution.operator.OperatorContext;
import io.laminar.execution.operator.Output;
import io.laminar.execution.state.StateTables;
import io.laminar.plan.node.OverExtent;
import io.laminar.plan.node.OverNode;
import io.laminar.spi.batch.Batch;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Runs an {@link OverNode}. Rows are kept in slots; when they leave, each frame moves along its partition and tells the
 * calls which rows come and go.
 */
public final class OverOperator implements Operator {
    private static final int STATE_VERSION = 1;

    private final OverNode node;
    private final OverEvaluation evaluation;
    private final OverFlow flow;
    private final OverRestore restore;
    private final StateTables tables = new StateTables(STATE_VERSION, new Head());
    private final LateRows late = new LateRows();
    private long watermark = Long.MIN_VALUE;
    private @Nullable OperatorContext context;

    public OverOperator(OverNode node) {
        this.node = node;
        this.evaluation = new OverEvaluation(node);
        if (node.extent() instanceof OverExtent.Window window) {
            this.flow = new ClosingFlow(evaluation, window.bounds(), node.order());
        } else if (node.extent() instanceof OverExtent.Whole) {
            this.flow = new ClosingFlow(evaluation, null, node.order());
        } else {
            this.flow = new EventTimeFlow(evaluation, node.order());
        }
        this.restore = new OverRestore(node, evaluation, flow);
        new OverState(node, evaluation, flow).declare(tables, restore);
    }

    @Override
    public void open(OperatorContext operatorContext) {
        context = operatorContext;
        evaluation.open(operatorContext);
        tables.open(operatorContext.keyGroups(), operatorContext.maxParallelism());
    }

    private OperatorContext context() {
        return Objects.requireNonNull(context, "not open");
    }

    @Override
    public void process(int input, Batch batch, Output out) {
        if (batch.size() == 0) {
            return;
        }
        flow.add(batch, watermark, late);
        late.send(0, batch, context(), out);
    }

    @Override
    public void watermark(long time, Output out) {
        if (time > watermark) {
            long before = watermark;
            watermark = time;
            // Rows of nodes that emit at their end come behind the last watermark.
            if (!(node.extent() instanceof OverExtent.Whole)) {
                flow.advance(time, before, out);
            }
        }
    }

    @Override
    public void tick(long now, Output out) {
        if (evaluation.expiry().isActive()) {
            evaluation.expire(now, flow);
        }
    }

    @Override
    public void finish(Output out) {
        flow.advance(Long.MAX_VALUE, watermark, out);
        watermark = Long.MAX_VALUE;
    }

    @Override
    public StateTables tables() {
        return tables;
    }

    /**
     * The last watermark, and the last number of rows of equal order. Former subtasks may not have been equally far; the
     * slowest decides.
     */
    private final class Head implements StateTables.Head {
        private long slowest = Long.MAX_VALUE;
        private boolean any;

        @Override
        public void write(DataOutput out) throws IOException {
            out.writeLong(watermark);
            out.writeLong(flow.lastPeer());
        }

        @Override
        public void read(DataInput in) throws IOException {
            any = true;
            slowest = Math.min(slowest, in.readLong());
            flow.restoreLastPeer(in.readLong());
        }

        @Override
        public void restored() {
            restore.finish();
            if (any) {
                watermark = slowest;
            }
            if (evaluation.expiry().isActive()) {
                evaluation.expiry().schedule(context().now(), context());
            }
        }
    }

    @Override
    public long stateBytes() {
        return evaluation.bytes() + flow.bytes();
    }
}
