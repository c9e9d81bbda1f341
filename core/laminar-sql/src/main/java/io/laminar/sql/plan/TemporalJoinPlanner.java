package io.laminar.sql.plan;

import io.laminar.plan.expression.Expression;
import io.laminar.plan.node.ChangelogMode;
import io.laminar.plan.node.ColumnSet;
import io.laminar.plan.node.JoinType;
import io.laminar.plan.node.PlanNode;
import io.laminar.plan.node.TemporalJoinNode;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.error.Place;
import io.laminar.sql.function.SystemTimeOperator;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/** Plans joins with what a table said at the event time of the left row. */
final class TemporalJoinPlanner {

    private TemporalJoinPlanner() {}

    /**
     * @param time the term of the condition that says which version
     * @param conditions the other terms
     */
    static Relation plan(JoinType type, RexCall time, List<RexNode> conditions, Relation left, Relation right) {
        Place.Sql place = ((SystemTimeOperator) time.getOperator()).place();
        JoinSides sides = new JoinSides(left, right);
        checkTime(time.getOperands().get(0), sides, place);
        if (type != JoinType.INNER && type != JoinType.LEFT) {
            throw unsupported(
                    "FOR SYSTEM_TIME AS OF joins are JOIN or LEFT JOIN: rows of the versioned table do not leave alone",
                    place,
                    "write JOIN or LEFT JOIN");
        }
        if (left.node().changelog() != ChangelogMode.APPEND) {
            throw unsupported(
                    "the left side of a join FOR SYSTEM_TIME AS OF changes rows that have been joined",
                    place,
                    "join the rows that only come, and aggregate afterwards; or leave FOR SYSTEM_TIME AS OF out");
        }
        List<RexNode> rest = addKeys(conditions, sides, place);
        PlanNode node = new TemporalJoinNode(sides.parts(type, rest));
        // Rows leave with the event time of the left row.
        return sides.result(node, type, UnaryOperator.identity(), mark -> null);
    }

    private static void checkTime(RexNode time, JoinSides sides, Place.Sql place) {
        if (isProcessingTime(time, sides)) {
            throw unsupported(
                    "FOR SYSTEM_TIME AS OF PROCTIME() on a stream would give other versions in every run",
                    place,
                    "use the event time of the left rows, FOR SYSTEM_TIME AS OF l.at;"
                            + " or leave it out for a join that follows all changes");
        }
        if (!sides.isLeft(time) || !sides.isEventTime(time)) {
            throw new LaminarException(
                    ErrorCode.NO_EVENT_TIME,
                    "FOR SYSTEM_TIME AS OF takes the event time of the left rows, and this is not it",
                    place,
                    "name the column that WATERMARK FOR declares: FOR SYSTEM_TIME AS OF l.at",
                    null);
        }
    }

    private static boolean isProcessingTime(RexNode time, JoinSides sides) {
        boolean ofNoSide = RelOptUtil.InputFinder.bits(time).isEmpty();
        return (ofNoSide && new Marks(sides.left()).of(time) instanceof Mark.ProcessingTime)
                || sides.mark(time) instanceof Mark.ProcessingTime;
    }

    /** The primary key of the versioned side decides what is a version of what; other equalities are conditions. */
    private static List<RexNode> addKeys(List<RexNode> conditions, JoinSides sides, Place.Sql place) {
        List<ColumnSet> keys = VersionKey.of(sides.right().node());
        if (keys.isEmpty()) {
            throw unsupported(
                    "the right side of a join FOR SYSTEM_TIME AS OF has no primary key, so nothing in it has versions",
                    place,
                    "declare PRIMARY KEY in CREATE TABLE");
        }
        Set<Integer> compared = new LinkedHashSet<>();
        for (RexNode condition : conditions) {
            Integer column = keyColumn(condition, sides);
            if (column != null) {
                compared.add(column);
            }
        }
        ColumnSet key =
                keys.stream().filter(k -> k.isWithin(compared)).findFirst().orElse(keys.get(0));
        Set<Integer> missing = new LinkedHashSet<>(key.columns());
        List<RexNode> rest = new ArrayList<>();
        for (RexNode condition : conditions) {
            Integer column = keyColumn(condition, sides);
            if (column != null && missing.contains(column) && sides.addKey(condition)) {
                missing.remove(column);
            } else {
                rest.add(condition);
            }
        }
        if (!missing.isEmpty()) {
            String names = missing.stream()
                    .map(column ->
                            "'" + sides.right().node().schema().field(column).name() + "'")
                    .collect(Collectors.joining(", "));
            throw unsupported(
                    "a join FOR SYSTEM_TIME AS OF compares the whole primary key of its right side; " + names
                            + " is missing",
                    place,
                    "add an equality for every column of the key to ON");
        }
        return rest;
    }

    /** The column of the right rows that a condition compares as it is; null for other conditions. */
    private static @Nullable Integer keyColumn(RexNode condition, JoinSides sides) {
        JoinSides.Equality equality = sides.equality(condition);
        if (equality == null || equality.nullSafe()) {
            return null;
        }
        return sides.right(equality.right()) instanceof Expression.Input input ? (Integer) input.index() : null;
    }

    private static LaminarException unsupported(String reason, Place.Sql place, String hint) {
        return new LaminarException(ErrorCode.UNSUPPORTED_JOIN, reason, place, hint, null);
    }
}
