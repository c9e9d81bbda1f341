package io.laminar.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What all commands take that read a pipeline. */
final class SqlFile {
    @Parameters(paramLabel = "FILE", description = "File with SQL; - reads the standard input.")
    private String file = "-";

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "A setting, as SET in the SQL text would give it. SET in the text overrides it.")
    private Map<String, String> settings = new LinkedHashMap<>();

    SqlSource read(Terminal terminal) {
        return SqlSource.read(file, terminal);
    }

    String name() {
        int slash = Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\'));
        String base = file.substring(slash + 1);
        return base.endsWith(".sql") ? base.substring(0, base.length() - 4) : base.equals("-") ? "pipeline" : base;
    }

    Map<String, String> settings() {
        return settings;
    }
}
