package io.laminar.sql.plan;

import io.laminar.plan.PipelineSettings;
import io.laminar.plan.expression.Expression;
import io.laminar.plan.node.ChangelogMode;
import io.laminar.plan.node.OverCall;
import io.laminar.plan.node.OverExtent;
import io.laminar.plan.node.OverNode;
import io.laminar.plan.node.PlanNode;
import io.laminar.plan.node.SortKey;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexVisitorImpl;
import org.jspecify.annotations.Nullable;

/**
 * Plans a projection with functions OVER rows: one node per different partition and order, one on top of the other; then
 * the expressions over their results.
 */
final class OverPlanner {
    /** Calls of one node: as many as fit the bits by which a snapshot says what holds a row. */
    private static final int MAX_CALLS = 48;

    private final PipelineSettings settings;
    private final Relation input;
    private final Map<RexOver, Integer> positions = new LinkedHashMap<>();

    private OverPlanner(PipelineSettings settings, Relation input) {
        this.settings = settings;
        this.input = input;
    }

    static Relation plan(Project project, Relation input, PipelineSettings settings) {
        List<RexOver> calls = calls(project);
        Relation finite = input;
        if (input.node().changelog() != ChangelogMode.APPEND) {
            if (!input.bounded()) {
                throw OverRefusals.updating(calls.get(0));
            }
            finite = FinalRows.of(input);
        }
        OverPlanner planner = new OverPlanner(settings, finite);
        Relation computed = planner.compute(calls);
        List<RexNode> nodes = project.getProjects().stream()
                .map(node -> node.accept(planner.new Results()))
                .toList();
        return RelPlanner.project(nodes, project.getRowType().getFieldNames(), computed);
    }

    private static List<RexOver> calls(Project project) {
        Map<RexOver, Boolean> found = new LinkedHashMap<>();
        RexVisitorImpl<Void> finder = new RexVisitorImpl<>(true) {
            @Override
            public @Nullable Void visitOver(RexOver over) {
                found.put(over, true);
                return null;
            }
        };
        project.getProjects().forEach(node -> node.accept(finder));
        return List.copyOf(found.keySet());
    }

    /** Puts the columns with the results in the places of the calls. */
    private final class Results extends RexShuttle {
        @Override
        public RexNode visitOver(RexOver over) {
            return new RexInputRef(Objects.requireNonNull(positions.get(over)), over.getType());
        }
    }

    private Relation compute(List<RexOver> calls) {
        Map<OverWindow.Key, List<RexOver>> byWindow = new LinkedHashMap<>();
        for (RexOver call : calls) {
            byWindow.computeIfAbsent(OverWindow.Key.of(call), key -> new ArrayList<>())
                    .add(call);
        }
        List<OverWindow> windows = new ArrayList<>();
        byWindow.forEach((key, of) -> {
            for (int from = 0; from < of.size(); from += MAX_CALLS) {
                windows.add(OverWindow.of(of.subList(from, Math.min(of.size(), from + MAX_CALLS)), input));
            }
        });
        // Rows that waited for others come out of the order of their event time, so no node may follow that relies on
        // it.
        windows.sort(Comparator.comparingInt(OverWindow::ahead));
        boolean twice = windows.size() > 1 && windows.get(windows.size() - 2).ahead() == OverWindow.AHEAD_BY_ROWS;
        if (twice && !input.bounded()) {
            throw OverRefusals.twiceAhead(
                    windows.get(windows.size() - 1).calls().get(0));
        }
        if (twice || windows.stream().anyMatch(window -> window.rows() == OverWindow.Rows.WHOLE)) {
            windows.replaceAll(window -> window.rows() == OverWindow.Rows.EVENT_TIME ? window.whole() : window);
        }
        Relation relation = input;
        for (OverWindow window : windows) {
            relation = add(window, relation);
        }
        return windows.stream().anyMatch(window -> window.ahead() > 0 || window.rows() == OverWindow.Rows.WHOLE)
                ? withoutTimes(relation)
                : relation;
    }

    /** Rows that wait leave with another event time than their columns say, or behind the watermark. */
    private static Relation withoutTimes(Relation relation) {
        List<LogicalColumn> columns = relation.columns().stream()
                .map(column -> column.isPending()
                        ? column
                        : new LogicalColumn(column.name(), column.type(), column.nullable(), column.physical(), null))
                .toList();
        return new Relation(relation.node(), columns, relation.bounded());
    }

    private Relation add(OverWindow window, Relation below) {
        OverColumns columns = new OverColumns(below.node().schema());
        Relation original = input.withNode(below.node());
        List<Integer> partition = window.partition(original, columns);
        List<SortKey> order = window.order(original, columns);
        OverExtent extent = window.extent(original, columns);
        List<OverCall> calls = new ArrayList<>();
        for (RexOver call : window.calls()) {
            calls.add(OverCallPlanner.plan(call, original, columns, window.measured(original)));
        }
        PlanNode source = columns.project(below.node());
        List<Field> fields = new ArrayList<>(source.schema().fields());
        List<LogicalColumn> logical = new ArrayList<>(below.columns());
        for (int i = 0; i < calls.size(); i++) {
            OverCall call = calls.get(i);
            Field field = new Field(
                    call.call().function(), call.call().type(), call.call().nullable());
            positions.put(window.calls().get(i), logical.size());
            logical.add(new LogicalColumn(field.name(), field.type(), field.nullable(), fields.size(), null));
            fields.add(field);
        }
        long ttl = input.bounded() ? 0 : settings.values().duration(PipelineSettings.UPDATING_TTL);
        PlanNode node = new OverNode(source, extent, partition, order, calls, ttl, new Schema(fields));
        return new Relation(node, logical, below.bounded());
    }

    /** The columns of the rows that a node looks at: those of the input and what it computes beside them. */
    static final class OverColumns {
        private final List<Expression> expressions = new ArrayList<>();
        private final List<Field> fields = new ArrayList<>();
        private final int width;

        OverColumns(Schema input) {
            width = input.size();
            for (int i = 0; i < width; i++) {
                Field field = input.field(i);
                expressions.add(new Expression.Input(i, field.type(), field.nullable()));
                fields.add(field);
            }
        }

        int add(Expression expression, String name) {
            if (expression instanceof Expression.Input column) {
                return column.index();
            }
            int known = expressions.indexOf(expression);
            if (known >= 0) {
                return known;
            }
            expressions.add(expression);
            fields.add(new Field(name, expression.type(), expression.nullable()));
            return fields.size() - 1;
        }

        PlanNode project(PlanNode input) {
            return fields.size() == width ? input : Relation.project(input, expressions, new Schema(fields));
        }
    }
}
