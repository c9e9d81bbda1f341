package io.laminar.cli.remote;

import io.laminar.cli.Terminal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of a connector. */
final class OptionValuesChoice {
    private final Terminal terminal;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "An option of the connector; @FILE reads its value from a file, - asks for it.")
    private @Nullable Map<String, String> options;

    OptionValuesChoice(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Empty if none is given. Asks for what the user wants to be asked for. */
    Optional<Map<String, String>> values() {
        Map<String, String> given = options;
        if (given == null) {
            return Optional.empty();
        }
        Map<String, String> values = new LinkedHashMap<>();
        given.forEach((name, value) -> values.put(name, value(name, value)));
        return Optional.of(values);
    }

    private String value(String name, String given) {
        if (given.equals("-")) {
            return SecretPrompt.read(terminal, name + ": ");
        }
        return given.startsWith("@") ? SecretPrompt.file(given.substring(1)) : given;
    }
}
