package io.laminar.plan.pass;

import io.laminar.plan.StreamPlan;
import io.laminar.plan.expression.Expression;
import io.laminar.plan.expression.ExpressionRewriter;
import io.laminar.plan.expression.Operation;
import io.laminar.plan.node.FilterProjectNode;
import io.laminar.plan.node.LaneNode;
import io.laminar.plan.node.PlanNode;
import io.laminar.plan.node.SourceNode;
import io.laminar.plan.node.WatermarkSpec;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.StructType;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Leaves out members of a source's structs that nobody reads. Only for sources that filter-projects read: other nodes
 * need the struct as it is.
 */
public final class PruneMembers implements PlanPass {

    @Override
    public StreamPlan apply(StreamPlan plan) {
        Consumers consumers = new Consumers(plan);
        Map<SourceNode, Usage> usages = new HashMap<>();
        for (PlanNode node : consumers.sinksFirst()) {
            if (node instanceof SourceNode source
                    && consumers.of(source).stream().allMatch(PruneMembers::knowsMembers)) {
                Usage usage = new Usage();
                consumers.of(source).forEach(usage::add);
                usage.add(source.watermark());
                usages.put(source, usage);
            }
        }
        // Sources first become narrower, then the expressions above them follow.
        Map<PlanNode, Usage> narrowed = new HashMap<>();
        return Rewrite.of(plan, node -> {
            if (node instanceof SourceNode source && usages.containsKey(source)) {
                Usage usage = usages.get(source);
                SourceNode narrow = usage.narrow(source);
                narrowed.put(narrow, usage);
                return narrow;
            }
            if (node instanceof FilterProjectNode project && narrowed.containsKey(project.input())) {
                return narrowed.get(project.input()).follow(project);
            }
            return node;
        });
    }

    private static boolean knowsMembers(PlanNode consumer) {
        return consumer instanceof FilterProjectNode || consumer instanceof LaneNode;
    }

    /** What is read of each input column: some members, or all of it. */
    private static final class Usage {
        private final Map<Integer, SortedSet<Integer>> members = new HashMap<>();
        private final TreeSet<Integer> whole = new TreeSet<>();

        void add(PlanNode consumer) {
            if (consumer instanceof FilterProjectNode project) {
                add(project.condition());
                add(project.rowtime());
                project.projections().forEach(this::add);
            }
        }

        void add(WatermarkSpec watermark) {
            add(watermark.rowtime());
            add(watermark.watermark());
        }

        private void add(@Nullable Expression expression) {
            if (expression == null) {
                return;
            }
            new ExpressionRewriter() {
                @Override
                public Expression visitInput(Expression.Input input) {
                    whole.add(input.index());
                    return input;
                }

                @Override
                public Expression visitMember(Expression.Member member) {
                    if (member.struct() instanceof Expression.Input input) {
                        read(input).add(member.index());
                        return member;
                    }
                    return super.visitMember(member);
                }

                @Override
                public Expression visitCall(Expression.Call call) {
                    if (isNullTest(call) && call.arguments().get(0) instanceof Expression.Input input) {
                        if (!(input.type() instanceof StructType)) {
                            whole.add(input.index());
                        }
                        read(input);
                        return call;
                    }
                    return super.visitCall(call);
                }
            }.rewrite(expression);
        }

        private SortedSet<Integer> read(Expression.Input input) {
            return members.computeIfAbsent(input.index(), i -> new TreeSet<>());
        }

        private static boolean isNullTest(Expression.Call call) {
            return call.operation() == Operation.IS_NULL || call.operation() == Operation.IS_NOT_NULL;
        }

        private boolean narrows(int column, DataType type) {
            SortedSet<Integer> read = members.get(column);
            return type instanceof StructType struct
                    && read != null
                    && !whole.contains(column)
                    && !read.isEmpty()
                    && read.size() < struct.fields().size();
        }

        private DataType narrow(int column, DataType type) {
            if (!narrows(column, type)) {
                return type;
            }
            StructType struct = (StructType) type;
            return new StructType(java.util.Objects.requireNonNull(members.get(column)).stream()
                    .map(i -> struct.fields().get(i))
                    .toList());
        }

        SourceNode narrow(SourceNode source) {
            List<Field> fields = new ArrayList<>();
            for (int c = 0; c < source.schema().size(); c++) {
                Field field = source.schema().field(c);
                fields.add(new Field(field.name(), narrow(c, field.type()), field.nullable()));
            }
            WatermarkSpec watermark = source.watermark();
            return new SourceNode(
                    TablePruning.retype(source.table(), new Schema(fields)),
                    new WatermarkSpec(
                            follow(watermark.rowtime()),
                            follow(watermark.watermark()),
                            watermark.delay(),
                            watermark.idleTimeout()),
                    source.bounded(),
                    source.changelog());
        }

        FilterProjectNode follow(FilterProjectNode project) {
            List<Expression> projections = new ArrayList<>();
            for (Expression projection : project.projections()) {
                projections.add(java.util.Objects.requireNonNull(follow(projection)));
            }
            return new FilterProjectNode(
                    project.input(),
                    follow(project.condition()),
                    projections,
                    follow(project.rowtime()),
                    project.schema());
        }

        private @Nullable Expression follow(@Nullable Expression expression) {
            if (expression == null) {
                return null;
            }
            return new ExpressionRewriter() {
                @Override
                public Expression visitInput(Expression.Input input) {
                    return new Expression.Input(input.index(), narrow(input.index(), input.type()), input.nullable());
                }

                @Override
                public Expression visitMember(Expression.Member member) {
                    int index = member.index();
                    if (member.struct() instanceof Expression.Input input && narrows(input.index(), input.type())) {
                        index = java.util.Objects.requireNonNull(members.get(input.index()))
                                .headSet(index)
                                .size();
                    }
                    return new Expression.Member(rewrite(member.struct()), index, member.type(), member.nullable());
                }
            }.rewrite(expression);
        }
    }
}
