package io.laminar.plan.node;

import io.laminar.spi.type.Schema;
import java.util.List;

/**
 * Matches of a pattern in the rows of each partition, in order of event time: MATCH_RECOGNIZE. A match is the one that
 * backtracking would find from the first row that starts one. Its rows leave when it is certain, with the event time at
 * which it became so.
 *
 * @param partition input columns
 * @param order what orders rows of equal event time
 * @param variables names by number; at most {@link #MAX_VARIABLES}
 * @param conditions of each variable: a frame with one BOOLEAN expression
 * @param atStart whether a match starts with the first row of its partition
 * @param atEnd whether it ends with the last one; only for input that ends
 * @param within microseconds that the event times of the first and the last row differ by less than; 0: any
 * @param allRows whether every matched row is given out, and not one row per match
 * @param measures the columns that are given out
 * @param limit rows and partial matches that one undecided match may hold
 */
public record MatchNode(
        PlanNode input,
        List<Integer> partition,
        List<SortKey> order,
        List<String> variables,
        RowPattern pattern,
        List<MatchFrame> conditions,
        boolean atStart,
        boolean atEnd,
        long within,
        MatchSkip skip,
        boolean allRows,
        MatchFrame measures,
        long limit,
        Schema schema)
        implements PlanNode {
    public static final int MAX_VARIABLES = 63;

    public MatchNode {
        partition = List.copyOf(partition);
        order = List.copyOf(order);
        variables = List.copyOf(variables);
        conditions = List.copyOf(conditions);
    }

    @Override
    public ChangelogMode changelog() {
        return ChangelogMode.APPEND;
    }

    @Override
    public List<Integer> lateInputs() {
        return List.of(0);
    }

    @Override
    public List<PlanNode> inputs() {
        return List.of(input);
    }

    @Override
    public PlanNode withInputs(List<PlanNode> inputs) {
        return new MatchNode(
                inputs.get(0),
                partition,
                order,
                variables,
                pattern,
                conditions,
                atStart,
                atEnd,
                within,
                skip,
                allRows,
                measures,
                limit,
                schema);
    }

    @Override
    public <R> R accept(PlanVisitor<R> visitor) {
        return visitor.visitMatch(this);
    }
}
