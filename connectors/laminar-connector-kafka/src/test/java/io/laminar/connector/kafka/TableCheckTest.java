package io.laminar.connector.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is refused before a job starts, and in which words. */
@Timeout(120)
class TableCheckTest {
    private final Lab lab = Lab.shared();
    private final String topic = lab.topic("orders", 1);

    private LaminarException source(String columns, String with) {
        return Lab.refused("CREATE TABLE t " + columns + " " + with + "; SELECT * FROM t");
    }

    private LaminarException sink(String columns, String with) {
        return Lab.refused("CREATE TABLE t " + columns + " " + with + "; INSERT INTO t VALUES (1, 'a')");
    }

    private static void check(ErrorCode code, String reason, LaminarException error) {
        assertEquals(code, error.code(), error.describe());
        assertTrue(error.reason().contains(reason), error.describe());
    }

    @Test
    void aTopicThatIsNotThere() {
        LaminarException error = source("(i INT)", lab.with(topic.replace("orders", "odrers")));
        check(ErrorCode.RESOURCE_NOT_FOUND, "there is no topic '" + topic.replace("orders", "odrers") + "'", error);
        assertTrue(error.reason().contains(lab.broker.servers()));
        assertTrue(String.valueOf(error.hint()).contains(topic), error.describe());
        check(
                ErrorCode.RESOURCE_NOT_FOUND,
                "no topic at",
                source("(i INT)", lab.with("", "topic_pattern = 'nothing-like-this'")));
        check(ErrorCode.RESOURCE_NOT_FOUND, "there is no topic 'x'", sink("(i INT, t TEXT)", lab.with("x")));
    }

    @Test
    void optionsThatMakeNoSense() {
        String i = "(i INT)";
        check(ErrorCode.MISSING_OPTION, "topic or from topic_pattern", source(i, lab.with("")));
        check(
                ErrorCode.INVALID_OPTION,
                "topic or from topic_pattern",
                source(i, lab.with(topic, "topic_pattern = 'a'")));
        check(ErrorCode.INVALID_OPTION, "no regular expression", source(i, lab.with("", "topic_pattern = '('")));
        check(ErrorCode.INVALID_OPTION, "says no place", source(i, lab.with(topic, "source.offset = 'yesterday'")));
        check(ErrorCode.MISSING_OPTION, "consumer group", source(i, lab.with(topic, "source.offset = 'group'")));
        check(ErrorCode.INVALID_OPTION, "reads none from there", source(i, lab.with(topic, "key.format = 'json'")));
        check(ErrorCode.UNKNOWN_OPTION, "no option 'source.ofset'", source(i, lab.with(topic, "source.ofset = 'x'")));
    }

    @Test
    void sinksThatMakeNoSense() {
        String columns = "(i INT, t TEXT)";
        check(ErrorCode.UNKNOWN_COLUMN, "no column 'tt'", sink(columns, lab.with(topic, "sink.key_field = 'tt'")));
        check(ErrorCode.INVALID_OPTION, "has no key", sink(columns, lab.with(topic, "key.format = 'json'")));
        check(ErrorCode.TYPE_MISMATCH, "'t' is TEXT", sink(columns, lab.with(topic, "sink.timestamp_field = 't'")));
        check(ErrorCode.TYPE_MISMATCH, "'t' is TEXT", sink(columns, lab.with(topic, "sink.partition_field = 't'")));
        check(
                ErrorCode.INVALID_SCHEMA,
                "a sink cannot set",
                sink("(i INT, o TEXT METADATA FROM 'topic')", lab.with(topic)));
        check(
                ErrorCode.INVALID_OPTION,
                "could not be told by their key",
                sink("(i INT PRIMARY KEY, t TEXT)", lab.with(topic, "sink.key_field = 't'")));
        check(
                ErrorCode.INVALID_OPTION,
                "the brokers allow 900 s",
                sink(
                        columns,
                        lab.with(topic, "sink.commit_mode = 'exactly_once'", "sink.transaction_timeout = '1 hour'")));
        check(
                ErrorCode.CHANGELOG_MISMATCH,
                "only takes new ones",
                Lab.refused("CREATE TABLE s (i INT) " + lab.with(topic) + "; CREATE TABLE t (i INT, n BIGINT) "
                        + lab.with(topic) + "; INSERT INTO t SELECT i, count(*) FROM s GROUP BY i"));
    }

    @Test
    void checkpointsThatAreTooFarApart() {
        String text = "SET checkpoint_interval = '5 minutes'; CREATE TABLE t (i INT) "
                + lab.with(topic, "sink.commit_mode = 'exactly_once'", "sink.transaction_timeout = '1 minute'")
                + "; INSERT INTO t VALUES (1)";
        check(
                ErrorCode.INVALID_OPTION,
                "checkpoints are 300 s apart, and Kafka gives a transaction up after 60 s",
                assertThrows(LaminarException.class, () -> lab.run(text)));
    }

    @Test
    void nobodyThere() {
        LaminarException error = source(
                "(i INT)",
                "WITH (connector = 'kafka', bootstrap_servers = '127.0.0.1:1', topic = 't', format = 'json',"
                        + " client.default.api.timeout.ms = '700', client.request.timeout.ms = '500')");
        check(ErrorCode.UNREACHABLE, "no Kafka broker answers at 127.0.0.1:1", error);
        LaminarException unresolved = source(
                "(i INT)", "WITH (connector = 'kafka', bootstrap_servers = 'no port', topic = 't', format = 'json')");
        check(ErrorCode.INVALID_OPTION, "no port", unresolved);
    }
}
