package io.laminar.flink.translate;

import io.laminar.connector.ClientSink;
import io.laminar.connector.Connectors;
import io.laminar.connector.SinkConnector;
import io.laminar.flink.batch.BatchTypeInformation;
import io.laminar.flink.metrics.Role;
import io.laminar.flink.operator.AdapterFactory;
import io.laminar.flink.operator.BatchKey;
import io.laminar.flink.operator.ExchangeFactory;
import io.laminar.flink.operator.LaneFilter;
import io.laminar.flink.operator.OperatorSource;
import io.laminar.flink.operator.ValuesFactory;
import io.laminar.flink.source.Sources;
import io.laminar.plan.PlanIds;
import io.laminar.plan.StreamPlan;
import io.laminar.plan.expression.Expression;
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
import io.laminar.plan.node.LaneNode;
import io.laminar.plan.node.LookupJoinNode;
import io.laminar.plan.node.LookupNode;
import io.laminar.plan.node.MatchNode;
import io.laminar.plan.node.MaterializeNode;
import io.laminar.plan.node.NormalizeNode;
import io.laminar.plan.node.OverNode;
import io.laminar.plan.node.Phase;
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
import io.laminar.plan.node.WindowAggregateNode;
import io.laminar.plan.node.WindowAssignNode;
import io.laminar.plan.node.WindowJoinNode;
import io.laminar.plan.node.WindowTopNNode;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BatchBuilder;
import io.laminar.spi.batch.Values;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.transformations.OneInputTransformation;
import org.apache.flink.streaming.api.transformations.TwoInputTransformation;
import org.jspecify.annotations.Nullable;

/**
 * Lays a plan out as a Flink job. Every node becomes one Flink operator, except that unions and exchanges are how
 * operators are wired. Equal nodes become one operator.
 */
public final class PlanTranslator implements PlanVisitor<PlanTranslator.Flow> {
    private static final BatchTypeInformation TYPE = BatchTypeInformation.INSTANCE;

    /**
     * Rows on their way.
     *
     * @param single whether they are all in one subtask, whatever the parallelism of the job
     */
    record Flow(DataStream<Batch> stream, boolean single) {}

    private final StreamExecutionEnvironment environment;
    private final JobSettings settings;
    private final OperatorSource operators;
    private final JobIdentity identity;
    private final PlanIds ids = new PlanIds();
    private final Map<PlanNode, Flow> done = new HashMap<>();
    private final OperatorNotes notes = new OperatorNotes(ids);

    private final @Nullable RemoteLayout remote;

    private PlanTranslator(
            StreamExecutionEnvironment environment,
            JobSettings settings,
            OperatorSource operators,
            JobIdentity identity,
            @Nullable RemoteLayout remote) {
        this.environment = environment;
        this.settings = settings;
        this.operators = operators;
        this.identity = identity;
        this.remote = remote;
    }

    /**
     * Adds everything a plan computes to a job.
     *
     * @param remote for a job of other processes than this
     * @return its operators
     */
    public static TranslatedOperators translate(
            StreamPlan plan,
            StreamExecutionEnvironment environment,
            JobSettings settings,
            OperatorSource operators,
            JobIdentity identity,
            @Nullable RemoteLayout remote) {
        environment.setParallelism(settings.parallelism());
        environment.setMaxParallelism(settings.maxParallelism());
        PlanTranslator translator = new PlanTranslator(environment, settings, operators, identity, remote);
        plan.sinks().forEach(translator::flow);
        return translator.notes.all(settings.maxParallelism());
    }

    private Flow flow(PlanNode node) {
        Flow known = done.get(node);
        if (known == null) {
            known = node.accept(this);
            done.put(node, known);
        }
        return known;
    }

    @Override
    public Flow visitSource(SourceNode node) {
        SingleOutputStreamOperator<Batch> stream = Sources.add(
                        environment,
                        node,
                        operators,
                        identity.use(ids.of(node)),
                        remote == null ? null : remote.proof())
                .uid(ids.of(node))
                .setParallelism(settings.parallelism());
        notes.describe(ids.of(node), "table '" + node.table().name() + "'", false);
        notes.stateful(ids.of(node));
        notes.show(ids.of(node), node, node.table().name(), Role.SOURCE, false);
        if (remote != null) {
            stream = remote.counted(stream, ids.of(node), settings.parallelism());
        }
        return new Flow(stream, false);
    }

    @Override
    public Flow visitValues(ValuesNode node) {
        BatchBuilder rows =
                new BatchBuilder(node.schema(), Math.max(1, node.rows().size()));
        for (List<Expression.Literal> row : node.rows()) {
            for (int c = 0; c < row.size(); c++) {
                Values.append(node.schema().type(c), rows.column(c), row.get(c).value());
            }
            rows.endRow(0);
        }
        SingleOutputStreamOperator<Batch> stream = environment
                .fromSource(new NumberSequenceSource(0, 0), WatermarkStrategy.noWatermarks(), "once", Types.LONG)
                .uid(ids.of(node) + "-once")
                .setParallelism(1)
                .transform("values", TYPE, new ValuesFactory(rows.build()))
                .uid(ids.of(node))
                .setParallelism(1);
        notes.describe(ids.of(node) + "-once", "values", true);
        notes.describe(ids.of(node), "values", true);
        notes.show(ids.of(node), node, "values", Role.SOURCE, true);
        return new Flow(stream, true);
    }

    @Override
    public Flow visitLane(LaneNode node) {
        Flow input = flow(node.input());
        return add(node, input, "lane", new LaneFilter(node.lane(), Role.OPERATOR));
    }

    @Override
    public Flow visitFilterProject(FilterProjectNode node) {
        return operator(node, "filter-project", false);
    }

    @Override
    public Flow visitExpand(ExpandNode node) {
        return operator(node, "expand", false);
    }

    @Override
    public Flow visitUnnest(UnnestNode node) {
        return operator(node, "unnest", false);
    }

    @Override
    public Flow visitSetOperation(SetOperationNode node) {
        return operator(node, "set-operation", true);
    }

    @Override
    public Flow visitAsync(AsyncNode node) {
        return operator(node, "async", false);
    }

    @Override
    public Flow visitUnion(UnionNode node) {
        List<Flow> flows = node.inputs().stream().map(this::flow).toList();
        boolean single = flows.stream().allMatch(Flow::single);
        List<DataStream<Batch>> streams = flows.stream()
                .map(flow -> flow.single() == single ? flow.stream() : inOrder(flow))
                .toList();
        DataStream<Batch> union = streams.get(0);
        for (DataStream<Batch> stream : streams.subList(1, streams.size())) {
            union = union.union(stream);
        }
        return new Flow(union, single);
    }

    /** What one subtask gives goes to one subtask: spread over several, a change might overtake what it takes back. */
    private DataStream<Batch> inOrder(Flow flow) {
        return settings.inOneThread() ? flow.stream() : flow.stream().global();
    }

    @Override
    public Flow visitExchange(ExchangeNode node) {
        Flow input = flow(node.input());
        Distribution distribution = node.distribution();
        if (distribution instanceof Distribution.Keyed keyed && !keyed.columns().isEmpty()) {
            return keyed(node, input, keyed.columns());
        } else if (distribution instanceof Distribution.Broadcast) {
            return new Flow(input.stream().broadcast(), false);
        } else if (distribution instanceof Distribution.Balanced) {
            return new Flow(input.stream().rebalance(), false);
        }
        return new Flow(input.single() ? input.stream() : inOrder(input), true);
    }

    private Flow keyed(ExchangeNode node, Flow input, List<Integer> columns) {
        if (settings.inOneThread()) {
            return new Flow(input.stream(), false);
        }
        DataStream<Batch> pieces =
                add(node, input, "exchange", new ExchangeFactory(columns, settings.maxParallelism())).stream();
        return new Flow(pieces.keyBy(new BatchKey(columns, settings.maxParallelism()), Types.INT), false);
    }

    @Override
    public Flow visitWindowAssign(WindowAssignNode node) {
        return operator(node, "window-assign", false);
    }

    @Override
    public Flow visitWindowAggregate(WindowAggregateNode node) {
        return operator(node, "window-aggregate", node.phase() != Phase.PARTIAL);
    }

    @Override
    public Flow visitAggregate(AggregateNode node) {
        return operator(node, "aggregate", node.phase() != Phase.PARTIAL);
    }

    @Override
    public Flow visitWindowTopN(WindowTopNNode node) {
        return operator(node, "window-top-n", true);
    }

    @Override
    public Flow visitTopN(TopNNode node) {
        return operator(node, "top-n", true);
    }

    @Override
    public Flow visitDeduplicate(DeduplicateNode node) {
        return operator(node, "deduplicate", true);
    }

    @Override
    public Flow visitMaterialize(MaterializeNode node) {
        return operator(node, "materialize", true);
    }

    @Override
    public Flow visitNormalize(NormalizeNode node) {
        return operator(node, "normalize", true);
    }

    @Override
    public Flow visitUpsert(UpsertNode node) {
        return operator(node, "upsert", false);
    }

    @Override
    public Flow visitMatch(MatchNode node) {
        return operator(node, "match", true);
    }

    @Override
    public Flow visitOver(OverNode node) {
        return operator(node, "over", true);
    }

    @Override
    public Flow visitSortLimit(SortLimitNode node) {
        return operator(node, "sort-limit", true);
    }

    @Override
    public Flow visitLookup(LookupNode node) {
        throw new IllegalStateException("a lookup table is part of a join in a finished plan");
    }

    @Override
    public Flow visitLookupJoin(LookupJoinNode node) {
        return operator(node, "lookup-join", false);
    }

    @Override
    public Flow visitJoin(JoinNode node) {
        return operatorOfTwo(node, "join");
    }

    @Override
    public Flow visitWindowJoin(WindowJoinNode node) {
        return operatorOfTwo(node, "window-join");
    }

    @Override
    public Flow visitIntervalJoin(IntervalJoinNode node) {
        return operatorOfTwo(node, "interval-join");
    }

    @Override
    public Flow visitTemporalJoin(TemporalJoinNode node) {
        return operatorOfTwo(node, "temporal-join");
    }

    @Override
    public Flow visitAsofJoin(AsofJoinNode node) {
        return operatorOfTwo(node, "asof-join");
    }

    @Override
    public Flow visitFinalRows(FinalRowsNode node) {
        return operator(node, "final-rows", true);
    }

    @Override
    public Flow visitSink(SinkNode node) {
        if (!(Connectors.named(node.table().connector()) instanceof SinkConnector connector)) {
            throw new LaminarException(
                    ErrorCode.NOT_A_SINK, "tables of connector '" + node.table().connector() + "' cannot be written");
        }
        Flow input = flow(node.input());
        String sinkId = ids.of(node) + "-sink";
        boolean single = input.single() || !connector.parallel(node.table());
        notes.describe(sinkId, "table '" + node.table().name() + "'", single);
        // The name that Flink gives the part of a sink that commits.
        notes.describe(
                "Sink Committer: " + sinkId, "commits of table '" + node.table().name() + "'", single);
        Flow main = add(node, input, "to " + node.table().name(), new LaneFilter(Batch.Lane.MAIN, Role.SINK));
        notes.show(ids.of(node), node, node.table().name(), Role.SINK, single);
        notes.show(sinkId, node, node.table().name(), Role.SINK, single);
        DataStream<Batch> rows = main.single() == single ? main.stream() : inOrder(main);
        if (remote != null && connector instanceof ClientSink client) {
            remote.toClient(client, node.table(), rows, sinkId, environment);
            return main;
        }
        rows.sinkTo(connector.sink(node.table(), identity.use(ids.of(node))))
                .uid(sinkId)
                .name(node.table().name())
                .setParallelism(parallelism(single));
        return main;
    }

    @Override
    public Flow visitInputStub(InputStub node) {
        throw new IllegalStateException("a stub is not part of a whole plan");
    }

    private Flow operator(PlanNode node, String name, boolean keyed) {
        Flow input = flow(node.inputs().get(0));
        Flow output = add(
                node,
                input,
                name,
                new AdapterFactory(PlanIds.alone(node), operators, keyed, settings.seed(), settings.limits()));
        if (keyed) {
            notes.stateful(ids.of(node));
            if (!(input.stream() instanceof KeyedStream)) {
                declareKeyed(output.stream());
            }
        }
        return output;
    }

    /** A keyed operator with two inputs; one subtask if one of its inputs is in one, the other being broadcast. */
    private Flow operatorOfTwo(PlanNode node, String name) {
        Flow first = flow(node.inputs().get(0));
        Flow second = flow(node.inputs().get(1));
        boolean single = first.single() || second.single();
        SingleOutputStreamOperator<Batch> stream = first.stream()
                .connect(second.stream())
                .transform(
                        name,
                        TYPE,
                        new AdapterFactory(PlanIds.alone(node), operators, true, settings.seed(), settings.limits()))
                .uid(ids.of(node))
                .setParallelism(parallelism(single));
        notes.describe(ids.of(node), OperatorNotes.text(node, name), single);
        notes.stateful(ids.of(node));
        notes.show(ids.of(node), node, name, Role.OPERATOR, single);
        if (!(first.stream() instanceof KeyedStream) || !(second.stream() instanceof KeyedStream)) {
            declareKeyedByBoth(stream);
        }
        return new Flow(stream, single);
    }

    @SuppressWarnings("unchecked")
    private void declareKeyedByBoth(DataStream<Batch> stream) {
        var transformation = (TwoInputTransformation<Batch, Batch, Batch>) stream.getTransformation();
        BatchKey anywhere = new BatchKey(List.of(), settings.maxParallelism());
        transformation.setStateKeySelectors(anywhere, anywhere);
        transformation.setStateKeyType(Types.INT);
    }

    /** Rows are where they belong already; Flink only has to know that the operator has state by key group. */
    @SuppressWarnings("unchecked")
    private void declareKeyed(DataStream<Batch> stream) {
        var transformation = (OneInputTransformation<Batch, Batch>) stream.getTransformation();
        transformation.setStateKeySelector(new BatchKey(List.of(), settings.maxParallelism()));
        transformation.setStateKeyType(Types.INT);
    }

    private int parallelism(boolean single) {
        return single ? 1 : settings.parallelism();
    }

    private Flow add(PlanNode node, Flow input, String name, OneInputStreamOperatorFactory<Batch, Batch> factory) {
        SingleOutputStreamOperator<Batch> stream = input.stream()
                .transform(name, TYPE, factory)
                .uid(ids.of(node))
                .setParallelism(parallelism(input.single()));
        notes.describe(ids.of(node), OperatorNotes.text(node, name), input.single());
        if (!(node instanceof SinkNode)) {
            notes.show(ids.of(node), node, name, Role.OPERATOR, input.single());
        }
        return new Flow(stream, input.single());
    }
}
