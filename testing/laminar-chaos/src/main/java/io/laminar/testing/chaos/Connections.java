package io.laminar.testing.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/** Connections of this machine, as Linux lists them. */
final class Connections {
    private static final int REMOTE = 2;
    private static final int STATE = 3;
    private static final String ESTABLISHED = "01";

    private Connections() {}

    /** How many are established to a port. */
    static long to(int port) {
        String suffix = String.format(Locale.ROOT, ":%04X", port);
        long count = 0;
        for (String table : new String[] {"/proc/net/tcp", "/proc/net/tcp6"}) {
            try (Stream<String> lines = Files.lines(Path.of(table))) {
                count += lines.map(line -> line.strip().split("\\s+"))
                        .filter(fields -> fields[REMOTE].endsWith(suffix) && fields[STATE].equals(ESTABLISHED))
                        .count();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return count;
    }
}
