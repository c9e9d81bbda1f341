package io.laminar.cli;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.sql.PipelineErrors;
import org.jspecify.annotations.Nullable;

/** Shows what went wrong, and says which exit code that is. */
final class Failures {
    private final Terminal terminal;
    private final boolean debug;

    /** @param debug whether to show where in the program errors come from */
    Failures(Terminal terminal, boolean debug) {
        this.terminal = terminal;
        this.debug = debug;
    }

    int report(Exception failure) {
        if (failure instanceof SqlFailure sql) {
            new ErrorReport(terminal.err()).print(sql.source(), sql.errors());
            printTrace(sql.getCause());
            return ExitCode.WRONG_INPUT;
        } else if (failure instanceof LaminarException known) {
            new ErrorReport(terminal.err()).print(known);
            if (known.code() == ErrorCode.INTERNAL) {
                internal();
            }
            printTrace(known);
            return known.code() == ErrorCode.USAGE ? ExitCode.WRONG_INPUT : ExitCode.FAILED;
        }
        String what = failure instanceof PipelineErrors ? failure.getMessage() : failure.toString();
        terminal.err().println(ErrorCode.INTERNAL.code() + ": " + ErrorCode.INTERNAL.title() + ": " + what);
        internal();
        printTrace(failure);
        return ExitCode.FAILED;
    }

    private void internal() {
        terminal.err().println("  details: run again with --debug" + LogFile.mention());
    }

    private void printTrace(@Nullable Throwable failure) {
        if (debug && failure != null) {
            failure.printStackTrace(terminal.err());
        }
    }
}
