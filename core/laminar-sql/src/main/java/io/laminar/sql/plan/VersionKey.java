package io.laminar.sql.plan;

import io.laminar.plan.expression.Expression;
import io.laminar.plan.node.AggregateNode;
import io.laminar.plan.node.ExchangeNode;
import io.laminar.plan.node.FilterProjectNode;
import io.laminar.plan.node.Phase;
import io.laminar.plan.node.PlanNode;
import io.laminar.plan.node.SourceNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The columns of which rows have different values at any one time: the primary key of a table, or the keys of groups. */
final class VersionKey {

    private VersionKey() {}

    /** Positions in the node's rows; empty if none are known. */
    static List<Integer> of(PlanNode node) {
        if (node instanceof SourceNode source) {
            return source.table().primaryKey().stream()
                    .map(source.schema()::indexOf)
                    .toList();
        }
        if (node instanceof AggregateNode aggregate && aggregate.phase() != Phase.PARTIAL) {
            return IntStream.range(0, aggregate.keys().size()).boxed().toList();
        }
        if (node instanceof ExchangeNode exchange) {
            return of(exchange.input());
        }
        return node instanceof FilterProjectNode project ? passed(of(project.input()), project) : List.of();
    }

    /** Where the columns are behind a projection; empty if it leaves one out. */
    private static List<Integer> passed(List<Integer> key, FilterProjectNode project) {
        List<Integer> positions = new ArrayList<>();
        for (int column : key) {
            int position = IntStream.range(0, project.projections().size())
                    .filter(i -> project.projections().get(i) instanceof Expression.Input input
                            && input.index() == column)
                    .findFirst()
                    .orElse(-1);
            if (position < 0) {
                return List.of();
            }
            positions.add(position);
        }
        return positions;
    }
}
