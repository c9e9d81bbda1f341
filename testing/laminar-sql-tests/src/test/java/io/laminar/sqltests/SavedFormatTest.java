package io.laminar.sqltests;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.laminar.testing.slt.FlinkRuns;
import io.laminar.testing.slt.SavedCase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Savepoints that lie in the repository, one of every format there has been: each still goes on to the right rows. {@code
 * ./dev savepoint} writes that of the present format.
 */
class SavedFormatTest {
    private static final String SAVEPOINTS = "testing/laminar-sql-tests/src/test/resources/savepoints";

    private static FlinkRuns flink;

    @TempDir
    private Path scratch = Path.of("");

    @BeforeAll
    static void start() {
        flink = new FlinkRuns();
    }

    @AfterAll
    static void stop() {
        flink.close();
    }

    @TestFactory
    List<DynamicTest> everyFormatGoesOn() throws IOException {
        try (Stream<Path> formats = Files.list(Repository.root().resolve(SAVEPOINTS))) {
            List<DynamicTest> tests = formats.sorted()
                    .map(folder -> dynamicTest("format " + folder.getFileName(), () -> SavedCase.in(folder)
                            .check(flink, scratch)))
                    .toList();
            assertFalse(tests.isEmpty());
            return tests;
        }
    }
}
