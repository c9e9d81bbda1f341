package io.laminar.sql.plan;

import io.laminar.plan.PipelineSettings;
import io.laminar.plan.expression.Expression;
import io.laminar.plan.node.Emit;
import io.laminar.plan.node.FilterProjectNode;
import io.laminar.plan.node.PlanNode;
import io.laminar.plan.node.SetOperationNode;
import io.laminar.plan.node.UnionNode;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.util.ArrayList;
import java.util.List;

/** Plans INTERSECT and EXCEPT: rows of both sides, told apart by a column, meet in one operator that counts them. */
final class SetOperationPlanner {
    private static final String SIDE = "from_right";

    private final PipelineSettings settings;

    SetOperationPlanner(PipelineSettings settings) {
        this.settings = settings;
    }

    /**
     * The result of one operation after the other.
     *
     * @param columnsOf names and types of the result
     */
    Relation plan(SetOperationNode.Kind kind, boolean all, List<Relation> inputs, Schema columnsOf) {
        Relation result = inputs.get(0);
        for (Relation right : inputs.subList(1, inputs.size())) {
            result = plan(kind, all, result, right, columnsOf);
        }
        return result;
    }

    private Relation plan(SetOperationNode.Kind kind, boolean all, Relation left, Relation right, Schema columnsOf) {
        // A union of both has the common types, and the meaning in time that they share.
        Relation common = RelPlanner.unionAll(List.of(left, right), columnsOf);
        Schema schema = common.node().schema();
        List<PlanNode> sides = new ArrayList<>();
        for (PlanNode side : common.node().inputs()) {
            sides.add(marked(side, !sides.isEmpty()));
        }
        PlanNode both = new UnionNode(sides, sides.get(0).schema());
        PlanNode node = new SetOperationNode(
                both,
                kind,
                all,
                new Emit.Changes(settings.values().duration(PipelineSettings.UPDATING_FLUSH_INTERVAL)),
                settings.values().duration(PipelineSettings.UPDATING_TTL),
                schema);
        return common.withNode(node);
    }

    private static PlanNode marked(PlanNode side, boolean right) {
        List<Expression> expressions = new ArrayList<>();
        List<Field> fields = new ArrayList<>(side.schema().fields());
        for (int i = 0; i < fields.size(); i++) {
            Field field = fields.get(i);
            expressions.add(new Expression.Input(i, field.type(), field.nullable()));
        }
        fields.add(new Field(SIDE, Scalar.BOOLEAN, false));
        expressions.add(new Expression.Literal(right, Scalar.BOOLEAN));
        return new FilterProjectNode(side, null, expressions, null, new Schema(fields));
    }
}
