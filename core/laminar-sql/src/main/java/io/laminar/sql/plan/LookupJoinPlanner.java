package io.laminar.sql.plan;

import io.laminar.plan.expression.Expression;
import io.laminar.plan.node.ChangelogMode;
import io.laminar.plan.node.FilterProjectNode;
import io.laminar.plan.node.JoinKey;
import io.laminar.plan.node.JoinParts;
import io.laminar.plan.node.JoinType;
import io.laminar.plan.node.LookupJoinNode;
import io.laminar.plan.node.LookupNode;
import io.laminar.plan.node.PlanNode;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.sql.function.SystemTimeOperator;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/** Plans joins with tables that are asked by key. */
final class LookupJoinPlanner {

    private LookupJoinPlanner() {}

    /**
     * The join, if its right side is a lookup table.
     *
     * @param conditions all of which must be true, over the columns of both sides
     * @return null for other joins
     */
    static @Nullable Relation plan(JoinType type, List<RexNode> conditions, Relation left, Relation right) {
        LookupNode leftTable = table(left.node());
        if (leftTable != null) {
            throw unsupported(
                    "lookup table '" + leftTable.table().name() + "' is on the left side of a join",
                    "write the rows that come on the left, and the lookup table on the right");
        }
        LookupNode table = table(right.node());
        if (table == null) {
            return null;
        }
        check(type, left, table);
        JoinSides sides = new JoinSides(left, bare(right, table));
        List<RexNode> terms = conditions.stream()
                .filter(condition -> !isProcessingTime(condition, left, table))
                .toList();
        JoinParts parts = sides.parts(type, sides.addKeys(terms));
        checkKeys(parts, table);
        PlanNode node = new LookupJoinNode(
                parts.left(),
                table.table(),
                table.policy(),
                type,
                parts.keys(),
                parts.condition(),
                parts.outputs(),
                parts.schema());
        // Rows leave when they come, with their event time.
        return sides.result(node, type, UnaryOperator.identity(), mark -> null);
    }

    /** @throws LaminarException if a lookup table is read in another way than by a join */
    static void refuseScan(PlanNode node) {
        if (node instanceof LookupNode table) {
            throw unsupported(
                    "lookup table '" + table.table().name() + "' is read as a whole: it only answers by key",
                    "join with it: FROM rows AS r JOIN " + table.table().name() + " AS t ON t.key = r.key");
        }
        node.inputs().forEach(LookupJoinPlanner::refuseScan);
    }

    /** The lookup table that a node shows, perhaps in part; null for all others. */
    private static @Nullable LookupNode table(PlanNode node) {
        if (node instanceof FilterProjectNode project) {
            return table(project.input());
        }
        return node instanceof LookupNode table ? table : null;
    }

    private static void check(JoinType type, Relation left, LookupNode table) {
        String name = table.table().name();
        if (type != JoinType.INNER && type != JoinType.LEFT) {
            throw unsupported(
                    "lookup table '" + name + "' only answers for rows that come: joins with it are JOIN or LEFT JOIN",
                    "write JOIN or LEFT JOIN");
        }
        if (left.node().changelog() != ChangelogMode.APPEND) {
            throw unsupported(
                    "rows that change are joined with lookup table '" + name
                            + "', which may give another answer when a row is taken back",
                    "join before the aggregation, where rows only come");
        }
    }

    /** The side without projections that only choose columns. */
    private static Relation bare(Relation right, LookupNode table) {
        List<LogicalColumn> columns = new ArrayList<>();
        for (LogicalColumn column : right.columns()) {
            columns.add(column.at(position(right.node(), column.physical(), table)));
        }
        return new Relation(table, columns, true);
    }

    private static int position(PlanNode node, int column, LookupNode table) {
        if (!(node instanceof FilterProjectNode project)) {
            return column;
        }
        if (project.condition() == null && project.projections().get(column) instanceof Expression.Input input) {
            return position(project.input(), input.index(), table);
        }
        throw unsupported(
                "rows of lookup table '" + table.table().name() + "' are filtered or computed with before the join",
                "put conditions into ON or WHERE, and compute above the join");
    }

    private static boolean isProcessingTime(RexNode condition, Relation left, LookupNode table) {
        if (!(condition instanceof RexCall call) || !(call.getOperator() instanceof SystemTimeOperator time)) {
            return false;
        }
        if (new Marks(left).of(call.getOperands().get(0)) instanceof Mark.ProcessingTime) {
            return true;
        }
        throw new LaminarException(
                ErrorCode.UNSUPPORTED_JOIN,
                "lookup table '" + table.table().name() + "' knows what is true now, not what was at an event time",
                time.place(),
                "write FOR SYSTEM_TIME AS OF PROCTIME(), or leave it out",
                null);
    }

    private static void checkKeys(JoinParts parts, LookupNode table) {
        String name = table.table().name();
        if (parts.keys().isEmpty()) {
            throw unsupported(
                    "a join with lookup table '" + name + "' has no equality to ask it for",
                    "add ON " + name + ".key = ...");
        }
        if (!parts.right().equals(table) || parts.keys().stream().anyMatch(JoinKey::nullSafe)) {
            throw unsupported(
                    "lookup table '" + name + "' is asked for something that is no column of it, or of another type",
                    "compare a column of '" + name + "' as it is, with a value cast to its type");
        }
    }

    private static LaminarException unsupported(String reason, String hint) {
        return new LaminarException(ErrorCode.UNSUPPORTED_JOIN, reason, hint);
    }
}
