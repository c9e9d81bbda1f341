package io.laminar.connector.kafka.source;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** What one poll gives, handed from the thread that fetches to the one that emits. */
final class Portions implements RecordsWithSplitIds<Portion> {
    private record OfSplit(String split, List<Portion> portions) {}

    private final Deque<OfSplit> splits = new ArrayDeque<>();
    private final Set<String> finished = new HashSet<>();
    private @Nullable Iterator<Portion> current;

    void add(TopicPartition partition, List<Portion> portions) {
        splits.add(new OfSplit(KafkaPartitionSplit.toSplitId(partition), portions));
    }

    void finish(TopicPartition partition) {
        finished.add(KafkaPartitionSplit.toSplitId(partition));
    }

    @Override
    public @Nullable String nextSplit() {
        OfSplit next = splits.poll();
        current = next == null ? null : next.portions().iterator();
        return next == null ? null : next.split();
    }

    @Override
    public @Nullable Portion nextRecordFromSplit() {
        Iterator<Portion> portions = current;
        return portions != null && portions.hasNext() ? portions.next() : null;
    }

    @Override
    public Set<String> finishedSplits() {
        return finished;
    }
}
