package io.laminar.connector.kafka.client;

import io.laminar.connector.kafka.KafkaOptions;
import io.laminar.connector.kafka.KafkaOptions.AuthType;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.error.NearestName;
import io.laminar.spi.option.OptionValues;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/**
 * The settings that users give for Kafka's clients themselves. Whatever consumers, producers or administrators know is
 * taken, as tables share connections; what would undo an option of the table is not.
 */
final class ClientProperties {
    private static final String PREFIX = KafkaOptions.CLIENT.name() + ".";
    private static final String FORMATS = "the formats of values and keys are format and key.format";

    private static final Set<String> ALL_REPLICAS = Set.of("all", "-1");

    private static final List<ConfigDef> CLIENTS =
            List.of(ConsumerConfig.configDef(), ProducerConfig.configDef(), AdminClientConfig.configDef());

    /** Settings that another option makes, and which. */
    private static final Map<String, String> ELSEWHERE = Map.ofEntries(
            Map.entry("bootstrap.servers", "brokers are those of bootstrap_servers"),
            Map.entry("group.id", "the consumer group is source.group_id"),
            Map.entry("enable.auto.commit", "offsets are committed with checkpoints, for source.group_id"),
            Map.entry("isolation.level", "source.read_mode says it"),
            Map.entry("transactional.id", "sink.transactional_id_prefix says what it starts with"),
            Map.entry("transaction.timeout.ms", "sink.transaction_timeout says it"),
            Map.entry("key.serializer", FORMATS),
            Map.entry("value.serializer", FORMATS),
            Map.entry("key.deserializer", FORMATS),
            Map.entry("value.deserializer", FORMATS));

    /** Settings that bring classes in, which may have settings of their own under any name. */
    private static final Set<String> CLASSES = Set.of(
            "interceptor.classes",
            "metric.reporters",
            "partitioner.class",
            "config.providers",
            "security.providers",
            "sasl.client.callback.handler.class",
            "sasl.login.callback.handler.class",
            "sasl.login.class",
            "sasl.jaas.config",
            "ssl.engine.factory.class");

    private ClientProperties() {}

    /** @throws LaminarException INVALID_OPTION or UNKNOWN_OPTION, without values that may be secret */
    static Map<String, String> of(OptionValues options) {
        Map<String, String> given = options.properties(KafkaOptions.CLIENT);
        boolean open = given.keySet().stream().anyMatch(CLASSES::contains)
                || options.choice(KafkaOptions.AUTH_TYPE, AuthType.class) == AuthType.AWS_MSK_IAM;
        given.forEach((name, value) -> {
            String elsewhere = ELSEWHERE.get(name);
            if (elsewhere != null) {
                throw new LaminarException(
                        ErrorCode.INVALID_OPTION,
                        "option '" + PREFIX + name + "': tables have an option of their own for it",
                        elsewhere);
            }
            if (name.equals(ProducerConfig.ACKS_CONFIG) && !ALL_REPLICAS.contains(value)) {
                throw new LaminarException(
                        ErrorCode.INVALID_OPTION,
                        "option '" + PREFIX + name + "': rows count as written that may still be lost",
                        "leave it out: it is 'all'");
            }
            if (!check(name, value) && !open) {
                throw unknown(name);
            }
        });
        return given;
    }

    /** Refuses a value that Kafka would refuse; says whether any client knows the name. */
    private static boolean check(String name, String value) {
        boolean known = false;
        for (ConfigDef client : CLIENTS) {
            ConfigDef.ConfigKey key = client.configKeys().get(name);
            if (key != null) {
                known = true;
                check(key, value);
            }
        }
        return known;
    }

    private static void check(ConfigDef.ConfigKey key, String value) {
        try {
            Object parsed = ConfigDef.parseType(key.name, value, key.type);
            if (key.validator != null) {
                key.validator.ensureValid(key.name, parsed);
            }
        } catch (ConfigException e) {
            throw new LaminarException(
                    ErrorCode.INVALID_OPTION,
                    "option '" + PREFIX + key.name + "': Kafka does not take the value"
                            + reason(String.valueOf(e.getMessage())),
                    "Kafka says of it: " + key.documentation.strip().split("(?<=\\.)\\s|\\R", 2)[0]);
        }
    }

    /** What Kafka says behind the value and the name. */
    private static String reason(String message) {
        int name = message.indexOf(" for configuration ");
        int colon = message.indexOf(": ", Math.max(0, name));
        return name < 0 || colon < 0 ? "" : message.substring(colon);
    }

    private static LaminarException unknown(String name) {
        Set<String> names = new TreeSet<>();
        CLIENTS.forEach(client -> names.addAll(client.names()));
        return new LaminarException(
                ErrorCode.UNKNOWN_OPTION,
                "option '" + PREFIX + name + "': Kafka's clients have no setting '" + name + "'",
                NearestName.of(name, names)
                        .map(nearest -> "did you mean '" + PREFIX + nearest + "'?")
                        .orElse("settings are those of Kafka's consumer, producer and administrator"));
    }
}
