package io.laminar.plan.node;

import io.laminar.spi.type.Schema;
import java.util.ArrayList;
import java.util.List;

/**
 * The first rows of each partition in order, of all rows so far. Over input that appends only those rows are kept; over a
 * changelog all rows are, since those behind move up when one is taken back. Rows of equal order keep the order in which
 * they came.
 *
 * @param partition input columns; empty for one partition
 * @param order may be empty: then rows rank in order of arrival
 * @param first first rank that is kept, from 1
 * @param last last rank that is kept
 * @param withRank whether the rank is appended as a BIGINT column
 * @param ttl microseconds of processing time after which a partition that got no row is forgotten; 0: never
 */
public record TopNNode(
        PlanNode input,
        List<Integer> partition,
        List<SortKey> order,
        RankFunction function,
        long first,
        long last,
        boolean withRank,
        Emit emit,
        long ttl,
        Schema schema)
        implements PlanNode {
    public TopNNode {
        partition = List.copyOf(partition);
        order = List.copyOf(order);
    }

    /** Whether a rank belongs to one row, so that a change of it is an update of that row. */
    public boolean updatesRanks() {
        return function == RankFunction.ROW_NUMBER && (withRank || first == last);
    }

    @Override
    public ChangelogMode changelog() {
        return emit.mode();
    }

    @Override
    public List<ColumnSet> upsertKeys() {
        List<ColumnSet> sets = new ArrayList<>();
        ColumnSet set = ColumnSet.of(partition);
        if (function == RankFunction.ROW_NUMBER && first == last) {
            sets.add(set);
        } else if (updatesRanks()) {
            sets.add(set.with(schema.size() - 1));
        }
        if (!updatesRanks()) {
            // Rows of one partition go before others come, so what told them apart below still does.
            input.upsertKeys().stream().filter(key -> key.contains(partition)).forEach(sets::add);
        }
        return sets;
    }

    @Override
    public List<PlanNode> inputs() {
        return List.of(input);
    }

    @Override
    public PlanNode withInputs(List<PlanNode> inputs) {
        return new TopNNode(inputs.get(0), partition, order, function, first, last, withRank, emit, ttl, schema);
    }

    @Override
    public <R> R accept(PlanVisitor<R> visitor) {
        return visitor.visitTopN(this);
    }
}
