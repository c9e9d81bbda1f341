package io.laminar.sql.plan;

import io.laminar.plan.PipelineSettings;
import io.laminar.plan.node.ChangelogMode;
import io.laminar.plan.node.DeduplicateNode;
import io.laminar.plan.node.Emit;
import io.laminar.plan.node.FilterProjectNode;
import io.laminar.plan.node.PlanNode;
import io.laminar.plan.node.TopNNode;
import io.laminar.plan.node.WindowAggregateNode;
import io.laminar.plan.node.WindowTopNNode;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.sql.parser.ddl.EmitQuery;
import io.laminar.sql.type.IntervalLiterals;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.jspecify.annotations.Nullable;

/** Plans EMIT: when the results of a query leave. */
final class EmitPlanner {
    private final PipelineSettings settings;

    EmitPlanner(PipelineSettings settings) {
        this.settings = settings;
    }

    /** @param emit null for what the query does by itself */
    Relation plan(Relation query, @Nullable EmitQuery emit) {
        if (emit == null) {
            return query;
        }
        return switch (emit.mode()) {
            case FINAL -> finalRows(query);
            case CHANGES -> {
                long interval = settings.values().duration(PipelineSettings.UPDATING_FLUSH_INTERVAL);
                yield canChange(query.node()) ? changes(query, interval) : query;
            }
            case EVERY -> every(query, interval(emit));
        };
    }

    private static long interval(EmitQuery emit) {
        return emit.interval() instanceof SqlIntervalLiteral interval
                ? IntervalLiterals.micros(interval)
                        .filter(micros -> micros >= 0)
                        .orElseThrow(() -> new LaminarException(
                                ErrorCode.INVALID_LITERAL, "EMIT EVERY takes days or shorter, not months"))
                : 0;
    }

    private static Relation finalRows(Relation query) {
        if (query.node().changelog() != ChangelogMode.APPEND && !query.bounded()) {
            throw new LaminarException(
                    ErrorCode.UNSUPPORTED_SQL,
                    "EMIT FINAL needs windows, or sources that end: this query never knows its last rows",
                    "group by a window");
        }
        return FinalRows.of(query);
    }

    private Relation every(Relation query, long interval) {
        if (canChange(query.node())) {
            return changes(query, interval);
        }
        if (query.node().changelog() == ChangelogMode.APPEND) {
            throw new LaminarException(
                    ErrorCode.UNSUPPORTED_SQL,
                    "this query gives each row once; there is nothing to give early",
                    "leave EMIT out");
        }
        throw new LaminarException(
                ErrorCode.UNSUPPORTED_SQL,
                "EMIT EVERY sets when an aggregation, a window or a ranking at the end of a query gives its changes;"
                        + " this query ends in something else",
                "set updating_flush_interval for the whole pipeline, or put the aggregation last");
    }

    /** Whether EMIT says when the last node of a query gives its changes. */
    private static boolean canChange(PlanNode node) {
        if (node instanceof FilterProjectNode) {
            return canChange(node.inputs().get(0));
        }
        if (node instanceof WindowTopNNode top) {
            return endsInWindow(top.input());
        }
        boolean first = node instanceof DeduplicateNode rows && rows.keep() == DeduplicateNode.Keep.FIRST;
        return FinalRows.emitsLast(node) && !first;
    }

    private static boolean endsInWindow(PlanNode node) {
        return node instanceof FilterProjectNode
                ? endsInWindow(node.inputs().get(0))
                : node instanceof WindowAggregateNode;
    }

    private Relation changes(Relation query, long interval) {
        return query.withNode(changes(query.node(), interval));
    }

    private PlanNode changes(PlanNode node, long interval) {
        if (node instanceof FilterProjectNode) {
            return node.withInputs(List.of(changes(node.inputs().get(0), interval)));
        }
        if (node instanceof WindowTopNNode top) {
            return ofOpenWindows(top, changes(top.input(), interval));
        }
        return FinalRows.withEmit(node, new Emit.Changes(interval));
    }

    /**
     * The first rows of windows that change are those of a partition that the window is part of; it is forgotten after
     * the time to live, since nothing comes for a window that has closed.
     */
    private PlanNode ofOpenWindows(WindowTopNNode top, PlanNode input) {
        List<Integer> partition = new ArrayList<>(top.partition());
        partition.add(top.window().startColumn());
        partition.add(top.window().endColumn());
        return new TopNNode(
                input,
                partition,
                top.order(),
                top.function(),
                top.first(),
                top.last(),
                top.withRank(),
                new Emit.Changes(0),
                settings.values().duration(PipelineSettings.UPDATING_TTL),
                top.schema());
    }
}
