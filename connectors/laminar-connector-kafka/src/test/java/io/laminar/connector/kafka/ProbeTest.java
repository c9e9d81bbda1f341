package io.laminar.connector.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.connector.TableUse;
import io.laminar.connector.probe.ConnectionOutcome;
import io.laminar.connector.probe.Probes;
import io.laminar.connector.probe.Suggestion;
import io.laminar.connector.probe.SuggestionQuery;
import io.laminar.connector.probe.SystemReport;
import io.laminar.flink.catalog.ConnectorCatalog;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.option.OptionValues;
import io.laminar.sql.Definitions;
import io.laminar.sql.PlannerContext;
import io.laminar.sql.stored.StoredProfile;
import io.laminar.testing.server.KafkaBroker;
import io.laminar.testing.server.KafkaBroker.Listener;
import io.laminar.testing.server.SchemaRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A cluster is asked without a job: who it is, what it has, and why it does not answer. */
@Timeout(120)
class ProbeTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static Lab lab;

    @BeforeAll
    static void start() {
        lab = new Lab(KafkaBroker.Settings.PLAIN.withUser("alice", "secret"));
    }

    @AfterAll
    static void stop() {
        lab.close();
    }

    private static OptionValues profile(Map<String, String> options) {
        return Definitions.profile(new StoredProfile("p", "kafka", options), PlannerContext.of(new ConnectorCatalog()));
    }

    private static OptionValues plain() {
        return profile(Map.of("bootstrap_servers", lab.broker.servers()));
    }

    private static LaminarException refused(Map<String, String> options, Duration limit) {
        return assertThrows(LaminarException.class, () -> Probes.connect("kafka", profile(options), limit));
    }

    @Test
    void aClusterSaysWhoItIs() {
        ConnectionOutcome outcome = Probes.connect("kafka", plain(), PATIENCE);
        assertTrue(outcome.latency().toNanos() > 0);
        assertEquals(1, outcome.systems().size());
        SystemReport cluster = outcome.systems().get(0);
        assertEquals("Apache Kafka", cluster.system());
        assertEquals("1", cluster.details().get("brokers"));
        assertFalse(cluster.details().get("cluster id").isEmpty());
        assertTrue(String.valueOf(cluster.version()).startsWith("metadata.version "), cluster::toString);
    }

    @Test
    void whoIsNotKnownIsNotLetIn() {
        Map<String, String> login = Map.of(
                "bootstrap_servers",
                lab.broker.servers(Listener.SASL_PLAINTEXT),
                "auth.type",
                "sasl",
                "auth.mechanism",
                "PLAIN",
                "auth.username",
                "alice",
                "auth.password",
                "wr0ng-one");
        LaminarException error = refused(login, PATIENCE);
        assertEquals(ErrorCode.ACCESS_DENIED, error.code(), error::describe);
        assertFalse(error.describe().contains("wr0ng-one"), error::describe);
    }

    @Test
    void nobodyWaitsLongerThanAsked() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            LaminarException error =
                    refused(Map.of("bootstrap_servers", "localhost:" + silent.getLocalPort()), Duration.ofMillis(700));
            assertEquals(ErrorCode.UNREACHABLE, error.code());
            assertTrue(error.reason().contains("no answer within 700 ms"), error::describe);
        }
    }

    @Test
    void nobodyThere() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        LaminarException error = refused(Map.of("bootstrap_servers", "localhost:" + port), PATIENCE);
        assertEquals(ErrorCode.UNREACHABLE, error.code());
        assertTrue(error.reason().contains("localhost:" + port), error::describe);
    }

    @Test
    void aRegistryIsAskedToo() {
        try (SchemaRegistry registry = SchemaRegistry.start()) {
            OptionValues options = profile(
                    Map.of("bootstrap_servers", lab.broker.servers(), "schema_registry.endpoint", registry.endpoint()));
            List<SystemReport> systems =
                    Probes.connect("kafka", options, PATIENCE).systems();
            assertEquals(2, systems.size());
            assertEquals("0", systems.get(1).details().get("subjects"));
            assertEquals(
                    List.of(),
                    Probes.suggest("kafka", options, new SuggestionQuery("subjects", "", Map.of(), 10), PATIENCE));
        }
    }

    @Test
    void topicsAndPartitionsAreProposed() {
        String one = lab.topic("probe-me", 3);
        lab.topic("probe-me-too", 1);
        SuggestionQuery all = new SuggestionQuery("topics", "PROBE-me", Map.of(), 10);
        List<Suggestion> topics = Probes.suggest("kafka", plain(), all, PATIENCE);
        assertEquals(2, topics.size(), topics::toString);
        SuggestionQuery first = new SuggestionQuery("topics", "probe-me", Map.of(), 1);
        assertEquals(1, Probes.suggest("kafka", plain(), first, PATIENCE).size());
        SuggestionQuery partitions = new SuggestionQuery("partitions", "", Map.of("topic", one), 10);
        assertEquals(
                List.of("0", "1", "2"),
                Probes.suggest("kafka", plain(), partitions, PATIENCE).stream()
                        .map(Suggestion::name)
                        .toList());
        LaminarException kind = assertThrows(
                LaminarException.class,
                () -> Probes.suggest("kafka", plain(), new SuggestionQuery("topic", "", Map.of(), 1), PATIENCE));
        assertEquals("did you mean 'topics'?", kind.hint());
    }

    @Test
    void aTableIsLookedAt() {
        String topic = lab.topic("looked-at", 2);
        String sql = "CREATE TABLE t (i INT) " + lab.with(topic);
        PlannerContext context = PlannerContext.of(new ConnectorCatalog());
        assertEquals(
                Map.of("partitions of " + topic, "2"),
                Probes.table(Definitions.table(sql, context).source(), TableUse.SOURCE, PATIENCE)
                        .facts());
        assertEquals(
                Map.of("partitions of " + topic, "2"),
                Probes.table(Definitions.table(sql, context).sink(), TableUse.SINK, PATIENCE)
                        .facts());
        String missing = sql.replace(topic, topic + "x");
        LaminarException error = assertThrows(
                LaminarException.class,
                () -> Probes.table(Definitions.table(missing, context).source(), TableUse.SOURCE, PATIENCE));
        assertEquals(ErrorCode.RESOURCE_NOT_FOUND, error.code());
    }
}
