package io.laminar.cli;

import io.laminar.flink.runtime.Savepoint;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Lists savepoints. */
@Command(
        name = "savepoints",
        description = "List the savepoints in a folder, the latest first.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "'laminar run --from FOLDER my.sql' starts from one; it may be started from any number of times.",
            "",
            "Example:",
            "  laminar savepoints /shared/savepoints"
        })
final class SavepointsCommand implements Callable<Integer> {
    private static final double MEBIBYTE = 1 << 20;
    private final Terminal terminal;

    @Parameters(paramLabel = "DIR", description = "A folder savepoints were written to, local or s3://...")
    private String folder = "";

    SavepointsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        List<Savepoint> savepoints = Savepoint.in(folder);
        if (savepoints.isEmpty()) {
            terminal.err()
                    .println("No savepoints in '" + folder + "'. 'laminar jobs savepoint ID --to DIR' takes one.");
        }
        for (Savepoint savepoint : savepoints) {
            terminal.out()
                    .printf(
                            Locale.ROOT,
                            "%s  %10.1f MB  %s  %s%n",
                            savepoint.taken().truncatedTo(ChronoUnit.SECONDS),
                            savepoint.bytes() / MEBIBYTE,
                            savepoint.job(),
                            savepoint.path());
        }
        return ExitCode.DONE;
    }
}
