package io.laminar.plan.node;

import io.laminar.spi.type.Schema;
import java.util.ArrayList;
import java.util.List;

/**
 * Aggregates per key and window. The result has the key columns, then one column per call, then two TIMESTAMP columns
 * with the start and end of the window (a PARTIAL node: as the execution lays it out). Its rows' event time is the
 * end of the window less one microsecond.
 *
 * @param keys input columns
 * @param time which clock closes windows
 * @param emit {@link Emit.Changes} gives early results as a changelog
 */
public record WindowAggregateNode(
        PlanNode input,
        WindowSpec window,
        TimeDomain time,
        List<Integer> keys,
        List<AggregateCall> calls,
        Phase phase,
        Emit emit,
        Schema schema)
        implements PlanNode {
    @Override
    public ChangelogMode changelog() {
        // Partial states only add up; changes are made from them by the final node.
        return phase == Phase.PARTIAL ? ChangelogMode.APPEND : emit.mode();
    }

    @Override
    public List<Integer> lateInputs() {
        return phase == Phase.PARTIAL || time == TimeDomain.PROCESSING ? List.of() : List.of(0);
    }

    @Override
    public List<ColumnSet> upsertKeys() {
        if (phase == Phase.PARTIAL) {
            return List.of();
        }
        int start = schema.size() - 2;
        int end = schema.size() - 1;
        // Rows bring windows of any widths along, and cumulating ones share their starts.
        boolean byEnd = !(window instanceof WindowSpec.Attached);
        boolean byStart = byEnd && !(window instanceof WindowSpec.Cumulate);
        List<ColumnSet> sets = new ArrayList<>();
        sets.add(ColumnSet.first(keys.size(), start, end));
        if (byEnd) {
            sets.add(ColumnSet.first(keys.size(), end));
        }
        if (byStart) {
            sets.add(ColumnSet.first(keys.size(), start));
        }
        return sets;
    }

    @Override
    public List<PlanNode> inputs() {
        return List.of(input);
    }

    @Override
    public PlanNode withInputs(List<PlanNode> inputs) {
        return new WindowAggregateNode(inputs.get(0), window, time, keys, calls, phase, emit, schema);
    }

    @Override
    public <R> R accept(PlanVisitor<R> visitor) {
        return visitor.visitWindowAggregate(this);
    }
}
