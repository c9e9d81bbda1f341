package io.laminar.plan.node;

import io.laminar.plan.expression.Expression;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Joins all rows so far of two inputs. Keeps both. The event time of a pair is the greater of the two.
 *
 * @param keys equalities; without one every row may match every other, and one side goes to all subtasks
 * @param condition BOOLEAN over the columns of the left input and behind them those of the right one; null for none
 * @param outputs which of these columns the result has
 * @param emit when changes leave; pairs of inputs that only append leave at once
 * @param leftTtl microseconds of processing time after which a row of the left input is forgotten; 0: never
 * @param rightTtl the same for the right input
 * @param broadcastLimit rows that the side that goes to all subtasks may have
 */
public record JoinNode(
        PlanNode left,
        PlanNode right,
        JoinType type,
        List<JoinKey> keys,
        @Nullable Expression condition,
        List<Integer> outputs,
        Emit.Changes emit,
        long leftTtl,
        long rightTtl,
        long broadcastLimit,
        Schema schema)
        implements PlanNode {
    public JoinNode {
        keys = List.copyOf(keys);
        outputs = List.copyOf(outputs);
    }

    /** The columns that the condition and the outputs refer to. */
    public Schema pair() {
        return pair(left.schema(), right.schema());
    }

    /** The columns of one input and behind them those of another. */
    public static Schema pair(Schema left, Schema right) {
        List<Field> fields = new ArrayList<>(left.fields());
        fields.addAll(right.fields());
        return new Schema(fields);
    }

    public List<Integer> leftKeys() {
        return keys.stream().map(JoinKey::left).toList();
    }

    public List<Integer> rightKeys() {
        return keys.stream().map(JoinKey::right).toList();
    }

    /** How rows of the left input have to be spread so that those that match meet, and no row comes out twice. */
    public Distribution leftDistribution() {
        if (!keys.isEmpty()) {
            return new Distribution.Keyed(leftKeys());
        }
        return type == JoinType.FULL
                ? new Distribution.Single()
                : type == JoinType.RIGHT ? new Distribution.Broadcast() : wholeRows(left);
    }

    /** The same for the right input. */
    public Distribution rightDistribution() {
        if (!keys.isEmpty()) {
            return new Distribution.Keyed(rightKeys());
        }
        return type == JoinType.FULL
                ? new Distribution.Single()
                : type == JoinType.RIGHT ? wholeRows(right) : new Distribution.Broadcast();
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
    public ChangelogMode changelog() {
        boolean appends = left.changelog() == ChangelogMode.APPEND && right.changelog() == ChangelogMode.APPEND;
        return appends && !type.countsMatches() ? ChangelogMode.APPEND : ChangelogMode.RETRACT;
    }

    @Override
    public List<ColumnSet> upsertKeys() {
        List<ColumnSet> sets = new ArrayList<>();
        for (ColumnSet ofLeft : left.upsertKeys()) {
            boolean isOnlyLeft = type == JoinType.SEMI || type == JoinType.ANTI;
            if (isOnlyLeft && meets(ofLeft.columns(), List.of())) {
                sets.add(ofLeft);
            }
            for (ColumnSet ofRight : isOnlyLeft ? List.<ColumnSet>of() : right.upsertKeys()) {
                addKeys(ofLeft, ofRight, sets);
            }
        }
        return ColumnSet.moved(sets, outputs::indexOf);
    }

    /** Adds what tells pairs apart: both rows, or one of them if it has at most one partner. */
    private void addKeys(ColumnSet ofLeft, ColumnSet ofRight, List<ColumnSet> sets) {
        int width = left.schema().size();
        List<Integer> shifted =
                ofRight.columns().stream().map(column -> column + width).toList();
        if (meets(ofLeft.columns(), ofRight.columns())) {
            List<Integer> both = new ArrayList<>(ofLeft.columns());
            both.addAll(shifted);
            sets.add(ColumnSet.of(both));
        }
        boolean leftAlone = type == JoinType.INNER || type == JoinType.LEFT;
        if (leftAlone && ofRight.isWithin(rightKeys()) && meets(ofLeft.columns(), List.of())) {
            sets.add(ofLeft);
        }
        boolean rightAlone = type == JoinType.INNER || type == JoinType.RIGHT;
        if (rightAlone && ofLeft.isWithin(leftKeys()) && meets(List.of(), ofRight.columns())) {
            sets.add(ColumnSet.of(shifted));
        }
    }

    /** Whether rows that agree in these columns are joined in one place, so that their changes stay in order. */
    private boolean meets(List<Integer> ofLeft, List<Integer> ofRight) {
        return !keys.isEmpty()
                && keys.stream().allMatch(key -> ofLeft.contains(key.left()) || ofRight.contains(key.right()));
    }

    @Override
    public List<PlanNode> inputs() {
        return List.of(left, right);
    }

    @Override
    public PlanNode withInputs(List<PlanNode> inputs) {
        return new JoinNode(
                inputs.get(0),
                inputs.get(1),
                type,
                keys,
                condition,
                outputs,
                emit,
                leftTtl,
                rightTtl,
                broadcastLimit,
                schema);
    }

    @Override
    public <R> R accept(PlanVisitor<R> visitor) {
        return visitor.visitJoin(this);
    }
}
