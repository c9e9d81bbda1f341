package io.laminar.cli.remote;

import io.laminar.cli.SqlSource;
import io.laminar.cli.Terminal;
import picocli.CommandLine.Option;

/** The SQL that something is created from. */
final class SqlFileOption {
    private final Terminal terminal;

    @Option(
            names = {"-f", "--file"},
            required = true,
            paramLabel = "FILE",
            description = "File with the SQL; - reads the standard input.")
    private String file = "";

    SqlFileOption(Terminal terminal) {
        this.terminal = terminal;
    }

    SqlText read() {
        return new SqlText(SqlSource.read(file, terminal));
    }
}
