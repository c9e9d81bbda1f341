package io.laminar.cli.shell;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collection;
import java.util.function.Consumer;
import java.util.logging.Logger;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.TerminalBuilder;

/** Reads statements from a person at a terminal, with history and completion. */
public final class InteractiveShell {
    private static final String PROMPT = "laminar> ";
    private static final String CONTINUED = "      -> ";

    /** Held, since a logger that nobody holds is forgotten with its settings. */
    private static final Logger EDITOR_LOG = Logger.getLogger("org.jline");

    private final org.jline.terminal.Terminal keyboard;
    private final Shell shell;
    private final LineReader reader;
    private final Consumer<Exception> errors;

    /**
     * @param history file that keeps what was typed; only the user can read it
     * @param errors shows an error; the shell goes on
     */
    public InteractiveShell(
            org.jline.terminal.Terminal keyboard,
            Shell shell,
            Path history,
            Collection<String> functions,
            Collection<String> settings,
            Consumer<Exception> errors) {
        this.keyboard = keyboard;
        this.shell = shell;
        this.errors = errors;
        this.reader = LineReaderBuilder.builder()
                .terminal(keyboard)
                .appName("laminar")
                .parser(new SqlLines())
                .completer(new WordCompleter(functions, settings, shell::names))
                .variable(LineReader.HISTORY_FILE, history)
                .variable(LineReader.SECONDARY_PROMPT_PATTERN, CONTINUED)
                .variable(LineReader.INDENTATION, 0)
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .option(LineReader.Option.CASE_INSENSITIVE, true)
                .option(LineReader.Option.BRACKETED_PASTE, true)
                .build();
        create(history);
    }

    /** The terminal of this process. What its library has to say of itself does not belong between the lines. */
    public static org.jline.terminal.Terminal keyboard() throws IOException {
        EDITOR_LOG.setUseParentHandlers(false);
        return TerminalBuilder.builder().name("laminar").system(true).build();
    }

    private static void create(Path history) {
        try {
            Files.createDirectories(history.getParent());
            Files.createFile(
                    history, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (FileAlreadyExistsException e) {
            // It keeps what was typed before.
        } catch (IOException e) {
            // The shell works without a history.
        }
    }

    /** Goes on until the user quits. */
    public void run(PrintStream out) throws InterruptedException {
        keyboard.handle(Signal.INT, signal -> shell.interrupt());
        while (!shell.isOver()) {
            String typed;
            try {
                typed = reader.readLine(PROMPT);
            } catch (UserInterruptException e) {
                continue;
            } catch (EndOfFileException e) {
                return;
            }
            try {
                shell.execute(typed, keyboard.getSize().getRows());
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception e) {
                errors.accept(e);
            }
            out.flush();
        }
    }
}
