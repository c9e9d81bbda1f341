package io.laminar.sql;

import io.laminar.plan.StreamPlan;
import io.laminar.sql.stored.StoredUses;
import java.util.List;

/**
 * A pipeline that can run.
 *
 * @param plan what the job computes, after the passes of {@link io.laminar.plan.pass.Optimizer}; without sinks when the text only explains
 * @param explained the statements behind EXPLAIN, in the order of the text
 * @param warnings what is legal and probably not meant
 * @param uses what the text uses of the store
 */
public record CompiledPipeline(StreamPlan plan, List<Explained> explained, List<String> warnings, StoredUses uses) {

    /** How a plan is to be shown. */
    public enum ExplainFormat {
        TEXT,
        JSON,
        DOT
    }

    /** One EXPLAIN. */
    public record Explained(StreamPlan plan, ExplainFormat format) {}
}
