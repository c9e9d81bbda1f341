package io.laminar.sql.plan;

import io.laminar.plan.PipelineSettings;
import io.laminar.plan.expression.Expression;
import io.laminar.plan.node.ChangelogMode;
import io.laminar.plan.node.MatchFrame;
import io.laminar.plan.node.MatchNode;
import io.laminar.plan.node.PlanNode;
import io.laminar.plan.node.SortKey;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import io.laminar.sql.function.MatchRecognizeOperator;
import io.laminar.sql.function.MatchSpec;
import io.laminar.sql.plan.Mark.Part;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/** Plans MATCH_RECOGNIZE, which arrives as a projection with a {@link MatchRecognizeOperator}. */
final class MatchPlanner {
    private static final Expression ALWAYS = new Expression.Literal(true, Scalar.BOOLEAN);

    private final MatchSpec spec;
    private final List<RexNode> carried;
    private final Relation input;
    private final RexBuilder builder;

    private MatchPlanner(RexCall carrier, Relation input, RexBuilder builder) {
        this.spec = ((MatchRecognizeOperator) carrier.getOperator()).spec();
        this.carried = carrier.getOperands();
        this.input = input;
        this.builder = builder;
    }

    /** The operator's call, if a projection is a MATCH_RECOGNIZE. */
    static @Nullable RexCall carrier(Project project) {
        return !project.getProjects().isEmpty()
                        && project.getProjects().get(0) instanceof RexCall call
                        && call.getOperator() instanceof MatchRecognizeOperator
                ? call
                : null;
    }

    static Relation plan(Project project, RexCall carrier, Relation input, PipelineSettings settings) {
        MatchPlanner planner =
                new MatchPlanner(carrier, input, project.getCluster().getRexBuilder());
        return planner.plan(project, settings.values().integer(PipelineSettings.MATCH_LIMIT));
    }

    private Relation plan(Project project, long limit) {
        refuse();
        List<Integer> partition = new ArrayList<>();
        for (RexNode key : carried.subList(1, 1 + spec.partition())) {
            partition.add(column(key));
        }
        MatchFrame measures = measures(project);
        List<Field> fields = new ArrayList<>();
        for (Expression measure : measures.expressions()) {
            String name = project.getRowType().getFieldNames().get(fields.size());
            fields.add(new Field(name, measure.type(), measure.nullable()));
        }
        PlanNode node = new MatchNode(
                input.node(),
                partition,
                order(),
                spec.variables(),
                spec.pattern(),
                conditions(),
                spec.atStart(),
                spec.atEnd(),
                spec.within(),
                spec.skip(),
                spec.allRows(),
                measures,
                limit,
                new Schema(fields));
        return Relation.of(node, input.bounded());
    }

    private void refuse() {
        if (input.node().changelog() != ChangelogMode.APPEND) {
            throw new LaminarException(
                    ErrorCode.UNSUPPORTED_SQL,
                    "MATCH_RECOGNIZE looks at rows that stay, and these may be taken back or change",
                    spec.places().clause(),
                    "match the rows before they are grouped or joined, or results of windows, which are final",
                    null);
        }
        if ((spec.atStart() || spec.atEnd()) && !input.bounded()) {
            throw new LaminarException(
                    ErrorCode.UNSUPPORTED_SQL,
                    (spec.atEnd() ? "$ is the last row" : "^ is the first row")
                            + " of a partition, and a source of this query never ends",
                    spec.places().pattern(),
                    spec.atEnd() ? "leave $ out, or say in the pattern how a match ends" : "leave ^ out",
                    null);
        }
        Mark mark = new Marks(input).of(carried.get(1 + spec.partition()));
        boolean eventTime = mark instanceof Mark.Rowtime
                || mark instanceof Mark.Window window && window.part() == Part.TIME && window.assigned();
        if (!eventTime || spec.order().get(0).descending()) {
            throw new LaminarException(
                    ErrorCode.NO_EVENT_TIME,
                    eventTime
                            ? "rows match in the order in which they happened, so the event time is ascending"
                            : "ORDER BY of MATCH_RECOGNIZE begins with the event time of the rows",
                    spec.places().time(),
                    eventTime
                            ? "leave DESC out"
                            : "order by the column that has the WATERMARK, or by row_time(); other columns follow it",
                    null);
        }
    }

    /** The position of a column that MATCH_RECOGNIZE takes as it is. */
    private int column(RexNode key) {
        Expression column = RelPlanner.converter(input).convert(key);
        if (column instanceof Expression.Input plain) {
            return plain.index();
        }
        throw new LaminarException(
                ErrorCode.INVALID_PATTERN,
                "PARTITION BY and ORDER BY of MATCH_RECOGNIZE take columns",
                spec.places().clause(),
                "compute it in a query below: FROM (SELECT *, ... AS k FROM t) MATCH_RECOGNIZE (PARTITION BY k ...)",
                null);
    }

    /** The keys behind the event time. */
    private List<SortKey> order() {
        List<SortKey> keys = new ArrayList<>();
        int first = 1 + spec.partition();
        for (int i = 1; i < spec.order().size(); i++) {
            MatchSpec.Direction direction = spec.order().get(i);
            keys.add(new SortKey(column(carried.get(first + i)), direction.descending(), direction.nullsFirst()));
        }
        return keys;
    }

    private List<MatchFrame> conditions() {
        List<MatchFrame> conditions = new ArrayList<>(
                Collections.nCopies(spec.variables().size(), new MatchFrame(List.of(), List.of(ALWAYS))));
        int first = 1 + spec.partition() + spec.order().size();
        for (int i = 0; i < spec.defined().size(); i++) {
            MatchFrames frame = new MatchFrames(input, builder);
            try {
                Expression condition = frame.convert(carried.get(first + i));
                if (condition.type() != Scalar.BOOLEAN && condition.type() != Scalar.NULL) {
                    throw new LaminarException(
                            ErrorCode.TYPE_MISMATCH,
                            "the condition of variable '"
                                    + spec.variables().get(spec.defined().get(i)) + "' is BOOLEAN, not "
                                    + condition.type().sql(),
                            "compare it with something");
                }
                conditions.set(spec.defined().get(i), frame.frame(List.of(Casts.cast(condition, Scalar.BOOLEAN))));
            } catch (LaminarException e) {
                throw e.at(spec.places().conditions().get(i));
            }
        }
        return conditions;
    }

    private MatchFrame measures(Project project) {
        MatchFrames frame = new MatchFrames(input, builder);
        List<Expression> measures = new ArrayList<>();
        for (int i = 0; i < project.getProjects().size(); i++) {
            RexNode node = i == 0 ? carried.get(0) : project.getProjects().get(i);
            boolean own = i < spec.ownBefore() || i >= spec.ownBefore() + spec.measures();
            measures.add(own ? frame.own(node) : frame.convert(node));
        }
        return frame.frame(measures);
    }
}
