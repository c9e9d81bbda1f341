package io.laminar.plan.pass;

import io.laminar.plan.expression.Expression;
import io.laminar.plan.expression.Expression.Input;
import io.laminar.plan.expression.Expressions;
import io.laminar.plan.node.FilterProjectNode;
import io.laminar.plan.node.JoinKey;
import io.laminar.plan.node.JoinNode;
import io.laminar.plan.node.JoinParts;
import io.laminar.plan.node.PlanNode;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** One join that makes the pairs of several ones: its inputs have the columns of all. */
final class SharedJoin {
    private final JoinNode first;
    private final JoinShape shape;
    /** The columns of both inputs with the names that they are given first. */
    private final Map<JoinShape.Column, String> left = new LinkedHashMap<>();

    private final Map<JoinShape.Column, String> right = new LinkedHashMap<>();

    /** @param members in any order, but always in the same one */
    SharedJoin(List<PlanNode> members, List<JoinShape> shapes) {
        first = (JoinNode) members.get(0);
        shape = shapes.get(0);
        for (int m = 0; m < members.size(); m++) {
            JoinNode join = (JoinNode) members.get(m);
            add(left, shapes.get(m).left(), join.left().schema());
            add(right, shapes.get(m).right(), join.right().schema());
        }
    }

    private static void add(Map<JoinShape.Column, String> all, List<JoinShape.Column> columns, Schema schema) {
        for (int i = 0; i < columns.size(); i++) {
            all.putIfAbsent(columns.get(i), schema.field(i).name());
        }
    }

    /**
     * What takes the place of one of the joins.
     *
     * @param leftRows what the left projections read, in the plan as it is by now
     */
    PlanNode instead(JoinNode member, JoinShape of, PlanNode leftRows, PlanNode rightRows) {
        JoinNode shared = node(leftRows, rightRows);
        int width = member.left().schema().size();
        List<Expression> projections = new ArrayList<>();
        for (int output : member.parts().outputs()) {
            int column = output < width
                    ? position(left, of.left().get(output))
                    : left.size() + position(right, of.right().get(output - width));
            Field field = shared.schema().field(column);
            projections.add(new Input(column, field.type(), field.nullable()));
        }
        return new FilterProjectNode(shared, null, projections, null, member.schema());
    }

    private JoinNode node(PlanNode leftRows, PlanNode rightRows) {
        PlanNode leftInput = input(leftRows, shape.pairs().left(), left);
        PlanNode rightInput = input(rightRows, shape.pairs().right(), right);
        List<JoinKey> keys = shape.pairs().keys().stream()
                .map(key -> new JoinKey(position(left, key.left()), position(right, key.right()), key.nullSafe()))
                .toList();
        Expression condition = first.condition();
        int width = first.left().schema().size();
        Expression moved = condition == null
                ? null
                : Expressions.moveInputs(
                        condition,
                        column -> column < width
                                ? position(left, shape.left().get(column))
                                : left.size() + position(right, shape.right().get(column - width)));
        Schema pair = JoinParts.pair(leftInput.schema(), rightInput.schema());
        List<Integer> outputs = IntStream.range(0, pair.size()).boxed().toList();
        return new JoinNode(
                new JoinParts(leftInput, rightInput, first.type(), keys, moved, outputs, pair),
                first.emit(),
                first.leftTtl(),
                first.rightTtl(),
                first.broadcastLimit());
    }

    private static PlanNode input(PlanNode rows, JoinShape.Rows of, Map<JoinShape.Column, String> columns) {
        List<Expression> projections = new ArrayList<>();
        List<Field> fields = new ArrayList<>();
        columns.forEach((column, name) -> {
            projections.add(column.value());
            fields.add(new Field(name, column.value().type(), column.nullable()));
        });
        return new FilterProjectNode(rows, of.condition(), projections, of.rowtime(), new Schema(fields));
    }

    private static int position(Map<JoinShape.Column, String> columns, JoinShape.Column column) {
        return List.copyOf(columns.keySet()).indexOf(column);
    }
}
