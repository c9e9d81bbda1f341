package io.laminar.connector.kafka.source;

import io.laminar.connector.kafka.client.KafkaFailures;
import io.laminar.spi.error.ErrorCode;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsAddition;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsChange;
import org.apache.flink.connector.kafka.source.metrics.KafkaSourceReaderMetrics;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteBufferDeserializer;

/** Reads partitions with one consumer; what it polls is decoded by the thread that emits. */
final class PartitionReader implements SplitReader<Portion, KafkaPartitionSplit> {
    private static final Duration POLL = Duration.ofSeconds(10);
    private static final long MICROS_PER_MILLI = 1_000;

    private final KafkaConsumer<ByteBuffer, ByteBuffer> consumer;
    private final PartitionDecoder decoder;
    private final KafkaSourceReaderMetrics metrics;
    private final KafkaFailures failures;
    private final Clock clock;
    private final Map<TopicPartition, Long> stops = new HashMap<>();
    private final Set<TopicPartition> done = new HashSet<>();

    PartitionReader(
            Properties settings,
            PartitionDecoder decoder,
            Clock clock,
            KafkaSourceReaderMetrics metrics,
            KafkaFailures failures) {
        this.decoder = decoder;
        this.clock = clock;
        this.metrics = metrics;
        this.failures = failures;
        try {
            consumer = new KafkaConsumer<>(settings, new ByteBufferDeserializer(), new ByteBufferDeserializer());
        } catch (KafkaException e) {
            throw failures.of(e, ErrorCode.SOURCE_FAILED);
        }
        metrics.registerKafkaConsumerMetrics(consumer);
        metrics.registerNumBytesIn(consumer);
    }

    @Override
    public Portions fetch() {
        try {
            return portions(poll());
        } catch (KafkaException e) {
            throw failures.of(e, ErrorCode.SOURCE_FAILED);
        }
    }

    private ConsumerRecords<ByteBuffer, ByteBuffer> poll() {
        if (consumer.assignment().isEmpty()) {
            // All partitions given have been read already; what is done is told, and the reader is closed.
            return ConsumerRecords.empty();
        }
        try {
            return consumer.poll(POLL);
        } catch (WakeupException e) {
            return ConsumerRecords.empty();
        }
    }

    private Portions portions(ConsumerRecords<ByteBuffer, ByteBuffer> polled) {
        Portions portions = new Portions(decoder);
        long arrival = clock.millis() * MICROS_PER_MILLI;
        for (TopicPartition partition : polled.partitions()) {
            List<ConsumerRecord<ByteBuffer, ByteBuffer>> records = polled.records(partition);
            long last = records.get(records.size() - 1).offset();
            long stop = stops.getOrDefault(partition, Long.MAX_VALUE);
            portions.add(new PolledRecords(partition, records, stop, arrival));
            metrics.recordCurrentOffset(partition, Math.min(last, stop - 1));
            metrics.maybeAddRecordsLagMetric(consumer, partition);
        }
        metrics.updateNumBytesInCounter();
        finishReached();
        done.forEach(portions::finish);
        done.clear();
        return portions;
    }

    /**
     * Gives up the partitions whose end has been reached. It is the consumer's position that counts: behind the last
     * record there may be marks of transactions.
     */
    private void finishReached() {
        List<TopicPartition> reached = new ArrayList<>();
        for (TopicPartition partition : consumer.assignment()) {
            Long stop = stops.get(partition);
            if (stop != null && position(partition) >= stop) {
                reached.add(partition);
            }
        }
        giveUp(reached);
    }

    /** Where the consumer is, or -1 if it does not know yet. */
    private long position(TopicPartition partition) {
        try {
            return uninterrupted(() -> consumer.position(partition, Duration.ZERO));
        } catch (TimeoutException e) {
            return -1;
        }
    }

    private void giveUp(Collection<TopicPartition> partitions) {
        if (partitions.isEmpty()) {
            return;
        }
        Set<TopicPartition> rest = new HashSet<>(consumer.assignment());
        rest.removeAll(partitions);
        consumer.assign(rest);
        partitions.forEach(metrics::removeRecordsLagMetric);
        done.addAll(partitions);
    }

    @Override
    public void handleSplitsChanges(SplitsChange<KafkaPartitionSplit> change) {
        if (!(change instanceof SplitsAddition)) {
            throw new UnsupportedOperationException(change.getClass().getName());
        }
        try {
            add(change.splits());
        } catch (KafkaException e) {
            throw failures.of(e, ErrorCode.SOURCE_FAILED);
        }
    }

    private void add(List<KafkaPartitionSplit> splits) {
        Set<TopicPartition> assignment = new HashSet<>(consumer.assignment());
        splits.forEach(split -> assignment.add(split.getTopicPartition()));
        consumer.assign(assignment);
        List<TopicPartition> fromStart = new ArrayList<>();
        for (KafkaPartitionSplit split : splits) {
            TopicPartition partition = split.getTopicPartition();
            metrics.registerTopicPartition(partition);
            if (split.getStartingOffset() < 0) {
                fromStart.add(partition);
            } else {
                consumer.seek(partition, split.getStartingOffset());
            }
            split.getStoppingOffset().ifPresent(stop -> stops.put(partition, stop));
        }
        if (!fromStart.isEmpty()) {
            consumer.seekToBeginning(fromStart);
        }
        giveUp(empty(splits));
    }

    /** The partitions of which there is nothing to read. */
    private List<TopicPartition> empty(List<KafkaPartitionSplit> splits) {
        List<TopicPartition> empty = new ArrayList<>();
        for (KafkaPartitionSplit split : splits) {
            TopicPartition partition = split.getTopicPartition();
            Long stop = stops.get(partition);
            if (stop != null && uninterrupted(() -> consumer.position(partition)) >= stop) {
                empty.add(partition);
            }
        }
        return empty;
    }

    /** A wake-up that was meant for a poll may reach the call after it. */
    private static <T> T uninterrupted(Supplier<T> call) {
        try {
            return call.get();
        } catch (WakeupException e) {
            return call.get();
        }
    }

    /** Tells the brokers how far the group has come. */
    void commit(Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
        consumer.commitAsync(offsets, callback);
    }

    @Override
    public void wakeUp() {
        consumer.wakeup();
    }

    @Override
    public void pauseOrResumeSplits(Collection<KafkaPartitionSplit> toPause, Collection<KafkaPartitionSplit> toResume) {
        consumer.resume(partitions(toResume));
        consumer.pause(partitions(toPause));
    }

    private static List<TopicPartition> partitions(Collection<KafkaPartitionSplit> splits) {
        return splits.stream().map(KafkaPartitionSplit::getTopicPartition).toList();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
