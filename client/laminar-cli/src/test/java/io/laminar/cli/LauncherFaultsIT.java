package io.laminar.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C, kill and a full disk: the same command goes on, nothing is lost and nothing comes twice. */
class LauncherFaultsIT {
    /** A pipeline whose state grows with every row; it copies its rows and ends with exact sums. */
    private static final String SQL = """
            SET checkpoint_interval = '200 ms';
            CREATE TABLE ticks (counter BIGINT)
              WITH (connector = 'impulse', event_rate = %1$d, message_count = %2$d);
            CREATE TABLE copies (counter BIGINT) WITH (
              connector = 'filesystem', path = 'copies', format = 'json', rolling_policy.interval = '1 second',
              rolling_policy.inactivity_interval = '500 ms');
            CREATE TABLE sums (n BIGINT, total BIGINT, most BIGINT)
              WITH (connector = 'single_file', path = 'sums.json', format = 'json');
            INSERT INTO copies SELECT counter FROM ticks;
            INSERT INTO sums SELECT count(*), sum(counter)::BIGINT, max(n)
              FROM (SELECT counter, count(*) AS n FROM ticks GROUP BY counter);
            """;

    private static final int PIECE = 20_000;

    /** A pipeline that copies whatever comes into a folder. */
    private static final String COPY = """
            SET checkpoint_interval = '200 ms';
            CREATE TABLE numbers (counter BIGINT) WITH (
              connector = 'filesystem', path = 'in', format = 'json', source.discovery_interval = '200 ms');
            CREATE TABLE copies (counter BIGINT) WITH (
              connector = 'filesystem', path = 'copies', format = 'json', rolling_policy.interval = '1 second',
              rolling_policy.inactivity_interval = '500 ms');
            INSERT INTO copies SELECT counter FROM numbers;
            """;

    @TempDir
    private Path folder = Path.of("");

    private Path pipeline(int rate, int rows) throws IOException {
        return Files.writeString(folder.resolve("my.sql"), SQL.formatted(rate, rows));
    }

    private int copies() {
        return Launcher.files(folder.resolve("copies")).size();
    }

    private void assertExact(int rows) throws IOException {
        assertEquals(
                "{\"n\":" + rows + ",\"total\":" + (rows - 1L) * rows / 2 + ",\"most\":1}\n",
                Files.readString(folder.resolve("sums.json")));
        assertEachOnce(rows);
    }

    private void assertEachOnce(int rows) throws IOException {
        BitSet seen = new BitSet(rows);
        for (Path file : Launcher.files(folder.resolve("copies"))) {
            for (String line : Files.readAllLines(file)) {
                int counter = Integer.parseInt(line.substring("{\"counter\":".length(), line.length() - 1));
                assertFalse(seen.get(counter), counter + " came twice");
                seen.set(counter);
            }
        }
        assertEquals(rows, seen.cardinality());
    }

    /** The input comes in pieces, so that however slow the machine is there is something left to do after each fault. */
    @Test
    void killedOrInterruptedTheSameCommandGoesOn() throws Exception {
        String file = Files.writeString(folder.resolve("my.sql"), COPY).toString();
        List<String> command = Launcher.interruptible("run", "-p", "2", "--state", "my.state", file);

        addInput(0);
        Launcher first = Launcher.start(folder, "", command);
        first.await("rows that are committed", () -> copies() > 0);
        first.signal("KILL");
        assertEquals(137, first.end().code());

        int before = copies();
        addInput(1);
        Launcher resumed = Launcher.start(folder, "", command);
        resumed.await("rows that are committed", () -> copies() > before);
        interrupt(resumed);

        addInput(2);
        Launcher last = Launcher.start(folder, "", command);
        last.await("all rows", () -> rowsOf("copies") == 3 * PIECE);
        interrupt(last);
        assertEachOnce(3 * PIECE);
    }

    /** {@link #COPY}, with a gate that the first row of the second piece waits at, and every checkpoint behind it. */
    private Path gated() throws Exception {
        String function = """
                CREATE FUNCTION through_gate(counter BIGINT) RETURNS BIGINT LANGUAGE java AS $$
                  import java.io.FileInputStream;
                  import java.io.IOException;
                  import java.io.UncheckedIOException;

                  public static long eval(long counter) {
                    if (counter == %d) {
                      try (FileInputStream gate = new FileInputStream("gate")) {
                        gate.read();
                      } catch (IOException e) {
                        throw new UncheckedIOException(e);
                      }
                    }
                    return counter;
                  }
                $$;
                """.formatted(PIECE);
        assertEquals(0, new ProcessBuilder("mkfifo", gate().toString()).start().waitFor());
        return Files.writeString(
                folder.resolve("my.sql"),
                function + COPY.replace("SELECT counter FROM", "SELECT through_gate(counter) AS counter FROM"));
    }

    private Path gate() {
        return folder.resolve("gate");
    }

    /** Comes back when a row waits at the gate, which is shut as long as the answer is open. */
    private OutputStream awaitGate() throws Exception {
        return CompletableFuture.supplyAsync(() -> {
                    try {
                        return Files.newOutputStream(gate(), StandardOpenOption.WRITE);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .get(120, TimeUnit.SECONDS);
    }

    /** What came since the last checkpoint is done again, so that nothing is lost and nothing comes twice. */
    @Test
    void aSecondInterruptStopsAtOnceAndTheSameCommandGoesOnFromTheLastCheckpoint() throws Exception {
        List<String> command =
                Launcher.interruptible("run", "--state", "my.state", "--name", "gated", gated().toString());
        addInput(0);
        Launcher first = Launcher.start(folder, "", command);
        first.await("rows that are committed", () -> copies() > 0);
        addInput(1);
        OutputStream shut = awaitGate();
        try {
            first.signal("INT");
            first.awaitErr("Ctrl-C again stops at once, without saving");
            first.signal("INT");
            Launcher.Ended stopped = first.end();
            assertEquals(1, stopped.code(), stopped.err());
            assertTrue(stopped.err().contains("Stopped at once, without saving"), stopped.err());
            assertTrue(stopped.err().contains("goes on from the last checkpoint in 'my.state'"), stopped.err());
            assertFalse(stopped.err().contains("\tat "), stopped.err());
        } finally {
            shut.close();
        }
        Files.delete(gate());
        Files.writeString(gate(), "open");
        Launcher last = Launcher.start(folder, "", command);
        last.await("all rows", () -> rowsOf("copies") == 2 * PIECE);
        interrupt(last);
        assertEachOnce(2 * PIECE);
    }

    @Test
    void withoutAStateASecondInterruptKeepsNothingAndSaysSo() throws Exception {
        Path file = gated();
        addInput(1);
        Launcher run = Launcher.start(folder, "", Launcher.interruptible("run", file.toString()));
        OutputStream shut = awaitGate();
        try {
            run.signal("INT");
            run.awaitErr("Stopping.");
            run.signal("INT");
            Launcher.Ended stopped = run.end();
            assertEquals(1, stopped.code(), stopped.err());
            assertTrue(stopped.err().contains("Stopped at once; nothing was kept."), stopped.err());
        } finally {
            shut.close();
        }
    }

    private void interrupt(Launcher running) {
        running.signal("INT");
        Launcher.Ended stopped = running.end();
        assertEquals(0, stopped.code(), stopped.err());
        assertTrue(stopped.err().contains("Saving the state and stopping"), stopped.err());
        assertTrue(stopped.err().contains("the same command goes on from here"), stopped.err());
        assertFalse(stopped.err().contains("warning"), stopped.err());
    }

    /** Puts a file into the input, all at once. */
    private void addInput(int piece) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int counter = piece * PIECE; counter < (piece + 1) * PIECE; counter++) {
            lines.append("{\"counter\":").append(counter).append("}\n");
        }
        Path input = Files.createDirectories(folder.resolve("in"));
        Path hidden = Files.writeString(folder.resolve("piece"), lines);
        Files.move(hidden, input.resolve(piece + ".json"));
    }

    private long rowsOf(String table) {
        long rows = 0;
        for (Path file : Launcher.files(folder.resolve(table))) {
            try (var lines = Files.lines(file)) {
                rows += lines.count();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return rows;
    }

    /** State may take more than there is: the last checkpoint counts, and with more memory all is exact. */
    @Test
    void outOfMemoryTheSameCommandGoesOnWithMore() throws Exception {
        int rows = 4_000_000;
        String file = sums(rows, "SET state_memory = '100 GB';");
        List<String> command = List.of(Launcher.script(), "run", "--state", "my.state", file);
        Launcher.Ended failed =
                Launcher.start(folder, "", with("LAMINAR_MEMORY=160m", command)).end();
        assertEquals(1, failed.code(), failed.err());
        assertTrue(failed.err().contains("LAM-6008: out of memory"), failed.err());
        assertTrue(failed.err().contains("LAMINAR_MEMORY=4g"), failed.err());
        assertFalse(failed.err().contains("\tat "), failed.err());
        assertEquals(
                0,
                Launcher.start(folder, "", with("LAMINAR_MEMORY=1g", command))
                        .end()
                        .code());
        assertSums(rows);
    }

    /** @param width bytes at least for each key */
    private String wide(int rows, int width, String settings) throws IOException {
        return Files.writeString(folder.resolve("my.sql"), """
                        SET checkpoint_interval = '1 s';
                        %s
                        CREATE TABLE ticks (counter BIGINT)
                          WITH (connector = 'impulse', event_rate = 2000000, message_count = %d);
                        CREATE TABLE sums (n BIGINT, total BIGINT, most BIGINT)
                          WITH (connector = 'single_file', path = 'sums.json', format = 'json');
                        INSERT INTO sums SELECT count(*), sum(length(wide))::BIGINT, max(n)
                          FROM (SELECT counter, count(*) AS n, max(repeat('x', %d) || counter::TEXT) AS wide
                                FROM ticks GROUP BY counter);
                        """.formatted(settings, rows, width))
                .toString();
    }

    private void assertWide(int rows, int width) throws IOException {
        long length = 0;
        for (int counter = 0; counter < rows; counter++) {
            length += width + String.valueOf(counter).length();
        }
        assertEquals(
                "{\"n\":" + rows + ",\"total\":" + length + ",\"most\":1}\n",
                Files.readString(folder.resolve("sums.json")));
    }

    /** What a killed process has spilled goes when the same command starts again, which goes on. */
    @Test
    void afterAKillSpilledFilesGo() throws Exception {
        int rows = 500_000;
        String file = wide(rows, 200, "SET state_memory = '10 MB'; SET spill_folder = 'spill';");
        List<String> command = Launcher.interruptible("run", "--state", "my.state", file);
        Launcher first = Launcher.start(folder, "", command);
        first.await(
                "state on disk", () -> !Launcher.files(folder.resolve("spill")).isEmpty());
        first.signal("KILL");
        assertEquals(137, first.end().code());
        List<Path> left = spilled();
        assertFalse(left.isEmpty());
        Launcher.Ended second = Launcher.start(folder, "", command).end();
        assertEquals(0, second.code(), second.err());
        assertWide(rows, 200);
        assertEquals(List.of(), spilled());
    }

    private List<Path> spilled() throws IOException {
        try (var all = Files.walk(folder.resolve("spill"))) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void stateThatDoesNotFitTheDiskItIsSpilledToFailsClearlyAndGoesOnLater() throws Exception {
        Assumptions.assumeTrue(canMount(), "no mounts of one's own here");
        int rows = 500_000;
        wide(rows, 200, "SET state_memory = '10 MB'; SET spill_folder = 'disk';");
        Files.createDirectories(folder.resolve("disk"));
        Files.writeString(folder.resolve("full.sh"), """
                mount -t tmpfs -o size=20m none disk || exit 90
                "$1" run --state my.state my.sql 2> full.txt
                echo $? > full.code
                mount -o remount,size=1g disk || exit 91
                "$1" run --state my.state my.sql
                code=$?
                ls disk > left.txt
                exit $code
                """);
        Launcher.Ended run = Launcher.start(
                        folder,
                        "",
                        List.of("unshare", "--mount", "--map-root-user", "sh", "full.sh", Launcher.script()))
                .end();
        String full = Files.readString(folder.resolve("full.txt"));
        assertEquals("1\n", Files.readString(folder.resolve("full.code")), full);
        assertTrue(full.contains("LAM-6023"), full);
        assertTrue(full.contains("No space left on device"), full);
        assertTrue(full.contains("spill_folder"), full);
        assertFalse(full.contains("\tat "), full);
        assertEquals(0, run.code(), run.err());
        assertWide(rows, 200);
        assertEquals("", Files.readString(folder.resolve("left.txt")));
    }

    private String sums(int rows, String setting) throws IOException {
        return Files.writeString(folder.resolve("my.sql"), """
                        SET checkpoint_interval = '200 ms';
                        %s
                        CREATE TABLE ticks (counter BIGINT)
                          WITH (connector = 'impulse', event_rate = 2000000, message_count = %d);
                        CREATE TABLE sums (n BIGINT, total BIGINT, most BIGINT)
                          WITH (connector = 'single_file', path = 'sums.json', format = 'json');
                        INSERT INTO sums SELECT count(*), sum(counter)::BIGINT, max(n)
                          FROM (SELECT counter, count(*) AS n FROM ticks GROUP BY counter);
                        """.formatted(setting, rows))
                .toString();
    }

    private void assertSums(int rows) throws IOException {
        assertEquals(
                "{\"n\":" + rows + ",\"total\":" + (rows - 1L) * rows / 2 + ",\"most\":1}\n",
                Files.readString(folder.resolve("sums.json")));
    }

    /** Nobody reads the rows for a while, several times more of them than fit into memory. */
    @Test
    void aSlowReaderSlowsTheSourceDown() throws Exception {
        int rows = 900_000;
        Files.writeString(folder.resolve("my.sql"), """
                CREATE TABLE ticks (counter BIGINT)
                  WITH (connector = 'impulse', event_rate = 100000000, message_count = %d);
                SELECT counter, repeat('x', 300) AS padding FROM ticks;
                """.formatted(rows));
        Files.writeString(folder.resolve("slow.sh"), """
                "$1" run --output json my.sql | {
                  head -c 1000 > start.json
                  touch blocked
                  until [ -e go ]; do sleep 0.1; done
                  cat > rest.json
                }
                """);
        Launcher run =
                Launcher.start(folder, "", with("LAMINAR_MEMORY=160m", List.of("sh", "slow.sh", Launcher.script())));
        run.await("first rows", () -> Files.exists(folder.resolve("blocked")));
        run.awaitIdle();
        Files.createFile(folder.resolve("go"));
        Launcher.Ended ended = run.end();
        assertEquals(0, ended.code(), ended.err());
        long counter = 0;
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                new SequenceInputStream(
                        Files.newInputStream(folder.resolve("start.json")),
                        Files.newInputStream(folder.resolve("rest.json"))),
                StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                assertTrue(line.startsWith("{\"counter\":" + counter + ","), line);
                counter++;
            }
        }
        assertEquals(rows, counter);
    }

    private static List<String> with(String variable, List<String> command) {
        List<String> all = new ArrayList<>(List.of("env", variable));
        all.addAll(command);
        return all;
    }

    @Test
    void aStateFolderInUseIsRefused() throws Exception {
        Path file = Files.writeString(folder.resolve("endless.sql"), """
                SET checkpoint_interval = '200 ms';
                CREATE TABLE ticks (counter BIGINT) WITH (connector = 'impulse', event_rate = 1000);
                CREATE TABLE copies (counter BIGINT) WITH (
                  connector = 'filesystem', path = 'copies', format = 'json', rolling_policy.interval = '1 second',
                  rolling_policy.inactivity_interval = '500 ms');
                INSERT INTO copies SELECT counter FROM ticks;
                """);
        List<String> command = Launcher.interruptible("run", "--state", "my.state", file.toString());
        Launcher running = Launcher.start(folder, "", command);
        running.await("rows that are committed", () -> copies() > 0);
        Launcher.Ended second = Launcher.start(folder, "", command).end();
        running.signal("TERM");
        assertEquals(0, running.end().code(), "stopped by a request to terminate");
        assertEquals(1, second.code(), second.err());
        assertTrue(second.err().contains("LAM-6006"), second.err());
        assertTrue(second.err().contains("in use"), second.err());
    }

    @Test
    void stateThatDoesNotFitItsDiskFailsClearlyAndGoesOnLater() throws Exception {
        Assumptions.assumeTrue(canMount(), "no mounts of one's own here");
        int rows = 300_000;
        pipeline(100_000, rows);
        Files.createDirectories(folder.resolve("disk"));
        Files.writeString(folder.resolve("full.sh"), """
                mount -t tmpfs -o size=1m none disk || exit 90
                "$1" run --state disk/my.state my.sql 2> full.txt
                echo $? > full.code
                mount -o remount,size=200m disk || exit 91
                exec "$1" run --state disk/my.state my.sql
                """);
        Launcher.Ended run = Launcher.start(
                        folder,
                        "",
                        List.of("unshare", "--mount", "--map-root-user", "sh", "full.sh", Launcher.script()))
                .end();
        String full = Files.readString(folder.resolve("full.txt"));
        assertEquals("1\n", Files.readString(folder.resolve("full.code")), full);
        assertTrue(full.contains("LAM-6005"), full);
        assertTrue(full.contains("No space left on device"), full);
        assertTrue(full.contains("goes on from its last complete checkpoint"), full);
        assertFalse(full.contains("\tat "), full);
        assertEquals(0, run.code(), run.err());
        assertExact(rows);
    }

    private static boolean canMount() throws Exception {
        try {
            return new ProcessBuilder("unshare", "--mount", "--map-root-user", "mount", "-t", "tmpfs", "none", "/mnt")
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException noSuchProgram) {
            return false;
        }
    }
}
