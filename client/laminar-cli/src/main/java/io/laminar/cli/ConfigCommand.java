package io.laminar.cli;

import io.laminar.plan.PipelineSettings;
import io.laminar.server.settings.ServerOptions;
import io.laminar.spi.option.Option;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The reference of settings. */
@Command(
        name = "config",
        description = "The keys of a server's configuration, and what SET and --set of pipelines take.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  laminar config --output csv",
            "  LAMINAR_SERVER__PORT=8080 laminar serve        server.port; laminar.yaml has it as server: {port: 8080}",
            "  laminar serve --set server.port=8080",
            "  SET checkpoint_interval = '1 s';",
            "  laminar run --set checkpoint_interval='1 s' my.sql"
        })
final class ConfigCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private ReferenceOutput output = new ReferenceOutput();

    /** A setting of pipelines or servers, as data. */
    private record Setting(
            String of, String name, String kind, @Nullable String defaultValue, String description) {
        static Setting of(String of, Option option) {
            Object value = option.defaultValue();
            return new Setting(
                    of,
                    option.name(),
                    Reference.kind(option),
                    value == null ? null : Reference.value(option, value),
                    option.description());
        }
    }

    ConfigCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (!output.isText()) {
            List<Setting> all = new ArrayList<>();
            PipelineSettings.ALL.forEach(option -> all.add(Setting.of("pipeline", option)));
            ServerOptions.ALL.forEach(option -> all.add(Setting.of("server", option)));
            output.print(terminal, all, setting -> true, "of", "name", "kind", "default_value", "description");
            return ExitCode.DONE;
        }
        Reference reference = new Reference(terminal.out());
        reference.heading("Pipelines: SET name = value; in the text, --set name=value of 'laminar run'");
        reference.options(PipelineSettings.ALL);
        terminal.out().println();
        reference.heading("Servers: laminar.yaml, then LAMINAR_SECTION__KEY, then --set of 'laminar serve'");
        reference.options(ServerOptions.ALL);
        return ExitCode.DONE;
    }
}
