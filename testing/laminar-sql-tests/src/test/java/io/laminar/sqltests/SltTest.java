package io.laminar.sqltests;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.laminar.testing.slt.Engine;
import io.laminar.testing.slt.FlinkRuns;
import io.laminar.testing.slt.SltRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every .slt file in every mode. {@code -Dlaminar.slt.seed=N} moves the seeded points. */
class SltTest {

    private static final long SEED = Long.getLong("laminar.slt.seed", 1L);
    private static final int CASES_PROMISED = 150;

    /** {@code ./dev slt --flink-faults} runs all cases that way, which takes minutes. */
    private static final int FAULTS_EVERY = 8;

    private static final int FAULTS_PROMISED = 15;

    private static FlinkRuns flink;
    private static SltRunner runner;

    @BeforeAll
    static void start() {
        Engine engine = Engine.laminar();
        flink = new FlinkRuns();
        runner = new SltRunner(engine, SEED, Optional.of(flink));
    }

    @AfterAll
    static void stop() {
        flink.close();
    }

    static List<Path> files() throws IOException {
        Path folder = Repository.root().resolve("testing/laminar-sql-tests/src/test/resources/slt");
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(f -> f.toString().endsWith(".slt")).sorted().toList();
        }
    }

    @TestFactory
    List<DynamicTest> everyFile() throws IOException {
        return files().stream()
                .map(file -> {
                    String name = file.getParent().getFileName() + "/" + file.getFileName();
                    return dynamicTest(name, () -> assertTrue(runner.run(file) > 0, "no case in " + file));
                })
                .toList();
    }

    @Test
    void someCasesSurviveFailuresOnFlink() throws IOException {
        int cases = 0;
        for (Path file : files()) {
            cases += runner.runWithFaults(file, flink, FAULTS_EVERY);
        }
        assertTrue(cases >= FAULTS_PROMISED, "only " + cases + " cases, seed " + SEED);
    }

    @Test
    void thereAreAsManyCasesAsPromised() throws IOException {
        int cases = 0;
        for (Path file : files()) {
            cases += SltRunner.count(file);
        }
        assertTrue(cases >= CASES_PROMISED, "only " + cases + " cases");
    }
}
