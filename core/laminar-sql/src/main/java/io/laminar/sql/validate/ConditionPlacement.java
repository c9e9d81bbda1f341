package io.laminar.sql.validate;

import io.laminar.sql.error.RelPlaces;
import io.laminar.sql.function.MatchOperator;
import io.laminar.sql.function.PartnerOperator;
import io.laminar.sql.function.SystemTimeOperator;
import io.laminar.sql.function.WindowOperator;
import java.util.List;
import org.apache.calcite.plan.Contexts;
import org.apache.calcite.plan.RelOptCostImpl;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.plan.hep.HepProgramBuilder;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.rules.CoreRules;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.tools.RelBuilderFactory;
import org.jspecify.annotations.Nullable;

/**
 * Moves conditions to where they belong: those of WHERE into the join whose sides they compare ({@code FROM a, b WHERE a.id
 * = b.id} is a join by {@code id}), those of one side below the join, as far as its type allows.
 */
final class ConditionPlacement {
    /** Nothing is simplified: Laminar's own operators mean nothing to Calcite. */
    private static final RelBuilderFactory BUILDER = RelBuilder.proto(Contexts.of(RelBuilder.Config.DEFAULT
            .withSimplify(false)
            .withSimplifyValues(false)
            .withBloat(-1)));

    private static final List<RelOptRule> RULES = List.of(
            CoreRules.FILTER_INTO_JOIN
                    .config
                    .withRelBuilderFactory(BUILDER)
                    .withOperandSupplier(
                            filter -> filter.operand(Filter.class).oneInput(join -> join.operand(Join.class)
                                    .predicate(ConditionPlacement::isFree)
                                    .anyInputs()))
                    .toRule(),
            CoreRules.JOIN_CONDITION_PUSH
                    .config
                    .withRelBuilderFactory(BUILDER)
                    .withOperandSupplier(join -> join.operand(Join.class)
                            .predicate(ConditionPlacement::isFree)
                            .anyInputs())
                    .toRule());

    private ConditionPlacement() {}

    /** The same query with its conditions in place. */
    static RelNode of(RelNode query) {
        if (!hasJoin(query)) {
            return query;
        }
        HepProgram program = new HepProgramBuilder().addRuleCollection(RULES).build();
        HepPlanner planner = new HepPlanner(
                program,
                null,
                false,
                (from, to) -> {
                    RelPlaces.inherit(from, to);
                    return null;
                },
                RelOptCostImpl.FACTORY);
        planner.addListener(new MovedConditions());
        planner.setRoot(query);
        return planner.findBestExp();
    }

    /**
     * Whether conditions may move across a join. The row that a temporal or ASOF join chooses is chosen among all rows,
     * anti joins keep what does not meet a condition, rows of lookup tables exist only where they are joined, and windows
     * have no values below the join of their rows.
     */
    private static boolean isFree(Join join) {
        return !calls(join.getCondition(), SystemTimeOperator.class)
                && !calls(join.getCondition(), MatchOperator.class)
                && !calls(join.getCondition(), PartnerOperator.class)
                && !isLookup(join.getRight())
                && !hasWindows(join.getLeft())
                && !hasWindows(join.getRight());
    }

    private static boolean isLookup(RelNode input) {
        RelNode node = input.stripped();
        while (node instanceof Project) {
            node = node.getInput(0).stripped();
        }
        if (!(node instanceof TableScan scan)) {
            return false;
        }
        TableRow row = scan.getTable().unwrap(TableRow.class);
        return row != null && row.isLookup();
    }

    private static boolean hasWindows(RelNode input) {
        RelNode node = input.stripped();
        if (node instanceof Project project) {
            return project.getProjects().stream().anyMatch(e -> calls(e, WindowOperator.class))
                    || hasWindows(project.getInput());
        }
        return node instanceof Filter filter
                ? hasWindows(filter.getInput())
                : node instanceof Join join && (hasWindows(join.getLeft()) || hasWindows(join.getRight()));
    }

    /** Whether an expression calls an operator of a kind. */
    private static boolean calls(RexNode expression, Class<? extends SqlOperator> kind) {
        boolean[] found = new boolean[1];
        expression.accept(new RexVisitorImpl<Void>(true) {
            @Override
            public @Nullable Void visitCall(RexCall call) {
                found[0] |= kind.isInstance(call.getOperator());
                return super.visitCall(call);
            }
        });
        return found[0];
    }

    private static boolean hasJoin(RelNode query) {
        boolean[] found = new boolean[1];
        query.accept(new RelHomogeneousShuttle() {
            @Override
            public RelNode visit(RelNode other) {
                found[0] |= other instanceof Join;
                return super.visit(other);
            }
        });
        return found[0];
    }
}
