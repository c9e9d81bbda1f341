package io.laminar.connector.kafka.source;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplitState;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** The offsets that checkpoints stand for, until they are complete and the brokers can be told. */
final class OffsetCommits {
    private final NavigableMap<Long, Map<TopicPartition, OffsetAndMetadata>> pending = new TreeMap<>();
    private final Map<TopicPartition, OffsetAndMetadata> finished = new HashMap<>();

    /** A partition has been read to its end. */
    void finish(KafkaPartitionSplitState state) {
        if (state.getCurrentOffset() >= 0) {
            finished.put(state.getTopicPartition(), new OffsetAndMetadata(state.getCurrentOffset()));
        }
    }

    void snapshot(long checkpoint, List<KafkaPartitionSplit> splits) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>(finished);
        for (KafkaPartitionSplit split : splits) {
            // Of a partition that nothing has been read of yet the place may not be known.
            if (split.getStartingOffset() >= 0) {
                offsets.put(split.getTopicPartition(), new OffsetAndMetadata(split.getStartingOffset()));
            }
        }
        pending.put(checkpoint, offsets);
    }

    /** The offsets of a checkpoint that is complete; those of earlier ones are forgotten. */
    Map<TopicPartition, OffsetAndMetadata> complete(long checkpoint) {
        Map<TopicPartition, OffsetAndMetadata> offsets = pending.getOrDefault(checkpoint, Map.of());
        pending.headMap(checkpoint, true).clear();
        return offsets;
    }
}
