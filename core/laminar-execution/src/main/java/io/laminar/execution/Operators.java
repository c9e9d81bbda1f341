package io.laminar.execution;

import io.laminar.execution.async.AsyncOperator;
import io.laminar.execution.expression.ExpressionCompiler;
import io.laminar.execution.join.JoinOperator;
import io.laminar.execution.lookup.LookupJoinOperator;
import io.laminar.execution.match.MatchOperator;
import io.laminar.execution.operator.FilterProjectOperator;
import io.laminar.execution.operator.Operator;
import io.laminar.execution.operator.OperatorFactory;
import io.laminar.execution.operator.UpsertOperator;
import io.laminar.execution.relational.ExpandOperator;
import io.laminar.execution.relational.SetOperationOperator;
import io.laminar.execution.relational.UnnestOperator;
import io.laminar.execution.topn.NormalizeOperator;
import io.laminar.plan.node.AggregateNode;
import io.laminar.plan.node.AsyncNode;
import io.laminar.plan.node.DeduplicateNode;
import io.laminar.plan.node.ExpandNode;
import io.laminar.plan.node.FilterProjectNode;
import io.laminar.plan.node.FinalRowsNode;
import io.laminar.plan.node.JoinNode;
import io.laminar.plan.node.LookupJoinNode;
import io.laminar.plan.node.MatchNode;
import io.laminar.plan.node.MaterializeNode;
import io.laminar.plan.node.NormalizeNode;
import io.laminar.plan.node.OverNode;
import io.laminar.plan.node.PlanNode;
import io.laminar.plan.node.SetOperationNode;
import io.laminar.plan.node.SortLimitNode;
import io.laminar.plan.node.TopNNode;
import io.laminar.plan.node.UnnestNode;
import io.laminar.plan.node.UpsertNode;
import io.laminar.plan.node.WindowAggregateNode;
import io.laminar.plan.node.WindowTopNNode;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.lookup.LookupTables;
import java.util.HashMap;
import java.util.Map;

/**
 * Makes operators out of plan nodes. A node may travel alone, with {@link io.laminar.plan.node.InputStub}s as inputs. One
 * line of {@link #builtin} per kind of node; sources, VALUES, sinks, unions, exchanges and lanes are wired by the runtime and are
 * not operators.
 */
public final class Operators {
    private final Map<Class<? extends PlanNode>, OperatorFactory<? extends PlanNode>> factories = new HashMap<>();

    /** The operators that come with Laminar. */
    public static Operators builtin() {
        return builtin((table, keys) -> {
            throw new LaminarException(
                    ErrorCode.INTERNAL, "there is nothing here that could ask table '" + table.name() + "'");
        });
    }

    /** The operators that come with Laminar, with a way to ask outside systems by key. */
    public static Operators builtin(LookupTables lookups) {
        ExpressionCompiler compiler = ExpressionCompiler.builtin();
        Operators operators = new Operators();
        operators.register(LookupJoinNode.class, node -> new LookupJoinOperator(node, lookups, compiler));
        operators.register(FilterProjectNode.class, node -> new FilterProjectOperator(node, compiler));
        operators.register(ExpandNode.class, ExpandOperator::new);
        operators.register(UnnestNode.class, node -> new UnnestOperator(node, compiler));
        operators.register(SetOperationNode.class, SetOperationOperator::new);
        operators.register(AsyncNode.class, AsyncOperator::new);
        operators.register(WindowAggregateNode.class, StatefulOperators::of);
        operators.register(AggregateNode.class, StatefulOperators::of);
        operators.register(WindowTopNNode.class, StatefulOperators::of);
        operators.register(TopNNode.class, StatefulOperators::of);
        operators.register(DeduplicateNode.class, StatefulOperators::of);
        operators.register(MaterializeNode.class, StatefulOperators::of);
        operators.register(NormalizeNode.class, NormalizeOperator::new);
        operators.register(UpsertNode.class, UpsertOperator::new);
        operators.register(MatchNode.class, node -> new MatchOperator(node, compiler));
        operators.register(JoinNode.class, node -> new JoinOperator(node, compiler));
        operators.register(OverNode.class, StatefulOperators::of);
        operators.register(SortLimitNode.class, StatefulOperators::of);
        operators.register(FinalRowsNode.class, StatefulOperators::of);
        TimedJoinOperators.register(operators);
        return operators;
    }

    /** Says how the operator of a kind of node is made. */
    public <N extends PlanNode> void register(Class<N> kind, OperatorFactory<N> factory) {
        factories.put(kind, factory);
    }

    /** Whether nodes of this kind become operators. */
    public boolean has(Class<? extends PlanNode> kind) {
        return factories.containsKey(kind);
    }

    /** The operator of a node, not yet open. */
    public Operator create(PlanNode node) {
        OperatorFactory<? extends PlanNode> factory = factories.get(node.getClass());
        if (factory == null) {
            throw new LaminarException(
                    ErrorCode.INTERNAL, "no operator for " + node.getClass().getSimpleName());
        }
        return create(factory, node);
    }

    /** Sound because {@link #register} pairs each class with a factory for it. */
    @SuppressWarnings("unchecked")
    private static <N extends PlanNode> Operator create(OperatorFactory<N> factory, PlanNode node) {
        return factory.create((N) node);
    }
}
