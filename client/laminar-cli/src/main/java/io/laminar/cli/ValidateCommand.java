package io.laminar.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.laminar.cli.output.OutputFormat;
import io.laminar.cli.remote.ResourcePrinter;
import io.laminar.server.planning.QueryPlanner;
import io.laminar.sql.CompiledPipeline;
import io.laminar.sql.PipelineCompiler;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Checks a pipeline without running it. */
@Command(
        name = "validate",
        description = "Check a pipeline without running it: every error with its place, or the graph of its operators.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "As json the answer is that of a server: valid, errors, warnings, uses, graph. As dot or svg it",
            "is the graph alone.",
            "",
            "Exit codes: 0 if there is no error, 2 otherwise.",
            "",
            "Examples:",
            "  laminar validate my.sql",
            "  laminar validate my.sql --format json | jq '.errors[].details.line'",
            "  laminar validate my.sql --format svg > my.svg"
        })
final class ValidateCommand implements Callable<Integer> {
    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
            .build();

    private final Terminal terminal;

    @Mixin
    private SqlFile file = new SqlFile();

    @Option(names = "--format", paramLabel = "FORMAT", description = "${COMPLETION-CANDIDATES}. Default: text.")
    private PlanForm format = PlanForm.TEXT;

    ValidateCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        SqlSource source = file.read(terminal);
        PipelineCompiler.Checked checked = Planning.check(source, file.settings());
        CompiledPipeline pipeline = checked.pipeline();
        if (format == PlanForm.JSON) {
            new ResourcePrinter(OutputFormat.JSON, terminal.out(), 0, JSON)
                    .list(List.of(
                            pipeline == null ? QueryPlanner.invalid(checked.errors()) : QueryPlanner.valid(pipeline)));
            return pipeline == null ? ExitCode.WRONG_INPUT : ExitCode.DONE;
        }
        if (pipeline == null) {
            new ErrorReport(terminal.err()).print(source, checked.errors());
            return ExitCode.WRONG_INPUT;
        }
        pipeline.warnings().forEach(warning -> terminal.err().println("warning: " + warning));
        terminal.out().println(format == PlanForm.TEXT ? source.name() + ": no errors" : format.of(pipeline.plan()));
        return ExitCode.DONE;
    }
}
