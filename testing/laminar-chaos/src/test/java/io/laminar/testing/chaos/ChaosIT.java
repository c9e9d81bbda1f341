package io.laminar.testing.chaos;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A short run; {@code ./dev chaos} makes long ones. */
@Tag("slow")
class ChaosIT {
    private static final long SEED = 7;
    private static final int KILLS = 6;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void nothingIsLostAndNothingComesTwice() {
        ChaosResult result = new ChaosRun(new ChaosOptions(SEED, KILLS, folder), System.err).run();
        assertTrue(result.isGood(), () -> Report.of(result, "the test"));
    }
}
