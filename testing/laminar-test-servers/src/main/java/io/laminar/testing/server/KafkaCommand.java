package io.laminar.testing.server;

import io.laminar.testing.server.KafkaBroker.Settings;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * The command {@code ./dev kafka}: a broker for trying things out, which goes on when the command has ended. The folder has
 * its configuration, log and process id.
 */
final class KafkaCommand {
    private static final Duration POLL = Duration.ofMillis(200);

    private final Path folder;
    private final int port;

    private KafkaCommand(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    /** What the command cannot do, and why. */
    private static final class Refused extends RuntimeException {
        Refused(String reason) {
            super(reason);
        }
    }

    /** @param args folder, port, command and its arguments */
    public static void main(String[] args) throws InterruptedException {
        KafkaCommand command = new KafkaCommand(Path.of(args[0]), Integer.parseInt(args[1]));
        try {
            command.run(Arrays.asList(args).subList(2, args.length));
        } catch (ExecutionException e) {
            fail(String.valueOf(
                    e.getCause() == null ? e.getMessage() : e.getCause().getMessage()));
        } catch (IOException | KafkaException | IllegalStateException | Refused e) {
            fail(String.valueOf(e.getMessage()));
        }
    }

    private static void fail(String reason) {
        System.err.println("dev kafka: " + reason);
        System.exit(1);
    }

    private void run(List<String> words) throws IOException, InterruptedException, ExecutionException {
        String command = words.isEmpty() ? "help" : words.get(0);
        switch (command) {
            case "start" -> start();
            case "stop" -> end(false);
            case "kill" -> end(true);
            case "delete" -> delete();
            case "topics" -> topics();
            case "create" -> create(topic(words, 1), words.size() > 2 ? Integer.parseInt(words.get(2)) : 1);
            case "produce" -> produce(topic(words, 1));
            case "consume" -> {
                boolean follow = words.contains("--follow");
                consume(topic(words, follow ? 2 : 1), follow);
            }
            default -> {
                System.out.printf("""
                    usage: ./dev kafka COMMAND

                      start                     starts a broker at localhost:%d, with what its topics had before
                      stop                      stops it in an orderly way
                      kill                      stops it as a power cut would
                      delete                    stops it and deletes everything
                      create TOPIC [N]          a topic with N partitions (default 1)
                      topics                    names of all topics, with their partitions
                      produce TOPIC             lines of standard input become records, on all partitions in turn
                      consume [--follow] TOPIC  committed records, one a line: those that are there now, or on and on
                    """, port);
                System.exit(command.equals("help") ? 0 : 2);
            }
        }
    }

    private static String topic(List<String> words, int position) {
        if (words.size() <= position) {
            throw new Refused("which topic? ./dev kafka " + words.get(0) + " TOPIC");
        }
        return words.get(position);
    }

    private Optional<ProcessHandle> broker() throws IOException {
        Path file = folder.resolve("pid");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        // The number may be that of another process by now.
        return ProcessHandle.of(Long.parseLong(Files.readString(file))).filter(process -> process.info()
                .command()
                .filter(name -> name.endsWith("java"))
                .isPresent());
    }

    private void start() throws IOException {
        if (broker().isPresent()) {
            System.out.println("Kafka runs already, at " + servers());
            return;
        }
        try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            free.setReuseAddress(true);
        } catch (IOException taken) {
            throw new Refused("port " + port + " is taken; LAMINAR_KAFKA_PORT names another");
        }
        Files.createDirectories(folder);
        KafkaBroker broker = KafkaBroker.start(folder, Settings.PLAIN.withPort(port));
        broker.detach();
        Files.writeString(folder.resolve("pid"), String.valueOf(broker.pid()));
        System.out.println("Kafka runs, at " + servers());
    }

    private void end(boolean hard) throws IOException {
        ProcessHandle process = broker().orElseThrow(() -> new Refused("Kafka does not run"));
        if (hard) {
            process.destroyForcibly();
        } else {
            process.destroy();
        }
        process.onExit().join();
        Files.delete(folder.resolve("pid"));
        System.out.println(hard ? "Kafka is dead" : "Kafka has ended");
    }

    private void delete() throws IOException {
        if (broker().isPresent()) {
            end(true);
        }
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> all;
        try (Stream<Path> files = Files.walk(folder)) {
            all = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : all) {
            Files.delete(file);
        }
    }

    private String servers() {
        return "localhost:" + port;
    }

    private Map<String, Object> clients() throws IOException {
        if (broker().isEmpty()) {
            throw new Refused("Kafka does not run; ./dev kafka start");
        }
        return Map.of("bootstrap.servers", servers(), "isolation.level", "read_committed");
    }

    private void create(String topic, int partitions) throws IOException, InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(clients())) {
            admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1)))
                    .all()
                    .get();
        }
    }

    private void topics() throws IOException, InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(clients())) {
            admin.describeTopics(admin.listTopics().names().get()).allTopicNames().get().values().stream()
                    .map(topic -> topic.name() + " " + topic.partitions().size())
                    .sorted()
                    .forEach(System.out::println);
        }
    }

    /** A producer would wait a minute for a topic to come into being. */
    private int partitions(String topic) throws IOException, InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(clients())) {
            return admin.describeTopics(List.of(topic)).allTopicNames().get().values().stream()
                    .mapToInt(found -> found.partitions().size())
                    .sum();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                throw missing(topic);
            }
            throw e;
        }
    }

    private static Refused missing(String topic) {
        return new Refused("there is no topic '" + topic + "'; ./dev kafka create " + topic);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callback hears of failures
    private void produce(String topic) throws IOException, InterruptedException, ExecutionException {
        int partitions = partitions(topic);
        try (var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
                var producer = new KafkaProducer<>(clients(), new StringSerializer(), new StringSerializer())) {
            AtomicReference<Exception> failed = new AtomicReference<>();
            long number = 0;
            for (String line = in.readLine(); line != null && failed.get() == null; line = in.readLine()) {
                int partition = (int) (number++ % partitions);
                producer.send(new ProducerRecord<>(topic, partition, null, line), (sent, failure) -> {
                    if (failure != null) {
                        failed.set(failure);
                    }
                });
            }
            producer.flush();
            Exception failure = failed.get();
            if (failure != null) {
                throw new Refused("not all records could be written: " + failure.getMessage());
            }
        }
    }

    private void consume(String topic, boolean follow) throws IOException {
        var out = new PrintWriter(new BufferedWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8)));
        try (var consumer = new KafkaConsumer<>(clients(), new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partitions = new ArrayList<>();
            for (PartitionInfo partition : consumer.partitionsFor(topic)) {
                partitions.add(new TopicPartition(topic, partition.partition()));
            }
            if (partitions.isEmpty()) {
                throw missing(topic);
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (follow
                    || ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(POLL).forEach(record -> out.println(record.value()));
                out.flush();
            }
        }
    }
}
