package io.laminar.connector.kafka.source;

import io.laminar.spi.batch.Batch;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.base.source.reader.SingleThreadMultiplexSourceReaderBase;
import org.apache.flink.connector.kafka.source.metrics.KafkaSourceReaderMetrics;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplitState;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Emits decoded portions and keeps, per partition, where reading goes on. */
@SuppressWarnings("try")
final class TopicReader
        extends SingleThreadMultiplexSourceReaderBase<Portion, Batch, KafkaPartitionSplit, KafkaPartitionSplitState> {
    private final PartitionFetchers fetchers;
    private final OffsetCommits commits = new OffsetCommits();
    private final KafkaSourceReaderMetrics metrics;
    private final boolean commitsOffsets;

    /** @param commitsOffsets whether there is a consumer group to commit offsets for */
    TopicReader(
            PartitionFetchers fetchers,
            SourceReaderContext context,
            KafkaSourceReaderMetrics metrics,
            boolean commitsOffsets) {
        super(
                fetchers,
                (portion, output, state) -> {
                    portion.batches().forEach(output::collect);
                    state.setCurrentOffset(portion.next());
                },
                context.getConfiguration(),
                context);
        this.fetchers = fetchers;
        this.metrics = metrics;
        this.commitsOffsets = commitsOffsets;
    }

    @Override
    protected void onSplitFinished(Map<String, KafkaPartitionSplitState> finished) {
        finished.values().forEach(commits::finish);
    }

    @Override
    public List<KafkaPartitionSplit> snapshotState(long checkpoint) {
        List<KafkaPartitionSplit> splits = super.snapshotState(checkpoint);
        if (commitsOffsets) {
            commits.snapshot(checkpoint, splits);
        }
        return splits;
    }

    @Override
    public void notifyCheckpointComplete(long checkpoint) throws Exception {
        super.notifyCheckpointComplete(checkpoint);
        Map<TopicPartition, OffsetAndMetadata> offsets = commits.complete(checkpoint);
        if (!offsets.isEmpty()) {
            fetchers.commit(offsets, this::committed);
        }
    }

    /** Offsets are for others to see: that they could not be committed is counted and does no harm. */
    private void committed(
            Map<TopicPartition, OffsetAndMetadata> offsets, @org.jspecify.annotations.Nullable Exception failure) {
        if (failure != null) {
            metrics.recordFailedCommit();
            return;
        }
        metrics.recordSucceededCommit();
        offsets.forEach((partition, offset) -> metrics.recordCommittedOffset(partition, offset.offset()));
    }

    @Override
    protected KafkaPartitionSplitState initializedState(KafkaPartitionSplit split) {
        return new KafkaPartitionSplitState(split);
    }

    @Override
    protected KafkaPartitionSplit toSplitType(String id, KafkaPartitionSplitState state) {
        return state.toKafkaPartitionSplit();
    }
}
