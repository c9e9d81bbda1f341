package io.laminar.sql.plan;

import io.laminar.plan.PipelineSettings;
import io.laminar.plan.expression.Expression;
import io.laminar.plan.expression.Operation;
import io.laminar.plan.node.AggregateCall;
import io.laminar.plan.node.AggregateNode;
import io.laminar.plan.node.ChangelogMode;
import io.laminar.plan.node.Emit;
import io.laminar.plan.node.FilterProjectNode;
import io.laminar.plan.node.Phase;
import io.laminar.plan.node.PlanNode;
import io.laminar.plan.node.SortKey;
import io.laminar.plan.node.WindowAggregateNode;
import io.laminar.plan.node.WindowSpec;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.function.SignatureMatch;
import io.laminar.spi.function.UserFunction;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import io.laminar.sql.error.RelPlaces;
import io.laminar.sql.function.AggregateFunction;
import io.laminar.sql.function.OverloadResolution;
import io.laminar.sql.function.UserAggregateFunction;
import io.laminar.sql.function.UserArguments;
import io.laminar.sql.function.WindowOperator;
import io.laminar.sql.plan.Mark.Part;
import io.laminar.sql.type.Operand;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.sql.SqlKind;
import org.jspecify.annotations.Nullable;

/** Plans GROUP BY: over windows if a key is one, otherwise over all rows so far. */
final class AggregatePlanner {
    static final String START = "window_start";
    static final String END = "window_end";
    private static final long MICROSECOND = 1;

    /** What to write instead of an approximation. */
    private static final Map<String, String> EXACT = Map.of(
            "approx_distinct", "count(DISTINCT x)",
            "approx_median", "median(x)",
            "approx_percentile_cont", "percentile_cont(part) WITHIN GROUP (ORDER BY x)",
            "approx_percentile_cont_with_weight", "percentile_cont(part) WITHIN GROUP (ORDER BY x), without weights");

    private final PipelineSettings settings;

    AggregatePlanner(PipelineSettings settings) {
        this.settings = settings;
    }

    Relation plan(Aggregate aggregate, Relation input) {
        return plan(aggregate.getGroupSet().asList(), aggregate.getAggCallList(), input);
    }

    /**
     * The groups of an input: their keys, then the results of calls.
     *
     * @param groups positions of the keys among the input's columns
     */
    Relation plan(List<Integer> groups, List<org.apache.calcite.rel.core.AggregateCall> given, Relation input) {
        Mark.Window window = window(groups, input);
        Columns columns = new Columns();
        List<Integer> keys = new ArrayList<>();
        for (int group : groups) {
            LogicalColumn column = input.column(group);
            if (!isPartOf(window, column)) {
                keys.add(columns.add(column));
            }
        }
        WindowSpec spec = window == null ? null : spec(window, input, columns);
        List<AggregateCall> calls = new ArrayList<>();
        List<Field> results = new ArrayList<>();
        for (org.apache.calcite.rel.core.AggregateCall call : given) {
            AggregateCall planned = located(call, input, columns);
            calls.add(planned);
            results.add(new Field(name(call), planned.type(), planned.nullable()));
        }
        if (window != null && settings.values().has(PipelineSettings.LATE_ROWS)) {
            // Late rows are kept with all their columns, not only those that are aggregated.
            input.columns().stream().filter(column -> !column.isPending()).forEach(columns::add);
        }
        PlanNode source = columns.project(input.node());
        List<Field> fields = new ArrayList<>(source.schema().select(keys).fields());
        fields.addAll(results);
        if (spec == null || window == null) {
            PlanNode node = new AggregateNode(
                    source,
                    keys,
                    calls,
                    Phase.COMPLETE,
                    emit(),
                    settings.values().duration(PipelineSettings.UPDATING_TTL),
                    new Schema(fields));
            return output(node, groups, input, null, input.bounded());
        }
        fields.add(new Field(START, Scalar.TIMESTAMP, false));
        fields.add(new Field(END, Scalar.TIMESTAMP, false));
        PlanNode node = new WindowAggregateNode(
                source, spec, window.time(), keys, calls, Phase.COMPLETE, new Emit.Final(), new Schema(fields));
        return output(node, groups, input, window, input.bounded());
    }

    private Emit emit() {
        return new Emit.Changes(settings.values().duration(PipelineSettings.UPDATING_FLUSH_INTERVAL));
    }

    // Which window --------------------------------------------------------------------------------------------------

    /** The window to group by: one that is still to be assigned, otherwise the one the rows are in. */
    private static Mark.@Nullable Window window(List<Integer> groups, Relation input) {
        Mark.Window pending = null;
        for (int group : groups) {
            Mark.Window found = input.column(group).window();
            if (found == null || found.assigned()) {
                continue;
            }
            if (pending != null && !pending.sameWindow(found)) {
                throw new LaminarException(
                        ErrorCode.MISPLACED_WINDOW,
                        "one GROUP BY has one window, not both " + pending.function() + " and " + found.function(),
                        found.place(),
                        "group by one window, and by the other in a query around it",
                        null);
            }
            pending = found;
        }
        return pending != null ? pending : attached(groups, input);
    }

    private static Mark.@Nullable Window attached(List<Integer> groups, Relation input) {
        for (int group : groups) {
            Mark.Window found = input.column(group).window();
            if (found != null
                    && bound(found, Part.START, input) != null
                    && bound(found, Part.END, input) != null
                    && determines(found.part(), found.spec())) {
                return found;
            }
        }
        return null;
    }

    /** Whether rows that agree in a part of the window agree in the window. */
    static boolean determines(Part part, WindowSpec spec) {
        return switch (part) {
            case STRUCT -> true;
            case START ->
                spec instanceof WindowSpec.Tumble
                        || spec instanceof WindowSpec.TumbleMonths
                        || spec instanceof WindowSpec.Hop;
            case END, TIME -> !(spec instanceof WindowSpec.Session);
        };
    }

    private static boolean isPartOf(Mark.@Nullable Window window, LogicalColumn column) {
        Mark.Window other = column.window();
        return window != null && other != null && window.sameWindow(other);
    }

    private static WindowSpec spec(Mark.Window window, Relation input, Columns columns) {
        if (!window.assigned()) {
            return window.spec();
        }
        int start = columns.add(START, Objects.requireNonNull(bound(window, Part.START, input)));
        int end = columns.add(END, Objects.requireNonNull(bound(window, Part.END, input)));
        return new WindowSpec.Attached(start, end);
    }

    /** The start or end of an assigned window, from whichever column has it; null if none has. */
    static @Nullable Expression bound(Mark.Window window, Part part, Relation input) {
        for (LogicalColumn column : input.columns()) {
            Mark.Window other = column.window();
            if (other == null || !window.sameWindow(other) || column.isPending()) {
                continue;
            }
            if (other.part() == part) {
                return column.input();
            }
            if (other.part() == Part.STRUCT) {
                return ExpressionConverter.member(column.input(), part == Part.START ? 0 : 1);
            }
        }
        return shifted(window, part, input);
    }

    /** The bound computed from the other one, where the width is fixed. */
    private static @Nullable Expression shifted(Mark.Window window, Part part, Relation input) {
        long width = window.spec() instanceof WindowSpec.Tumble tumble
                ? tumble.width()
                : window.spec() instanceof WindowSpec.Hop hop ? hop.width() : 0;
        if (width == 0) {
            return null;
        }
        Part known = part == Part.START ? Part.END : Part.START;
        for (LogicalColumn column : input.columns()) {
            Mark.Window other = column.window();
            if (other != null && window.sameWindow(other) && other.part() == known && !column.isPending()) {
                Operation operation = part == Part.START ? Operation.SUBTRACT : Operation.ADD;
                return ExpressionConverter.operation(
                        operation, List.of(column.input(), new Expression.Literal(width, Scalar.INTERVAL)));
            }
        }
        return null;
    }

    // Calls ---------------------------------------------------------------------------------------------------------

    private static AggregateCall located(
            org.apache.calcite.rel.core.AggregateCall call, Relation input, Columns columns) {
        try {
            return call(call, input, columns);
        } catch (LaminarException e) {
            throw RelPlaces.locate(e, call.getParserPosition());
        }
    }

    private static AggregateCall call(org.apache.calcite.rel.core.AggregateCall call, Relation input, Columns columns) {
        if (call.getAggregation().getKind() == SqlKind.SINGLE_VALUE) {
            LogicalColumn column = input.column(call.getArgList().get(0));
            return new AggregateCall(
                    "single_value", List.of(columns.add(column)), false, null, List.of(), column.type(), true);
        }
        List<Operand> operands = new ArrayList<>();
        for (int argument : call.getArgList()) {
            LogicalColumn column = input.column(argument);
            refusePending(column);
            operands.add(Operand.of(column.type()));
        }
        Callee callee = callee(call, operands, input);
        List<Integer> arguments = new ArrayList<>();
        for (int i = 0; i < callee.parameters().size(); i++) {
            LogicalColumn column = input.column(call.getArgList().get(i));
            arguments.add(columns.add(
                    column.name(),
                    Casts.cast(column.input(), callee.parameters().get(i))));
        }
        Integer filter = call.filterArg < 0 ? null : columns.add(input.column(call.filterArg));
        List<SortKey> order = new ArrayList<>();
        for (RelFieldCollation key : call.getCollation().getFieldCollations()) {
            LogicalColumn column = input.column(key.getFieldIndex());
            refusePending(column);
            order.add(sortKey(key, columns.add(column)));
        }
        return new AggregateCall(
                callee.name(),
                arguments,
                call.isDistinct(),
                filter,
                order,
                callee.result(),
                callee.nullable(),
                callee.user());
    }

    /** What a call computes, from arguments of which types. */
    private record Callee(
            String name,
            List<DataType> parameters,
            DataType result,
            boolean nullable,
            @Nullable UserFunction user) {}

    private static Callee callee(
            org.apache.calcite.rel.core.AggregateCall call, List<Operand> operands, Relation input) {
        if (call.getAggregation() instanceof UserAggregateFunction declared) {
            UserFunction user = declared.function();
            return new Callee(user.name(), UserArguments.check(user, operands), user.result(), true, user);
        }
        if (!(call.getAggregation() instanceof AggregateFunction function)) {
            throw new LaminarException(
                    ErrorCode.UNSUPPORTED_SQL,
                    call.getAggregation().getName().toLowerCase(Locale.ROOT) + " is not supported");
        }
        refuseApproximation(function, input);
        String name = function.declaration().name();
        if (operands.isEmpty() && name.equals("count")) {
            return new Callee(name, List.of(), Scalar.BIGINT, function.nullable(), null);
        }
        SignatureMatch match = OverloadResolution.resolve(function.declaration(), operands);
        return new Callee(name, match.parameters(), match.result(), function.nullable(), null);
    }

    private static void refuseApproximation(AggregateFunction function, Relation input) {
        if (function.isApproximate() && input.node().changelog() != ChangelogMode.APPEND) {
            String name = function.declaration().name();
            throw new LaminarException(
                    ErrorCode.UNSUPPORTED_SQL,
                    name + " cannot take rows back, and the rows it reads change",
                    "use the exact " + EXACT.get(name));
        }
    }

    /** NULLs are the greatest values, as in Postgres, unless said otherwise. */
    static SortKey sortKey(RelFieldCollation key, int column) {
        boolean descending = key.getDirection().isDescending();
        boolean nullsFirst =
                switch (key.nullDirection) {
                    case FIRST -> true;
                    case LAST -> false;
                    default -> descending;
                };
        return new SortKey(column, descending, nullsFirst);
    }

    private static void refusePending(LogicalColumn column) {
        Mark.Window window = column.window();
        if (column.isPending() && window != null) {
            throw ExpressionConverter.misplaced(window.function()).at(window.place());
        }
    }

    private static String name(org.apache.calcite.rel.core.AggregateCall call) {
        String name = call.getName();
        return name == null || name.startsWith("EXPR$")
                ? call.getAggregation().getName().toLowerCase(Locale.ROOT)
                : name;
    }

    // Result --------------------------------------------------------------------------------------------------------

    /** The node's columns in the order of the query: group keys, then results. */
    private static Relation output(
            PlanNode node, List<Integer> groups, Relation input, Mark.@Nullable Window window, boolean bounded) {
        List<Expression> expressions = new ArrayList<>();
        List<LogicalColumn> columns = new ArrayList<>();
        int calls = groups.size()
                - (int) groups.stream()
                        .filter(g -> isPartOf(window, input.column(g)))
                        .count();
        int key = 0;
        for (int group : groups) {
            LogicalColumn column = input.column(group);
            boolean part = isPartOf(window, column);
            Expression expression =
                    part ? windowPart(node, Objects.requireNonNull(column.window())) : column(node, key++);
            Mark mark = part ? Objects.requireNonNull(column.window()).assign() : null;
            columns.add(
                    new LogicalColumn(column.name(), column.type(), expression.nullable(), expressions.size(), mark));
            expressions.add(expression);
        }
        int results = node.schema().size() - calls - (window == null ? 0 : 2);
        for (int i = 0; i < results; i++) {
            Field field = node.schema().field(calls + i);
            columns.add(new LogicalColumn(field.name(), field.type(), field.nullable(), expressions.size(), null));
            expressions.add(column(node, calls + i));
        }
        Schema schema = new Schema(columns.stream().map(LogicalColumn::field).toList());
        return new Relation(Relation.project(node, expressions, schema), columns, bounded);
    }

    private static Expression column(PlanNode node, int index) {
        Field field = node.schema().field(index);
        return new Expression.Input(index, field.type(), field.nullable());
    }

    private static Expression windowPart(PlanNode node, Mark.Window window) {
        Expression start = column(node, node.schema().size() - 2);
        Expression end = column(node, node.schema().size() - 1);
        return switch (window.part()) {
            case START -> start;
            case END -> end;
            case TIME ->
                ExpressionConverter.operation(
                        Operation.SUBTRACT, List.of(end, new Expression.Literal(MICROSECOND, Scalar.INTERVAL)));
            case STRUCT -> new Expression.Call(Operation.STRUCT, List.of(start, end), WindowOperator.TYPE, false);
        };
    }

    /** The columns an aggregation reads, each once. */
    private static final class Columns {
        private final List<Expression> expressions = new ArrayList<>();
        private final List<Field> fields = new ArrayList<>();

        int add(LogicalColumn column) {
            refusePending(column);
            return add(column.name(), column.input());
        }

        int add(String name, Expression expression) {
            int known = expressions.indexOf(expression);
            if (known >= 0) {
                return known;
            }
            expressions.add(expression);
            fields.add(new Field(name, expression.type(), expression.nullable()));
            return expressions.size() - 1;
        }

        PlanNode project(PlanNode input) {
            Schema schema = new Schema(fields);
            return fields.isEmpty()
                    ? new FilterProjectNode(input, null, List.of(), null, schema)
                    : Relation.project(input, expressions, schema);
        }
    }
}
