package io.laminar.execution.over;

import io.laminar.execution.operator.LateRows;
import io.laminar.execution.operator.Operator;
import io.laminar.execution.operator.OperatorContext;
import io.laminar.execution.operator.Output;
import io.laminar.execution.state.StateReader;
import io.laminar.execution.state.StateWriter;
import io.laminar.plan.node.OverExtent;
import io.laminar.plan.node.OverNode;
import io.laminar.spi.batch.Batch;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Runs an {@link OverNode}. Rows are kept in slots; when they leave, each frame moves along its partition and tells the
 * calls which rows come and go.
 */
public final class OverOperator implements Operator {
    private final OverNode node;
    private final OverEvaluation evaluation;
    private final OverFlow flow;
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
    }

    @Override
    public void open(OperatorContext operatorContext) {
        context = operatorContext;
        evaluation.open(operatorContext);
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
    public void snapshot(StateWriter writer) {
        new OverSnapshot(node, evaluation, flow, context()).write(watermark, writer);
    }

    @Override
    public void restore(StateReader reader) {
        watermark = new OverRestore(node, evaluation, flow).read(reader);
        if (evaluation.expiry().isActive()) {
            evaluation.expiry().schedule(context().now(), context());
        }
    }

    @Override
    public long stateBytes() {
        return evaluation.bytes() + flow.bytes();
    }
}
