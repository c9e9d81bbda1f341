package io.laminar.connector.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.flink.runtime.RunningJob;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nothing is lost and nothing comes twice, whatever happens on the way from topic to topic. */
@Timeout(240)
class ExactlyOnceTest {
    private static final int ROWS = 20_000;

    private final Lab lab = Lab.shared();

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void noFailures() {
        Faults.prepare(Long.MAX_VALUE, 0);
    }

    private static String copy(Lab lab, String from, String to, String... source) {
        List<String> options = new java.util.ArrayList<>(List.of(source));
        options.add("source.offset = 'earliest'");
        return "SET checkpoint_interval = '100 milliseconds'; "
                + Faults.FUNCTION + "CREATE TABLE source (i BIGINT NOT NULL) "
                + lab.with(from, options.toArray(new String[0])) + "; CREATE TABLE sink (i BIGINT) "
                + lab.with(to, "sink.commit_mode = 'exactly_once'")
                + "; INSERT INTO sink SELECT fault(i) FROM source";
    }

    private static String line(int i) {
        return "{\"i\":" + i + "}";
    }

    private static void fill(Lab lab, String topic, int from, int to) {
        lab.sendAll(IntStream.range(from, to).mapToObj(i -> new ProducerRecord<>(topic, line(i))));
    }

    private static void assertAll(Lab lab, String topic, int rows) {
        List<String> values = lab.values(topic);
        Set<String> expected = new HashSet<>(
                IntStream.range(0, rows).mapToObj(ExactlyOnceTest::line).toList());
        assertEquals(expected, new HashSet<>(values));
        assertEquals(rows, values.size(), "some come twice");
    }

    @Test
    void throughFailures() {
        String from = lab.topic("in", 3);
        String to = lab.topic("out", 2);
        fill(lab, from, 0, ROWS);
        Faults.prepare(ROWS / 4, 3);
        lab.run(new Lab.Job(copy(lab, from, to, "source.bounded = true")).on(2).restarting(5));
        assertEquals(3, Faults.failures());
        assertAll(lab, to, ROWS);
        assertTrue(lab.records(to, false).size() >= ROWS);
    }

    @Test
    void withoutTransactionsNothingIsLost() {
        String from = lab.topic("in", 3);
        String to = lab.topic("out", 2);
        fill(lab, from, 0, ROWS);
        Faults.prepare(ROWS / 4, 3);
        String sql = copy(lab, from, to, "source.bounded = true").replace("'exactly_once'", "'at_least_once'");
        lab.run(new Lab.Job(sql).on(2).restarting(5));
        assertEquals(3, Faults.failures());
        assertEquals(
                new HashSet<>(
                        IntStream.range(0, ROWS).mapToObj(ExactlyOnceTest::line).toList()),
                new HashSet<>(lab.values(to)));
    }

    @Test
    void throughRestartsAtOtherParallelisms() throws Exception {
        String from = lab.topic("in", 3);
        String to = lab.topic("out", 2);
        int step = 1_000;
        int[] parallelisms = {1, 2, 3, 1};
        for (int i = 0; i < parallelisms.length; i++) {
            fill(lab, from, i * step, (i + 1) * step);
            int rows = (i + 1) * step;
            RunningJob job = lab.start(
                    new Lab.Job(copy(lab, from, to)).on(parallelisms[i]).keeping(folder));
            Lab.await(rows + " rows", () -> lab.records(to).size() >= rows);
            if (i % 2 == 0) {
                job.stop();
            } else {
                // The transaction that is open now must not hold readers up for long, nor its rows appear.
                job.cancel();
            }
            job.await();
        }
        assertAll(lab, to, parallelisms.length * step);
    }

    @Test
    void windowsOfAStream() {
        String from = lab.topic("in", 2);
        String to = lab.topic("out", 1);
        lab.sendAll(IntStream.range(0, ROWS)
                .mapToObj(i -> new ProducerRecord<>(from, i % 2, (long) i, null, line(i % 10))));
        Faults.prepare(ROWS / 3, 2);
        lab.run(new Lab.Job(copy(lab, from, to, "source.bounded = true")
                        .replace(
                                "SELECT fault(i) FROM source",
                                "SELECT n * 100000000 + i * 1000000 + start FROM (SELECT i, count(*) AS n,"
                                        + " to_unixtime(window.start) AS start FROM (SELECT fault(i) AS i,"
                                        + " tumble(INTERVAL '1 second') AS window FROM source) GROUP BY i, window)"))
                .on(2)
                .restarting(5));
        assertEquals(2, Faults.failures());
        assertEquals(
                IntStream.range(0, 200)
                        .mapToObj(i -> "{\"i\":" + (100L * 100_000_000 + (i % 10) * 1_000_000 + i / 10) + "}")
                        .sorted()
                        .toList(),
                lab.values(to));
    }

    @Test
    @Tag("slow")
    void throughRestartsOfTheBroker() throws Exception {
        try (Lab own = new Lab(io.laminar.testing.server.KafkaBroker.Settings.PLAIN)) {
            String from = own.topic("in", 2);
            String to = own.topic("out", 1);
            fill(own, from, 0, 1_000);
            RunningJob job = own.start(new Lab.Job(copy(own, from, to)).on(2).restarting(100));
            Lab.await("the first rows", () -> own.records(to).size() == 1_000);
            own.broker.kill();
            own.broker.restart();
            fill(own, from, 1_000, 2_000);
            Lab.await("rows after a kill", () -> own.records(to).size() == 2_000);
            own.broker.pause();
            own.broker.resume();
            own.broker.stop();
            own.broker.restart();
            fill(own, from, 2_000, 3_000);
            Lab.await("rows after a restart", () -> own.records(to).size() == 3_000);
            job.cancel();
            assertAll(own, to, 3_000);
        }
    }
}
