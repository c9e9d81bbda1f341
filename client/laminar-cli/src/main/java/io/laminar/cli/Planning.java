package io.laminar.cli;

import io.laminar.flink.catalog.ConnectorCatalog;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.option.Placeholders;
import io.laminar.sql.CompiledPipeline;
import io.laminar.sql.PipelineCompiler;
import io.laminar.sql.PipelineErrors;
import io.laminar.sql.PlannerContext;
import io.laminar.sql.function.FunctionCatalog;
import java.util.List;
import java.util.Map;

/** From SQL text to a plan. */
final class Planning {

    private Planning() {}

    private static PlannerContext context(Map<String, String> settings) {
        return new PlannerContext(new ConnectorCatalog(), FunctionCatalog.installed(), settings)
                .withPlaceholders(Placeholders.of(System.getenv()));
    }

    /** @throws SqlFailure with all errors of the text */
    static CompiledPipeline compile(SqlSource source, Map<String, String> settings) {
        try {
            return PipelineCompiler.compile(source.text(), context(settings));
        } catch (PipelineErrors e) {
            throw new SqlFailure(source, e.errors(), e);
        }
    }

    static List<LaminarException> validate(SqlSource source, Map<String, String> settings) {
        return check(source, settings).errors();
    }

    static PipelineCompiler.Checked check(SqlSource source, Map<String, String> settings) {
        return PipelineCompiler.check(source.text(), context(settings));
    }
}
