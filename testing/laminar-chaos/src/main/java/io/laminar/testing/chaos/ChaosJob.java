package io.laminar.testing.chaos;

import io.laminar.testing.cluster.ChildProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A job on the plant's cluster, started and steered by the command {@code laminar}. */
final class ChaosJob {
    private static final Pattern COMPLETED = Pattern.compile("\"latest\":\\{\"completed\":\\{[^{}]*?\"id\":(\\d+)");
    private static final Pattern FAILED = Pattern.compile("\"failed\":(\\d+)");
    private static final Pattern STATE = Pattern.compile("\"state\":\"(\\w+)\"");

    private final Plant plant;
    private final String id;

    private ChaosJob(Plant plant, String id) {
        this.plant = plant;
        this.id = id;
    }

    static ChaosJob start(Plant plant, String name, Pipeline pipeline, Path state, int parallelism) {
        Path file = plant.folder().resolve(name + ".sql");
        try {
            Files.writeString(file, pipeline.sql());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ChildProcess.Ended started = plant.laminar(
                "run",
                "--cluster",
                plant.cluster(),
                "-p",
                String.valueOf(parallelism),
                "--state",
                state.toString(),
                "--detached",
                file.toString());
        return new ChaosJob(plant, successful(started).out().strip());
    }

    private static ChildProcess.Ended successful(ChildProcess.Ended ended) {
        if (ended.code() != 0) {
            throw new ChaosException("laminar ended with code " + ended.code() + ": " + ended.err());
        }
        return ended;
    }

    void rescale(int parallelism) {
        successful(
                plant.laminar("jobs", "rescale", "--cluster", plant.cluster(), id, "-p", String.valueOf(parallelism)));
    }

    /** Stops it after a savepoint. */
    void stop() {
        successful(plant.laminar("jobs", "stop", "--cluster", plant.cluster(), id));
    }

    /** Number of the last complete checkpoint since a coordinator leads; -1 if there is none. */
    long checkpoint() {
        return number(COMPLETED, "/checkpoints");
    }

    long failedCheckpoints() {
        return number(FAILED, "/checkpoints");
    }

    private long number(Pattern pattern, String path) {
        Matcher found = pattern.matcher(plant.get("/jobs/" + id + path));
        return found.find() ? Long.parseLong(found.group(1)) : -1;
    }

    /** Flink's word for its state; empty if nobody says. */
    String state() {
        Matcher found = STATE.matcher(plant.get("/jobs/" + id));
        return found.find() ? found.group(1) : "";
    }

    /** @throws ChaosException if it has come to its end */
    void requireGoingOn() {
        String state = state();
        if (state.equals("FAILED") || state.equals("CANCELED") || state.equals("FINISHED")) {
            throw new ChaosException("the job is " + state + ": " + exceptions());
        }
    }

    String exceptions() {
        return plant.get("/jobs/" + id + "/exceptions");
    }

    String id() {
        return id;
    }
}
