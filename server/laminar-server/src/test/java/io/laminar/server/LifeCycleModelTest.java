package io.laminar.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random operations on pipelines against a model of what they do, with kill -9 of the server in between. An operation whose
 * answer was lost may have happened or not; everything else has to be as the model says. At the end every pipeline has
 * written every number once.
 */
class LifeCycleModelTest {
    private static final long SEED = Long.getLong("laminar.model.seed", 20261129L);
    private static final int MOST_PIPELINES = 4;
    private static final List<String> MODES = List.of("checkpoint", "immediate", "force");

    @TempDir
    Path folder;

    @Test
    void onSqlite() throws Exception {
        new Run(24, 2).run();
    }

    @Test
    void onPostgres() throws Exception {
        try (EmbeddedPostgres database = EmbeddedPostgres.start()) {
            new Run(24, 2, "metadata.url", database.getJdbcUrl("postgres", "postgres"), "metadata.user", "postgres")
                    .run();
        }
    }

    @Test
    @Tag("slow")
    void forLong() throws Exception {
        new Run(Integer.getInteger("laminar.model.operations", 5000), Integer.getInteger("laminar.model.kills", 50))
                .run();
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

    private final class Run {
        private final int operations;
        private final int kills;
        private final String[] settings;
        private final Random random = new Random(SEED);
        private final Map<String, Model> models = new TreeMap<>();
        private final List<String> history = new ArrayList<>();
        private ServerProcess server;
        private String token;
        private Api api;
        private int made;

        Run(int operations, int kills, String... settings) {
            this.operations = operations;
            this.kills = kills;
            this.settings = settings;
        }

        void run() throws Exception {
            server = ServerProcess.start(folder.resolve("data"), settings);
            token = server.token();
            api = new Api(server.port(), token);
            try {
                for (int i = 0; i < operations; i++) {
                    boolean kill = kills > 0 && random.nextInt(Math.max(1, operations / kills)) == 0;
                    step(kill);
                }
                for (Model model : List.copyOf(models.values())) {
                    if (model.runs) {
                        api.post(path(model) + "/stop", "{}").is(202);
                        model.runs = false;
                    }
                    settle(model);
                    allOnce(model.name);
                }
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(
                        "seed " + SEED + ", after\n"
                                + String.join("\n", history.subList(Math.max(0, history.size() - 20), history.size())),
                        e);
            } finally {
                server.close();
            }
        }

        /** What the server says of the last jobs, if it still answers. */
        private String errors() {
            try {
                StringBuilder text = new StringBuilder();
                for (JsonNode job : api.get("/jobs?limit=3").json().path("data")) {
                    text.append(job).append('\n');
                    text.append(api.get("/jobs/" + job.get("id").asText() + "/errors?limit=3")
                            .text());
                }
                return text.toString();
            } catch (UncheckedIOException gone) {
                return "the server does not answer";
            }
        }

        /** One operation; with a kill nobody knows whether it has happened, until one looks. */
        private void step(boolean kill) throws Exception {
            Model model = pick();
            if (model == null) {
                create(kill);
                return;
            }
            // After a kill all jobs start again, and are not what they were before they have.
            settle(model);
            int choice = random.nextInt(100);
            if (choice < 30) {
                if (model.runs) {
                    String mode = MODES.get(random.nextInt(MODES.size()));
                    operate(
                            kill,
                            model,
                            "POST",
                            "/stop",
                            "{\"mode\": \"" + mode + "\"}",
                            202,
                            () -> model.runs = false);
                } else {
                    operate(kill, model, "POST", "/start", "{}", 202, () -> model.runs = true);
                }
            } else if (choice < 40) {
                // What makes no sense is refused and changes nothing.
                String wrong = model.runs ? "/start" : "/stop";
                assertEquals(409, api.post(path(model) + wrong, "{}").status(), wrong + " of " + model.name);
            } else if (choice < 55) {
                boolean force = random.nextInt(3) == 0;
                operate(kill, model, "POST", "/restart", "{\"force\": " + force + "}", 202, () -> model.runs = true);
            } else if (choice < 65) {
                String query = Api.json(Map.of("query", query(model.name) + " -- " + (model.version + 1)));
                operate(kill, model, "PATCH", "", query, 200, () -> model.version++);
            } else if (choice < 75 && model.runs) {
                operate(kill, model, "PATCH", "", "{\"parallelism\": " + (1 + random.nextInt(2)) + "}", 200, () -> {});
            } else if (choice < 82) {
                delete(kill, model);
            } else {
                create(kill);
            }
        }

        private Model pick() {
            List<Model> all = List.copyOf(models.values());
            return all.isEmpty() ? null : all.get(random.nextInt(all.size()));
        }

        private void create(boolean kill) throws Exception {
            if (models.size() == MOST_PIPELINES) {
                delete(kill, pick());
                return;
            }
            String name = "p" + made++;
            boolean starts = random.nextInt(3) > 0;
            String body = Api.json(Map.of("name", name, "query", query(name), "start", starts));
            history.add("create " + name + (starts ? " and start" : "") + (kill ? ", killed" : ""));
            if (kill) {
                killDuring(() -> api.post("/pipelines", body));
                for (JsonNode found :
                        api.get("/pipelines?name=" + name).is(200).json().get("data")) {
                    models.put(name, new Model(found.get("id").asText(), name, starts));
                    settle(models.get(name));
                }
                return;
            }
            String id = api.post("/pipelines", body).is(201).json().get("id").asText();
            models.put(name, new Model(id, name, starts));
            assertEquals(409, api.post("/pipelines", body).status(), "a name is taken once");
            settle(models.get(name));
        }

        private void delete(boolean kill, Model model) throws Exception {
            if (model.runs) {
                assertEquals(409, api.delete(path(model)).status());
                return;
            }
            history.add("delete " + model.name + (kill ? ", killed" : ""));
            allOnce(model.name);
            if (kill) {
                killDuring(() -> api.delete(path(model)));
                if (api.get(path(model)).status() == 404) {
                    models.remove(model.name);
                }
                return;
            }
            api.delete(path(model)).is(204);
            assertEquals(404, api.get(path(model)).status());
            models.remove(model.name);
        }

        private void operate(
                boolean kill, Model model, String method, String path, String body, int status, Runnable effect)
                throws Exception {
            history.add(method + " " + model.name + path + " " + (body.length() < 60 ? body : "query")
                    + (kill ? ", killed" : ""));
            if (!kill) {
                api.send(method, path(model) + path, body).is(status);
                effect.run();
                settle(model);
                return;
            }
            killDuring(() -> api.send(method, path(model) + path, body));
            // It has happened or not: both are right, and nothing else.
            boolean runsBefore = model.runs;
            long versionBefore = model.version;
            effect.run();
            JsonNode now = settled(model);
            boolean runs = now.get("state").asText().equals("Running");
            long version = now.get("version").asLong();
            assertTrue(runs == runsBefore || runs == model.runs, now.toString());
            assertTrue(version == versionBefore || version == model.version, now.toString());
            model.runs = runs;
            model.version = version;
        }

        private interface Call {
            void run();
        }

        /** Kills the server while it answers, at some moment, and starts it again. */
        private void killDuring(Call call) throws Exception {
            Thread caller = new Thread(() -> {
                try {
                    call.run();
                } catch (UncheckedIOException | AssertionError lost) {
                    // Nobody was there any more.
                    return;
                }
            });
            caller.start();
            caller.join(random.nextInt(400));
            server.kill();
            caller.join();
            server = ServerProcess.start(folder.resolve("data"), settings);
            api = new Api(server.port(), token);
        }

        private String path(Model model) {
            return "/pipelines/" + model.id;
        }

        /** Waits until a pipeline is what the model says, and checks it. */
        private void settle(Model model) {
            JsonNode now = settled(model);
            String state = now.get("state").asText();
            assertEquals(model.runs, state.equals("Running"), now.toString());
            assertEquals(model.version, now.get("version").asLong(), now.toString());
            JsonNode jobs = api.get(path(model) + "/jobs").is(200).json().get("data");
            long active = 0;
            for (JsonNode job : jobs) {
                active += Set.of("Stopped", "Finished", "Failed")
                                .contains(job.get("state").asText())
                        ? 0
                        : 1;
            }
            assertEquals(model.runs ? 1 : 0, active, jobs.toString());
        }

        private JsonNode settled(Model model) {
            // A pipeline that is stopped to be started again is stopped for a moment.
            return api.await(
                            path(model),
                            json -> model.runs
                                    ? Set.of("Running", "Failed")
                                                            .contains(json.get("state")
                                                                    .asText())
                                                    && runsPresentVersion(json)
                                            || isIdle(json)
                                                    && json.get("stop").asText().equals("checkpoint")
                                    : isIdle(json) || json.get("state").asText().equals("Running"))
                    .json();
        }

        private boolean isIdle(JsonNode json) {
            return Set.of("Created", "Stopped", "Failed", "Finished")
                    .contains(json.get("state").asText());
        }

        private boolean runsPresentVersion(JsonNode json) {
            JsonNode job = api.get("/jobs/" + json.get("job_id").asText()).json();
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
