package io.laminar.connector.kafka.source;

import io.laminar.connector.kafka.client.KafkaFailures;
import io.laminar.spi.error.ErrorCode;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.flink.connector.kafka.source.enumerator.subscriber.KafkaSubscriber;
import org.apache.kafka.clients.admin.AdminClient;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The topics of a table, with failures to find them as errors for users. */
final class SubscribedTopics implements KafkaSubscriber {
    private final KafkaSubscriber topics;
    private final String table;
    private final String servers;

    /** @param pattern null for the topics named */
    SubscribedTopics(List<String> names, @Nullable String pattern, String table, String servers) {
        this.topics = pattern == null
                ? KafkaSubscriber.getTopicListSubscriber(names)
                : KafkaSubscriber.getTopicPatternSubscriber(Pattern.compile(pattern));
        this.table = table;
        this.servers = servers;
    }

    @Override
    public Set<TopicPartition> getSubscribedTopicPartitions(AdminClient admin) {
        try {
            return topics.getSubscribedTopicPartitions(admin);
        } catch (RuntimeException e) {
            throw new KafkaFailures(table, servers).of(e, ErrorCode.SOURCE_FAILED);
        }
    }
}
