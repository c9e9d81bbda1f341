package io.laminar.plan.node;

import io.laminar.spi.type.Schema;
import java.util.List;

/**
 * The first rows of each partition of each window, in order, emitted when the window closes. Rows of equal order keep
 * the order in which they came.
 *
 * @param window the windows the rows belong to
 * @param partition input columns beside the window
 * @param first first rank that is kept, from 1
 * @param last last rank that is kept; {@link Long#MAX_VALUE} for all
 * @param withRank whether the rank is appended as a BIGINT column
 */
public record WindowTopNNode(
        PlanNode input,
        WindowSpec.Attached window,
        List<Integer> partition,
        List<SortKey> order,
        RankFunction function,
        long first,
        long last,
        boolean withRank,
        Schema schema)
        implements PlanNode {
    @Override
    public ChangelogMode changelog() {
        return ChangelogMode.APPEND;
    }

    @Override
    public List<Integer> lateInputs() {
        return List.of(0);
    }

    @Override
    public List<ColumnSet> upsertKeys() {
        boolean numbered = function == RankFunction.ROW_NUMBER && (withRank || first == last);
        if (!numbered) {
            return List.of();
        }
        ColumnSet set = ColumnSet.of(partition).with(window.startColumn()).with(window.endColumn());
        return List.of(first == last ? set : set.with(schema.size() - 1));
    }

    @Override
    public List<PlanNode> inputs() {
        return List.of(input);
    }

    @Override
    public PlanNode withInputs(List<PlanNode> inputs) {
        return new WindowTopNNode(inputs.get(0), window, partition, order, function, first, last, withRank, schema);
    }

    @Override
    public <R> R accept(PlanVisitor<R> visitor) {
        return visitor.visitWindowTopN(this);
    }
}
