package io.laminar.cli;

import io.laminar.connector.Connector;
import io.laminar.connector.Connectors;
import io.laminar.connector.TableUse;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The reference of connectors. */
@Command(
        name = "connectors",
        description = "What tables can read and write, with all options.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  laminar connectors",
            "  laminar connectors filesystem",
            "  laminar connectors kafka --output json"
        })
final class ConnectorsCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private ReferenceOutput output = new ReferenceOutput();

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "Show the options of one connector.")
    private @Nullable String name;

    ConnectorsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (!output.isText()) {
            String wanted = name == null ? null : Connectors.named(name).name();
            output.print(
                    terminal,
                    ReferenceOutput.reference().connectors().data(),
                    connector -> wanted == null || wanted.equals(connector.name()),
                    "name",
                    "uses",
                    "capabilities",
                    "description");
            return ExitCode.DONE;
        }
        Reference reference = new Reference(terminal.out());
        if (name == null) {
            for (Connector connector : Connectors.all()) {
                reference.entry(connector.name() + " (" + uses(connector) + ")", connector.description());
            }
            return ExitCode.DONE;
        }
        Connector connector = Connectors.named(name);
        reference.heading(connector.name() + " (" + uses(connector) + "): " + connector.description());
        reference.heading("Format: " + connector.formatUse().name().toLowerCase(Locale.ROOT));
        if (!connector.capabilities().isEmpty()) {
            reference.heading("Can: " + Reference.capabilities(connector));
        }
        if (!connector.options().isEmpty()) {
            reference.heading("Options:");
            reference.options(connector.options());
        }
        if (!connector.metadata().isEmpty()) {
            reference.heading("Metadata columns:");
            connector
                    .metadata()
                    .forEach(field ->
                            reference.entry(field.key() + " " + field.type().sql(), field.description()));
        }
        return ExitCode.DONE;
    }

    private static String uses(Connector connector) {
        return connector.uses().stream()
                .sorted()
                .map(TableUse::name)
                .map(use -> use.toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }
}
