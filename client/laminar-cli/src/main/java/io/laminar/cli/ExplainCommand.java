package io.laminar.cli;

import io.laminar.sql.CompiledPipeline;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows how a pipeline would run. */
@Command(
        name = "explain",
        description = "Show how a pipeline would run: operators, exchanges, changes, state.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  laminar explain my.sql",
            "  laminar explain my.sql --format svg > my.svg",
            "  laminar explain my.sql --format json | jq '.nodes[].name'",
            "  laminar explain my.sql --format dot | dot -Tpng > my.png"
        })
final class ExplainCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private SqlFile file = new SqlFile();

    @Option(names = "--format", paramLabel = "FORMAT", description = "${COMPLETION-CANDIDATES}. Default: text.")
    private PlanForm format = PlanForm.TEXT;

    ExplainCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        CompiledPipeline pipeline = Planning.compile(file.read(terminal), file.settings());
        pipeline.warnings().forEach(warning -> terminal.err().println("warning: " + warning));
        Explanations.print(pipeline, terminal.out());
        if (!pipeline.plan().sinks().isEmpty()) {
            terminal.out().println(format.of(pipeline.plan()));
        }
        return ExitCode.DONE;
    }
}
