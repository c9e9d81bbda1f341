package io.laminar.connector.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.flink.runtime.RunningJob;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.management.ObjectName;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.CompressionType;
import org.apache.kafka.common.record.FileLogInputStream.FileChannelRecordBatch;
import org.apache.kafka.common.record.FileRecords;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings of Kafka's own clients, looked for where they take effect. */
@Timeout(120)
class ClientPropertiesTest {
    private final Lab lab = Lab.shared();

    private List<ConsumerRecord<String, String>> insert(String topic, String columns, String query, String... options) {
        lab.run("CREATE TABLE sink " + columns + " " + lab.with(topic, options) + "; INSERT INTO sink " + query);
        return lab.records(topic);
    }

    /** How the batches of a topic's only partition lie on the broker's disk; marks of transactions are none. */
    private Set<CompressionType> onDisk(String topic) throws IOException {
        Path segment = lab.broker.log().resolve(topic + "-0").resolve("00000000000000000000.log");
        Set<CompressionType> found = new HashSet<>();
        try (FileRecords records = FileRecords.open(segment.toFile(), false)) {
            for (FileChannelRecordBatch batch : records.batches()) {
                if (!batch.isControlBatch()) {
                    found.add(batch.compressionType());
                }
            }
        }
        return found;
    }

    @ParameterizedTest
    @ValueSource(strings = {"at_least_once", "exactly_once"})
    void aSinkCompressesAsTold(String mode) throws IOException {
        String plain = lab.topic("plain", 1);
        insert(plain, "(t TEXT)", "VALUES ('a'), ('b')", "sink.commit_mode = '" + mode + "'");
        assertEquals(Set.of(CompressionType.NONE), onDisk(plain));
        String zstd = lab.topic("zstd", 1);
        List<ConsumerRecord<String, String>> records = insert(
                zstd,
                "(t TEXT)",
                "VALUES ('a'), ('b')",
                "sink.commit_mode = '" + mode + "'",
                "client.compression.type = 'zstd'");
        assertEquals(2, records.size());
        assertEquals(Set.of(CompressionType.ZSTD), onDisk(zstd));
    }

    @Test
    void aSinkWritesRecordsAsLargeAsTold() {
        String topic = lab.topic("large", 1, Map.of("max.message.bytes", "9000000"));
        String query = "VALUES (repeat('x', 3000000))";
        LaminarException failure = assertThrows(LaminarException.class, () -> insert(topic, "(t TEXT)", query));
        assertEquals(ErrorCode.OUTPUT_FAILED, failure.code(), failure::describe);
        List<ConsumerRecord<String, String>> records =
                insert(topic, "(t TEXT)", query, "client.max.request.size = '5242880'");
        assertEquals(3_000_000 + "{\"t\":\"\"}".length(), records.get(0).value().length());
    }

    private static boolean isKnown(String kind, String client) {
        try {
            return !ManagementFactory.getPlatformMBeanServer()
                    .queryNames(new ObjectName("kafka." + kind + ":type=app-info,id=" + client), null)
                    .isEmpty();
        } catch (javax.management.MalformedObjectNameException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void clientsAreCalledAsTold() throws Exception {
        String from = lab.topic("in", 1);
        String to = lab.topic("out", 1);
        RunningJob job = lab.start(new Lab.Job("CREATE TABLE source (i INT) "
                + lab.with(from, "source.offset = 'earliest'", "client.client.id = 'reader of " + from + "'")
                + "; CREATE TABLE sink (i INT) " + lab.with(to, "client.client.id = 'writer of " + to + "'")
                + "; INSERT INTO sink SELECT i FROM source"));
        Lab.await("a consumer of that name", () -> isKnown("consumer", "reader of " + from + "-0"));
        Lab.await("a producer of that name", () -> isKnown("producer", "writer of " + to));
        job.cancel();
    }

    /** Marks records that are sent, with a text from settings that Kafka does not know. */
    public static final class Marks implements ProducerInterceptor<byte[], byte[]> {
        private byte[] mark = {};

        @Override
        public void configure(Map<String, ?> settings) {
            mark = Lab.bytes(String.valueOf(settings.get("mark.of.tests")));
        }

        @Override
        public ProducerRecord<byte[], byte[]> onSend(ProducerRecord<byte[], byte[]> record) {
            record.headers().add("mark", mark);
            return record;
        }

        @Override
        public void onAcknowledgement(@Nullable RecordMetadata metadata, @Nullable Exception exception) {}

        @Override
        public void close() {}
    }

    /** Lets only records with the mark through. */
    public static final class Marked implements ConsumerInterceptor<ByteBuffer, ByteBuffer> {
        private String mark = "";

        @Override
        public void configure(Map<String, ?> settings) {
            mark = String.valueOf(settings.get("mark.of.tests"));
        }

        @Override
        public ConsumerRecords<ByteBuffer, ByteBuffer> onConsume(ConsumerRecords<ByteBuffer, ByteBuffer> polled) {
            Map<TopicPartition, List<ConsumerRecord<ByteBuffer, ByteBuffer>>> kept = new HashMap<>();
            for (ConsumerRecord<ByteBuffer, ByteBuffer> record : polled) {
                if (new String(record.headers().lastHeader("mark").value(), java.nio.charset.StandardCharsets.UTF_8)
                        .equals(mark)) {
                    kept.computeIfAbsent(new TopicPartition(record.topic(), record.partition()), p -> new ArrayList<>())
                            .add(record);
                }
            }
            return new ConsumerRecords<>(kept, polled.nextOffsets());
        }

        @Override
        public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

        @Override
        public void close() {}
    }

    private static String with(Class<?> interceptor, String mark) {
        return "client.interceptor.classes = '" + interceptor.getName() + "', client.mark.of.tests = '" + mark + "'";
    }

    @Test
    void classesAndTheirOwnSettingsReachProducersAndConsumers() {
        String topic = lab.topic("marked", 1);
        String out = lab.topic("out", 1);
        insert(topic, "(i INT)", "VALUES (1), (2)", with(Marks.class, "red"));
        insert(topic, "(i INT)", "VALUES (3)", with(Marks.class, "blue"), "sink.commit_mode = 'exactly_once'");
        lab.run("CREATE TABLE source (i INT) " + lab.now(topic, with(Marked.class, "red"))
                + "; CREATE TABLE sink (i INT) " + lab.with(out) + "; INSERT INTO sink SELECT i FROM source");
        assertEquals(List.of("{\"i\":1}", "{\"i\":2}"), lab.values(out));
    }

    private enum Use {
        SOURCE("CREATE TABLE t (i INT) %s; SELECT * FROM t"),
        SINK("CREATE TABLE t (i INT) %s; INSERT INTO t VALUES (1)");

        private final String sql;

        Use(String sql) {
            this.sql = sql;
        }
    }

    private LaminarException refused(Use use, String property, String value) {
        String sql = use.sql.formatted(lab.with(lab.topic("t", 1), "client." + property + " = '" + value + "'"));
        LaminarException error = Lab.refused(sql);
        assertTrue(error.reason().contains("'client." + property + "'"), error::describe);
        return error;
    }

    @ParameterizedTest
    @EnumSource(Use.class)
    void whatKafkaWouldRefuseIsRefusedBeforeTheJobStarts(Use use) {
        LaminarException choice = refused(use, "compression.type", "zstandard");
        assertEquals(ErrorCode.INVALID_OPTION, choice.code());
        assertTrue(choice.reason().contains("zstd"), choice::describe);
        assertTrue(String.valueOf(choice.hint()).contains("compression type"), choice::describe);
        LaminarException number = refused(use, "max.request.size", "5 MB");
        assertEquals(ErrorCode.INVALID_OPTION, number.code());
        assertTrue(number.reason().contains("Not a number"), number::describe);
        assertEquals(
                ErrorCode.INVALID_OPTION, refused(use, "fetch.min.bytes", "-1").code());
    }

    @ParameterizedTest
    @EnumSource(Use.class)
    void whatNoClientKnowsIsRefused(Use use) {
        LaminarException slip = refused(use, "max.reqest.size", "5242880");
        assertEquals(ErrorCode.UNKNOWN_OPTION, slip.code());
        assertEquals("did you mean 'client.max.request.size'?", slip.hint());
        assertEquals(
                ErrorCode.UNKNOWN_OPTION, refused(use, "mark.of.tests", "red").code());
    }

    @ParameterizedTest
    @EnumSource(Use.class)
    void whatWouldUndoAnOptionOfTheTableIsRefused(Use use) {
        Map.of(
                        "isolation.level", "source.read_mode",
                        "enable.auto.commit", "source.group_id",
                        "group.id", "source.group_id",
                        "transactional.id", "sink.transactional_id_prefix",
                        "transaction.timeout.ms", "sink.transaction_timeout",
                        "bootstrap.servers", "bootstrap_servers",
                        "value.serializer", "format")
                .forEach((property, option) -> {
                    LaminarException error = refused(use, property, "1");
                    assertEquals(ErrorCode.INVALID_OPTION, error.code(), property);
                    assertTrue(String.valueOf(error.hint()).contains(option), error::describe);
                });
    }

    @Test
    void rowsThatMayStillBeLostDoNotCountAsWritten() {
        LaminarException error = refused(Use.SINK, "acks", "1");
        assertEquals(ErrorCode.INVALID_OPTION, error.code());
        assertEquals("leave it out: it is 'all'", error.hint());
        String topic = lab.topic("t", 1);
        assertEquals(
                1, insert(topic, "(i INT)", "VALUES (1)", "client.acks = 'all'").size());
    }

    /** What only the client as a whole can judge is refused when it starts, in the same words. */
    @Test
    void settingsThatContradictTheTableEndTheJob() {
        String topic = lab.topic("t", 1);
        LaminarException error = assertThrows(
                LaminarException.class,
                () -> insert(
                        topic,
                        "(i INT)",
                        "VALUES (1)",
                        "sink.commit_mode = 'exactly_once'",
                        "client.enable.idempotence = 'false'"));
        assertEquals(ErrorCode.INVALID_OPTION, error.code(), error::describe);
        assertTrue(error.reason().contains("idempotence"), error::describe);
        assertTrue(String.valueOf(error.hint()).contains("client.*"), error::describe);
    }
}
