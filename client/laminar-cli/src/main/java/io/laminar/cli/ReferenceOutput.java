package io.laminar.cli;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.laminar.cli.output.OutputFormat;
import io.laminar.cli.remote.ResourcePrinter;
import io.laminar.server.reference.Reference;
import java.util.List;
import java.util.function.Predicate;
import picocli.CommandLine.Option;

/** How a reference is printed: as text for people, or as data, which is the same that a server gives. */
final class ReferenceOutput {
    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    @Option(
            names = "--output",
            paramLabel = "FORMAT",
            description = "How it is printed: ${COMPLETION-CANDIDATES}. Default: table, a text.")
    private OutputFormat output = OutputFormat.TABLE;

    /** What this build has. */
    static Reference reference() {
        return new Reference(Version.of(Version.class));
    }

    boolean isText() {
        return output == OutputFormat.TABLE;
    }

    /** Prints those entries that are wanted, as data. */
    <T> void print(Terminal terminal, List<T> entries, Predicate<T> wanted, String... columns) {
        new ResourcePrinter(output, terminal.out(), 0, JSON)
                .list(entries.stream().filter(wanted).toList(), columns);
    }
}
