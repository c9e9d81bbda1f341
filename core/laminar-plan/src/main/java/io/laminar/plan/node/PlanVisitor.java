package io.laminar.plan.node;

/** One case per kind of {@link PlanNode}. */
public interface PlanVisitor<R> {
    R visitSource(SourceNode node);

    R visitValues(ValuesNode node);

    R visitLane(LaneNode node);

    R visitFilterProject(FilterProjectNode node);

    R visitExpand(ExpandNode node);

    R visitUnnest(UnnestNode node);

    R visitSetOperation(SetOperationNode node);

    R visitAsync(AsyncNode node);

    R visitUnion(UnionNode node);

    R visitExchange(ExchangeNode node);

    R visitWindowAssign(WindowAssignNode node);

    R visitWindowAggregate(WindowAggregateNode node);

    R visitAggregate(AggregateNode node);

    R visitWindowTopN(WindowTopNNode node);

    R visitOver(OverNode node);

    R visitTopN(TopNNode node);

    R visitDeduplicate(DeduplicateNode node);

    R visitNormalize(NormalizeNode node);

    R visitMatch(MatchNode node);

    R visitMaterialize(MaterializeNode node);

    R visitUpsert(UpsertNode node);

    R visitSortLimit(SortLimitNode node);

    R visitJoin(JoinNode node);

    R visitWindowJoin(WindowJoinNode node);

    R visitIntervalJoin(IntervalJoinNode node);

    R visitTemporalJoin(TemporalJoinNode node);

    R visitAsofJoin(AsofJoinNode node);

    R visitLookup(LookupNode node);

    R visitLookupJoin(LookupJoinNode node);

    R visitFinalRows(FinalRowsNode node);

    R visitSink(SinkNode node);

    R visitInputStub(InputStub node);
}
