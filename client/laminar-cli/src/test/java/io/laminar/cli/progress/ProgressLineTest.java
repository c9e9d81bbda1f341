package io.laminar.cli.progress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.flink.metrics.JobProgress;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
    private static final long SECOND = 1_000_000_000L;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream err = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    private long now;

    @Test
    void amountsAreShort() {
        assertEquals("999", Amounts.count(999));
        assertEquals("1.00 k", Amounts.count(1000));
        assertEquals("12.3 k", Amounts.count(12_345));
        assertEquals("4.57 M", Amounts.count(4_567_890));
        assertEquals("-", Amounts.time(Long.MIN_VALUE));
        assertEquals("1970-01-01 00:01:00", Amounts.time(60_999_999));
        assertEquals("2:05 min", Amounts.seconds(125 * SECOND));
    }

    @Test
    void theLineShowsRowsAndTheirRate() {
        ProgressLine line = new ProgressLine(err, true, 200, () -> now);
        now = 2 * SECOND;
        line.update(progress(3000, 2, 1));
        assertTrue(text().contains("2.0 s  in 3.00 k (1.50 k/s)  out 2"), text());
        assertTrue(text().contains("state 2.50 MB"), text());
        assertTrue(text().contains("checkpoints 1"), text());
    }

    @Test
    void nothingIsWrittenWhereNobodyLooks() {
        ProgressLine line = new ProgressLine(err, false, 200, () -> now);
        now = SECOND;
        line.update(progress(1, 1, 0));
        line.summary("Done", progress(1, 1, 0));
        assertEquals("", text());
    }

    @Test
    void theSummaryNamesWhatWasCounted() {
        ProgressLine line = new ProgressLine(err, true, 200, () -> now);
        now = 4 * SECOND;
        line.summary("Done", new JobProgress(2000, 10, 0, 2, 0, 0, 25_000_000, Map.of("late_rows", 7L)));
        assertTrue(
                text().contains(
                                "Done after 4.0 s: 2.00 k rows in (500/s), 10 out, 25.0 MB of state, 2 checkpoints, 7 late rows"),
                text());
    }

    private String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static JobProgress progress(long in, long out, long checkpoints) {
        return new JobProgress(in, out, 0, checkpoints, 0, 100, 2_500_000, Map.of());
    }
}
