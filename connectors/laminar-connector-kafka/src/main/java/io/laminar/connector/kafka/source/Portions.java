package io.laminar.connector.kafka.source;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * What one poll gives, handed from the thread that fetches to the one that emits. The latter decodes it, a portion at a
 * time, while the former fetches what follows.
 */
final class Portions implements RecordsWithSplitIds<Portion> {
    private final PartitionDecoder decoder;
    private final Deque<PolledRecords> partitions = new ArrayDeque<>();
    private final Set<String> finished = new HashSet<>();
    private @Nullable PolledRecords current;

    /** @param decoder used by the thread that emits alone */
    Portions(PartitionDecoder decoder) {
        this.decoder = decoder;
    }

    void add(PolledRecords records) {
        partitions.add(records);
    }

    void finish(TopicPartition partition) {
        finished.add(KafkaPartitionSplit.toSplitId(partition));
    }

    @Override
    public @Nullable String nextSplit() {
        PolledRecords next = partitions.poll();
        current = next;
        return next == null ? null : KafkaPartitionSplit.toSplitId(next.partition());
    }

    @Override
    public @Nullable Portion nextRecordFromSplit() {
        PolledRecords records = current;
        if (records == null) {
            return null;
        }
        Portion portion = decoder.next(records);
        if (!records.hasNext()) {
            current = null;
        }
        return portion;
    }

    @Override
    public Set<String> finishedSplits() {
        return finished;
    }
}
