package io.laminar.cli.remote;

import io.laminar.cli.Terminal;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Reads what nobody should see: typed without echo, or from a pipe or a file. */
final class SecretPrompt {

    private SecretPrompt() {}

    static String read(Terminal terminal, String prompt) {
        if (terminal.inIsTerminal() && terminal.outIsTerminal()) {
            char[] typed = Objects.requireNonNull(System.console()).readPassword("%s", prompt);
            return typed == null ? "" : new String(typed);
        }
        try {
            StringBuilder line = new StringBuilder();
            for (int c = terminal.in().read();
                    c >= 0 && c != '\n';
                    c = terminal.in().read()) {
                line.append((char) c);
            }
            return new String(line.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The content of a file without the line break at its end. */
    static String file(String path) {
        try {
            return Files.readString(Path.of(path)).stripTrailing();
        } catch (IOException e) {
            throw new LaminarException(ErrorCode.USAGE, "the file '" + path + "' cannot be read", null, null, e);
        }
    }
}
