package io.laminar.cli;

import io.laminar.plan.explain.PlanGraph;
import io.laminar.sql.CompiledPipeline;
import java.util.Locale;
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
    private Form format = Form.TEXT;

    /** What a plan can be shown as. */
    private enum Form {
        TEXT,
        JSON,
        DOT,
        SVG;

        /** As it is written, and shown in help. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    ExplainCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        CompiledPipeline pipeline = Planning.compile(file.read(terminal), file.settings());
        pipeline.warnings().forEach(warning -> terminal.err().println("warning: " + warning));
        Explanations.print(pipeline, terminal.out());
        if (!pipeline.plan().sinks().isEmpty()) {
            terminal.out()
                    .println(
                            switch (format) {
                                case TEXT -> Explanations.text(pipeline.plan(), CompiledPipeline.ExplainFormat.TEXT);
                                case JSON -> Explanations.text(pipeline.plan(), CompiledPipeline.ExplainFormat.JSON);
                                case DOT -> Explanations.text(pipeline.plan(), CompiledPipeline.ExplainFormat.DOT);
                                case SVG ->
                                    PlanPicture.of(PlanGraph.of(pipeline.plan()))
                                            .stripTrailing();
                            });
        }
        return ExitCode.DONE;
    }
}
