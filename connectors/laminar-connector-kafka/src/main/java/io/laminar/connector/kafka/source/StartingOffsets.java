package io.laminar.connector.kafka.source;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;

/**
 * Finds offsets when the job starts, where Flink's own initializers leave "latest" to be found by each reader: after a
 * failure a reader would then find another one. Only "from the start" stays open, because retention may move it.
 */
final class StartingOffsets implements OffsetsInitializer {
    private final Start start;

    StartingOffsets(Start start) {
        this.start = start;
    }

    @Override
    public Map<TopicPartition, Long> getPartitionOffsets(
            Collection<TopicPartition> partitions, PartitionOffsetsRetriever brokers) {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        partitions.forEach(partition -> offsets.put(partition, KafkaPartitionSplit.EARLIEST_OFFSET));
        if (start instanceof Start.Latest) {
            offsets.putAll(brokers.endOffsets(partitions));
        } else if (start instanceof Start.Group) {
            offsets.putAll(brokers.committedOffsets(partitions));
        } else if (start instanceof Start.Timestamp at) {
            offsets.putAll(since(at.millis(), partitions, brokers));
        } else if (start instanceof Start.Offsets given) {
            partitions.forEach(partition -> offsets.computeIfPresent(partition, (p, first) -> given(given, p, first)));
        }
        return offsets;
    }

    private static Map<TopicPartition, Long> since(
            long millis, Collection<TopicPartition> partitions, PartitionOffsetsRetriever brokers) {
        Map<TopicPartition, Long> times = new HashMap<>();
        partitions.forEach(partition -> times.put(partition, millis));
        Map<TopicPartition, OffsetAndTimestamp> found = brokers.offsetsForTimes(times);
        Map<TopicPartition, Long> offsets = new HashMap<>();
        Set<TopicPartition> older = new HashSet<>(partitions);
        found.forEach((partition, offset) -> {
            if (offset != null) {
                offsets.put(partition, offset.offset());
                older.remove(partition);
            }
        });
        if (!older.isEmpty()) {
            offsets.putAll(brokers.endOffsets(older));
        }
        return offsets;
    }

    private static long given(Start.Offsets given, TopicPartition partition, long otherwise) {
        Map<String, Long> offsets = given.byPartition();
        String number = String.valueOf(partition.partition());
        Long named = offsets.get(partition.topic() + "/" + number);
        return named != null ? named : offsets.getOrDefault(number, otherwise);
    }

    /** Whoever reads on where there is nothing any more is told so, instead of being moved elsewhere silently. */
    @Override
    @SuppressWarnings("deprecation")
    public OffsetResetStrategy getAutoOffsetResetStrategy() {
        return OffsetResetStrategy.NONE;
    }
}
