package io.laminar.execution.spill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpillFolderTest {
    @TempDir
    private Path parent = Path.of("");

    /** Another process with a file; says where it is and waits to be killed. */
    static final class Spilling {
        private Spilling() {}

        public static void main(String[] arguments) throws Exception {
            Path file = new SpillFolder(Path.of(arguments[0])).next();
            Files.writeString(file, "state");
            System.out.println(file);
            int unused = System.in.read();
        }
    }

    private static Path fileOf(Process process) throws IOException {
        return Path.of(assertNotNullLine(process.inputReader().readLine()));
    }

    private static String assertNotNullLine(String line) {
        assertNotNull(line, "the process has ended");
        return line;
    }

    private Process start() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx32m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Spilling.class.getName(),
                        parent.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(parent)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void whatAKilledProcessLeftIsRemovedAndThatOfALivingOneIsNot() throws Exception {
        Process killed = start();
        Process living = start();
        try {
            Path left = fileOf(killed);
            Path used = fileOf(living);
            killed.destroyForcibly().waitFor();
            assertTrue(Files.exists(left));
            try (SpillFolder folder = new SpillFolder(parent)) {
                folder.removeLeft();
                assertFalse(Files.exists(left));
                assertTrue(Files.exists(used));
                Path own = Files.writeString(folder.next(), "more");
                new SpillFolder(parent).removeLeft();
                assertTrue(Files.exists(own));
                assertTrue(Files.exists(used));
            }
            assertEquals(2, files().size(), "the other's file and its lock: " + files());
            living.destroyForcibly().waitFor();
            new SpillFolder(parent).removeLeft();
            assertEquals(List.of(), files());
        } finally {
            killed.destroyForcibly();
            living.destroyForcibly();
        }
    }

    @Test
    void nothingIsLeftWhenTheLastOfAProcessIsClosed() throws Exception {
        SpillFolder first = new SpillFolder(parent);
        SpillFolder second = new SpillFolder(parent);
        Files.writeString(first.next(), "first");
        Path file = Files.writeString(second.next(), "second");
        first.close();
        assertTrue(Files.exists(file));
        second.close();
        assertEquals(List.of(), files());
        try (Stream<Path> all = Files.list(parent)) {
            assertEquals(0, all.count());
        }
    }

    @Test
    void aFolderThatIsNotThereHasNothingLeft() {
        new SpillFolder(parent.resolve("none")).removeLeft();
        assertFalse(Files.exists(parent.resolve("none")));
    }
}
