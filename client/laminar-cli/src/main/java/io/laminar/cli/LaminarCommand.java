package io.laminar.cli;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.sql.PipelineErrors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command itself: everything it can do is a subcommand. */
@Command(
        name = "laminar",
        description = "Streaming SQL on real data.",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            RunCommand.class,
            ExplainCommand.class,
            ValidateCommand.class,
            FunctionsCommand.class,
            ConnectorsCommand.class,
            FormatsCommand.class,
            ConfigCommand.class,
            CoordinatorCommand.class,
            JobsCommand.class,
            SavepointsCommand.class,
            ServeCommand.class,
            WorkerCommand.class
        },
        footer = {
            "",
            "Examples:",
            "  laminar run examples/flights.sql",
            "  laminar run -p 2 --state my.state my.sql     Ctrl-C saves the state, the same command goes on",
            "  cat my.sql | laminar run - --output json",
            "  laminar explain my.sql",
            "",
            "Exit codes: 0 done, 1 failed, 2 wrong arguments or SQL."
        })
final class LaminarCommand implements Runnable {
    private final Terminal terminal;

    @Option(
            names = "--debug",
            scope = ScopeType.INHERIT,
            description = "Show where in the program an error comes from.")
    private boolean debug;

    private LaminarCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Runs the command in this process and returns its exit code. */
    static int run(Terminal terminal, String... arguments) {
        LaminarCommand command = new LaminarCommand(terminal);
        CommandLine line = new CommandLine(command, new Commands(terminal));
        line.setOut(new java.io.PrintWriter(terminal.out(), true, java.nio.charset.StandardCharsets.UTF_8));
        line.setErr(new java.io.PrintWriter(terminal.err(), true, java.nio.charset.StandardCharsets.UTF_8));
        line.setUsageHelpWidth(Math.min(terminal.width(), 120));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler((failure, where, parsed) -> command.report(failure));
        line.setParameterExceptionHandler((wrong, given) -> {
            terminal.err().println("laminar: " + wrong.getMessage());
            if (!CommandLine.UnmatchedArgumentException.printSuggestions(wrong, line.getErr())) {
                terminal.err()
                        .println("See '"
                                + wrong.getCommandLine().getCommandSpec().qualifiedName() + " --help'.");
            }
            return ExitCode.WRONG_INPUT;
        });
        return line.execute(arguments);
    }

    @Override
    public void run() {
        new CommandLine(this, new Commands(terminal)).usage(terminal.out());
    }

    private int report(Exception failure) {
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

    private void printTrace(@org.jspecify.annotations.Nullable Throwable failure) {
        if (debug && failure != null) {
            failure.printStackTrace(terminal.err());
        }
    }
}
