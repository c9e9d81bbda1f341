package io.laminar.plan.explain;

import io.laminar.plan.expression.Expression;
import io.laminar.plan.expression.ExpressionText;
import io.laminar.plan.node.AggregateCall;
import io.laminar.plan.node.AggregateNode;
import io.laminar.plan.node.AsofJoinNode;
import io.laminar.plan.node.AsyncNode;
import io.laminar.plan.node.ChangelogMode;
import io.laminar.plan.node.DeduplicateNode;
import io.laminar.plan.node.Distribution;
import io.laminar.plan.node.Emit;
import io.laminar.plan.node.ExchangeNode;
import io.laminar.plan.node.ExpandNode;
import io.laminar.plan.node.FilterProjectNode;
import io.laminar.plan.node.FinalRowsNode;
import io.laminar.plan.node.InputStub;
import io.laminar.plan.node.IntervalJoinNode;
import io.laminar.plan.node.JoinNode;
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
import io.laminar.plan.node.TimeDomain;
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
import io.laminar.spi.filter.ColumnCondition;
import io.laminar.spi.function.AsyncCalls;
import io.laminar.spi.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A node in a few words: its name and what it does. */
final class NodeText implements PlanVisitor<Words> {
    static Words of(PlanNode node) {
        return node.accept(new NodeText());
    }

    private static Words stateless(String name, String details) {
        return new Words(name, details, "", "");
    }

    @Override
    public Words visitSource(SourceNode node) {
        WatermarkSpec watermark = node.watermark();
        List<String> details = new ArrayList<>();
        details.add(node.table().name() + " (" + node.table().connector()
                + (node.table().format() == null
                        ? ""
                        : ", " + node.table().format().format()) + ")");
        details.add("columns [" + String.join(", ", node.schema().names()) + "]");
        Expression rowtime = watermark.rowtime();
        String time = rowtime == null ? "row_time()" : text(rowtime, node.schema());
        Expression custom = watermark.watermark();
        String mark = custom != null
                ? text(custom, node.schema())
                : watermark.delay() == 0 ? time : time + " - " + Spans.text(watermark.delay());
        details.add("watermark " + mark);
        details.add(node.bounded() ? "bounded" : "unbounded");
        if (!node.table().filter().isEmpty()) {
            details.add(node.table().filter().conditions().stream()
                    .map(ColumnCondition::toString)
                    .collect(Collectors.joining(", ", "filter [", "]")));
        }
        return stateless("Source", String.join(", ", details));
    }

    @Override
    public Words visitValues(ValuesNode node) {
        int rows = node.rows().size();
        return stateless("Values", rows == 0 ? "no rows" : rows == 1 ? "1 row" : rows + " rows");
    }

    @Override
    public Words visitLane(LaneNode node) {
        return stateless("Lane", node.lane().name().toLowerCase(Locale.ROOT));
    }

    @Override
    public Words visitFilterProject(FilterProjectNode node) {
        Schema input = node.input().schema();
        List<String> details = new ArrayList<>();
        Expression condition = node.condition();
        if (condition != null) {
            details.add("where " + text(condition, input));
        }
        List<String> projections = new ArrayList<>();
        for (int i = 0; i < node.projections().size(); i++) {
            String name = node.schema().field(i).name();
            String expression = text(node.projections().get(i), input);
            projections.add(expression.equals(name) ? name : name + " = " + expression);
        }
        details.add("[" + String.join(", ", projections) + "]");
        Expression rowtime = node.rowtime();
        if (rowtime != null) {
            details.add("event time " + text(rowtime, input));
        }
        return stateless(condition == null ? "Project" : "Filter", String.join(", ", details));
    }

    @Override
    public Words visitExpand(ExpandNode node) {
        if (node.keys().isEmpty()) {
            return stateless("Expand", "every row " + node.sets().size() + " times");
        }
        List<String> names = node.schema()
                .names()
                .subList(node.input().schema().size(), node.schema().size() - 1);
        String sets = node.sets().stream()
                .map(set -> set.stream().map(names::get).collect(Collectors.joining(", ", "(", ")")))
                .collect(Collectors.joining(", "));
        return stateless("Expand", "grouping sets " + sets);
    }

    @Override
    public Words visitUnnest(UnnestNode node) {
        List<String> details = new ArrayList<>();
        details.add("[" + names(node.collections(), node.input().schema()) + "]");
        if (node.ordinality()) {
            details.add("with ordinality");
        }
        if (node.outer()) {
            details.add("outer");
        }
        Expression condition = node.condition();
        if (condition != null) {
            details.add("on " + text(condition, node.schema()));
        }
        return stateless("Unnest", String.join(", ", details));
    }

    @Override
    public Words visitSetOperation(SetOperationNode node) {
        String name = node.kind() == SetOperationNode.Kind.INTERSECT ? "Intersect" : "Except";
        String details = (node.all() ? "all, " : "") + emit(node.emit());
        return new Words(name, details, "two counts per row", kept(node.emit(), node.ttl()));
    }

    @Override
    public Words visitAsync(AsyncNode node) {
        AsyncCalls calls = node.function().calls();
        return stateless(
                "Async",
                node.function().name() + "("
                        + names(node.arguments(), node.input().schema()) + "), "
                        + (calls.ordered() ? "ordered" : "unordered") + ", " + calls.concurrency() + " at a time");
    }

    @Override
    public Words visitUnion(UnionNode node) {
        return stateless("Union", node.inputs().size() + " inputs");
    }

    @Override
    public Words visitExchange(ExchangeNode node) {
        Distribution distribution = node.distribution();
        if (distribution instanceof Distribution.Keyed keyed) {
            return stateless("Exchange", "by [" + names(keyed.columns(), node.schema()) + "]");
        }
        return stateless("Exchange", distribution.getClass().getSimpleName().toLowerCase(Locale.ROOT));
    }

    @Override
    public Words visitWindowAssign(WindowAssignNode node) {
        return stateless("WindowAssign", WindowText.of(node.window()));
    }

    @Override
    public Words visitWindowAggregate(WindowAggregateNode node) {
        Schema input = node.input().schema();
        List<String> details = new ArrayList<>();
        details.add(window(node.window(), input));
        if (node.time() == TimeDomain.PROCESSING) {
            details.add("processing time");
        }
        aggregation(details, node.keys(), node.calls(), node.phase(), node.emit(), input);
        String state = node.phase() == Phase.PARTIAL ? "" : "groups per pane and key";
        return new Words("WindowAggregate", String.join(", ", details), state, "");
    }

    @Override
    public Words visitAggregate(AggregateNode node) {
        Schema input = node.input().schema();
        List<String> details = new ArrayList<>();
        aggregation(details, node.keys(), node.calls(), node.phase(), node.emit(), input);
        return node.phase() == Phase.PARTIAL
                ? stateless("Aggregate", String.join(", ", details))
                : new Words("Aggregate", String.join(", ", details), "a group per key", kept(node.emit(), node.ttl()));
    }

    private static void aggregation(
            List<String> details, List<Integer> keys, List<AggregateCall> calls, Phase phase, Emit emit, Schema input) {
        if (phase != Phase.COMPLETE) {
            details.add(phase.name().toLowerCase(Locale.ROOT));
        }
        if (!keys.isEmpty()) {
            details.add("by [" + names(keys, input) + "]");
        }
        if (!calls.isEmpty()) {
            // A final node gets states instead of arguments, so its calls have no columns to name.
            details.add(calls.stream()
                    .map(call -> phase == Phase.FINAL ? call.function() : call(call, input))
                    .collect(Collectors.joining(", ", "[", "]")));
        }
        if (phase != Phase.PARTIAL) {
            details.add(emit(emit));
        }
    }

    @Override
    public Words visitWindowTopN(WindowTopNNode node) {
        return RankingText.of(node);
    }

    @Override
    public Words visitTopN(TopNNode node) {
        return RankingText.of(node);
    }

    @Override
    public Words visitDeduplicate(DeduplicateNode node) {
        return RankingText.of(node);
    }

    @Override
    public Words visitMaterialize(MaterializeNode node) {
        return RankingText.of(node);
    }

    @Override
    public Words visitNormalize(NormalizeNode node) {
        return RankingText.of(node);
    }

    @Override
    public Words visitUpsert(UpsertNode node) {
        return stateless("Upsert", "by [" + names(node.keys(), node.schema()) + "]");
    }

    @Override
    public Words visitMatch(MatchNode node) {
        Schema input = node.input().schema();
        List<String> details = new ArrayList<>();
        if (!node.partition().isEmpty()) {
            details.add("by [" + names(node.partition(), input) + "]");
        }
        if (!node.order().isEmpty()) {
            details.add("order [event time, " + order(node.order(), input) + "]");
        }
        details.addAll(new MatchText(node).details());
        return new Words("Match", String.join(", ", details), "rows of matches that are not decided yet", "");
    }

    @Override
    public Words visitOver(OverNode node) {
        Schema input = node.input().schema();
        List<String> details = new ArrayList<>();
        if (node.extent() instanceof OverExtent.Window window) {
            details.add(window(window.bounds(), input));
        }
        if (!node.partition().isEmpty()) {
            details.add("by [" + names(node.partition(), input) + "]");
        }
        String order = order(node.order(), input);
        if (node.extent() instanceof OverExtent.EventTime) {
            details.add("order [event time" + (order.isEmpty() ? "" : ", " + order) + "]");
        } else if (!order.isEmpty()) {
            details.add("order [" + order + "]");
        }
        details.add(node.calls().stream()
                .map(call -> OverText.of(call, call(call.call(), input)))
                .collect(Collectors.joining(", ", "[", "]")));
        if (node.extent() instanceof OverExtent.Whole) {
            details.add("when the input ends");
        }
        boolean expires = node.ttl() > 0 && node.extent() instanceof OverExtent.EventTime;
        String kept = expires ? Spans.text(node.ttl()) : "";
        return new Words("Over", String.join(", ", details), "rows of frames per partition", kept);
    }

    @Override
    public Words visitSortLimit(SortLimitNode node) {
        List<String> details = new ArrayList<>();
        if (!node.order().isEmpty()) {
            details.add("order [" + order(node.order(), node.schema()) + "]");
        }
        if (node.offset() > 0) {
            details.add("offset " + node.offset());
        }
        if (node.limit() != Long.MAX_VALUE) {
            details.add("limit " + node.limit());
        }
        String name = node.order().isEmpty() ? "Limit" : "Sort";
        return new Words(name, String.join(", ", details), "rows until the input ends", "");
    }

    @Override
    public Words visitLookup(LookupNode node) {
        return stateless("Lookup", node.table().name());
    }

    @Override
    public Words visitLookupJoin(LookupJoinNode node) {
        List<String> details = new ArrayList<>();
        details.add(node.type().name().toLowerCase(Locale.ROOT));
        details.add(node.table().name() + " (" + node.table().connector() + ") by ["
                + node.keys().stream()
                        .map(key -> node.table().schema().field(key.right()).name() + " = "
                                + node.input().schema().field(key.left()).name())
                        .collect(Collectors.joining(", "))
                + "]");
        Expression condition = node.condition();
        if (condition != null) {
            details.add("where " + text(condition, node.pair()));
        }
        details.add("[" + names(node.outputs(), node.pair()) + "]");
        details.add(
                node.policy().ttl() == 0
                        ? "asked for every batch"
                        : "answers kept " + Spans.text(node.policy().ttl()));
        return stateless("LookupJoin", String.join(", ", details));
    }

    @Override
    public Words visitJoin(JoinNode node) {
        List<String> details = new ArrayList<>();
        details.add(node.type().name().toLowerCase(Locale.ROOT));
        Schema left = node.left().schema();
        Schema right = node.right().schema();
        details.add(
                node.keys().isEmpty()
                        ? "every row with every row"
                        : "on ["
                                + node.keys().stream()
                                        .map(key -> left.field(key.left()).name()
                                                + (key.nullSafe() ? " is " : " = ")
                                                + right.field(key.right()).name())
                                        .collect(Collectors.joining(", "))
                                + "]");
        Expression condition = node.condition();
        if (condition != null) {
            details.add("where " + text(condition, node.parts().pair()));
        }
        details.add("[" + names(node.parts().outputs(), node.parts().pair()) + "]");
        if (node.changelog() != ChangelogMode.APPEND) {
            details.add(emit(node.emit()));
        }
        return new Words("Join", String.join(", ", details), "rows of both inputs", kept(node));
    }

    private static String kept(JoinNode node) {
        if (node.leftTtl() == node.rightTtl()) {
            return node.leftTtl() == 0 ? "" : Spans.text(node.leftTtl());
        }
        return span(node.leftTtl()) + " and " + span(node.rightTtl());
    }

    /** How long state is kept that leaves changes behind; empty for as long as the job runs. */
    static String kept(Emit emit, long ttl) {
        return ttl > 0 && !(emit instanceof Emit.Final) ? Spans.text(ttl) : "";
    }

    private static String span(long ttl) {
        return ttl == 0 ? "for ever" : Spans.text(ttl);
    }

    @Override
    public Words visitWindowJoin(WindowJoinNode node) {
        String window = window(node.leftWindow(), node.parts().left().schema());
        return new Words("WindowJoin", TimedJoinText.of(node.parts(), window), "rows of open windows", "");
    }

    @Override
    public Words visitIntervalJoin(IntervalJoinNode node) {
        return new Words(
                "IntervalJoin",
                TimedJoinText.of(node.parts(), TimedJoinText.bounds(node.lower(), node.upper())),
                "rows that can still find a match",
                "");
    }

    @Override
    public Words visitTemporalJoin(TemporalJoinNode node) {
        return new Words(
                "TemporalJoin",
                TimedJoinText.of(node.parts(), "version at event time"),
                "rows after the watermark, the last version of each key before it",
                "");
    }

    @Override
    public Words visitAsofJoin(AsofJoinNode node) {
        return new Words(
                "AsofJoin",
                TimedJoinText.of(
                        node.parts(), "closest right row " + node.match().words()),
                node.match().earlier()
                        ? "rows after the watermark, the last right row of each key before it"
                        : "left rows without a match yet",
                "");
    }

    @Override
    public Words visitFinalRows(FinalRowsNode node) {
        return new Words("FinalRows", "what is left when the input ends", "current rows", "");
    }

    @Override
    public Words visitSink(SinkNode node) {
        return stateless(
                "Sink",
                node.table().name() + " (" + node.table().connector()
                        + (node.table().format() == null
                                ? ""
                                : ", " + node.table().format().format()) + ")");
    }

    @Override
    public Words visitInputStub(InputStub node) {
        return stateless("Input", "[" + String.join(", ", node.schema().names()) + "]");
    }

    static String window(WindowSpec window, Schema input) {
        return window instanceof WindowSpec.Attached attached
                ? "window [" + names(List.of(attached.startColumn(), attached.endColumn()), input) + "]"
                : WindowText.of(window);
    }

    static String emit(Emit emit) {
        if (emit instanceof Emit.Changes changes) {
            return changes.interval() == 0 ? "emit changes" : "emit changes every " + Spans.text(changes.interval());
        }
        return "emit final";
    }

    private static String call(AggregateCall call, Schema input) {
        StringBuilder out = new StringBuilder(call.function()).append('(');
        if (call.distinct()) {
            out.append("distinct ");
        }
        boolean star = call.arguments().isEmpty() && call.function().equals("count");
        out.append(star ? "*" : names(call.arguments(), input));
        if (!call.order().isEmpty()) {
            out.append(" order by ").append(order(call.order(), input));
        }
        out.append(')');
        Integer filter = call.filter();
        if (filter != null) {
            out.append(" filter ").append(input.field(filter).name());
        }
        return out.toString();
    }

    static String order(List<SortKey> order, Schema input) {
        return order.stream()
                .map(key -> input.field(key.column()).name()
                        + (key.descending() ? " desc" : "")
                        + (key.nullsFirst() == key.descending()
                                ? ""
                                : key.nullsFirst() ? " nulls first" : " nulls last"))
                .collect(Collectors.joining(", "));
    }

    static String names(List<Integer> columns, Schema schema) {
        return columns.stream().map(c -> schema.field(c).name()).collect(Collectors.joining(", "));
    }

    /** An expression with the names of columns instead of their positions. */
    private static String text(Expression expression, Schema input) {
        return expression.accept(new ExpressionText(i -> input.field(i).name()));
    }
}
