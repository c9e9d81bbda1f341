package io.laminar.connector.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.flink.runtime.RunningJob;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class TopicSourceTest {
    private static final String I = "(i INT) ";

    private final Lab lab = Lab.shared();
    private final String out = lab.topic("out", 1);

    private static String line(int i) {
        return "{\"i\":" + i + "}";
    }

    private static String[] lines(int from, int to) {
        return IntStream.range(from, to).mapToObj(TopicSourceTest::line).toArray(String[]::new);
    }

    private static List<String> sorted(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(TopicSourceTest::line)
                .sorted()
                .toList();
    }

    private String copy(String columns, String source) {
        return "CREATE TABLE source " + columns + source + "; CREATE TABLE sink " + columns + lab.with(out)
                + "; INSERT INTO sink SELECT * FROM source";
    }

    /** A query over a source that ends with what is there. */
    private List<String> query(String columns, String source, String outColumns, String query) {
        lab.run("CREATE TABLE source " + columns + source + "; CREATE TABLE sink " + outColumns + lab.with(out)
                + "; INSERT INTO sink " + query);
        return lab.values(out);
    }

    @Test
    void startsWhereItIsTold() {
        String topic = lab.topic("in", 2);
        for (int i = 0; i < 10; i++) {
            lab.sendAll(java.util.stream.Stream.of(
                    new ProducerRecord<>(topic, i % 2, 1_700_000_000_000L + i, null, line(i))));
        }
        Map<String, List<Integer>> expected = Map.of(
                "earliest",
                List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9),
                "latest",
                List.of(),
                "timestamp:1700000000007",
                List.of(7, 8, 9),
                "timestamp:2023-11-14T22:13:20.008Z",
                List.of(8, 9),
                "timestamp:2100-01-01",
                List.of(),
                "offsets:0=4,1=3",
                List.of(7, 8, 9),
                "offsets:" + topic + "/0=5",
                List.of(1, 3, 5, 7, 9));
        expected.forEach((start, rows) -> {
            String to = lab.topic("out", 1);
            lab.run("CREATE TABLE source (i INT) "
                    + lab.with(topic, "source.bounded = true", "source.offset = '" + start + "'")
                    + "; CREATE TABLE sink (i INT) " + lab.with(to) + "; INSERT INTO sink SELECT * FROM source");
            assertEquals(rows.stream().map(TopicSourceTest::line).toList(), lab.values(to), start);
        });
    }

    @Test
    void aGroupGoesOnWhereItWas() {
        String topic = lab.topic("in", 2);
        String source = lab.with(topic, "source.bounded = true", "source.offset = 'group'", "source.group_id = 'g1'");
        lab.sendTo(topic, 0, lines(0, 5));
        lab.run(copy(I, source));
        assertEquals(sorted(0, 5), lab.values(out));
        Map<TopicPartition, OffsetAndMetadata> committed = Lab.get(() -> lab.admin
                .listConsumerGroupOffsets("g1")
                .partitionsToOffsetAndMetadata()
                .get());
        assertEquals(5, committed.get(new TopicPartition(topic, 0)).offset());
        lab.sendTo(topic, 0, lines(5, 8));
        lab.sendTo(topic, 1, lines(8, 10));
        lab.run(copy(I, source));
        assertEquals(sorted(0, 10), lab.values(out));
    }

    @Test
    void aGroupMayBeNamedAfterTheJob() {
        String topic = lab.topic("in", 1);
        lab.send(topic, lines(0, 5));
        String prefix = "groups of " + topic;
        lab.run(copy(I, lab.now(topic, "source.group_id_prefix = '" + prefix + "'")));
        List<String> groups = Lab.get(() -> lab.admin.listGroups().all().get()).stream()
                .map(GroupListing::groupId)
                .filter(id -> id.startsWith(prefix + "-"))
                .toList();
        assertEquals(1, groups.size(), groups::toString);
        Map<TopicPartition, OffsetAndMetadata> committed = Lab.get(() -> lab.admin
                .listConsumerGroupOffsets(groups.get(0))
                .partitionsToOffsetAndMetadata()
                .get());
        assertEquals(5, committed.get(new TopicPartition(topic, 0)).offset());
    }

    /** Rows that come after the job has started, however early, are not its own. */
    @Test
    void endsWithWhatWasThereWhenTheJobStarted() {
        String topic = lab.topic("in", 2);
        lab.sendTo(topic, 0, lines(0, 10));
        lab.sendTo(topic, 1, lines(10, 20));
        Faults.with(i -> {
            lab.sendTo(topic, (int) i % 2, line((int) i + 100));
            return i;
        });
        lab.run(Faults.FUNCTION + "CREATE TABLE source (i BIGINT NOT NULL) " + lab.now(topic)
                + "; CREATE TABLE sink (i BIGINT) " + lab.with(out) + "; INSERT INTO sink SELECT fault(i) FROM source");
        assertEquals(sorted(0, 20), lab.values(out));
        assertEquals(40, lab.values(topic).size());
    }

    @Test
    void latestIsWhereTheJobStarted() throws Exception {
        String topic = lab.topic("in", 1);
        lab.send(topic, lines(0, 100));
        RunningJob job =
                lab.start(new Lab.Job("SET checkpoint_interval = '100 milliseconds'; " + copy(I, lab.with(topic))));
        int next = 100;
        while (lab.values(out).isEmpty()) {
            lab.send(topic, line(next++));
        }
        job.cancel();
        assertFalse(lab.values(out).contains(line(99)));
        assertTrue(lab.values(out).contains(line(next - 1)) || next > 101);
    }

    @Test
    void showsWhatKafkaKnows() {
        String topic = lab.topic("in", 2);
        ProducerRecord<String, String> record =
                new ProducerRecord<>(topic, 1, 1_700_000_000_123L, "schlüssel", line(1));
        record.headers().add(new RecordHeader("trace", Lab.bytes("a")));
        record.headers().add(new RecordHeader("trace", Lab.bytes("b")));
        record.headers().add(new RecordHeader("none", null));
        lab.sendAll(java.util.stream.Stream.of(record, new ProducerRecord<>(topic, 1, 5L, null, line(2))));
        String columns = "(i INT, topic TEXT METADATA, part INT METADATA FROM 'partition', o BIGINT METADATA FROM"
                + " 'offset', id BIGINT METADATA FROM 'offset_id', at TIMESTAMP METADATA FROM 'timestamp', k TEXT"
                + " METADATA FROM 'key', h MAP<TEXT, TEXT> METADATA FROM 'headers') ";
        List<String> rows = query(
                columns,
                lab.now(topic),
                "(i INT, t TEXT, p INT, o BIGINT, id BIGINT, at TIMESTAMP, k TEXT, trace TEXT, event TIMESTAMP)",
                "SELECT i, topic, part, o, id, at, k, h['trace'], row_time() FROM source");
        assertEquals(
                List.of(
                        "{\"i\":1,\"t\":\"" + topic
                                + "\",\"p\":1,\"o\":0,\"id\":0,\"at\":\"2023-11-14T22:13:20.123\",\"k\":\"schlüssel\","
                                + "\"trace\":\"b\",\"event\":\"2023-11-14T22:13:20.123\"}",
                        "{\"i\":2,\"t\":\"" + topic
                                + "\",\"p\":1,\"o\":1,\"id\":1,\"at\":\"1970-01-01T00:00:00.005\",\"k\":null,"
                                + "\"trace\":null,\"event\":\"1970-01-01T00:00:00.005\"}"),
                rows);
    }

    @Test
    void readsSeveralTopics() {
        String prefix = "several-" + System.nanoTime();
        List<String> topics = IntStream.range(0, 3)
                .mapToObj(i -> lab.topic(prefix + "-" + i, 1 + i))
                .toList();
        for (int i = 0; i < 3; i++) {
            lab.send(topics.get(i), lines(i * 10, i * 10 + 10));
        }
        lab.run(copy(I, lab.now(String.join(", ", topics))));
        assertEquals(sorted(0, 30), lab.values(out));
        String second = lab.topic("out", 1);
        lab.run("CREATE TABLE source " + I + lab.now("", "topic_pattern = '" + prefix + "-[01].*'")
                + "; CREATE TABLE sink " + I + lab.with(second) + "; INSERT INTO sink SELECT * FROM source");
        assertEquals(sorted(0, 20), lab.values(second));
    }

    @Test
    void findsNewPartitions() throws Exception {
        String topic = lab.topic("in", 1);
        lab.send(topic, lines(0, 10));
        RunningJob job = lab.start(new Lab.Job("SET checkpoint_interval = '100 milliseconds'; "
                        + copy(
                                I,
                                lab.with(
                                        topic,
                                        "source.offset = 'earliest'",
                                        "source.discovery_interval = '100 milliseconds'")))
                .on(2));
        Lab.await("the first partition", () -> lab.values(out).size() == 10);
        lab.addPartitions(topic, 3);
        lab.sendTo(topic, 1, lines(10, 20));
        lab.sendTo(topic, 2, lines(20, 30));
        Lab.await("the new partitions", () -> lab.values(out).size() == 30);
        job.cancel();
        assertEquals(sorted(0, 30), lab.values(out));
    }

    @Test
    void findsNewTopicsOfAPattern() throws Exception {
        String prefix = "found-" + System.nanoTime();
        lab.send(lab.topic(prefix + "-0", 1), lines(0, 10));
        RunningJob job = lab.start(new Lab.Job("SET checkpoint_interval = '100 milliseconds'; "
                        + copy(
                                I,
                                lab.with(
                                        "",
                                        "topic_pattern = '" + prefix + "-.*'",
                                        "source.offset = 'earliest'",
                                        "source.discovery_interval = '100 milliseconds'")))
                .on(2));
        Lab.await("the first topic", () -> lab.values(out).size() == 10);
        lab.send(lab.topic("other-" + prefix, 1), lines(50, 60));
        lab.send(lab.topic(prefix + "-1", 2), lines(10, 20));
        Lab.await("the new topic", () -> lab.values(out).size() == 20);
        job.cancel();
        assertEquals(sorted(0, 20), lab.values(out));
    }

    @Test
    void leavesOutWhatIsNotCommitted() {
        String topic = lab.topic("in", 1);
        Map<String, Object> settings = Map.of("bootstrap.servers", lab.broker.servers(), "transactional.id", topic);
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.initTransactions();
            for (int i = 0; i < 6; i++) {
                producer.beginTransaction();
                producer.send(new ProducerRecord<>(topic, line(i)));
                producer.flush();
                if (i % 2 == 0) {
                    producer.commitTransaction();
                } else {
                    producer.abortTransaction();
                }
            }
        }
        lab.run(copy(I, lab.now(topic, "source.read_mode = 'read_committed'")));
        assertEquals(List.of(line(0), line(2), line(4)), lab.values(out));
        String all = lab.topic("out", 1);
        lab.run("CREATE TABLE source " + I + lab.now(topic) + "; CREATE TABLE sink " + I + lab.with(all)
                + "; INSERT INTO sink SELECT * FROM source");
        assertEquals(sorted(0, 6), lab.values(all));
    }

    @Test
    void badRecordsAreTreatedAsToldAndHaveTheirPlace() {
        String topic = lab.topic("in", 1);
        lab.send(topic, line(0), "{\"i\":", line(2), "{\"i\":\"x\"}");
        lab.sendKeyed(topic, "k", null);
        LaminarException failure = assertThrows(LaminarException.class, () -> lab.run(copy(I, lab.now(topic))));
        assertEquals(ErrorCode.BAD_RECORD, failure.code());
        assertEquals(topic + "/0, offset 1", String.valueOf(failure.place()));
        RunningJob job = lab.run(new Lab.Job(copy(I, lab.now(topic, "bad_data = 'drop'"))));
        assertEquals(List.of(line(0), line(2)), lab.values(out));
        assertEquals(3, job.progress().counters().get("bad_records"));
        String letters = lab.topic("letters", 1);
        lab.run("CREATE TABLE source " + I + lab.now(topic, "bad_data = 'dead_letter'", "bad_data.table = 'letters'")
                + "; CREATE TABLE sink " + I + lab.with(lab.topic("out", 1))
                + "; CREATE TABLE letters (source TEXT, byte_offset BIGINT, code TEXT, record BYTES) "
                + lab.with(letters) + "; INSERT INTO sink SELECT * FROM source");
        assertEquals(
                List.of(
                        "{\"source\":\"" + topic
                                + "/0\",\"byte_offset\":1,\"code\":\"LAM-5001\",\"record\":\"eyJpIjo=\"}",
                        "{\"source\":\"" + topic
                                + "/0\",\"byte_offset\":3,\"code\":\"LAM-5001\",\"record\":\"eyJpIjoieCJ9\"}",
                        "{\"source\":\"" + topic + "/0\",\"byte_offset\":4,\"code\":\"LAM-5001\",\"record\":\"\"}"),
                lab.values(letters));
    }

    @Test
    void aMessageMayHoldSeveralRowsOrBeLarge() {
        String topic = lab.topic("in", 1, Map.of("max.message.bytes", "9000000"));
        String large = "x".repeat(900_000);
        lab.send(topic, "[{\"t\":\"a\"},{\"t\":\"b\"}]", "{\"t\":\"" + large + "\"}", "{\"t\":\"c\"}");
        List<String> rows =
                query("(t TEXT) ", lab.now(topic), "(t TEXT, n INT)", "SELECT left(t, 3), char_length(t) FROM source");
        assertEquals(
                List.of(
                        "{\"t\":\"a\",\"n\":1}",
                        "{\"t\":\"b\",\"n\":1}",
                        "{\"t\":\"c\",\"n\":1}",
                        "{\"t\":\"xxx\",\"n\":900000}"),
                rows);
    }

    @Test
    void aRawRecordWithoutValueIsNull() {
        String topic = lab.topic("in", 1);
        lab.send(topic, "text");
        lab.sendKeyed(topic, "k", null);
        assertEquals(
                List.of("{\"value\":\"text\"}", "{\"value\":null}"),
                query(
                        "(value TEXT) ",
                        lab.now(topic, "format = 'raw_string'"),
                        "(value TEXT)",
                        "SELECT * FROM source"));
    }

    @Test
    void aSilentPartitionHoldsOthersBackOnlyAsLongAsTold() throws Exception {
        String topic = lab.topic("in", 2);
        String count = "SELECT count(*) AS i FROM (SELECT tumble(INTERVAL '1 second') AS window FROM source) GROUP BY"
                + " window";
        RunningJob job = lab.start(new Lab.Job("SET checkpoint_interval = '100 milliseconds'; CREATE TABLE source " + I
                + lab.with(topic, "source.offset = 'earliest'", "idle_timeout = '300 milliseconds'")
                + "; CREATE TABLE sink (i BIGINT) " + lab.with(out) + "; INSERT INTO sink " + count));
        for (int i = 0; i < 10; i++) {
            lab.sendAll(java.util.stream.Stream.of(new ProducerRecord<>(topic, 0, 1000L * i, null, line(i))));
        }
        Lab.await("windows", () -> lab.values(out).size() == 8);
        job.cancel();
        assertEquals(line(1), lab.values(out).get(0));
    }

    @Test
    void bothPartitionsGiveTheWatermark() {
        String topic = lab.topic("in", 2);
        // One partition is a minute ahead; nothing of the other is late.
        for (int i = 0; i < 3000; i++) {
            int partition = i % 2;
            lab.sendAll(java.util.stream.Stream.of(
                    new ProducerRecord<>(topic, partition, partition * 60_000L + i * 10L, null, line(i))));
        }
        List<String> rows = query(
                I,
                lab.now(topic),
                "(n BIGINT)",
                "SELECT CAST(sum(n) AS BIGINT) FROM (SELECT count(*) AS n FROM (SELECT tumble(INTERVAL '1 second') AS window FROM"
                        + " source) GROUP BY window)");
        assertEquals(List.of("{\"n\":3000}"), rows);
    }
}
