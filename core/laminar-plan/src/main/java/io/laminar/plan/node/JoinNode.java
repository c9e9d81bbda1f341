package io.laminar.plan.node;

import io.laminar.plan.expression.Expression;
import io.laminar.spi.type.Schema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Joins all rows so far of two inputs. Keeps both. The event time of a pair is the greater of the two. Without keys every
 * row may match every other, and one side goes to all subtasks.
 *
 * @param emit when changes leave; pairs of inputs that only append leave at once
 * @param leftTtl microseconds of processing time after which a row of the left input is forgotten; 0: never
 * @param rightTtl the same for the right input
 * @param broadcastLimit rows that the side that goes to all subtasks may have
 */
public record JoinNode(JoinParts parts, Emit.Changes emit, long leftTtl, long rightTtl, long broadcastLimit)
        implements PlanNode {

    public PlanNode left() {
        return parts.left();
    }

    public PlanNode right() {
        return parts.right();
    }

    public JoinType type() {
        return parts.type();
    }

    public List<JoinKey> keys() {
        return parts.keys();
    }

    public @Nullable Expression condition() {
        return parts.condition();
    }

    /** How rows of both inputs have to be spread so that those that match meet, and no row comes out twice. */
    public List<Distribution> distributions() {
        if (!keys().isEmpty() || type() == JoinType.FULL) {
            return parts.distributions();
        }
        return type() == JoinType.RIGHT
                ? List.of(new Distribution.Broadcast(), wholeRows(right()))
                : List.of(wholeRows(left()), new Distribution.Broadcast());
    }

    /** By all columns, so that a row that is taken back goes where it went before. */
    private static Distribution wholeRows(PlanNode input) {
        List<Integer> columns = new ArrayList<>();
        for (int i = 0; i < input.schema().size(); i++) {
            columns.add(i);
        }
        return new Distribution.Keyed(columns);
    }

    @Override
    public Schema schema() {
        return parts.schema();
    }

    @Override
    public ChangelogMode changelog() {
        boolean appends = left().changelog() == ChangelogMode.APPEND && right().changelog() == ChangelogMode.APPEND;
        // A row that has a match keeps it if nothing is taken back.
        boolean keeps = type() == JoinType.INNER || type() == JoinType.SEMI;
        return appends && keeps ? ChangelogMode.APPEND : emit.mode();
    }

    @Override
    public List<ColumnSet> upsertKeys() {
        List<ColumnSet> sets = new ArrayList<>();
        for (ColumnSet ofLeft : left().upsertKeys()) {
            boolean isOnlyLeft = type() == JoinType.SEMI || type() == JoinType.ANTI;
            if (isOnlyLeft && meets(ofLeft.columns(), List.of())) {
                sets.add(ofLeft);
            }
            for (ColumnSet ofRight : isOnlyLeft ? List.<ColumnSet>of() : right().upsertKeys()) {
                addKeys(ofLeft, ofRight, sets);
            }
        }
        return ColumnSet.moved(sets, parts.outputs()::indexOf);
    }

    /** Adds what tells pairs apart: both rows, or one of them if it has at most one partner. */
    private void addKeys(ColumnSet ofLeft, ColumnSet ofRight, List<ColumnSet> sets) {
        int width = left().schema().size();
        List<Integer> shifted =
                ofRight.columns().stream().map(column -> column + width).toList();
        if (meets(ofLeft.columns(), ofRight.columns())) {
            List<Integer> both = new ArrayList<>(ofLeft.columns());
            both.addAll(shifted);
            sets.add(ColumnSet.of(both));
        }
        boolean leftAlone = type() == JoinType.INNER || type() == JoinType.LEFT;
        if (leftAlone && ofRight.isWithin(parts.rightKeys()) && meets(ofLeft.columns(), List.of())) {
            sets.add(ofLeft);
        }
        boolean rightAlone = type() == JoinType.INNER || type() == JoinType.RIGHT;
        if (rightAlone && ofLeft.isWithin(parts.leftKeys()) && meets(List.of(), ofRight.columns())) {
            sets.add(ColumnSet.of(shifted));
        }
    }

    /** Whether rows that agree in these columns are joined in one place, so that their changes stay in order. */
    private boolean meets(List<Integer> ofLeft, List<Integer> ofRight) {
        return !keys().isEmpty()
                && keys().stream().allMatch(key -> ofLeft.contains(key.left()) || ofRight.contains(key.right()));
    }

    @Override
    public List<PlanNode> inputs() {
        return parts.inputs();
    }

    @Override
    public PlanNode withInputs(List<PlanNode> inputs) {
        return new JoinNode(parts.withInputs(inputs), emit, leftTtl, rightTtl, broadcastLimit);
    }

    @Override
    public <R> R accept(PlanVisitor<R> visitor) {
        return visitor.visitJoin(this);
    }
}
