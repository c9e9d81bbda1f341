package io.laminar.cli;

import io.laminar.spi.error.LaminarException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Checks a pipeline without running it. */
@Command(
        name = "validate",
        description = "Check a pipeline without running it: every error with its place.",
        mixinStandardHelpOptions = true,
        footer = {"", "Exit codes: 0 if there is no error, 2 otherwise.", "", "Example:", "  laminar validate my.sql"})
final class ValidateCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private SqlFile file = new SqlFile();

    ValidateCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        SqlSource source = file.read(terminal);
        List<LaminarException> errors = Planning.validate(source, file.settings());
        if (errors.isEmpty()) {
            terminal.out().println(source.name() + ": no errors");
            return ExitCode.DONE;
        }
        new ErrorReport(terminal.err()).print(source, errors);
        return ExitCode.WRONG_INPUT;
    }
}
