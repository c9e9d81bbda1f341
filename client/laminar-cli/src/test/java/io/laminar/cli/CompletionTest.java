package io.laminar.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What shells complete: real ones at a terminal, with the script that the command prints. */
class CompletionTest {
    @TempDir
    private Path folder = Path.of("");

    private void completes(String shell, List<String> command) throws Exception {
        Assumptions.assumeTrue(
                Stream.of(System.getenv("PATH").split(":"))
                        .anyMatch(part -> Files.isExecutable(Path.of(part, command.get(0)))),
                command.get(0) + " is not installed");
        Laminar printed = Laminar.with("", "completion", shell);
        assertEquals(0, printed.code(), printed.err());
        Path script = Files.writeString(folder.resolve("script"), printed.out());
        Files.writeString(folder.resolve("flights.sql"), "");
        try (Screen screen = Screen.of(folder, command)) {
            screen.type("source " + script + "; echo loa''ded\r");
            screen.await("loaded");
            // The name is complete without doubt, so it is written out.
            screen.type("laminar pipel\t");
            screen.await("laminar pipeline ");
            screen.type("vers\t");
            screen.await("versions");
            screen.type("\u0015");
            screen.type("laminar pipeline preview --enab\t");
            screen.await("--enable-sinks");
            screen.type("\u0015");
            screen.type("laminar explain --format js\t");
            screen.await("json");
            screen.type("\u0015");
            screen.type("laminar run fligh\t");
            screen.await("flights.sql");
            assertFalse(screen.text().contains("rror"), screen.text());
        }
    }

    @Test
    void bash() throws Exception {
        completes("bash", List.of("bash", "--norc", "--noprofile", "-i"));
    }

    @Test
    void zsh() throws Exception {
        completes("zsh", List.of("zsh", "-f", "-i"));
    }

    @Test
    void fish() throws Exception {
        completes("fish", List.of("fish", "--no-config", "-i"));
    }
}
