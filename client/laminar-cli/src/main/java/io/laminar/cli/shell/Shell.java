package io.laminar.cli.shell;

import io.laminar.cli.SqlFailure;
import io.laminar.cli.SqlSource;
import io.laminar.cli.Terminal;
import io.laminar.cli.output.OutputFormat;
import io.laminar.cli.output.TextTable;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.error.NearestName;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/** Carries out statements and commands one after the other. */
public final class Shell implements AutoCloseable {
    private static final List<String> COMMANDS = List.of("\\connect", "\\d", "\\h", "\\output", "\\q", "\\timing");
    private static final String HELP = """
            Statements end with a semicolon and may have several lines.
            CREATE and SET stay for what follows; SELECT shows rows, INSERT INTO writes them. Ctrl-C stops a query.

              \\connect URL   run on a server, with its tables, profiles and functions; without URL on the one of
                             'laminar login'; \\connect - runs here
              \\d             tables and views
              \\d NAME        columns of a table
              \\output FORMAT table, json or csv
              \\timing        tell how long statements take, or no longer
              \\h             this help
              \\q             quit (Ctrl-D)
            """;

    private final Terminal terminal;
    private final Function<String, Queries> connections;
    private final Session session = new Session();
    private volatile Queries queries;
    private OutputFormat format;
    private boolean timing;
    private boolean over;

    /**
     * @param queries where statements are run at first
     * @param connections gives other places for them: by the address of a server, empty for the usual one, {@code -} for
     *     this process
     */
    public Shell(Terminal terminal, Queries queries, Function<String, Queries> connections, OutputFormat format) {
        this.terminal = terminal;
        this.queries = queries;
        this.connections = connections;
        this.format = format;
    }

    /** Stops the statement that runs. Called by any thread. */
    public void interrupt() {
        queries.interrupt();
    }

    @Override
    public void close() {
        queries.close();
    }

    /** What was declared stays: it stands before every statement, wherever that is run. */
    private void connect(String address) {
        Queries next = connections.apply(address);
        String where;
        try {
            where = next.place();
            next.stored();
        } catch (RuntimeException e) {
            next.close();
            throw e;
        }
        queries.close();
        queries = next;
        terminal.err().println("statements run " + where);
    }

    /**
     * Carries out a text that is read to its end; the first error ends it.
     *
     * @throws SqlFailure with errors of a statement, at their places in the text
     */
    public void run(String name) throws InterruptedException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(terminal.in(), StandardCharsets.UTF_8));
        StringBuilder all = new StringBuilder();
        StringBuilder pending = new StringBuilder();
        int read = 0;
        int firstLine = 1;
        try {
            for (String line = lines.readLine(); line != null && !over; line = lines.readLine()) {
                all.append(line).append('\n');
                pending.append(line).append('\n');
                read++;
                // A line without an end of a statement cannot complete one.
                if ((line.indexOf(';') >= 0 || line.indexOf('\\') >= 0) && Statement.isComplete(pending.toString())) {
                    execute(pending.toString(), firstLine, new SqlSource(name, all.toString()));
                    pending.setLength(0);
                    firstLine = read + 1;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        execute(pending.toString(), firstLine, new SqlSource(name, all.toString()));
    }

    private void execute(String text, int firstLine, SqlSource typed) throws InterruptedException {
        for (Statement statement : Statement.split(text, firstLine)) {
            if (!over) {
                execute(statement, typed, 0);
            }
        }
    }

    /**
     * Carries out what was typed.
     *
     * @param height lines of the terminal, for results that change; 0 if it cannot show them
     * @throws SqlFailure with errors of a statement, at their places in what was typed
     */
    public void execute(String typed, int height) throws InterruptedException {
        for (Statement statement : Statement.split(typed)) {
            execute(statement, new SqlSource("<input>", typed), height);
        }
    }

    /** Whether the user has quit. */
    public boolean isOver() {
        return over;
    }

    private void execute(Statement statement, SqlSource typed, int height) throws InterruptedException {
        if (statement.isCommand()) {
            command(statement.text());
            return;
        }
        long start = System.nanoTime();
        SqlSource text = session.before(statement, typed.name());
        try {
            if (statement.declares()) {
                queries.check(text);
                session.declare(statement);
            } else if (statement.explains()) {
                queries.explain(text);
            } else {
                queries.run(text, statement.writes(), format, height);
            }
        } catch (SqlFailure e) {
            throw session.translated(e, statement, typed);
        }
        if (timing) {
            terminal.err().println(String.format(Locale.ROOT, "%.3f s", (System.nanoTime() - start) / 1e9));
        }
    }

    private void command(String text) {
        String[] words = text.split("\\s+", 2);
        String argument = words.length > 1 ? words[1].strip().replaceAll(";$", "") : "";
        switch (words[0].replaceAll(";$", "")) {
            case "\\h", "\\?", "\\help" -> terminal.out().print(HELP);
            case "\\q", "\\quit" -> over = true;
            case "\\timing" -> {
                timing = !timing;
                terminal.err().println(timing ? "timing is on" : "timing is off");
            }
            case "\\connect", "\\c" -> connect(argument);
            case "\\output" -> format = format(argument);
            case "\\d" -> {
                if (argument.isEmpty()) {
                    tables();
                } else {
                    table(argument);
                }
            }
            default -> {
                String hint = NearestName.hint(words[0], COMMANDS);
                throw new LaminarException(
                        ErrorCode.USAGE,
                        "there is no command " + words[0],
                        hint != null ? hint : "\\h lists the commands");
            }
        }
        terminal.out().flush();
    }

    private static OutputFormat format(String name) {
        Optional<OutputFormat> found = Arrays.stream(OutputFormat.values())
                .filter(each -> each.name().equalsIgnoreCase(name))
                .findFirst();
        return found.orElseThrow(() -> new LaminarException(
                ErrorCode.USAGE, "there is no output '" + name + "'", "there are table, json and csv"));
    }

    private void tables() {
        PrintStream out = terminal.out();
        TreeSet<String> all = new TreeSet<>(session.tables());
        all.addAll(queries.stored());
        all.forEach(out::println);
        if (all.isEmpty()) {
            terminal.err().println("there are no tables; CREATE TABLE declares one");
        }
    }

    private void table(String name) {
        TextTable table = new TextTable(
                new String[] {"column", "type"},
                new boolean[2],
                terminal.out(),
                terminal.outIsTerminal() ? terminal.width() : 0);
        columns(name).forEach(column -> table.add(new String[] {column.name(), column.type()}));
        table.finish();
    }

    private List<Queries.Column> columns(String name) {
        try {
            return queries.columns(session.declarations(), name);
        } catch (SqlFailure e) {
            throw e.errors().get(0).place() == null
                    ? e.errors().get(0)
                    : new LaminarException(
                            e.errors().get(0).code(),
                            e.errors().get(0).reason(),
                            e.errors().get(0).hint());
        }
    }

    /** Words that a name in a statement can be, for completion. */
    List<String> names() {
        TreeSet<String> names = new TreeSet<>(session.tables());
        for (String table : session.tables()) {
            try {
                queries.columns(session.declarations(), table).forEach(column -> names.add(column.name()));
            } catch (SqlFailure | LaminarException e) {
                // Its columns are not known just now; completion does not say why.
            }
        }
        return List.copyOf(names);
    }
}
