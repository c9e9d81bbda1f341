package io.laminar.plan.node;

import io.laminar.spi.type.Schema;
import java.util.List;

/**
 * Aggregates per key over all rows so far. The result has the key columns, then one column per call. Without keys there
 * is one row, even over no input.
 *
 * @param keys input columns
 * @param ttl microseconds of processing time after which a key that did not change is forgotten; 0: never
 */
public record AggregateNode(
        PlanNode input, List<Integer> keys, List<AggregateCall> calls, Phase phase, Emit emit, long ttl, Schema schema)
        implements PlanNode {
    @Override
    public ChangelogMode changelog() {
        // Partial states only add up; changes are made from them by the final node.
        return phase == Phase.PARTIAL ? ChangelogMode.APPEND : emit.mode();
    }

    @Override
    public List<ColumnSet> upsertKeys() {
        return phase == Phase.PARTIAL ? List.of() : List.of(ColumnSet.first(keys.size()));
    }

    @Override
    public List<PlanNode> inputs() {
        return List.of(input);
    }

    @Override
    public PlanNode withInputs(List<PlanNode> inputs) {
        return new AggregateNode(inputs.get(0), keys, calls, phase, emit, ttl, schema);
    }

    @Override
    public <R> R accept(PlanVisitor<R> visitor) {
        return visitor.visitAggregate(this);
    }
}
