package io.laminar.plan.node;

import io.laminar.spi.function.UserFunction;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.util.ArrayList;
import java.util.List;

/**
 * Calls an asynchronous function once per row. The result has the columns of the input, then the answer.
 *
 * @param arguments input columns, of the types of the function's parameters
 */
public record AsyncNode(PlanNode input, UserFunction function, List<Integer> arguments) implements PlanNode {
    public AsyncNode {
        arguments = List.copyOf(arguments);
    }

    @Override
    public Schema schema() {
        List<Field> fields = new ArrayList<>(input.schema().fields());
        fields.add(new Field(function.name(), function.result(), true));
        return new Schema(fields);
    }

    @Override
    public ChangelogMode changelog() {
        return input.changelog();
    }

    @Override
    public List<PlanNode> inputs() {
        return List.of(input);
    }

    @Override
    public PlanNode withInputs(List<PlanNode> inputs) {
        return new AsyncNode(inputs.get(0), function, arguments);
    }

    @Override
    public <R> R accept(PlanVisitor<R> visitor) {
        return visitor.visitAsync(this);
    }
}
