package io.laminar.connector.kafka.source;

import java.util.Map;
import java.util.function.Supplier;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.source.reader.fetcher.SingleThreadFetcherManager;
import org.apache.flink.connector.base.source.reader.fetcher.SplitFetcher;
import org.apache.flink.connector.base.source.reader.fetcher.SplitFetcherTask;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.common.TopicPartition;

/** The thread that fetches, which is also the only one that may commit offsets. */
final class PartitionFetchers extends SingleThreadFetcherManager<Portion, KafkaPartitionSplit> {

    PartitionFetchers(Supplier<SplitReader<Portion, KafkaPartitionSplit>> readers) {
        super(readers, new Configuration());
    }

    void commit(Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
        SplitFetcher<Portion, KafkaPartitionSplit> running = getRunningFetcher();
        SplitFetcher<Portion, KafkaPartitionSplit> fetcher = running == null ? createSplitFetcher() : running;
        PartitionReader reader = (PartitionReader) fetcher.getSplitReader();
        fetcher.enqueueTask(new SplitFetcherTask() {
            @Override
            public boolean run() {
                reader.commit(offsets, callback);
                return true;
            }

            @Override
            public void wakeUp() {}
        });
        if (running == null) {
            startFetcher(fetcher);
        }
    }
}
