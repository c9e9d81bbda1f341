package io.laminar.cli;

import io.laminar.cli.output.OutputFormat;
import io.laminar.cli.remote.RemoteQueries;
import io.laminar.cli.remote.ServerChoice;
import io.laminar.cli.shell.InteractiveShell;
import io.laminar.cli.shell.Queries;
import io.laminar.cli.shell.Shell;
import io.laminar.plan.PipelineSettings;
import io.laminar.spi.option.Option;
import io.laminar.sql.function.FunctionCatalog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;

/** The shell. */
@Command(
        name = "sql",
        description = "An interactive shell: statements are run one after the other, what is declared stays.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Statements end with ';'. A SELECT shows its rows as they come; on a terminal a result that changes is one",
            "table that changes. Ctrl-C stops the query, not the shell. \\h lists the commands, \\q quits.",
            "What is typed is kept in ~/.config/laminar/history.",
            "Without a terminal, statements are read from the standard input; the first error ends it.",
            "",
            "Examples:",
            "  laminar sql                                   here, in this process",
            "  laminar sql --server http://localhost:5115    on a server, with its tables and functions",
            "  laminar sql --output csv < statements.sql",
            "",
            "Exit codes: 0 done, 1 failed, 2 wrong arguments or SQL."
        })
final class SqlCommand implements Callable<Integer> {
    private final Terminal terminal;

    @picocli.CommandLine.Option(
            names = "--server",
            arity = "0..1",
            fallbackValue = "",
            paramLabel = "URL",
            description = "Run on a server; without URL on the one of LAMINAR_SERVER or the last 'laminar login'.")
    private @Nullable String server;

    @picocli.CommandLine.Option(
            names = {"-p", "--parallelism"},
            paramLabel = "N",
            description = "Subtasks of every operator, when queries run here.")
    private @Nullable Integer parallelism;

    @picocli.CommandLine.Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "A setting, as SET would give it, when queries run here.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @picocli.CommandLine.Option(
            names = "--output",
            paramLabel = "FORMAT",
            description = "How rows are printed: ${COMPLETION-CANDIDATES}. Default: table.")
    private OutputFormat output = OutputFormat.TABLE;

    SqlCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        LogFile.choose(null);
        LoggerFactory.getILoggerFactory();
        try (Queries queries = queries()) {
            if (terminal.inIsTerminal()) {
                if (queries instanceof EmbeddedQueries here) {
                    here.warmUp();
                }
                interactive(queries);
            } else {
                Interrupts.handle(() -> {
                    queries.interrupt();
                    Runtime.getRuntime().halt(ExitCode.FAILED);
                });
                new Shell(terminal, queries, output).run("<stdin>");
            }
        }
        return ExitCode.DONE;
    }

    private Queries queries() {
        return server == null
                ? new EmbeddedQueries(terminal, settings, parallelism)
                : new RemoteQueries(ServerChoice.client(terminal, server.isEmpty() ? null : server), terminal);
    }

    private void interactive(Queries queries) throws InterruptedException {
        try (org.jline.terminal.Terminal keyboard =
                TerminalBuilder.builder().name("laminar").system(true).build()) {
            Path history = ServerChoice.configuration(terminal).resolve("history");
            Failures failures = new Failures(terminal, false);
            Shell shell = new Shell(terminal, queries, output);
            terminal.out().println("Laminar " + Version.of(Version.class) + "  \\h helps, \\q quits");
            terminal.out().flush();
            new InteractiveShell(
                            keyboard,
                            shell,
                            queries,
                            history,
                            FunctionCatalog.installed().names(),
                            PipelineSettings.ALL.stream().map(Option::name).toList(),
                            failures::report)
                    .run(terminal.out());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
