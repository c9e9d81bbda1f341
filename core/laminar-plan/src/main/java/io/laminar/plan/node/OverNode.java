package io.laminar.plan.node;

import io.laminar.spi.type.Schema;
import java.util.ArrayList;
import java.util.List;

/**
 * Functions over rows around each row. The result has the columns of the input, then one per call. A row leaves with its
 * own event time unless the extent says otherwise; one whose frames look ahead leaves with that of the farthest row or
 * moment they reach.
 *
 * @param partition input columns
 * @param order over {@link OverExtent.EventTime} what decides after the event time
 * @param ttl microseconds of processing time after which a partition without new rows is forgotten; 0: never
 */
public record OverNode(
        PlanNode input,
        OverExtent extent,
        List<Integer> partition,
        List<SortKey> order,
        List<OverCall> calls,
        long ttl,
        Schema schema)
        implements PlanNode {
    public OverNode {
        partition = List.copyOf(partition);
        order = List.copyOf(order);
        calls = List.copyOf(calls);
    }

    /** The columns in which the rows of a partition agree: those of the window, if there is one, are part of them. */
    public List<Integer> keys() {
        if (!(extent instanceof OverExtent.Window window)) {
            return partition;
        }
        List<Integer> keys = new ArrayList<>(partition);
        keys.add(window.bounds().startColumn());
        keys.add(window.bounds().endColumn());
        return keys;
    }

    @Override
    public ChangelogMode changelog() {
        return ChangelogMode.APPEND;
    }

    /** Where all rows wait for the end none comes too late. */
    @Override
    public List<Integer> lateInputs() {
        return extent instanceof OverExtent.Whole ? List.of() : List.of(0);
    }

    @Override
    public List<PlanNode> inputs() {
        return List.of(input);
    }

    @Override
    public PlanNode withInputs(List<PlanNode> inputs) {
        return new OverNode(inputs.get(0), extent, partition, order, calls, ttl, schema);
    }

    @Override
    public <R> R accept(PlanVisitor<R> visitor) {
        return visitor.visitOver(this);
    }
}
