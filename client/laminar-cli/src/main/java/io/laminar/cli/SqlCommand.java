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
            "",
            "Statements run here, in this process, unless you say otherwise: --server and, in the shell, \\connect run",
            "them on a server, with its stored tables, profiles and functions. Without URL that is LAMINAR_SERVER, or the",
            "server of the last 'laminar login', or http://localhost:5115. A login alone changes nothing: the same",
            "statements give the same rows wherever you are logged in.",
            "",
            "Without a terminal, statements are read from the standard input; the first error ends it.",
            "",
            "Examples:",
            "  laminar sql                                   here, in this process",
            "  laminar sql --server                          on the server you are logged in to",
            "  laminar sql --server http://localhost:5115    on a server, with its tables and functions",
            "  laminar sql --output csv < statements.sql",
            "",
            "Exit codes: 0 done, 1 failed, 2 wrong arguments or SQL."
        })
final class SqlCommand implements Callable<Integer> {
    private static final String HERE = "-";

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
        Queries queries = queries(server == null ? HERE : server);
        try (Shell shell = new Shell(terminal, queries, this::queries, output)) {
            if (terminal.inIsTerminal()) {
                if (queries instanceof EmbeddedQueries embedded) {
                    embedded.warmUp();
                }
                interactive(shell, greeting(queries));
            } else {
                Interrupts.handle(() -> {
                    shell.interrupt();
                    Runtime.getRuntime().halt(ExitCode.FAILED);
                });
                shell.run("<stdin>");
            }
        }
        return ExitCode.DONE;
    }

    /** @param address of a server; empty for the usual one, {@code -} for this process */
    private Queries queries(String address) {
        return address.equals(HERE)
                ? new EmbeddedQueries(terminal, settings, parallelism)
                : new RemoteQueries(ServerChoice.client(terminal, address.isEmpty() ? null : address), terminal);
    }

    private String greeting(Queries queries) {
        String where = queries instanceof EmbeddedQueries
                ? ServerChoice.chosen(terminal)
                        .map(address -> "; \\connect runs statements on " + address)
                        .orElse("")
                : "; statements run " + queries.place();
        return "Laminar " + Version.of(Version.class) + "  \\h helps, \\q quits" + where;
    }

    private void interactive(Shell shell, String greeting) throws InterruptedException {
        try (org.jline.terminal.Terminal keyboard = InteractiveShell.keyboard()) {
            Path history = ServerChoice.configuration(terminal).resolve("history");
            Failures failures = new Failures(terminal, false);
            terminal.out().println(greeting);
            terminal.out().flush();
            new InteractiveShell(
                            keyboard,
                            shell,
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
