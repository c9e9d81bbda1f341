package io.laminar.cli.remote;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** What a command says that cannot do anything without a subcommand. */
final class Usage {

    private Usage() {}

    static void print(@Nullable CommandSpec spec) {
        var line = Objects.requireNonNull(spec).commandLine();
        line.usage(line.getOut());
    }
}
