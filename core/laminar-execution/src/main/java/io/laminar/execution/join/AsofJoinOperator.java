package io.laminar.execution.join;

import io.laminar.execution.operator.LateRows;
import io.laminar.execution.operator.OperatorContext;
import io.laminar.execution.operator.Output;
import io.laminar.plan.node.AsofJoinNode;
import io.laminar.spi.batch.Batch;

/** Runs an {@link AsofJoinNode}. */
public final class AsofJoinOperator extends TimedJoinOperator {
    private final TimeMatch match;

    public AsofJoinOperator(AsofJoinNode node) {
        match = node.match().earlier()
                ? new LookBack(node.parts(), node.match().orEqual(), node.ttl())
                : new LookAhead(node.parts(), node.match().orEqual());
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
    public void tick(long now, Output out) {
        match.expire(now, watermark());
    }

    @Override
    public long stateBytes() {
        return match.bytes();
    }
}
