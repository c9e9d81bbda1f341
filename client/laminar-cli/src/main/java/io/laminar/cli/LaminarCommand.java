package io.laminar.cli;

import io.laminar.cli.remote.AuditCommand;
import io.laminar.cli.remote.JobCommand;
import io.laminar.cli.remote.LoginCommand;
import io.laminar.cli.remote.LogoutCommand;
import io.laminar.cli.remote.PipelineCommand;
import io.laminar.cli.remote.ProfileCommand;
import io.laminar.cli.remote.StatusCommand;
import io.laminar.cli.remote.TableCommand;
import io.laminar.cli.remote.TokenCommand;
import io.laminar.cli.remote.UdfCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command itself: everything it can do is a subcommand. */
@Command(
        name = "laminar",
        description = {
            "Streaming SQL: queries over data that does not end. Run a file of SQL here, or keep pipelines on a server.",
            "'laminar COMMAND --help' tells more of a command, with examples."
        },
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            RunCommand.class,
            SqlCommand.class,
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
            WorkerCommand.class,
            LoginCommand.class,
            LogoutCommand.class,
            PipelineCommand.class,
            JobCommand.class,
            ProfileCommand.class,
            TableCommand.class,
            UdfCommand.class,
            TokenCommand.class,
            StatusCommand.class,
            AuditCommand.class,
            CompletionCommand.class
        },
        footer = {
            "",
            "Examples:",
            "  laminar run examples/flights.sql",
            "  laminar run -p 2 --state my.state my.sql     Ctrl-C saves the state, the same command goes on",
            "  cat my.sql | laminar run - --output json",
            "  laminar explain my.sql",
            "  laminar serve                                the platform; pipeline, job, profile, table, udf talk to it",
            "  laminar pipeline create -f my.sql --name mine",
            "",
            "Exit codes: 0 done, 1 failed, 2 wrong arguments or SQL."
        })
final class LaminarCommand implements Runnable {
    private static final int WIDEST = 120;

    private final Terminal terminal;

    @Option(
            names = "--debug",
            scope = ScopeType.INHERIT,
            description = "Show where in the program an error comes from.")
    private boolean debug;

    private LaminarCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /** The command with all that it understands, to tell about it. */
    static CommandLine described(Terminal terminal) {
        return grouped(new CommandLine(new LaminarCommand(terminal), new Commands(terminal)));
    }

    private static CommandLine grouped(CommandLine line) {
        CommandGroups.into(line);
        return line;
    }

    /** Runs the command in this process and returns its exit code. */
    static int run(Terminal terminal, String... arguments) {
        LaminarCommand command = new LaminarCommand(terminal);
        CommandLine line = grouped(new CommandLine(command, new Commands(terminal)));
        line.setOut(new java.io.PrintWriter(terminal.out(), true, java.nio.charset.StandardCharsets.UTF_8));
        line.setErr(new java.io.PrintWriter(terminal.err(), true, java.nio.charset.StandardCharsets.UTF_8));
        line.setUsageHelpWidth(Math.min(terminal.width(), WIDEST));
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
        CommandLine line = described(terminal);
        line.setUsageHelpWidth(Math.min(terminal.width(), WIDEST));
        line.usage(terminal.out());
    }

    private int report(Exception failure) {
        return new Failures(terminal, debug).report(failure);
    }
}
