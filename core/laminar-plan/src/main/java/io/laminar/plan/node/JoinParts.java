package io.laminar.plan.node;

import io.laminar.plan.expression.Expression;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What all joins have in common.
 *
 * @param keys equalities; without one all rows meet in one subtask
 * @param condition BOOLEAN over the columns of the left input and behind them those of the right one; null for none
 * @param outputs which of these columns the result has
 * @param schema of the result
 */
public record JoinParts(
        PlanNode left,
        PlanNode right,
        JoinType type,
        List<JoinKey> keys,
        @Nullable Expression condition,
        List<Integer> outputs,
        Schema schema)
        implements Serializable {
    public JoinParts {
        keys = List.copyOf(keys);
        outputs = List.copyOf(outputs);
    }

    /** Those of a node; null for nodes that are no such joins. */
    public static @Nullable JoinParts of(PlanNode node) {
        if (node instanceof WindowJoinNode join) {
            return join.parts();
        } else if (node instanceof IntervalJoinNode join) {
            return join.parts();
        } else if (node instanceof TemporalJoinNode join) {
            return join.parts();
        }
        return node instanceof AsofJoinNode join ? join.parts() : null;
    }

    public List<PlanNode> inputs() {
        return List.of(left, right);
    }

    public JoinParts withInputs(List<PlanNode> inputs) {
        return new JoinParts(inputs.get(0), inputs.get(1), type, keys, condition, outputs, schema);
    }

    public JoinParts withCondition(@Nullable Expression other) {
        return new JoinParts(left, right, type, keys, other, outputs, schema);
    }

    public JoinParts withType(JoinType other) {
        return new JoinParts(left, right, other, keys, condition, outputs, schema);
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

    /** How rows of both inputs have to be spread so that those that match meet. */
    public List<Distribution> distributions() {
        return keys.isEmpty()
                ? List.of(new Distribution.Single(), new Distribution.Single())
                : List.of(new Distribution.Keyed(leftKeys()), new Distribution.Keyed(rightKeys()));
    }
}
