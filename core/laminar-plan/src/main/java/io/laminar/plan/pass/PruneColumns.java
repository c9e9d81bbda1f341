package io.laminar.plan.pass;

import io.laminar.plan.StreamPlan;
import io.laminar.plan.expression.Expression;
import io.laminar.plan.expression.Expressions;
import io.laminar.plan.node.AggregateNode;
import io.laminar.plan.node.AsofJoinNode;
import io.laminar.plan.node.AsyncNode;
import io.laminar.plan.node.DeduplicateNode;
import io.laminar.plan.node.Distribution;
import io.laminar.plan.node.ExchangeNode;
import io.laminar.plan.node.ExpandNode;
import io.laminar.plan.node.FilterProjectNode;
import io.laminar.plan.node.FinalRowsNode;
import io.laminar.plan.node.InputStub;
import io.laminar.plan.node.IntervalJoinNode;
import io.laminar.plan.node.JoinKey;
import io.laminar.plan.node.JoinNode;
import io.laminar.plan.node.JoinParts;
import io.laminar.plan.node.LaneNode;
import io.laminar.plan.node.LookupJoinNode;
import io.laminar.plan.node.LookupNode;
import io.laminar.plan.node.MatchNode;
import io.laminar.plan.node.MaterializeNode;
import io.laminar.plan.node.NormalizeNode;
import io.laminar.plan.node.OverCall;
import io.laminar.plan.node.OverExtent;
import io.laminar.plan.node.OverNode;
import io.laminar.plan.node.PlanNode;
import io.laminar.plan.node.PlanVisitor;
import io.laminar.plan.node.SetOperationNode;
import io.laminar.plan.node.SinkNode;
import io.laminar.plan.node.SortLimitNode;
import io.laminar.plan.node.SourceNode;
import io.laminar.plan.node.TemporalJoinNode;
import io.laminar.plan.node.TopNNode;
import io.laminar.plan.node.UnionNode;
import io.laminar.plan.node.UnnestNode;
import io.laminar.plan.node.UpsertNode;
import io.laminar.plan.node.ValuesNode;
import io.laminar.plan.node.WatermarkSpec;
import io.laminar.plan.node.WindowAggregateNode;
import io.laminar.plan.node.WindowAssignNode;
import io.laminar.plan.node.WindowJoinNode;
import io.laminar.plan.node.WindowTopNNode;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/** Leaves out columns that nobody reads, down to what sources read from the outside system. */
public final class PruneColumns implements PlanPass {

    @Override
    public StreamPlan apply(StreamPlan plan) {
        Pruner pruner = new Pruner(RequiredColumns.of(plan));
        return new StreamPlan(
                plan.sinks().stream()
                        .map(sink -> (SinkNode) pruner.prune(sink).node())
                        .toList(),
                plan.settings());
    }

    private static final class Pruner implements PlanVisitor<Pruned> {
        private final RequiredColumns required;
        private final Map<PlanNode, Pruned> done = new HashMap<>();

        Pruner(RequiredColumns required) {
            this.required = required;
        }

        Pruned prune(PlanNode node) {
            Pruned known = done.get(node);
            if (known == null) {
                known = node.accept(this);
                done.put(node, known);
            }
            return known;
        }

        private List<Integer> kept(PlanNode node) {
            return required.get(node).stream().boxed().toList();
        }

        private static List<Integer> all(PlanNode node) {
            return IntStream.range(0, node.schema().size()).boxed().toList();
        }

        /**
         * An input of a node that stores its rows, with exactly the columns that the node reads: others that it has for
         * other readers would only take room, and make rows different that are equal for this reader.
         */
        private Pruned narrowed(PlanNode input) {
            if (input instanceof ExchangeNode) {
                // In a plan whose exchanges are in place: rows need not be made narrower where they have arrived.
                return prune(input);
            }
            List<Integer> columns = required.get(input).stream().boxed().toList();
            return new Pruned(exactly(input, columns), columns);
        }

        /** The input with exactly these columns; others that it has for other readers are projected away. */
        private PlanNode exactly(PlanNode input, List<Integer> columns) {
            Pruned pruned = prune(input);
            if (pruned.kept().equals(columns)) {
                return pruned.node();
            }
            List<Expression> projections = new ArrayList<>();
            for (int column : columns) {
                Field field = input.schema().field(column);
                projections.add(new Expression.Input(pruned.position(column), field.type(), field.nullable()));
            }
            return new FilterProjectNode(
                    pruned.node(), null, projections, null, input.schema().select(columns));
        }

        /** A node that needs its inputs as they are. */
        private Pruned whole(PlanNode node) {
            List<PlanNode> inputs = node.inputs().stream()
                    .map(input -> exactly(input, all(input)))
                    .toList();
            return new Pruned(node.withInputs(inputs), all(node));
        }

        @Override
        public Pruned visitSource(SourceNode node) {
            List<Integer> kept = kept(node);
            Pruned positions = new Pruned(node, kept);
            WatermarkSpec watermark = node.watermark();
            SourceNode pruned = new SourceNode(
                    TablePruning.keep(node.table(), kept),
                    new WatermarkSpec(
                            positions.expression(watermark.rowtime()),
                            positions.expression(watermark.watermark()),
                            watermark.delay(),
                            watermark.idleTimeout()),
                    node.bounded(),
                    node.changelog());
            return new Pruned(pruned, kept);
        }

        @Override
        public Pruned visitValues(ValuesNode node) {
            return new Pruned(node, all(node));
        }

        @Override
        public Pruned visitLane(LaneNode node) {
            PlanNode producer = prune(node.input()).node();
            if (!node.lane().isLate()) {
                return new Pruned(new LaneNode(producer, node.lane(), node.schema()), all(node));
            }
            LaneNode late = LaneNode.late(producer, node.lateInput());
            List<Integer> kept =
                    prune(node.input().inputs().get(node.lateInput())).kept();
            return new Pruned(late, late.schema().size() == kept.size() ? kept : all(node));
        }

        @Override
        public Pruned visitFilterProject(FilterProjectNode node) {
            Pruned input = prune(node.input());
            List<Integer> kept = kept(node);
            List<Expression> projections = new ArrayList<>();
            for (int i : kept) {
                projections.add(Expressions.moveInputs(node.projections().get(i), input::position));
            }
            return new Pruned(
                    new FilterProjectNode(
                            input.node(),
                            input.expression(node.condition()),
                            projections,
                            input.expression(node.rowtime()),
                            node.schema().select(kept)),
                    kept);
        }

        @Override
        public Pruned visitExpand(ExpandNode node) {
            Pruned input = prune(node.input());
            List<Integer> kept = new ArrayList<>(input.kept());
            for (int i = node.input().schema().size(); i < node.schema().size(); i++) {
                kept.add(i);
            }
            return new Pruned(
                    new ExpandNode(
                            input.node(),
                            input.positions(node.keys()),
                            node.sets(),
                            node.schema().select(kept)),
                    kept);
        }

        @Override
        public Pruned visitUnnest(UnnestNode node) {
            Pruned input = prune(node.input());
            List<Integer> kept = new ArrayList<>();
            List<Integer> carried = new ArrayList<>();
            for (int i = 0; i < node.schema().size(); i++) {
                boolean produced = i >= node.carried().size();
                if (produced || required.get(node).get(i)) {
                    kept.add(i);
                }
                if (!produced && required.get(node).get(i)) {
                    carried.add(input.position(node.carried().get(i)));
                }
            }
            Schema schema = node.schema().select(kept);
            Pruned result = new Pruned(node, kept);
            PlanNode unnest = new UnnestNode(
                    input.node(),
                    carried,
                    input.positions(node.collections()),
                    node.ordinality(),
                    node.outer(),
                    result.expression(node.condition()),
                    schema);
            return new Pruned(unnest, kept);
        }

        @Override
        public Pruned visitSetOperation(SetOperationNode node) {
            PlanNode input = exactly(node.input(), all(node.input()));
            return new Pruned(node.withInputs(List.of(input)), all(node));
        }

        @Override
        public Pruned visitAsync(AsyncNode node) {
            Pruned input = prune(node.input());
            List<Integer> kept = new ArrayList<>(input.kept());
            kept.add(node.input().schema().size());
            return new Pruned(new AsyncNode(input.node(), node.function(), input.positions(node.arguments())), kept);
        }

        @Override
        public Pruned visitUnion(UnionNode node) {
            List<Integer> kept = kept(node);
            return new Pruned(
                    new UnionNode(
                            node.inputs().stream()
                                    .map(input -> exactly(input, kept))
                                    .toList(),
                            node.schema().select(kept)),
                    kept);
        }

        @Override
        public Pruned visitExchange(ExchangeNode node) {
            Pruned input = prune(node.input());
            Distribution distribution = node.distribution() instanceof Distribution.Keyed keyed
                    ? new Distribution.Keyed(input.positions(keyed.columns()))
                    : node.distribution();
            return new Pruned(new ExchangeNode(input.node(), distribution), input.kept());
        }

        @Override
        public Pruned visitWindowAssign(WindowAssignNode node) {
            Pruned input = narrowed(node.input());
            int width = node.input().schema().size();
            List<Integer> kept = new ArrayList<>(input.kept());
            kept.add(width);
            kept.add(width + 1);
            return new Pruned(
                    new WindowAssignNode(
                            input.node(), node.window(), node.schema().select(kept)),
                    kept);
        }

        @Override
        public Pruned visitWindowAggregate(WindowAggregateNode node) {
            return AggregateColumns.pruned(node, prune(node.input()), kept(node));
        }

        @Override
        public Pruned visitAggregate(AggregateNode node) {
            return AggregateColumns.pruned(node, prune(node.input()), kept(node));
        }

        @Override
        public Pruned visitWindowTopN(WindowTopNNode node) {
            return RankingColumns.pruned(node, prune(node.input()));
        }

        @Override
        public Pruned visitTopN(TopNNode node) {
            return RankingColumns.pruned(node, prune(node.input()), required.get(node));
        }

        @Override
        public Pruned visitDeduplicate(DeduplicateNode node) {
            return RankingColumns.pruned(node, prune(node.input()));
        }

        @Override
        public Pruned visitMaterialize(MaterializeNode node) {
            return whole(node);
        }

        @Override
        public Pruned visitNormalize(NormalizeNode node) {
            Pruned input = prune(node.input());
            return new Pruned(new NormalizeNode(input.node(), input.positions(node.keys())), input.kept());
        }

        @Override
        public Pruned visitUpsert(UpsertNode node) {
            return whole(node);
        }

        @Override
        public Pruned visitMatch(MatchNode node) {
            Pruned input = prune(node.input());
            List<Integer> kept = kept(node);
            return new Pruned(MatchColumns.over(input.node(), node, kept, input::position), kept);
        }

        @Override
        public Pruned visitOver(OverNode node) {
            Pruned input = prune(node.input());
            List<Integer> kept = new ArrayList<>(input.kept());
            List<OverCall> calls = new ArrayList<>();
            for (int i = 0; i < node.calls().size(); i++) {
                int column = node.input().schema().size() + i;
                if (required.get(node).get(column)) {
                    calls.add(node.calls()
                            .get(i)
                            .withCall(input.calls(List.of(node.calls().get(i).call()))
                                    .get(0)));
                    kept.add(column);
                }
            }
            OverExtent extent = node.extent() instanceof OverExtent.Window window
                    ? new OverExtent.Window(input.attached(window.bounds()))
                    : node.extent();
            return new Pruned(
                    new OverNode(
                            input.node(),
                            extent,
                            input.positions(node.partition()),
                            input.order(node.order()),
                            calls,
                            node.ttl(),
                            node.schema().select(kept)),
                    kept);
        }

        @Override
        public Pruned visitSortLimit(SortLimitNode node) {
            Pruned input = prune(node.input());
            return new Pruned(
                    new SortLimitNode(input.node(), input.order(node.order()), node.offset(), node.limit()),
                    input.kept());
        }

        @Override
        public Pruned visitLookup(LookupNode node) {
            return new Pruned(node, all(node));
        }

        @Override
        public Pruned visitLookupJoin(LookupJoinNode node) {
            Pruned input = narrowed(node.input());
            List<Integer> kept = kept(node);
            int before = node.input().schema().size();
            int after = input.node().schema().size();
            BitSet read = new BitSet();
            Expressions.collectInputs(node.condition(), read);
            kept.forEach(i -> read.set(node.outputs().get(i)));
            node.tableKeys().forEach(key -> read.set(before + key));
            List<Integer> columns = read.stream()
                    .filter(c -> c >= before)
                    .mapToObj(c -> c - before)
                    .toList();
            IntUnaryOperator position =
                    column -> column < before ? input.position(column) : after + columns.indexOf(column - before);
            Expression condition = node.condition();
            LookupJoinNode pruned = new LookupJoinNode(
                    input.node(),
                    TablePruning.keep(node.table(), columns),
                    node.policy(),
                    node.type(),
                    node.keys().stream()
                            .map(key -> new JoinKey(
                                    input.position(key.left()), columns.indexOf(key.right()), key.nullSafe()))
                            .toList(),
                    condition == null ? null : Expressions.moveInputs(condition, position),
                    kept.stream()
                            .map(i -> position.applyAsInt(node.outputs().get(i)))
                            .toList(),
                    node.schema().select(kept));
            return new Pruned(pruned, kept);
        }

        @Override
        public Pruned visitJoin(JoinNode node) {
            return joined(
                    node,
                    node.parts(),
                    parts -> new JoinNode(parts, node.emit(), node.leftTtl(), node.rightTtl(), node.broadcastLimit()));
        }

        @Override
        public Pruned visitWindowJoin(WindowJoinNode node) {
            Pruned left = narrowed(node.parts().left());
            Pruned right = narrowed(node.parts().right());
            return joined(
                    node,
                    node.parts(),
                    left,
                    right,
                    parts -> new WindowJoinNode(
                            parts, left.attached(node.leftWindow()), right.attached(node.rightWindow())));
        }

        @Override
        public Pruned visitIntervalJoin(IntervalJoinNode node) {
            return joined(node, node.parts(), parts -> new IntervalJoinNode(parts, node.lower(), node.upper()));
        }

        @Override
        public Pruned visitTemporalJoin(TemporalJoinNode node) {
            return joined(node, node.parts(), TemporalJoinNode::new);
        }

        @Override
        public Pruned visitAsofJoin(AsofJoinNode node) {
            return joined(node, node.parts(), node::withParts);
        }

        private Pruned joined(PlanNode node, JoinParts parts, Function<JoinParts, PlanNode> rebuilt) {
            return joined(node, parts, narrowed(parts.left()), narrowed(parts.right()), rebuilt);
        }

        private Pruned joined(
                PlanNode node, JoinParts parts, Pruned left, Pruned right, Function<JoinParts, PlanNode> rebuilt) {
            int before = parts.left().schema().size();
            int after = left.node().schema().size();
            IntUnaryOperator position =
                    column -> column < before ? left.position(column) : after + right.position(column - before);
            List<Integer> kept = kept(node);
            Expression condition = parts.condition();
            JoinParts pruned = new JoinParts(
                    left.node(),
                    right.node(),
                    parts.type(),
                    parts.keys().stream()
                            .map(key ->
                                    new JoinKey(left.position(key.left()), right.position(key.right()), key.nullSafe()))
                            .toList(),
                    condition == null ? null : Expressions.moveInputs(condition, position),
                    kept.stream()
                            .map(i -> position.applyAsInt(parts.outputs().get(i)))
                            .toList(),
                    parts.schema().select(kept));
            return new Pruned(rebuilt.apply(pruned), kept);
        }

        @Override
        public Pruned visitFinalRows(FinalRowsNode node) {
            return whole(node);
        }

        @Override
        public Pruned visitSink(SinkNode node) {
            return whole(node);
        }

        @Override
        public Pruned visitInputStub(InputStub node) {
            return new Pruned(node, all(node));
        }
    }
}
