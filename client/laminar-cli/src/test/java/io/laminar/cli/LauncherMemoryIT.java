package io.laminar.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** State of four times the heap and more, in processes of their own, with checkpoints on. */
@Tag("slow")
class LauncherMemoryIT {
    private static final int MEGABYTES = 256;
    private static final int WIDTH = 1000;
    /** Keys whose values alone take four times the heap. */
    private static final int KEYS = (4 * MEGABYTES << 20) / WIDTH;

    private static final long LIMIT_SECONDS = 600;

    @TempDir
    private Path folder = Path.of("");

    private Launcher.Ended run(int megabytes, String sql) throws IOException {
        String file = Files.writeString(folder.resolve("my.sql"), sql).toString();
        return Launcher.start(
                        folder,
                        "",
                        List.of(
                                "env",
                                "LAMINAR_MEMORY=" + megabytes + "m",
                                Launcher.script(),
                                "run",
                                "--state",
                                "my.state",
                                file))
                .endWithin(LIMIT_SECONDS);
    }

    private static String counted() {
        return """
                SET checkpoint_interval = '2 s';
                CREATE TABLE ticks (counter BIGINT)
                  WITH (connector = 'impulse', event_rate = 2000000, message_count = %d);
                CREATE TABLE sums (n BIGINT, twice BIGINT, length BIGINT, counters BIGINT)
                  WITH (connector = 'single_file', path = 'sums.json', format = 'json');
                INSERT INTO sums
                  SELECT count(*), count(*) FILTER (WHERE n = 2), sum(length(wide))::BIGINT, sum(k)::BIGINT
                  FROM (SELECT counter %% %d AS k, count(*) AS n, max(repeat('x', %d) || counter::TEXT) AS wide
                        FROM ticks GROUP BY counter %% %d);
                """.formatted(KEYS + KEYS / 10, KEYS, WIDTH, KEYS);
    }

    /** A tenth of the keys come twice, with the greater value at last or at first. */
    private void assertCounted() throws IOException {
        long length = 0;
        for (int key = 0; key < KEYS; key++) {
            String most = String.valueOf(key);
            String other = String.valueOf(key + KEYS);
            length += WIDTH + (key < KEYS / 10 && other.compareTo(most) > 0 ? other : most).length();
        }
        assertEquals(
                "{\"n\":%d,\"twice\":%d,\"length\":%d,\"counters\":%d}\n"
                        .formatted(KEYS, KEYS / 10, length, (KEYS - 1L) * KEYS / 2),
                Files.readString(folder.resolve("sums.json")));
    }

    @Test
    void anAggregationWithoutALimitIsSpilled() throws Exception {
        Launcher.Ended run = run(MEGABYTES, counted());
        assertEquals(0, run.code(), run.err());
        assertCounted();
    }
}
