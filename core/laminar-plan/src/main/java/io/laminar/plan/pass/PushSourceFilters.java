package io.laminar.plan.pass;

import io.laminar.plan.SourceFiltering;
import io.laminar.plan.StreamPlan;
import io.laminar.plan.expression.Expression;
import io.laminar.plan.expression.Expression.Input;
import io.laminar.plan.node.ChangelogMode;
import io.laminar.plan.node.PlanNode;
import io.laminar.plan.node.SourceNode;
import io.laminar.spi.filter.ColumnCondition;
import io.laminar.spi.filter.SourceFilter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Tells sources which rows any of their readers wants. The conditions stay in the plan: a source leaves out what it can
 * tell cheaply. Watermarks follow from all rows, so where something waits for them the source has to know how far time went in the
 * rows it leaves out. That is a question of one column, or of the source's own time; where watermarks are computed in
 * another way, all rows are read.
 */
public final class PushSourceFilters implements PlanPass {
    private final SourceFiltering filtering;

    public PushSourceFilters(SourceFiltering filtering) {
        this.filtering = filtering;
    }

    @Override
    public StreamPlan apply(StreamPlan plan) {
        Consumers consumers = new Consumers(plan);
        WantedRows wanted = new WantedRows(consumers);
        Set<PlanNode> timed = aheadOfTimers(consumers.sourcesFirst());
        return Rewrite.of(
                plan,
                node -> node instanceof SourceNode source
                        ? filtered(source, wanted.of(source), timed.contains(source))
                        : node);
    }

    /** The nodes whose rows reach one for which they can be too late: it depends on watermarks. */
    private static Set<PlanNode> aheadOfTimers(List<PlanNode> nodes) {
        Deque<PlanNode> open = new ArrayDeque<>();
        nodes.stream().filter(node -> !node.lateInputs().isEmpty()).forEach(open::add);
        Set<PlanNode> ahead = new HashSet<>();
        while (!open.isEmpty()) {
            for (PlanNode input : open.pop().inputs()) {
                if (ahead.add(input)) {
                    open.push(input);
                }
            }
        }
        return ahead;
    }

    private SourceNode filtered(SourceNode source, List<ColumnCondition> wanted, boolean timed) {
        Expression rowtime = source.watermark().rowtime();
        boolean simple = source.watermark().watermark() == null && (rowtime == null || rowtime instanceof Input);
        if (wanted.isEmpty() || source.changelog() != ChangelogMode.APPEND || (timed && !simple)) {
            return source;
        }
        List<ColumnCondition> used = wanted.stream()
                .filter(c -> filtering.uses(source.table(), c, timed))
                .toList();
        String time = timed && rowtime instanceof Input input
                ? source.schema().field(input.index()).name()
                : null;
        SourceFilter filter = used.isEmpty() ? SourceFilter.NONE : new SourceFilter(used, timed, time);
        return new SourceNode(
                source.table().withFilter(filter), source.watermark(), source.bounded(), source.changelog());
    }
}
