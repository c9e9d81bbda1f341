package io.laminar.connector.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class TopicSinkTest {
    private final Lab lab = Lab.shared();

    /** Inserts rows and gives back what is in the topic. */
    private List<ConsumerRecord<String, String>> insert(
            int partitions, String columns, String values, String... options) {
        String topic = lab.topic("out", partitions);
        lab.run("CREATE TABLE sink " + columns + " " + lab.with(topic, options) + "; INSERT INTO sink VALUES "
                + values);
        return lab.records(topic);
    }

    private List<String> keys(String columns, String values, String... options) {
        return insert(1, columns, values, options).stream()
                .map(record -> String.valueOf(record.key()))
                .toList();
    }

    @Test
    void keys() {
        String columns = "(id INT, name TEXT, at TIMESTAMP, b BYTES)";
        String row = "(7, 'Zürich \uD83D\uDE00', TIMESTAMP '2024-02-29 12:00:00', X'6162')";
        assertEquals(List.of("null"), keys(columns, row));
        assertEquals(List.of("7"), keys(columns, row, "sink.key_field = 'id'"));
        assertEquals(List.of("Zürich \uD83D\uDE00"), keys(columns, row, "sink.key_field = 'NAME'"));
        assertEquals(List.of("ab"), keys(columns, row, "sink.key_field = 'b'"));
        assertEquals(List.of("{\"id\":7}"), keys(columns, row, "sink.key_field = 'id'", "key.format = 'json'"));
        assertEquals(
                List.of("{\"name\":\"Zürich \uD83D\uDE00\",\"id\":7}"),
                keys(columns, row, "sink.key_fields = 'name, id'"));
        assertEquals(List.of("raw"), keys("(i INT, k TEXT METADATA FROM 'key')", "(1, 'raw')"));
        assertEquals(List.of("null"), keys("(i INT, k BYTES METADATA FROM 'key')", "(1, NULL)"));
    }

    @Test
    void timesHeadersAndPartitions() {
        ConsumerRecord<String, String> record = insert(
                        3,
                        "(i INT, at TIMESTAMP, p INT METADATA FROM 'partition', h MAP<TEXT, TEXT> METADATA FROM 'headers')",
                        "(1, TIMESTAMP '2024-02-29 12:00:00.5', 2, MAP['a', 'ä'])",
                        "sink.timestamp_field = 'at'")
                .get(0);
        assertEquals(2, record.partition());
        assertEquals(1_709_208_000_500L, record.timestamp());
        assertEquals(
                "ä", new String(record.headers().lastHeader("a").value(), java.nio.charset.StandardCharsets.UTF_8));
        assertEquals("{\"i\":1,\"at\":\"2024-02-29T12:00:00.5\"}", record.value());
        LaminarException failure = assertThrows(
                LaminarException.class, () -> insert(3, "(i BIGINT)", "(1), (3)", "sink.partition_field = 'i'"));
        assertTrue(failure.reason().contains("partition 3 of topic"), failure.reason());
    }

    @Test
    void partitioning() {
        String rows = "(1, 'a'), (2, 'b'), (3, 'c'), (4, 'a'), (5, 'b'), (6, 'c')";
        Map<String, Set<Integer>> byKey = insert(3, "(i INT, k TEXT)", rows, "sink.key_field = 'k'").stream()
                .collect(Collectors.groupingBy(
                        ConsumerRecord::key,
                        TreeMap::new,
                        Collectors.mapping(ConsumerRecord::partition, Collectors.toSet())));
        assertTrue(byKey.values().stream().allMatch(partitions -> partitions.size() == 1));
        Set<Integer> fixed = insert(3, "(i INT, k TEXT)", rows, "sink.partitioning = 'fixed'").stream()
                .map(ConsumerRecord::partition)
                .collect(Collectors.toSet());
        assertEquals(Set.of(0), fixed);
        Map<Integer, Long> turns = insert(3, "(i INT, k TEXT)", rows, "sink.partitioning = 'round_robin'").stream()
                .collect(Collectors.groupingBy(ConsumerRecord::partition, Collectors.counting()));
        assertEquals(Map.of(0, 2L, 1, 2L, 2, 2L), turns);
    }

    @Test
    void aTableWithAKeyGetsTombstones() {
        String from = lab.topic("in", 1);
        String to = lab.topic("out", 1);
        lab.send(
                from,
                "{\"op\":\"c\",\"after\":{\"id\":1,\"n\":\"a\"}}",
                "{\"op\":\"c\",\"after\":{\"id\":2,\"n\":\"b\"}}");
        String sql = "CREATE TABLE source (id INT PRIMARY KEY, n TEXT) " + lab.now(from, "format = 'debezium_json'")
                + "; CREATE TABLE sink (id INT PRIMARY KEY, n TEXT) " + lab.with(to)
                + "; INSERT INTO sink SELECT id, n FROM source";
        lab.run(sql);
        lab.send(
                from,
                "{\"op\":\"u\",\"before\":{\"id\":1,\"n\":\"a\"},\"after\":{\"id\":1,\"n\":\"c\"}}",
                "{\"op\":\"d\",\"before\":{\"id\":2,\"n\":\"b\"}}");
        lab.sendKeyed(from, "{\"id\":2}", null);
        lab.run(sql.replace("source.offset = 'earliest'", "source.offset = 'offsets:0=2'"));
        List<String> records = lab.records(to).stream()
                .map(record -> record.key() + " " + record.value())
                .toList();
        assertEquals(
                List.of("1 {\"id\":1,\"n\":\"a\"}", "2 {\"id\":2,\"n\":\"b\"}", "1 {\"id\":1,\"n\":\"c\"}", "2 null"),
                records);
    }

    @Test
    void changesAsDebeziumWritesThem() {
        String to = lab.topic("out", 1);
        lab.run("SET updating_flush_interval = '0 seconds'; CREATE TABLE sink (k INT, n BIGINT) "
                + lab.with(to, "format = 'debezium_json'", "sink.key_field = 'k'")
                + "; INSERT INTO sink SELECT k, count(*) FROM (VALUES (1), (2), (1)) AS t (k) GROUP BY k");
        assertEquals(
                Set.of(
                        "1 {\"before\":null,\"after\":{\"k\":1,\"n\":2},\"op\":\"c\"}",
                        "2 {\"before\":null,\"after\":{\"k\":2,\"n\":1},\"op\":\"c\"}"),
                lab.records(to).stream()
                        .map(record -> record.key() + " " + record.value())
                        .collect(Collectors.toSet()));
    }

    @Test
    void exactlyOnceLeavesNothingOpen() {
        List<ConsumerRecord<String, String>> records = insert(
                2, "(i INT)", "(1), (2), (3)", "sink.commit_mode = 'exactly_once'", "client.compression.type = 'zstd'");
        assertEquals(3, records.size());
        assertNull(records.get(0).key());
    }

    @Test
    void aRecordThatIsTooLargeSaysWhatToDo() {
        LaminarException failure =
                assertThrows(LaminarException.class, () -> insert(1, "(t TEXT)", "(repeat('x', 3000000))"));
        assertEquals(ErrorCode.OUTPUT_FAILED, failure.code());
        assertTrue(String.valueOf(failure.hint()).contains("client.max.request.size"));
    }

    /** The client lets it pass: the refusal comes later, in a mail to the task or at the next flush. */
    @ParameterizedTest
    @ValueSource(strings = {"at_least_once", "exactly_once"})
    void aRecordThatTheBrokerRefusesSaysWhatToDo(String mode) {
        String from = lab.topic("in", 1);
        String to = lab.topic("small", 1, Map.of("max.message.bytes", "1000"));
        lab.send(from, "{\"n\":3000}");
        // The source goes on, so that nothing but a mail tells of the refusal before a checkpoint does.
        LaminarException failure = assertThrows(
                LaminarException.class,
                () -> lab.run("SET checkpoint_interval = '10 minutes'; CREATE TABLE source (n INT) "
                        + lab.with(from, "source.offset = 'earliest'") + "; CREATE TABLE sink (t TEXT) "
                        + lab.with(to, "sink.commit_mode = '" + mode + "'")
                        + "; INSERT INTO sink SELECT repeat('x', n) FROM source"));
        assertEquals(ErrorCode.OUTPUT_FAILED, failure.code(), failure.getMessage());
        assertTrue(failure.reason().contains("too large"), failure.reason());
        assertTrue(failure.reason().contains(to), failure.reason());
        assertTrue(String.valueOf(failure.hint()).contains("max.message.bytes"));
    }
}
