package io.laminar.cli;

import io.laminar.plan.PipelineSettings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** The reference of settings. */
@Command(
        name = "config",
        description = "What SET and --set take.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
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
        new Reference(terminal.out()).options(PipelineSettings.ALL);
        return ExitCode.DONE;
    }
}
