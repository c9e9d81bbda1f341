package io.laminar.cli;

import io.laminar.plan.StreamPlan;
import io.laminar.plan.explain.ExplainTree;
import io.laminar.plan.explain.PlanGraph;
import io.laminar.sql.CompiledPipeline;
import java.io.PrintStream;

/** Plans as text. */
final class Explanations {

    private Explanations() {}

    /** Prints the plans of the EXPLAIN statements of a pipeline. */
    static void print(CompiledPipeline pipeline, PrintStream out) {
        for (CompiledPipeline.Explained explained : pipeline.explained()) {
            out.println(text(explained.plan(), explained.format()));
        }
    }

    static String text(StreamPlan plan, CompiledPipeline.ExplainFormat format) {
        String text =
                switch (format) {
                    case TEXT -> ExplainTree.of(plan);
                    case JSON -> PlanGraph.of(plan).json();
                    case DOT -> PlanGraph.of(plan).dot();
                };
        return text.stripTrailing();
    }
}
