package io.laminar.connector.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.flink.runtime.RunningJob;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Topics that keep the last record per key. */
@Timeout(120)
class UpsertTopicTest {
    private final Lab lab = Lab.shared();
    private final String in = lab.topic("prices", 3, Map.of("cleanup.policy", "compact"));
    private final String out = lab.topic("out", 1);

    private void fill() {
        lab.sendKeyed(in, "äpfel", "{\"price\":1}");
        lab.sendKeyed(in, "birnen", "{\"price\":1}");
        lab.sendKeyed(in, "never", null);
        lab.sendKeyed(in, "äpfel", "{\"price\":2}");
        lab.sendKeyed(in, "kirschen", "{\"price\":2}");
        lab.sendKeyed(in, "birnen", null);
        lab.sendKeyed(in, "kirschen", "{\"price\":2}");
    }

    /** The last value of every key; those whose last record has none are gone. */
    private Map<String, String> last() {
        Map<String, String> rows = new TreeMap<>();
        lab.records(out).forEach(record -> {
            if (record.value() == null) {
                rows.remove(record.key());
            } else {
                rows.put(record.key(), record.value());
            }
        });
        return rows;
    }

    @Test
    void rowsReplaceEachOtherAndGo() {
        fill();
        lab.run(new Lab.Job("CREATE TABLE prices (name TEXT PRIMARY KEY, price INT NOT NULL) " + lab.now(in)
                        + "; CREATE TABLE sink (price INT PRIMARY KEY, n BIGINT, names TEXT) " + lab.with(out)
                        + "; INSERT INTO sink SELECT price, count(*), min(name) FROM prices GROUP BY price")
                .on(2));
        assertEquals(Map.of("2", "{\"price\":2,\"n\":2,\"names\":\"kirschen\"}"), last());
    }

    @Test
    void aFilterTakesRowsBackThatPassItNoLonger() {
        fill();
        lab.run("CREATE TABLE prices (name TEXT PRIMARY KEY, price INT) " + lab.now(in)
                + "; CREATE TABLE sink (name TEXT PRIMARY KEY, price INT) " + lab.with(out)
                + "; INSERT INTO sink SELECT name, price FROM prices WHERE price < 2");
        assertEquals(Map.of(), last());
    }

    @Test
    void keysOfSeveralColumnsAndTimesOfTheRow() {
        lab.sendKeyed(in, "{\"a\":1,\"b\":\"x\"}", "{\"at\":\"2024-01-01T00:00:00\",\"n\":1}");
        lab.sendKeyed(in, "{\"a\":1,\"b\":\"x\"}", null);
        lab.sendKeyed(in, "{\"b\":\"y\",\"a\":2}", "{\"at\":\"2024-01-01T00:00:01\",\"n\":5}");
        lab.run(
                "CREATE TABLE source (n INT, b TEXT, a INT, at TIMESTAMP NOT NULL, PRIMARY KEY (a, b), WATERMARK FOR at) "
                        + lab.now(in) + "; CREATE TABLE sink (a INT, b TEXT, n INT, at TIMESTAMP, PRIMARY KEY (a, b)) "
                        + lab.with(out) + "; INSERT INTO sink SELECT a, b, n, at FROM source");
        assertEquals(
                Map.of("{\"a\":2,\"b\":\"y\"}", "{\"a\":2,\"b\":\"y\",\"n\":5,\"at\":\"2024-01-01T00:00:01\"}"),
                last());
    }

    /** Counts that come and go: keys with an even count have none in the end. */
    @ParameterizedTest
    @ValueSource(strings = {"at_least_once", "exactly_once"})
    void rowsAndTombstonesSurviveFailures(String mode) throws InterruptedException {
        String numbers = lab.topic("numbers", 3);
        int half = 2_525;
        int rows = 5_005;
        Faults.prepare(rows / 4, 3);
        RunningJob job = lab.start(
                new Lab.Job("SET checkpoint_interval = '100 milliseconds'; SET updating_flush_interval = '0 seconds'; "
                                + Faults.FUNCTION + "CREATE TABLE source (i BIGINT NOT NULL) "
                                + lab.with(numbers, "source.offset = 'earliest'")
                                + "; CREATE TABLE sink (k BIGINT PRIMARY KEY, n BIGINT) "
                                + lab.with(out, "sink.commit_mode = '" + mode + "'")
                                + "; INSERT INTO sink SELECT fault(i) % 50, count(*) FROM source GROUP BY fault(i) % 50"
                                + " HAVING count(*) % 2 = 1")
                        .on(2)
                        .restarting(5));
        // What readers have seen of the first half has to be taken back with the second.
        send(numbers, 0, half);
        Lab.await("odd counts of the first half", () -> odd(25, 51).equals(last()));
        send(numbers, half, rows);
        Lab.await("odd counts of all", () -> odd(5, 101).equals(last()));
        job.cancel();
        assertEquals(3, Faults.failures());
        assertTrue(lab.records(out).stream().anyMatch(record -> record.value() == null), "no row has come and gone");
    }

    private void send(String topic, int from, int to) {
        lab.sendAll(IntStream.range(from, to).mapToObj(i -> new ProducerRecord<>(topic, "{\"i\":" + i + "}")));
    }

    /** The first keys with a count. */
    private static Map<String, String> odd(int keys, int count) {
        Map<String, String> rows = new TreeMap<>();
        for (int k = 0; k < keys; k++) {
            rows.put(String.valueOf(k), "{\"k\":" + k + ",\"n\":" + count + "}");
        }
        return rows;
    }

    @Test
    void aKeyThatCannotBeReadIsABadRecord() {
        lab.sendKeyed(in, "text", "{\"n\":1}");
        lab.sendKeyed(in, "5", "{\"n\":2}");
        String sql = "CREATE TABLE source (id INT PRIMARY KEY, n INT) " + lab.now(in, "bad_data = 'fail'")
                + "; CREATE TABLE sink (id INT PRIMARY KEY, n INT) " + lab.with(out)
                + "; INSERT INTO sink SELECT id, n FROM source";
        LaminarException failure = assertThrows(LaminarException.class, () -> lab.run(sql));
        assertEquals(ErrorCode.BAD_RECORD, failure.code());
        assertEquals("key.format says how keys are written", failure.hint());
        lab.run(sql.replace("'fail'", "'drop'"));
        assertEquals(Map.of("5", "{\"id\":5,\"n\":2}"), last());
    }

    @Test
    void joinsWithTheRowsThatAreThereNow() {
        fill();
        String orders = lab.topic("orders", 1);
        lab.send(orders, "{\"name\":\"äpfel\",\"n\":3}", "{\"name\":\"birnen\",\"n\":4}");
        lab.run("CREATE TABLE prices (name TEXT PRIMARY KEY, price INT) " + lab.now(in)
                + "; CREATE TABLE orders (name TEXT, n INT) " + lab.now(orders)
                + "; CREATE TABLE sink (name TEXT PRIMARY KEY, cost INT) " + lab.with(out)
                + "; INSERT INTO sink SELECT o.name, o.n * p.price FROM orders o JOIN prices p ON o.name = p.name");
        assertEquals(Map.of("äpfel", "{\"name\":\"äpfel\",\"cost\":6}"), last());
    }

    @Test
    void withoutAKeyItIsALog() {
        fill();
        lab.run("CREATE TABLE prices (price INT, name TEXT METADATA FROM 'key') " + lab.now(in, "bad_data = 'drop'")
                + "; CREATE TABLE sink (n BIGINT) " + lab.with(out) + "; INSERT INTO sink SELECT count(*) FROM prices");
        assertEquals(List.of("{\"n\":5}"), lab.values(out));
    }
}
