package io.laminar.benchmark.kafka;

import io.laminar.benchmark.BidLines;
import io.laminar.spi.batch.Batch;
import io.laminar.testing.server.KafkaBroker;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.ByteBufferDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** A broker in a JVM of its own, and its topics. */
final class BenchmarkTopics implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaBroker broker;
    private int topics;

    private BenchmarkTopics(KafkaBroker broker) {
        this.broker = broker;
    }

    static BenchmarkTopics start() {
        return new BenchmarkTopics(KafkaBroker.start());
    }

    String servers() {
        return broker.servers();
    }

    /** A new topic; returns its name. */
    String create(String name, int partitions) throws InterruptedException {
        String unique = name + "-" + ++topics;
        try (Admin admin = Admin.create(clients())) {
            admin.createTopics(List.of(new NewTopic(unique, partitions, (short) 1)))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
        return unique;
    }

    private Map<String, Object> clients() {
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", broker.servers());
        settings.put("isolation.level", "read_committed");
        settings.put("batch.size", 256 << 10);
        settings.put("linger.ms", 5);
        return settings;
    }

    /** Writes the bids among events as JSON, to all partitions in turn; returns their number. */
    @SuppressWarnings("FutureReturnValueIgnored") // the callback hears of failures
    long fill(String topic, List<Batch> events) throws IOException {
        long rows = 0;
        AtomicReference<Exception> failed = new AtomicReference<>();
        try (var producer = new KafkaProducer<>(clients(), new ByteArraySerializer(), new ByteArraySerializer())) {
            int partitions = producer.partitionsFor(topic).size();
            for (Batch batch : events) {
                ByteArrayOutputStream line = new ByteArrayOutputStream();
                for (byte one : BidLines.bytes(List.of(batch))) {
                    if (one == '\n') {
                        int partition = (int) (rows++ % partitions);
                        producer.send(
                                new ProducerRecord<>(topic, partition, null, line.toByteArray()), (sent, failure) -> {
                                    if (failure != null) {
                                        failed.set(failure);
                                    }
                                });
                        line.reset();
                    } else {
                        line.write(one);
                    }
                }
            }
        }
        Exception failure = failed.get();
        if (failure != null) {
            throw new IOException("not all rows could be written", failure);
        }
        return rows;
    }

    /** Reads so many records without looking at them; seconds. */
    double read(String topic, long records) {
        Map<String, Object> settings = clients();
        settings.put("max.poll.records", 16_384);
        settings.put("max.partition.fetch.bytes", 4 << 20);
        settings.put("receive.buffer.bytes", -1);
        long start = System.nanoTime();
        try (var consumer = new KafkaConsumer<>(settings, new ByteBufferDeserializer(), new ByteBufferDeserializer())) {
            assignAll(consumer, topic);
            long read = 0;
            while (read < records) {
                read += consumer.poll(POLL).count();
            }
        }
        return (System.nanoTime() - start) / 1e9;
    }

    private static List<TopicPartition> assignAll(KafkaConsumer<?, ?> consumer, String topic) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return partitions;
    }

    /** The values of all committed records, sorted. */
    List<String> sorted(String topic) {
        List<String> values = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(clients(), new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partitions = assignAll(consumer, topic);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(POLL).forEach(record -> values.add(record.value()));
            }
        }
        return values.stream().sorted().toList();
    }

    @Override
    public void close() {
        broker.close();
    }
}
