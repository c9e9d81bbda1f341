package io.laminar.connector.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is in topics comes through. */
@Timeout(120)
class CopyTest {
    private final Lab lab = Lab.shared();

    private static String line(int i) {
        return "{\"i\":" + i + ",\"t\":\"row " + i + " äöü \uD83D\uDE00\"}";
    }

    @Test
    void rowsOfSeveralPartitions() {
        String from = lab.topic("in", 3);
        String to = lab.topic("out", 2);
        lab.send(from, IntStream.range(0, 20_000).mapToObj(CopyTest::line).toArray(String[]::new));
        lab.run(new Lab.Job(
                        "CREATE TABLE source (i INT, t TEXT) " + lab.now(from) + "; CREATE TABLE sink (i INT, t TEXT) "
                                + lab.with(to) + "; INSERT INTO sink SELECT i, t FROM source WHERE i % 2 = 0")
                .on(2));
        assertEquals(
                IntStream.range(0, 10_000).mapToObj(i -> line(i * 2)).sorted().toList(), lab.values(to));
    }

    @Test
    void nothing() {
        String from = lab.topic("in", 3);
        String to = lab.topic("out", 1);
        lab.run("CREATE TABLE source (i INT) " + lab.now(from) + "; CREATE TABLE sink (n BIGINT) " + lab.with(to)
                + "; INSERT INTO sink SELECT count(*) FROM source");
        assertEquals(List.of("{\"n\":0}"), lab.values(to));
    }
}
