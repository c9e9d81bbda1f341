package io.laminar.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random operations on pipelines against a model of what they do, by several users at once, with kill -9 of the server in
 * between. An operation whose answer was lost may have happened or not; everything else has to be as the model says. At the
 * end every pipeline has written every number once.
 */
class LifeCycleModelTest {
    private static final long SEED = Long.getLong("laminar.model.seed", 20261129L);
    private static final int USERS = Integer.getInteger("laminar.model.users", 2);
    private static final int MOST_PIPELINES = 4;
    private static final List<String> MODES = List.of("checkpoint", "immediate", "force");

    @TempDir
    Path folder;

    @Test
    void onSqlite() throws Exception {
        run(24, 2);
    }

    @Test
    void onPostgres() throws Exception {
        try (EmbeddedPostgres database = EmbeddedPostgres.start()) {
            run(24, 2, "metadata.url", database.getJdbcUrl("postgres", "postgres"), "metadata.user", "postgres");
        }
    }

    @Test
    @Tag("slow")
    void forLong() throws Exception {
        run(Integer.getInteger("laminar.model.operations", 5000), Integer.getInteger("laminar.model.kills", 50));
    }

    private void run(int operations, int kills, String... settings) throws Exception {
        try (KilledServer server = new KilledServer(folder.resolve("data"), settings)) {
            ExecutorService threads = Executors.newFixedThreadPool(USERS);
            try {
                CompletionService<Void> users = new ExecutorCompletionService<>(threads);
                for (int user = 0; user < USERS; user++) {
                    users.submit(new User(user, server, operations / USERS, kills / USERS));
                }
                for (int user = 0; user < USERS; user++) {
                    users.take().get();
                }
                System.err.printf("life-cycle model: %,d operations, %d kills%n", operations, server.kills());
            } finally {
                threads.shutdownNow();
            }
        }
    }

    /** A server that starts again when it is killed. */
    private static final class KilledServer implements AutoCloseable {
        private static final long NANOS = 1_000_000_000L;
        private static final long LIMIT_SECONDS = 60;

        private final Path data;
        private final String[] settings;
        private final String token;
        private ServerProcess process;
        private int kills;

        KilledServer(Path data, String... settings) throws IOException {
            this.data = data;
            this.settings = settings;
            this.process = ServerProcess.start(data, settings);
            this.token = process.token();
        }

        /** Waits while the server is not there. */
        synchronized Api api() {
            return new Api(process.port(), token);
        }

        synchronized int kills() {
            return kills;
        }

        synchronized void kill() throws InterruptedException, IOException {
            process.kill();
            process = ServerProcess.start(data, settings);
            kills++;
            notifyAll();
        }

        /** Returns when the server has been killed and started since; throws what was lost if it has not. */
        synchronized void awaitKill(int killsBefore, UncheckedIOException lost) {
            long end = System.nanoTime() + LIMIT_SECONDS * NANOS;
            while (kills == killsBefore) {
                long left = end - System.nanoTime();
                if (left <= 0) {
                    throw lost;
                }
                try {
                    TimeUnit.NANOSECONDS.timedWait(this, left);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        }

        @Override
        public synchronized void close() {
            process.close();
        }
    }

    /** What a pipeline should be. */
    private static final class Model {
        final String id;
        final String name;
        boolean runs;
        long version = 1;

        Model(String id, String name, boolean runs) {
            this.id = id;
            this.name = name;
            this.runs = runs;
        }
    }

    /** Does one operation after the other on pipelines of its own. */
    private final class User implements Callable<Void> {
        private static final long WAIT_NANOS = 20_000_000L;
        private static final long LIMIT_NANOS = 90_000_000_000L;

        private final int number;
        private final KilledServer server;
        private final int operations;
        private final int kills;
        private final Random random;
        private final Map<String, Model> models = new TreeMap<>();
        private final List<String> history = new ArrayList<>();
        private int made;

        User(int number, KilledServer server, int operations, int kills) {
            this.number = number;
            this.server = server;
            this.operations = operations;
            this.kills = kills;
            this.random = new Random(SEED + number);
        }

        @Override
        public Void call() throws Exception {
            try {
                for (int i = 0; i < operations; i++) {
                    if (i > 0 && i % 100 == 0) {
                        System.err.printf("life-cycle model: user %d, %,d of %,d operations%n", number, i, operations);
                    }
                    if (kills > 0 && random.nextInt(Math.max(1, operations / kills)) == 0) {
                        Thread killer = killer(random.nextInt(400));
                        step();
                        killer.join();
                    } else {
                        step();
                    }
                }
                for (Model model : List.copyOf(models.values())) {
                    settle(model);
                    while (model.runs) {
                        change(model, "POST", "/stop", "{}", 202, () -> model.runs = false);
                    }
                    allOnce(model.name);
                }
                return null;
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(
                        "seed " + SEED + ", user " + number + ", after\n"
                                + String.join("\n", history.subList(Math.max(0, history.size() - 20), history.size())),
                        e);
            }
        }

        /** Kills the server a little later, while something else goes on. */
        private Thread killer(int millis) {
            history.add("kill in " + millis + " ms");
            Thread killer = new Thread(() -> {
                try {
                    Thread.sleep(millis);
                    server.kill();
                } catch (InterruptedException | IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            killer.start();
            return killer;
        }

        /** An answer; null if the server was killed before it came. */
        private Api.Answer ask(Function<Api, Api.Answer> call) {
            int before = server.kills();
            try {
                return call.apply(server.api());
            } catch (UncheckedIOException lost) {
                server.awaitKill(before, lost);
                return null;
            }
        }

        /** The answer to what changes nothing, asked again if it is lost. */
        private Api.Answer read(Function<Api, Api.Answer> call) {
            Api.Answer answer = ask(call);
            while (answer == null) {
                answer = ask(call);
            }
            return answer;
        }

        private void step() throws Exception {
            Model model = pick();
            if (model == null) {
                create();
                return;
            }
            // After a kill all jobs start again, and are not what they were before they have.
            settle(model);
            int choice = random.nextInt(100);
            if (choice < 30) {
                if (model.runs) {
                    String mode = MODES.get(random.nextInt(MODES.size()));
                    change(model, "POST", "/stop", "{\"mode\": \"" + mode + "\"}", 202, () -> model.runs = false);
                } else {
                    change(model, "POST", "/start", "{}", 202, () -> model.runs = true);
                }
            } else if (choice < 40) {
                // What makes no sense is refused and changes nothing.
                String wrong = model.runs ? "/start" : "/stop";
                Api.Answer refused = read(api -> api.post(path(model) + wrong, "{}"));
                assertEquals(409, refused.status(), () -> wrong + " of " + model.name + ": " + refused.text());
            } else if (choice < 55) {
                boolean force = random.nextInt(3) == 0;
                change(model, "POST", "/restart", "{\"force\": " + force + "}", 202, () -> model.runs = true);
            } else if (choice < 65) {
                String query = Api.json(Map.of("query", query(model.name) + " -- " + (model.version + 1)));
                change(model, "PATCH", "", query, 200, () -> model.version++);
            } else if (choice < 75 && model.runs) {
                change(model, "PATCH", "", "{\"parallelism\": " + (1 + random.nextInt(2)) + "}", 200, () -> {});
            } else if (choice < 82) {
                delete(model);
            } else {
                create();
            }
        }

        private Model pick() {
            List<Model> all = List.copyOf(models.values());
            return all.isEmpty() ? null : all.get(random.nextInt(all.size()));
        }

        private void create() throws Exception {
            if (models.size() == Math.max(1, MOST_PIPELINES / USERS)) {
                Model model = pick();
                settle(model);
                delete(model);
                return;
            }
            String name = "u" + number + "p" + made++;
            boolean starts = random.nextInt(3) > 0;
            String body = Api.json(Map.of("name", name, "query", query(name), "start", starts));
            history.add("create " + name + (starts ? " and start" : ""));
            Api.Answer answer = ask(api -> api.post("/pipelines", body));
            if (answer != null) {
                String id = answer.is(201).json().get("id").asText();
                models.put(name, new Model(id, name, starts));
                assertEquals(409, read(api -> api.post("/pipelines", body)).status(), "a name is taken once");
            } else {
                for (JsonNode found : read(api -> api.get("/pipelines?name=" + name))
                        .is(200)
                        .json()
                        .get("data")) {
                    models.put(name, new Model(found.get("id").asText(), name, starts));
                }
            }
            if (models.containsKey(name)) {
                settle(models.get(name));
            }
        }

        private void delete(Model model) throws Exception {
            if (model.runs) {
                Api.Answer refused = read(api -> api.delete(path(model)));
                assertEquals(409, refused.status(), refused::text);
                return;
            }
            history.add("delete " + model.name);
            allOnce(model.name);
            Api.Answer answer = ask(api -> api.delete(path(model)));
            if (answer != null) {
                answer.is(204);
            }
            if (read(api -> api.get(path(model))).status() == 404) {
                models.remove(model.name);
            } else {
                assertNull(answer, () -> model.name + " is still there");
            }
        }

        private void change(Model model, String method, String path, String body, int status, Runnable effect) {
            history.add(method + " " + model.name + path + " " + (body.length() < 60 ? body : "query"));
            boolean runsBefore = model.runs;
            long versionBefore = model.version;
            Api.Answer answer = ask(api -> api.send(method, path(model) + path, body));
            effect.run();
            if (answer != null) {
                answer.is(status);
                settle(model);
                return;
            }
            history.add("its answer was lost");
            // It has happened or not: both are right, and nothing else.
            JsonNode now = settled(model);
            boolean runs = now.get("state").asText().equals("Running");
            long version = now.get("version").asLong();
            assertTrue(runs == runsBefore || runs == model.runs, now::toString);
            assertTrue(version == versionBefore || version == model.version, now::toString);
            model.runs = runs;
            model.version = version;
        }

        private String path(Model model) {
            return "/pipelines/" + model.id;
        }

        /** Waits until a pipeline is what the model says, and checks it. */
        private void settle(Model model) {
            JsonNode now = settled(model);
            JsonNode jobs =
                    read(api -> api.get(path(model) + "/jobs")).is(200).json().get("data");
            String state = now.get("state").asText();
            assertEquals(model.runs, state.equals("Running"), now.toString());
            assertEquals(model.version, now.get("version").asLong(), now.toString());
            long active = 0;
            for (JsonNode job : jobs) {
                active += Set.of("Stopped", "Finished", "Failed")
                                .contains(job.get("state").asText())
                        ? 0
                        : 1;
            }
            assertEquals(model.runs ? 1 : 0, active, jobs.toString());
        }

        /** A pipeline once it is at rest. One that is stopped to be started again is stopped for a moment. */
        private JsonNode settled(Model model) {
            int kills = server.kills();
            long end = System.nanoTime() + LIMIT_NANOS;
            while (true) {
                Api.Answer answer = read(api -> api.get(path(model)));
                if (answer.status() == 200 && atRest(model, answer.json())) {
                    return answer.json();
                }
                if (server.kills() > kills) {
                    kills = server.kills();
                    end = System.nanoTime() + LIMIT_NANOS;
                }
                if (System.nanoTime() > end) {
                    throw new AssertionError("still " + answer.status() + ": " + answer.text());
                }
                LockSupport.parkNanos(WAIT_NANOS);
            }
        }

        private boolean atRest(Model model, JsonNode json) {
            if (!model.runs) {
                return isIdle(json) || json.get("state").asText().equals("Running");
            }
            return Set.of("Running", "Failed").contains(json.get("state").asText()) && runsPresentVersion(json)
                    || isIdle(json) && json.get("stop").asText().equals("checkpoint");
        }

        private boolean isIdle(JsonNode json) {
            return Set.of("Created", "Stopped", "Failed", "Finished")
                    .contains(json.get("state").asText());
        }

        private boolean runsPresentVersion(JsonNode json) {
            JsonNode job =
                    read(api -> api.get("/jobs/" + json.get("job_id").asText())).json();
            return job.path("version").asLong() == json.get("version").asLong();
        }

        private String query(String name) {
            return "CREATE TABLE ticks (counter BIGINT NOT NULL) WITH (connector = 'impulse', event_rate = 200);"
                    + "CREATE TABLE out (counter BIGINT) WITH (connector = 'single_file', path = '"
                    + folder.resolve(name + ".json") + "', format = 'json');"
                    + "SET checkpoint_interval = '500 ms'; INSERT INTO out SELECT counter FROM ticks;";
        }

        private void allOnce(String name) throws IOException {
            Path file = folder.resolve(name + ".json");
            if (!Files.exists(file)) {
                return;
            }
            List<Long> numbers = Files.readAllLines(file).stream()
                    .map(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .sorted()
                    .toList();
            assertEquals(LongStream.range(0, numbers.size()).boxed().toList(), numbers, name);
        }
    }
}
