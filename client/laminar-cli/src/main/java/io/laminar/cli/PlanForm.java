package io.laminar.cli;

import io.laminar.plan.StreamPlan;
import io.laminar.plan.explain.PlanGraph;
import io.laminar.sql.CompiledPipeline;
import java.util.Locale;

/** What a plan can be shown as. */
enum PlanForm {
    TEXT,
    JSON,
    DOT,
    SVG;

    /** A plan in this form. */
    String of(StreamPlan plan) {
        return switch (this) {
            case TEXT -> Explanations.text(plan, CompiledPipeline.ExplainFormat.TEXT);
            case JSON -> Explanations.text(plan, CompiledPipeline.ExplainFormat.JSON);
            case DOT -> Explanations.text(plan, CompiledPipeline.ExplainFormat.DOT);
            case SVG -> PlanPicture.of(PlanGraph.of(plan)).stripTrailing();
        };
    }

    /** As it is written, and shown in help. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
