package io.laminar.plan.node;

import io.laminar.plan.expression.Expression;
import io.laminar.spi.table.TableDescriptor;
import io.laminar.spi.type.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Joins each row with what a table of an outside system says when the row comes.
 *
 * @param type INNER or LEFT
 * @param keys equalities of columns of the input with columns of the table; at least one
 * @param condition BOOLEAN over the columns of the input and behind them those of the table; null for none
 * @param outputs which of these columns the result has
 */
public record LookupJoinNode(
        PlanNode input,
        TableDescriptor table,
        LookupPolicy policy,
        JoinType type,
        List<JoinKey> keys,
        @Nullable Expression condition,
        List<Integer> outputs,
        Schema schema)
        implements PlanNode {
    public LookupJoinNode {
        keys = List.copyOf(keys);
        outputs = List.copyOf(outputs);
    }

    /** The columns that the condition and the outputs refer to. */
    public Schema pair() {
        return JoinParts.pair(input.schema(), table.schema());
    }

    public List<Integer> inputKeys() {
        return keys.stream().map(JoinKey::left).toList();
    }

    public List<Integer> tableKeys() {
        return keys.stream().map(JoinKey::right).toList();
    }

    @Override
    public ChangelogMode changelog() {
        return ChangelogMode.APPEND;
    }

    @Override
    public List<PlanNode> inputs() {
        return List.of(input);
    }

    @Override
    public PlanNode withInputs(List<PlanNode> inputs) {
        return new LookupJoinNode(inputs.get(0), table, policy, type, keys, condition, outputs, schema);
    }

    @Override
    public <R> R accept(PlanVisitor<R> visitor) {
        return visitor.visitLookupJoin(this);
    }
}
