package io.laminar.plan.pass;

import io.laminar.plan.StreamPlan;
import io.laminar.plan.expression.Expressions;
import io.laminar.plan.node.AggregateCall;
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
import io.laminar.plan.node.JoinNode;
import io.laminar.plan.node.JoinParts;
import io.laminar.plan.node.LaneNode;
import io.laminar.plan.node.LookupJoinNode;
import io.laminar.plan.node.LookupNode;
import io.laminar.plan.node.MatchNode;
import io.laminar.plan.node.MaterializeNode;
import io.laminar.plan.node.NormalizeNode;
import io.laminar.plan.node.OverExtent;
import io.laminar.plan.node.OverNode;
import io.laminar.plan.node.Phase;
import io.laminar.plan.node.PlanNode;
import io.laminar.plan.node.PlanVisitor;
import io.laminar.plan.node.SetOperationNode;
import io.laminar.plan.node.SinkNode;
import io.laminar.plan.node.SortKey;
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
import io.laminar.plan.node.WindowSpec;
import io.laminar.plan.node.WindowTopNNode;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which columns of every node's output somebody reads. */
final class RequiredColumns implements PlanVisitor<Void> {
    private final Map<PlanNode, BitSet> required = new HashMap<>();

    private RequiredColumns() {}

    static RequiredColumns of(StreamPlan plan) {
        RequiredColumns columns = new RequiredColumns();
        new Consumers(plan).sinksFirst().forEach(node -> node.accept(columns));
        return columns;
    }

    BitSet get(PlanNode node) {
        return required.computeIfAbsent(node, n -> new BitSet());
    }

    private void requireAll(PlanNode input) {
        get(input).set(0, input.schema().size());
    }

    @Override
    public Void visitSource(SourceNode node) {
        WatermarkSpec watermark = node.watermark();
        Expressions.collectInputs(watermark.rowtime(), get(node));
        Expressions.collectInputs(watermark.watermark(), get(node));
        return null;
    }

    @Override
    public Void visitValues(ValuesNode node) {
        return null;
    }

    @Override
    public Void visitLane(LaneNode node) {
        get(node.input());
        if (node.lane().isLate()) {
            get(node.input().inputs().get(node.lateInput())).or(get(node));
        }
        // Other lanes have columns of their own.
        return null;
    }

    @Override
    public Void visitFilterProject(FilterProjectNode node) {
        BitSet inputs = get(node.input());
        Expressions.collectInputs(node.condition(), inputs);
        Expressions.collectInputs(node.rowtime(), inputs);
        get(node).stream()
                .forEach(i -> Expressions.collectInputs(node.projections().get(i), inputs));
        return null;
    }

    @Override
    public Void visitExpand(ExpandNode node) {
        BitSet inputs = get(node.input());
        get(node).stream().filter(i -> i < node.input().schema().size()).forEach(inputs::set);
        node.keys().forEach(inputs::set);
        return null;
    }

    @Override
    public Void visitUnnest(UnnestNode node) {
        BitSet inputs = get(node.input());
        Expressions.collectInputs(node.condition(), get(node));
        for (int i = 0; i < node.carried().size(); i++) {
            if (get(node).get(i)) {
                inputs.set(node.carried().get(i));
            }
        }
        node.collections().forEach(inputs::set);
        return null;
    }

    @Override
    public Void visitSetOperation(SetOperationNode node) {
        requireAll(node);
        requireAll(node.input());
        return null;
    }

    @Override
    public Void visitAsync(AsyncNode node) {
        BitSet inputs = get(node.input());
        get(node).stream().filter(i -> i < node.input().schema().size()).forEach(inputs::set);
        node.arguments().forEach(inputs::set);
        return null;
    }

    @Override
    public Void visitUnion(UnionNode node) {
        node.inputs().forEach(input -> get(input).or(get(node)));
        return null;
    }

    @Override
    public Void visitExchange(ExchangeNode node) {
        get(node.input()).or(get(node));
        if (node.distribution() instanceof Distribution.Keyed keyed) {
            keyed.columns().forEach(get(node.input())::set);
        }
        return null;
    }

    @Override
    public Void visitWindowAssign(WindowAssignNode node) {
        int width = node.input().schema().size();
        get(node).stream().filter(i -> i < width).forEach(get(node.input())::set);
        return null;
    }

    @Override
    public Void visitWindowAggregate(WindowAggregateNode node) {
        requireAggregate(node, node.keys(), node.calls(), node.phase());
        requireWindow(get(node.input()), node.window());
        return null;
    }

    @Override
    public Void visitAggregate(AggregateNode node) {
        requireAggregate(node, node.keys(), node.calls(), node.phase());
        return null;
    }

    private void requireAggregate(PlanNode node, List<Integer> keys, List<AggregateCall> calls, Phase phase) {
        get(node).or(AggregateColumns.required(node, keys, calls, phase, get(node)));
        List<AggregateCall> read = AggregateColumns.read(calls, keys.size(), get(node), phase);
        requireCalls(get(node.inputs().get(0)), keys, read);
    }

    private static void requireCalls(BitSet inputs, List<Integer> keys, List<AggregateCall> calls) {
        keys.forEach(inputs::set);
        for (AggregateCall call : calls) {
            call.arguments().forEach(inputs::set);
            call.order().forEach(key -> inputs.set(key.column()));
            Integer filter = call.filter();
            if (filter != null) {
                inputs.set(filter);
            }
        }
    }

    private static void requireWindow(BitSet inputs, WindowSpec window) {
        if (window instanceof WindowSpec.Attached attached) {
            inputs.set(attached.startColumn());
            inputs.set(attached.endColumn());
        }
    }

    @Override
    public Void visitWindowTopN(WindowTopNNode node) {
        BitSet inputs = get(node.input());
        get(node).stream().filter(i -> i < node.input().schema().size()).forEach(inputs::set);
        node.partition().forEach(inputs::set);
        node.order().forEach(key -> inputs.set(key.column()));
        requireWindow(inputs, node.window());
        return null;
    }

    @Override
    public Void visitTopN(TopNNode node) {
        BitSet inputs = get(node.input());
        get(node).stream().filter(i -> i < node.input().schema().size()).forEach(inputs::set);
        node.partition().forEach(inputs::set);
        node.order().forEach(key -> inputs.set(key.column()));
        return null;
    }

    @Override
    public Void visitDeduplicate(DeduplicateNode node) {
        BitSet inputs = get(node.input());
        inputs.or(get(node));
        node.keys().forEach(inputs::set);
        return null;
    }

    @Override
    public Void visitMaterialize(MaterializeNode node) {
        requireAll(node);
        requireAll(node.input());
        return null;
    }

    @Override
    public Void visitNormalize(NormalizeNode node) {
        BitSet inputs = get(node.input());
        inputs.or(get(node));
        node.keys().forEach(inputs::set);
        return null;
    }

    @Override
    public Void visitUpsert(UpsertNode node) {
        requireAll(node);
        requireAll(node.input());
        return null;
    }

    @Override
    public Void visitMatch(MatchNode node) {
        MatchColumns.collect(node, get(node), get(node.input()));
        return null;
    }

    @Override
    public Void visitOver(OverNode node) {
        BitSet inputs = get(node.input());
        int width = node.input().schema().size();
        get(node).stream().filter(i -> i < width).forEach(inputs::set);
        List<AggregateCall> read = get(node).stream()
                .filter(i -> i >= width)
                .mapToObj(i -> node.calls().get(i - width).call())
                .toList();
        requireCalls(inputs, node.partition(), read);
        node.order().forEach(key -> inputs.set(key.column()));
        if (node.extent() instanceof OverExtent.Window window) {
            requireWindow(inputs, window.bounds());
        }
        return null;
    }

    @Override
    public Void visitSortLimit(SortLimitNode node) {
        BitSet inputs = get(node.input());
        inputs.or(get(node));
        for (SortKey key : node.order()) {
            inputs.set(key.column());
        }
        return null;
    }

    @Override
    public Void visitLookup(LookupNode node) {
        return null;
    }

    @Override
    public Void visitLookupJoin(LookupJoinNode node) {
        int width = node.input().schema().size();
        BitSet inputs = get(node.input());
        Expressions.collectInputs(node.condition(), inputs);
        get(node).stream().forEach(i -> inputs.set(node.outputs().get(i)));
        node.inputKeys().forEach(inputs::set);
        // What the table has to give is found again where its columns are chosen.
        inputs.clear(width, Math.max(width, inputs.length()));
        return null;
    }

    @Override
    public Void visitJoin(JoinNode node) {
        return requireParts(node, node.parts());
    }

    @Override
    public Void visitWindowJoin(WindowJoinNode node) {
        requireWindow(get(node.parts().left()), node.leftWindow());
        requireWindow(get(node.parts().right()), node.rightWindow());
        return requireParts(node, node.parts());
    }

    @Override
    public Void visitIntervalJoin(IntervalJoinNode node) {
        return requireParts(node, node.parts());
    }

    @Override
    public Void visitTemporalJoin(TemporalJoinNode node) {
        return requireParts(node, node.parts());
    }

    @Override
    public Void visitAsofJoin(AsofJoinNode node) {
        return requireParts(node, node.parts());
    }

    private @Nullable Void requireParts(PlanNode node, JoinParts parts) {
        BitSet columns = new BitSet();
        Expressions.collectInputs(parts.condition(), columns);
        get(node).stream().forEach(i -> columns.set(parts.outputs().get(i)));
        int width = parts.left().schema().size();
        columns.stream().forEach(c -> {
            BitSet side = get(c < width ? parts.left() : parts.right());
            side.set(c < width ? c : c - width);
        });
        parts.leftKeys().forEach(get(parts.left())::set);
        parts.rightKeys().forEach(get(parts.right())::set);
        return null;
    }

    @Override
    public Void visitFinalRows(FinalRowsNode node) {
        requireAll(node);
        requireAll(node.input());
        return null;
    }

    @Override
    public Void visitSink(SinkNode node) {
        requireAll(node.input());
        return null;
    }

    @Override
    public Void visitInputStub(InputStub node) {
        requireAll(node);
        return null;
    }
}
