package io.laminar.cli;

import io.laminar.plan.PipelineSettings;
import io.laminar.server.settings.ServerOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** The reference of settings. */
@Command(
        name = "config",
        description = "The keys of a server's configuration, and what SET and --set of pipelines take.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  LAMINAR_SERVER__PORT=8080 laminar serve        server.port; laminar.yaml has it as server: {port: 8080}",
            "  laminar serve --set server.port=8080",
            "  SET checkpoint_interval = '1 s';",
            "  laminar run --set checkpoint_interval='1 s' my.sql"
        })
final class ConfigCommand implements Callable<Integer> {
    private final Terminal terminal;

    ConfigCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Reference reference = new Reference(terminal.out());
        reference.heading("Pipelines: SET name = value; in the text, --set name=value of 'laminar run'");
        reference.options(PipelineSettings.ALL);
        terminal.out().println();
        reference.heading("Servers: laminar.yaml, then LAMINAR_SECTION__KEY, then --set of 'laminar serve'");
        reference.options(ServerOptions.ALL);
        return ExitCode.DONE;
    }
}
