package io.laminar.connector.kafka;

import io.laminar.spi.option.Option;
import java.util.List;

/** The options of Kafka tables. */
public final class KafkaOptions {
    /** How an outside system knows who is there. */
    public enum AuthType {
        NONE,
        SASL,
        AWS_MSK_IAM
    }

    /** What a writer promises. */
    public enum CommitMode {
        AT_LEAST_ONCE,
        EXACTLY_ONCE
    }

    /** Which partition a record goes to. */
    public enum Partitioning {
        /** The one its key falls on; without a key one after the other, in lots. */
        KEY,
        /** Every subtask has one. */
        FIXED,
        ROUND_ROBIN
    }

    /** What happens when Kafka has given up a transaction that a checkpoint relies on. */
    public enum LostTransaction {
        FAIL,
        CONTINUE
    }

    public static final Option BOOTSTRAP_SERVERS = Option.text(
                    "bootstrap_servers", "Brokers to ask first: host:port, separated by commas.")
            .withAliases("bootstrap.servers")
            .asRequired()
            .asAccess()
            .ofConnection();
    public static final Option TOPIC =
            Option.textList("topic", "The topic; a source may read several, separated by commas.");
    public static final Option TOPIC_PATTERN =
            Option.text("topic_pattern", "A regular expression; a source reads all topics whose whole name matches.");

    public static final Option OFFSET = Option.text(
                    "source.offset",
                    "Where reading starts without a checkpoint: latest, earliest, group (where the consumer group is,"
                            + " otherwise earliest), timestamp:2024-02-29T10:00:00Z (or milliseconds),"
                            + " offsets:0=42,1=7 (partition=offset, or topic/partition=offset; other partitions"
                            + " from the start).")
            .withDefault("latest");
    public static final Option BOUNDED = Option.bool(
                    "source.bounded", "Whether the table ends with the records that are there when the job starts.")
            .withDefault(false);
    public static final Option READ_MODE = Option.choice(
                    "source.read_mode",
                    List.of("read_uncommitted", "read_committed"),
                    "Whether records of transactions that are not committed are read.")
            .withDefault("read_uncommitted");
    public static final Option GROUP_ID = Option.text(
                    "source.group_id",
                    "Consumer group that offsets are committed for with every checkpoint, for others to see. The job itself"
                            + " goes on from its checkpoint.")
            .asAccess();
    public static final Option GROUP_ID_PREFIX = Option.text(
                    "source.group_id_prefix", "The same, with a group of its own for each job: prefix-job.")
            .asAccess();
    public static final Option DISCOVERY = Option.duration(
                    "source.discovery_interval", "How often new partitions and topics are looked for; 0: never.")
            .withDefault(60_000_000L)
            .asAccess();

    public static final Option COMMIT_MODE = Option.choice(
                    "sink.commit_mode",
                    CommitMode.class,
                    "exactly_once writes in transactions that are committed with checkpoints.")
            .withDefault("at_least_once");
    public static final Option KEY_FIELDS = Option.textList(
                    "sink.key_field",
                    "Columns of the record's key, separated by commas; absent: those of the PRIMARY KEY.")
            .withAliases("sink.key_fields");
    public static final Option TIMESTAMP_FIELD = Option.text(
            "sink.timestamp_field",
            "The TIMESTAMP column that becomes the record's time; absent: the time of writing.");
    public static final Option PARTITIONING = Option.choice(
                    "sink.partitioning",
                    Partitioning.class,
                    "Which partition a record goes to: by its key, fixed (each subtask has one), or round_robin.")
            .withDefault("key");
    public static final Option PARTITION_FIELD =
            Option.text("sink.partition_field", "The INT or BIGINT column that says which partition a record goes to.");
    public static final Option TRANSACTION_PREFIX = Option.text(
            "sink.transactional_id_prefix",
            "What names of transactions start with; absent: laminar. The rest follows from the job.");
    public static final Option TRANSACTION_TIMEOUT = Option.duration(
                    "sink.transaction_timeout",
                    "After this time without a commit Kafka gives a transaction up: longer than checkpoints are apart"
                            + " and than the job may be down. Brokers allow 15 minutes unless told otherwise.")
            .withDefault(900_000_000L)
            .asAccess();
    public static final Option LOST_TRANSACTION = Option.choice(
                    "sink.lost_transaction",
                    LostTransaction.class,
                    "Whether the job fails or goes on when Kafka has given up a transaction whose rows a checkpoint"
                            + " counts as written.")
            .withDefault("fail")
            .asAccess();

    public static final Option KEY_FORMAT = Option.text(
            "key.format",
            "Format of the record's key; absent: the text of the value if the key is one column, otherwise json.");
    public static final Option AUTH_TYPE = Option.choice("auth.type", AuthType.class, "How brokers know who is there.")
            .withDefault("none")
            .asAccess()
            .ofConnection();
    public static final Option AUTH_MECHANISM = Option.text(
                    "auth.mechanism", "PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512; with auth.type = 'sasl'.")
            .asAccess()
            .ofConnection();
    public static final Option AUTH_PROTOCOL = Option.text(
                    "auth.protocol", "SASL_PLAINTEXT or SASL_SSL; absent: with TLS if any option tls.* is given.")
            .asAccess()
            .ofConnection();
    public static final Option AUTH_USERNAME = Option.text("auth.username", "User for auth.type = 'sasl'.")
            .asAccess()
            .ofConnection();
    public static final Option AUTH_PASSWORD =
            Option.text("auth.password", "Password of that user.").asSecret().ofConnection();
    public static final Option AUTH_REGION = Option.text("auth.region", "AWS region for auth.type = 'aws_msk_iam'.")
            .asAccess()
            .ofConnection();

    public static final Option TLS = Option.bool(
                    "tls.enabled", "Whether connections are encrypted; absent: if another option tls.* is given.")
            .asAccess()
            .ofConnection();
    public static final Option TLS_CA = Option.text(
                    "tls.ca",
                    "PEM file of the authorities whose certificates brokers may have; absent: those of the JVM.")
            .asAccess()
            .ofConnection();
    public static final Option TLS_CERT = Option.text("tls.cert", "PEM file of the certificate shown to brokers.")
            .asAccess()
            .ofConnection();
    public static final Option TLS_KEY = Option.text("tls.key", "PEM file (PKCS#8) of that certificate's key.")
            .asAccess()
            .ofConnection();
    public static final Option TLS_KEY_PASSWORD =
            Option.text("tls.key_password", "Password of that file.").asSecret().ofConnection();
    public static final Option TLS_VERIFY_HOSTNAME = Option.bool(
                    "tls.verify_hostname", "Whether a broker's certificate has to be for the name it is reached by.")
            .withDefault(true)
            .asAccess()
            .ofConnection();

    public static final Option CLIENT = Option.properties(
                    "client", "Settings of Kafka's own client, for example client.max.request.size = '5242880'.")
            .withAliases("client_configs")
            .asAccess()
            .ofConnection();

    public static final List<Option> ALL = List.of(
            BOOTSTRAP_SERVERS,
            TOPIC,
            TOPIC_PATTERN,
            OFFSET,
            BOUNDED,
            READ_MODE,
            GROUP_ID,
            GROUP_ID_PREFIX,
            DISCOVERY,
            COMMIT_MODE,
            KEY_FIELDS,
            TIMESTAMP_FIELD,
            PARTITIONING,
            PARTITION_FIELD,
            TRANSACTION_PREFIX,
            TRANSACTION_TIMEOUT,
            LOST_TRANSACTION,
            KEY_FORMAT,
            AUTH_TYPE,
            AUTH_MECHANISM,
            AUTH_PROTOCOL,
            AUTH_USERNAME,
            AUTH_PASSWORD,
            AUTH_REGION,
            TLS,
            TLS_CA,
            TLS_CERT,
            TLS_KEY,
            TLS_KEY_PASSWORD,
            TLS_VERIFY_HOSTNAME,
            CLIENT);

    private KafkaOptions() {}
}
