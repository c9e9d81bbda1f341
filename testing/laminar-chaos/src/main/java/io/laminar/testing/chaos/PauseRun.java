package io.laminar.testing.chaos;

import io.laminar.testing.cluster.ChildProcess;
import io.laminar.testing.cluster.Distribution;
import io.laminar.testing.cluster.LaminarCluster;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A job with much state under load, on a coordinator and two workers with two slots each: how long its output pauses when
 * it is given more or fewer subtasks, and when a worker is killed.
 */
final class PauseRun {
    private static final Duration FILLING = Duration.ofMinutes(10);
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int WORKERS = 2;
    private static final int SLOTS = 2;
    private static final int TIMES = 3;

    /** Changes of the output after which it counts as going on. */
    private static final int STEADY = 10;

    private static final Pattern STATE_SIZE =
            Pattern.compile("\"latest\":\\{\"completed\":\\{[^{}]*?\"state_size\":(\\d+)");
    private static final Pattern COMPLETED = Pattern.compile("\"counts\":\\{[^{}]*?\"completed\":(\\d+)");

    private final PrintStream terminal;
    private final Path folder;
    private final long keys;
    private final int rate;
    private final List<Pause> pauses = new ArrayList<>();
    private long stateBytes;

    /** How long there was no output because of something. */
    record Pause(String what, double seconds) {}

    /** @param rate rows per second */
    PauseRun(Path folder, long keys, int rate, PrintStream terminal) {
        this.folder = folder;
        this.keys = keys;
        this.rate = rate;
        this.terminal = terminal;
    }

    List<Pause> pauses() {
        return pauses;
    }

    /** Size of a whole checkpoint. */
    long stateBytes() {
        return stateBytes;
    }

    void run() {
        LaminarCluster.Size size = new LaminarCluster.Size(4_000, "5g");
        List<String> quickToNotice = List.of("--set", "heartbeat.interval=1s", "--set", "heartbeat.timeout=6s");
        try (Database database = new Database(folder.resolve("database"));
                LaminarCluster cluster = LaminarCluster.start(
                                Distribution.built(), made(folder.resolve("cluster")), size, quickToNotice)
                        .withWorkers(WORKERS, SLOTS)) {
            database.execute("CREATE TABLE totals (bucket BIGINT PRIMARY KEY, n BIGINT, keys BIGINT)");
            try (OutputClock clock = OutputClock.of(database, "SELECT coalesce(sum(n), 0)::BIGINT FROM totals")) {
                String job = start(cluster, database);
                say("job " + job + " runs");
                Waiting.until("all keys", FILLING, () -> clock.value() > keys + keys / 8);
                int before = completed(cluster, job);
                Waiting.until("checkpoints", LIMIT, () -> completed(cluster, job) >= before + 2);
                stateBytes = number(cluster, job, STATE_SIZE);
                say(keys + " keys, " + stateBytes / 1_000_000 + " MB in a checkpoint");
                for (int i = 0; i < TIMES; i++) {
                    rescale(cluster, job, clock, 4, "from 2 to 4 subtasks");
                    rescale(cluster, job, clock, 2, "from 4 to 2 subtasks");
                }
                for (int i = 0; i < TIMES; i++) {
                    kill(cluster, job, clock);
                }
            }
        }
    }

    private static Path made(Path path) {
        try {
            return Files.createDirectories(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String start(LaminarCluster cluster, Database database) {
        Path file = folder.resolve("my.sql");
        try {
            Files.writeString(file, sql(database));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ChildProcess.Ended started = cluster.laminar(
                        folder,
                        "run",
                        "--cluster",
                        cluster.url(),
                        "-p",
                        "2",
                        "--state",
                        folder.resolve("state").toString(),
                        "--detached",
                        file.toString())
                .end();
        if (started.code() != 0) {
            throw new ChaosException("laminar ended with code " + started.code() + ": " + started.err());
        }
        return started.out().strip();
    }

    private String sql(Database database) {
        return String.format(Locale.ROOT, """
            SET checkpoint_interval = '5 s';
            SET updating_flush_interval = '100 ms';
            SET updating_ttl = '0 s';
            CREATE TABLE ticks (counter BIGINT) WITH (connector = 'impulse', event_rate = %d);
            CREATE TABLE totals (bucket BIGINT, n BIGINT, keys BIGINT, PRIMARY KEY (bucket)) WITH (
              connector = 'jdbc', url = '%s', table = 'totals', sink.flush_interval = '20 ms');
            INSERT INTO totals
              SELECT k %% 16, sum(n)::BIGINT, count(*)
              FROM (SELECT counter %% %d AS k, count(*) AS n, sum(counter) AS s FROM ticks GROUP BY counter %% %d)
              GROUP BY k %% 16;
            """, rate, database.url(), keys, keys);
    }

    private static int completed(LaminarCluster cluster, String job) {
        return (int) number(cluster, job, COMPLETED);
    }

    private static long number(LaminarCluster cluster, String job, Pattern pattern) {
        Matcher found = pattern.matcher(cluster.get("/jobs/" + job + "/checkpoints"));
        return found.find() ? Long.parseLong(found.group(1)) : -1;
    }

    private void rescale(LaminarCluster cluster, String job, OutputClock clock, int parallelism, String what) {
        long start = System.nanoTime();
        ChildProcess.Ended ended = cluster.laminar(
                        folder, "jobs", "rescale", "--cluster", cluster.url(), job, "-p", String.valueOf(parallelism))
                .end();
        if (ended.code() != 0) {
            throw new ChaosException("rescaling ended with code " + ended.code() + ": " + ended.err());
        }
        noteOnceSteady(cluster, job, clock, start, what);
    }

    private void kill(LaminarCluster cluster, String job, OutputClock clock) {
        ChildProcess victim = cluster.workers().stream()
                .filter(ChildProcess::isAlive)
                .findFirst()
                .orElseThrow();
        long start = System.nanoTime();
        victim.kill();
        noteOnceSteady(cluster, job, clock, start, "a worker is killed");
        cluster.addWorker(SLOTS).awaitErr("joined ");
    }

    private void noteOnceSteady(LaminarCluster cluster, String job, OutputClock clock, long start, String what) {
        int before = completed(cluster, job);
        Waiting.until("a checkpoint after: " + what, LIMIT, () -> completed(cluster, job) > before);
        long restarted = System.nanoTime();
        Waiting.until("output after: " + what, LIMIT, () -> clock.goesOn(restarted, STEADY));
        Pause pause = new Pause(what, clock.longestPause(start));
        pauses.add(pause);
        say(String.format(Locale.ROOT, "%s: no output for %.1f s", what, pause.seconds()));
    }

    private void say(String text) {
        terminal.println(text);
    }
}
