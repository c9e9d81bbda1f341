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
