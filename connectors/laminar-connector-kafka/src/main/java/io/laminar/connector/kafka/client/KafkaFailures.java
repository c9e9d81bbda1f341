package io.laminar.connector.kafka.client;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTxnTimeoutException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** What failures of Kafka's clients mean to those who wrote the table. */
public final class KafkaFailures {
    private final String subject;
    private final String servers;
    private final @Nullable String topic;

    /** @param servers the brokers that are asked first, as written */
    public KafkaFailures(String table, String servers) {
        this(table, servers, null);
    }

    /** @param topic the one that is written; null if there is none, or several */
    public KafkaFailures(String table, String servers, @Nullable String topic) {
        this(new Subject("table '" + table + "'"), servers, topic);
    }

    private KafkaFailures(Subject subject, String servers, @Nullable String topic) {
        this.subject = subject.text();
        this.servers = servers;
        this.topic = topic;
    }

    /** What messages begin with. */
    private record Subject(String text) {}

    /** Failures of a connection without a table. */
    static KafkaFailures ofConnection(String servers) {
        return new KafkaFailures(new Subject("Kafka"), servers, null);
    }

    /**
     * The error for users.
     *
     * @param otherwise code of failures that are none of the known ones
     */
    public LaminarException of(Throwable failure, ErrorCode otherwise) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Throwable cause = failure;
        for (Throwable t = failure; t != null && seen.add(t); t = t.getCause()) {
            if (t instanceof LaminarException known) {
                return known;
            }
            LaminarException known = known(t, failure);
            if (known != null) {
                return known;
            }
            cause = t;
        }
        return error(otherwise, subject + ": " + words(cause), null, failure);
    }

    private @Nullable LaminarException known(Throwable t, Throwable failure) {
        if (t instanceof AuthenticationException) {
            return error(
                    ErrorCode.ACCESS_DENIED,
                    subject + ": the brokers at " + servers + " do not let us in: " + t.getMessage(),
                    "check auth.mechanism, auth.username, auth.password and tls.*",
                    failure);
        } else if (t instanceof AuthorizationException) {
            return error(
                    ErrorCode.ACCESS_DENIED,
                    subject + ": " + t.getMessage(),
                    "the user needs rights to READ or WRITE the topic, to READ the consumer group, and for"
                            + " exactly_once to WRITE the transactional ids",
                    failure);
        } else if (t instanceof InvalidOffsetException offset) {
            return error(
                    ErrorCode.SOURCE_FAILED,
                    subject + ": records of " + offset.partitions()
                            + " that were to be read next are not there any more, or not yet",
                    "retention has deleted them, or the topic was made anew; a new state folder starts again at"
                            + " source.offset",
                    failure);
        } else if (t instanceof RecordTooLargeException || t instanceof RecordBatchTooLargeException) {
            return error(
                    ErrorCode.OUTPUT_FAILED,
                    subject + ": a record is too large for " + (topic == null ? "Kafka" : "topic '" + topic + "'")
                            + ": " + t.getMessage(),
                    "raise client.max.request.size here, and max.message.bytes of the topic",
                    failure);
        } else if (t instanceof InvalidTxnTimeoutException) {
            return error(
                    ErrorCode.INVALID_OPTION,
                    subject + ": sink.transaction_timeout is longer than the brokers allow",
                    "shorten it, or raise transaction.max.timeout.ms of the brokers",
                    failure);
        } else if (t instanceof UnknownTopicOrPartitionException) {
            return error(
                    ErrorCode.RESOURCE_NOT_FOUND,
                    subject + ": a topic or partition is not there any more at " + servers,
                    null,
                    failure);
        } else if (t instanceof ConfigException) {
            return error(
                    ErrorCode.INVALID_OPTION,
                    subject + ": " + t.getMessage(),
                    "settings of the client are those of client.*",
                    failure);
        } else if (t instanceof TimeoutException) {
            return error(
                    ErrorCode.UNREACHABLE,
                    subject + ": the brokers at " + servers + " do not answer: " + t.getMessage(),
                    null,
                    failure);
        }
        return null;
    }

    /** Kafka's own exceptions say enough without the name of their class. */
    private static String words(Throwable t) {
        String message = t.getMessage();
        if (message == null || message.isBlank()) {
            return t.getClass().getSimpleName();
        }
        return t instanceof KafkaException ? message : t.getClass().getSimpleName() + ": " + message;
    }

    private static LaminarException error(ErrorCode code, String reason, @Nullable String hint, Throwable cause) {
        return new LaminarException(code, reason, null, hint, cause);
    }
}
