package io.laminar.sql;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.sql.error.ErrorCollector;
import io.laminar.sql.parser.ParseResult;
import io.laminar.sql.parser.ParsedStatement;
import io.laminar.sql.parser.PipelineParser;
import io.laminar.sql.plan.Pipeline;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** SQL text to plan. */
public final class PipelineCompiler {

    private PipelineCompiler() {}

    /**
     * Plans a pipeline.
     *
     * @throws PipelineErrors with all errors of the text
     */
    public static CompiledPipeline compile(String sql, PlannerContext context) {
        ErrorCollector errors = new ErrorCollector();
        CompiledPipeline pipeline = plan(sql, context, errors);
        if (errors.isEmpty()
                && pipeline.plan().sinks().isEmpty()
                && pipeline.explained().isEmpty()) {
            errors.add(new LaminarException(
                    ErrorCode.EMPTY_PIPELINE,
                    "the text declares things but runs nothing",
                    "add an INSERT INTO ... SELECT, or a SELECT"));
        }
        if (!errors.isEmpty()) {
            throw new PipelineErrors(errors.all());
        }
        return pipeline;
    }

    /** All errors of a text, in the order of their places; a text that only declares things has none. */
    public static List<LaminarException> validate(String sql, PlannerContext context) {
        return check(sql, context).errors();
    }

    /**
     * What a text is.
     *
     * @param pipeline null if there are errors; without sinks if the text only declares or explains things
     * @param errors all of them, in the order of their places
     */
    public record Checked(@Nullable CompiledPipeline pipeline, List<LaminarException> errors) {}

    /** Plans a text that need not run anything. */
    public static Checked check(String sql, PlannerContext context) {
        ErrorCollector errors = new ErrorCollector();
        CompiledPipeline pipeline = plan(sql, context, errors);
        return new Checked(errors.isEmpty() ? pipeline : null, errors.all());
    }

    private static CompiledPipeline plan(String sql, PlannerContext context, ErrorCollector errors) {
        ParseResult parsed = PipelineParser.parseAll(sql);
        parsed.errors().forEach(errors::add);
        Pipeline pipeline = new Pipeline(context, errors, parsed, Definitions.lines(sql));
        for (ParsedStatement statement : parsed.statements()) {
            pipeline.add(statement);
        }
        return pipeline.finish();
    }
}
