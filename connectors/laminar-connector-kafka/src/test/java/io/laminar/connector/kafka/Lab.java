package io.laminar.connector.kafka;

import io.laminar.flink.catalog.ConnectorCatalog;
import io.laminar.flink.operator.BuiltinOperators;
import io.laminar.flink.runtime.JobRequest;
import io.laminar.flink.runtime.JobRuntime;
import io.laminar.flink.runtime.RunningJob;
import io.laminar.spi.error.LaminarException;
import io.laminar.sql.PipelineCompiler;
import io.laminar.sql.PipelineErrors;
import io.laminar.sql.PlannerContext;
import io.laminar.sql.function.FunctionCatalog;
import io.laminar.testing.server.KafkaBroker;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** A broker with topics, and pipelines that read and write them. */
final class Lab implements AutoCloseable {
    private static final AtomicInteger NAMES = new AtomicInteger();
    private static final int SLOTS = 4;
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofMillis(10);

    /** One broker and one cluster for all tests that do not harm them; they end with the JVM. */
    private static @Nullable Lab shared;

    final KafkaBroker broker;
    final Admin admin;
    private final KafkaProducer<String, String> producer;
    private final JobRuntime runtime = JobRuntime.start(SLOTS);

    Lab(KafkaBroker.Settings settings) {
        broker = KafkaBroker.start(settings);
        admin = Admin.create(clients());
        producer = new KafkaProducer<>(clients(), new StringSerializer(), new StringSerializer());
    }

    static synchronized Lab shared() {
        Lab lab = shared;
        if (lab == null) {
            lab = new Lab(KafkaBroker.Settings.PLAIN);
            Runtime.getRuntime().addShutdownHook(new Thread(lab::close));
            shared = lab;
        }
        return lab;
    }

    private Map<String, Object> clients() {
        return Map.of("bootstrap.servers", broker.servers());
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
        admin.close(Duration.ZERO);
        runtime.close();
        broker.close();
    }

    // Topics --------------------------------------------------------------------------------------------------------

    /** A new topic with a name of its own. */
    String topic(String name, int partitions) {
        return topic(name, partitions, Map.of());
    }

    String topic(String name, int partitions, Map<String, String> configuration) {
        String unique = name + "-" + NAMES.incrementAndGet();
        NewTopic topic = new NewTopic(unique, Optional.of(partitions), Optional.empty()).configs(configuration);
        get(() -> admin.createTopics(List.of(topic)).all().get());
        // Created is not yet known to who answers for it.
        await("topic " + unique, () -> isKnown(unique));
        return unique;
    }

    /**
     * Whether the leaders of all partitions answer. What the cluster says of a topic comes earlier: a producer whose first
     * batch is refused then, and the second not, is out of order for ever.
     */
    private boolean isKnown(String topic) {
        try {
            TopicDescription found =
                    admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic);
            admin.listOffsets(found.partitions().stream()
                            .collect(Collectors.toMap(
                                    partition -> new TopicPartition(topic, partition.partition()),
                                    partition -> OffsetSpec.latest())))
                    .all()
                    .get();
            return true;
        } catch (ExecutionException notYet) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    void addPartitions(String topic, int partitions) {
        get(() -> admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(partitions)))
                .all()
                .get());
    }

    void send(String topic, String... values) {
        for (String value : values) {
            producer.send(new ProducerRecord<>(topic, value));
        }
        producer.flush();
    }

    void sendTo(String topic, int partition, String... values) {
        for (String value : values) {
            producer.send(new ProducerRecord<>(topic, partition, null, value));
        }
        producer.flush();
    }

    /** @param value null for a record that says its key is gone */
    void sendKeyed(String topic, String key, @Nullable String value) {
        producer.send(new ProducerRecord<>(topic, key, value));
        producer.flush();
    }

    void sendAll(Stream<ProducerRecord<String, String>> records) {
        records.forEach(producer::send);
        producer.flush();
    }

    /** Records that are no texts. */
    void sendBytes(String topic, int partition, byte[]... values) {
        try (var raw = new KafkaProducer<>(clients(), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (byte[] value : values) {
                raw.send(new ProducerRecord<>(topic, partition, null, value));
            }
        }
    }

    /** All records of a topic that are committed, partition by partition. */
    List<ConsumerRecord<String, String>> records(String topic) {
        return records(topic, true);
    }

    List<ConsumerRecord<String, String>> records(String topic, boolean committed) {
        Map<String, Object> settings = new HashMap<>(clients());
        settings.put("isolation.level", committed ? "read_committed" : "read_uncommitted");
        settings.put("max.partition.fetch.bytes", 16 << 20);
        List<ConsumerRecord<String, String>> records = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            for (TopicPartition partition : partitions) {
                consumer.assign(List.of(partition));
                consumer.seekToBeginning(List.of(partition));
                long end = consumer.endOffsets(List.of(partition)).get(partition);
                while (consumer.position(partition) < end) {
                    consumer.poll(Duration.ofMillis(100)).forEach(records::add);
                }
            }
        }
        return records;
    }

    /** The values of all committed records, sorted; a record without one is {@code null}. */
    List<String> values(String topic) {
        return records(topic).stream()
                .map(record -> String.valueOf(record.value()))
                .sorted()
                .toList();
    }

    // Pipelines -----------------------------------------------------------------------------------------------------

    /** Text for WITH: this broker, JSON, and further options. */
    String with(String topic, String... options) {
        StringBuilder text = new StringBuilder("WITH (connector = 'kafka', bootstrap_servers = '")
                .append(broker.servers())
                .append('\'');
        if (!topic.isEmpty()) {
            text.append(", topic = '").append(topic).append('\'');
        }
        boolean format = false;
        for (String option : options) {
            text.append(", ").append(option);
            format |= option.startsWith("format");
        }
        return text.append(format ? ")" : ", format = 'json')").toString();
    }

    /** A source that ends with what is there now. */
    String now(String topic, String... options) {
        List<String> all = new ArrayList<>(List.of(options));
        all.add("source.offset = 'earliest'");
        all.add("source.bounded = true");
        return with(topic, all.toArray(new String[0]));
    }

    /** What a pipeline is started with. */
    record Job(String sql, int parallelism, @Nullable Path state, int restarts) {
        Job(String sql) {
            this(sql, 1, null, 0);
        }

        Job on(int subtasks) {
            return new Job(sql, subtasks, state, restarts);
        }

        Job keeping(Path folder) {
            return new Job(sql, parallelism, folder, restarts);
        }

        Job restarting(int times) {
            return new Job(sql, parallelism, state, times);
        }
    }

    RunningJob start(Job job) {
        String state = job.state() == null ? null : job.state().toString();
        JobRequest request = JobRequest.of("test", compile(job.sql()).plan(), BuiltinOperators.INSTANCE, state)
                .withRestarts(job.restarts());
        return runtime.submit(request.withSettings(request.settings().withParallelism(job.parallelism())));
    }

    /** Runs a pipeline to its end. */
    RunningJob run(Job job) {
        RunningJob running = start(job);
        try {
            running.await();
            return running;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    void run(String sql) {
        run(new Job(sql));
    }

    static io.laminar.sql.CompiledPipeline compile(String sql) {
        try {
            return PipelineCompiler.compile(
                    sql, new PlannerContext(new ConnectorCatalog(), FunctionCatalog.installed(), Map.of()));
        } catch (PipelineErrors e) {
            throw e.errors().get(0);
        }
    }

    /** The error that a text is refused with. */
    static LaminarException refused(String sql) {
        try {
            compile(sql);
        } catch (LaminarException e) {
            return e;
        }
        throw new AssertionError("not refused: " + sql);
    }

    // Waiting -------------------------------------------------------------------------------------------------------

    /** Waits until a condition holds. */
    static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within " + DEADLINE + ": " + what);
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    interface Call<T> {
        T call() throws InterruptedException, ExecutionException;
    }

    static <T> T get(Call<T> call) {
        try {
            return call.call();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
