package io.laminar.execution.join;

import io.laminar.execution.operator.LateRows;
import io.laminar.execution.operator.OperatorContext;
import io.laminar.execution.operator.Output;
import io.laminar.plan.node.TemporalJoinNode;
import io.laminar.spi.batch.Batch;

/** Runs a {@link TemporalJoinNode}. */
public final class TemporalJoinOperator extends TimedJoinOperator {
    private final TimeMatch match;

    public TemporalJoinOperator(TemporalJoinNode node) {
        match = new LookBack(node.parts(), true, 0);
        match.track(tables());
    }

    @Override
    public void open(OperatorContext operatorContext) {
        super.open(operatorContext);
        match.open(operatorContext);
    }

    @Override
    void add(int input, Batch batch, long watermark, LateRows late, Output out) {
        match.add(input, batch, watermark, late);
    }

    @Override
    void advance(long before, long watermark, Output out) {
        match.advance(before, watermark, out);
    }

    @Override
    public long stateBytes() {
        return match.bytes();
    }
}
