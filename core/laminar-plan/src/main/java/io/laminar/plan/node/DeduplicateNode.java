package io.laminar.plan.node;

import io.laminar.spi.type.Schema;
import java.util.List;

/**
 * One row per key of an input that appends: the first or the last in time. By event time the first row is known once the
 * watermark has reached it, so it leaves then and nothing is taken back; by processing time it leaves at once. The last
 * row is known never: it is replaced by every later one.
 *
 * @param keys input columns; empty for one row in all
 * @param emit for {@link Keep#LAST}; FIRST always leaves once
 * @param ttl microseconds of processing time after which a key that got no row is forgotten; 0: never
 */
public record DeduplicateNode(PlanNode input, List<Integer> keys, Keep keep, TimeDomain time, Emit emit, long ttl)
        implements PlanNode {

    /** Which row of a key stays. */
    public enum Keep {
        /** The earliest; of several at the same time the one that came first. */
        FIRST,
        /** The latest; of several at the same time the one that came last. */
        LAST
    }

    public DeduplicateNode {
        keys = List.copyOf(keys);
    }

    @Override
    public Schema schema() {
        return input.schema();
    }

    @Override
    public ChangelogMode changelog() {
        return keep == Keep.FIRST ? ChangelogMode.APPEND : emit.mode();
    }

    @Override
    public List<Integer> lateInputs() {
        return keep == Keep.FIRST && time == TimeDomain.EVENT ? List.of(0) : List.of();
    }

    @Override
    public List<ColumnSet> upsertKeys() {
        return List.of(ColumnSet.of(keys));
    }

    @Override
    public List<PlanNode> inputs() {
        return List.of(input);
    }

    @Override
    public PlanNode withInputs(List<PlanNode> inputs) {
        return new DeduplicateNode(inputs.get(0), keys, keep, time, emit, ttl);
    }

    @Override
    public <R> R accept(PlanVisitor<R> visitor) {
        return visitor.visitDeduplicate(this);
    }
}
