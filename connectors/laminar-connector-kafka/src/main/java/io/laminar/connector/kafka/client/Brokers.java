package io.laminar.connector.kafka.client;

import io.laminar.connector.kafka.KafkaOptions;
import io.laminar.connector.probe.SystemReport;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.error.NearestName;
import io.laminar.spi.option.OptionValues;
import io.laminar.spi.table.TableDescriptor;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.DescribeClusterResult;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** Asks the brokers of a table. */
public final class Brokers implements AutoCloseable {
    /** How long brokers may take to answer; who waits for an error message does not want to wait longer. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final int SHOWN_TOPICS = 10;
    private static final String MAX_TIMEOUT = "transaction.max.timeout.ms";

    private final Admin admin;
    private final String servers;
    private final KafkaFailures failures;

    private Brokers(Admin admin, String servers, KafkaFailures failures) {
        this.admin = admin;
        this.servers = servers;
        this.failures = failures;
    }

    /** @throws LaminarException if the settings are none that a client takes */
    public static Brokers of(TableDescriptor table) {
        String servers = table.options().text(KafkaOptions.BOOTSTRAP_SERVERS);
        return of(table.options(), servers, new KafkaFailures(table.name(), servers));
    }

    /** The same for a connection alone. */
    public static Brokers of(OptionValues connection) {
        String servers = connection.text(KafkaOptions.BOOTSTRAP_SERVERS);
        return of(connection, servers, KafkaFailures.ofConnection(servers));
    }

    private static Brokers of(OptionValues connection, String servers, KafkaFailures failures) {
        Properties settings = ClientSettings.of(connection);
        settings.putIfAbsent(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, String.valueOf(PATIENCE.toMillis() / 2));
        settings.putIfAbsent(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, String.valueOf(PATIENCE.toMillis()));
        try {
            return new Brokers(Admin.create(settings), servers, failures);
        } catch (KafkaException e) {
            throw failures.of(e, ErrorCode.UNREACHABLE);
        }
    }

    /** The number of partitions of a topic that has to be there. */
    public int partitions(String topic) {
        try {
            Map<String, TopicDescription> found =
                    ask(admin.describeTopics(List.of(topic)).allTopicNames());
            return Objects.requireNonNull(found.get(topic)).partitions().size();
        } catch (LaminarException e) {
            if (e.code() == ErrorCode.RESOURCE_NOT_FOUND) {
                throw missing(topic, e);
            }
            throw e;
        }
    }

    /** Refuses a pattern that no topic matches. */
    public void checkPattern(String pattern) {
        Pattern compiled = Pattern.compile(pattern);
        Set<String> names = names();
        if (names.stream().noneMatch(name -> compiled.matcher(name).matches())) {
            throw new LaminarException(
                    ErrorCode.RESOURCE_NOT_FOUND,
                    "no topic at " + servers + " matches topic_pattern = '" + pattern + "'",
                    listed(names));
        }
    }

    /** The longest time that brokers leave a transaction open, in microseconds; as long as can be if they do not say. */
    public long longestTransaction() {
        try {
            Collection<Node> nodes = ask(admin.describeCluster().nodes());
            ConfigResource broker = new ConfigResource(
                    ConfigResource.Type.BROKER, nodes.iterator().next().idString());
            Config config = Objects.requireNonNull(
                    ask(admin.describeConfigs(List.of(broker)).all()).get(broker));
            ConfigEntry entry = config.get(MAX_TIMEOUT);
            return entry == null || entry.value() == null
                    ? Long.MAX_VALUE
                    : Duration.ofMillis(Long.parseLong(entry.value())).toNanos() / 1_000;
        } catch (LaminarException e) {
            // Few may see how brokers are configured; a transaction that is too long is refused when it begins.
            return Long.MAX_VALUE;
        }
    }

    /** Whether a transaction has been committed, or is about to be. */
    public boolean isCommitted(String transactionalId) {
        TransactionDescription transaction = Objects.requireNonNull(
                ask(admin.describeTransactions(List.of(transactionalId)).all()).get(transactionalId));
        return transaction.state() == TransactionState.COMPLETE_COMMIT
                || transaction.state() == TransactionState.PREPARE_COMMIT;
    }

    /** The cluster, asked for who it is. */
    public SystemReport cluster() {
        DescribeClusterResult cluster = admin.describeCluster();
        Map<String, String> details = new TreeMap<>();
        details.put("cluster id", String.valueOf(ask(cluster.clusterId())));
        Collection<Node> nodes = ask(cluster.nodes());
        details.put("brokers", String.valueOf(nodes.size()));
        details.put(
                "addresses",
                nodes.stream()
                        .map(node -> node.host() + ":" + node.port())
                        .sorted()
                        .limit(SHOWN_TOPICS)
                        .collect(Collectors.joining(", ")));
        return new SystemReport("Apache Kafka", version(), details);
    }

    /** Brokers do not tell their release, but the version of what they write down about the cluster. */
    private @Nullable String version() {
        try {
            FinalizedVersionRange metadata = ask(admin.describeFeatures().featureMetadata())
                    .finalizedFeatures()
                    .get("metadata.version");
            return metadata == null ? null : "metadata.version " + metadata.maxVersionLevel();
        } catch (LaminarException e) {
            // Old clusters have no such thing.
            return null;
        }
    }

    /** The topics that somebody may see. */
    public List<String> topics() {
        return List.copyOf(names());
    }

    /**
     * Refuses a topic that may not be used so.
     *
     * @param operation READ or WRITE
     */
    public void checkAllowed(String topic, AclOperation operation) {
        DescribeTopicsOptions options = new DescribeTopicsOptions().includeAuthorizedOperations(true);
        Map<String, TopicDescription> found =
                ask(admin.describeTopics(List.of(topic), options).allTopicNames());
        // Without an authorizer brokers say nothing, or that all is allowed.
        Set<AclOperation> allowed = Objects.requireNonNull(found.get(topic)).authorizedOperations();
        if (allowed != null && !allowed.isEmpty() && !allowed.contains(operation)) {
            throw new LaminarException(
                    ErrorCode.ACCESS_DENIED,
                    "the user may not " + operation + " topic '" + topic + "' at " + servers,
                    "an ACL has to allow it");
        }
    }

    private LaminarException missing(String topic, LaminarException cause) {
        Set<String> names = names();
        String nearest = NearestName.hint(topic, names);
        return new LaminarException(
                ErrorCode.RESOURCE_NOT_FOUND,
                "there is no topic '" + topic + "' at " + servers,
                null,
                nearest != null ? nearest : listed(names),
                cause);
    }

    private static String listed(Set<String> names) {
        if (names.isEmpty()) {
            return "there is no topic at all; create it first";
        }
        return "topics are "
                + names.stream().limit(SHOWN_TOPICS).collect(Collectors.joining(", "))
                + (names.size() > SHOWN_TOPICS ? ", ..." : "");
    }

    private Set<String> names() {
        return new TreeSet<>(ask(admin.listTopics().names()));
    }

    private <T> T ask(KafkaFuture<T> answer) {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof org.apache.kafka.common.errors.TimeoutException) {
                throw new LaminarException(
                        ErrorCode.UNREACHABLE,
                        "no Kafka broker answers at " + servers,
                        null,
                        "check bootstrap_servers, and whether the brokers want TLS (tls.*) or a login (auth.*)",
                        e);
            }
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                throw new LaminarException(ErrorCode.RESOURCE_NOT_FOUND, "no such topic", null, null, e);
            }
            throw failures.of(e, ErrorCode.UNREACHABLE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failures.of(e, ErrorCode.UNREACHABLE);
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}
