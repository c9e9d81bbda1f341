package io.laminar.testing.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.jspecify.annotations.Nullable;

/**
 * A broker of Kafka, alone in its cluster, in a JVM of its own, on ports of the loopback interface. It keeps ports and log
 * through {@link #kill} and {@link #restart}. {@link #close} stops it and deletes everything.
 */
public final class KafkaBroker implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofMinutes(3);
    private static final Duration POLL = Duration.ofMillis(20);
    private static final String STARTED = "Kafka Server started";
    private static final String CONFIGURATION = "server.properties";
    private static final String ADVERTISED = "advertised.listeners=";

    private final Path folder;
    private final Settings settings;
    private final Map<Listener, Integer> ports;
    private final Thread hook = new Thread(this::destroy);
    private @Nullable Process process;
    private int starts;

    /** The ways in; each has a port of its own. */
    public enum Listener {
        PLAINTEXT,
        /** TLS; clients may show a certificate. */
        SSL,
        SASL_PLAINTEXT,
        SASL_SSL
    }

    /**
     * How a broker is set up.
     *
     * @param users passwords by name, for the listeners with SASL, by PLAIN and by SCRAM; empty for none
     * @param certificates for the listeners with TLS; null for none
     * @param requireClientCertificates whether TLS clients have to show one
     * @param properties of the broker, on top of what it needs to run
     * @param port of the listener PLAINTEXT; 0 for any
     */
    public record Settings(
            Map<String, String> users,
            @Nullable Certificates certificates,
            boolean requireClientCertificates,
            Map<String, String> properties,
            int port) {
        public static final Settings PLAIN = new Settings(Map.of(), null, false, Map.of(), 0);

        public Settings {
            users = new TreeMap<>(users);
            properties = Map.copyOf(properties);
        }

        public Settings withUser(String name, String password) {
            Map<String, String> more = new HashMap<>(users);
            more.put(name, password);
            return new Settings(more, certificates, requireClientCertificates, properties, port);
        }

        public Settings withCertificates(Certificates replacement, boolean required) {
            return new Settings(users, replacement, required, properties, port);
        }

        public Settings with(String property, String value) {
            Map<String, String> more = new HashMap<>(properties);
            more.put(property, value);
            return new Settings(users, certificates, requireClientCertificates, more, port);
        }

        public Settings withPort(int replacement) {
            return new Settings(users, certificates, requireClientCertificates, properties, replacement);
        }

        private List<Listener> listeners() {
            List<Listener> listeners = new ArrayList<>(List.of(Listener.PLAINTEXT));
            if (certificates != null) {
                listeners.add(Listener.SSL);
            }
            if (!users.isEmpty()) {
                listeners.add(Listener.SASL_PLAINTEXT);
            }
            if (certificates != null && !users.isEmpty()) {
                listeners.add(Listener.SASL_SSL);
            }
            return listeners;
        }
    }

    private KafkaBroker(Path folder, Settings settings, Map<Listener, Integer> ports) {
        this.folder = folder;
        this.settings = settings;
        this.ports = ports;
    }

    /** Starts a broker without any protection. */
    public static KafkaBroker start() {
        return start(Settings.PLAIN);
    }

    /** Starts a broker and waits until it answers. */
    public static KafkaBroker start(Settings settings) {
        try {
            return start(Files.createTempDirectory("laminar-kafka"), settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a broker that keeps its log in a folder; what is there already, ports too, is kept. */
    public static KafkaBroker start(Path folder, Settings settings) {
        Map<Listener, Integer> ports = keptPorts(folder);
        boolean kept = !ports.isEmpty();
        List<Listener> listeners = settings.listeners();
        List<Integer> free = Ports.free(listeners.size() + 1);
        for (int i = 0; i < listeners.size() && !kept; i++) {
            ports.put(listeners.get(i), free.get(i));
        }
        if (settings.port() != 0 && !kept) {
            ports.put(Listener.PLAINTEXT, settings.port());
        }
        KafkaBroker broker = new KafkaBroker(folder, settings, ports);
        if (!kept) {
            broker.write(free.get(listeners.size()));
        }
        Runtime.getRuntime().addShutdownHook(broker.hook);
        broker.restart();
        return broker;
    }

    /** The ports of a broker that was in this folder before; none if there was none. */
    private static Map<Listener, Integer> keptPorts(Path folder) {
        Map<Listener, Integer> ports = new TreeMap<>();
        Path file = folder.resolve(CONFIGURATION);
        if (!Files.exists(file)) {
            return ports;
        }
        try {
            Files.readAllLines(file).stream()
                    .filter(line -> line.startsWith(ADVERTISED))
                    .flatMap(line ->
                            Stream.of(line.substring(ADVERTISED.length()).split(",")))
                    .map(URI::create)
                    .forEach(way -> ports.put(Listener.valueOf(way.getScheme()), way.getPort()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ports;
    }

    private void write(int controllerPort) {
        Map<String, String> all = new TreeMap<>();
        String ways = ports.entrySet().stream()
                .map(entry -> entry.getKey() + "://127.0.0.1:" + entry.getValue())
                .collect(Collectors.joining(","));
        all.put("process.roles", "broker,controller");
        all.put("node.id", "1");
        all.put("controller.quorum.bootstrap.servers", "127.0.0.1:" + controllerPort);
        all.put("controller.listener.names", "CONTROLLER");
        all.put("listeners", ways + ",CONTROLLER://127.0.0.1:" + controllerPort);
        all.put(ADVERTISED.substring(0, ADVERTISED.length() - 1), ways);
        all.put("inter.broker.listener.name", Listener.PLAINTEXT.name());
        all.put(
                "listener.security.protocol.map",
                "CONTROLLER:PLAINTEXT,"
                        + Stream.of(Listener.values())
                                .map(listener -> listener + ":" + listener)
                                .collect(Collectors.joining(",")));
        all.put("log.dirs", log().toString());
        for (String topic : List.of("offsets.topic", "transaction.state.log", "share.coordinator.state.topic")) {
            all.put(topic + ".replication.factor", "1");
        }
        all.put("transaction.state.log.min.isr", "1");
        all.put("share.coordinator.state.topic.min.isr", "1");
        // Internal topics with few partitions are made faster.
        all.put("offsets.topic.num.partitions", "4");
        all.put("transaction.state.log.num.partitions", "4");
        all.put("group.initial.rebalance.delay.ms", "0");
        // A broker that was killed is let in again only when its session before has run out: 9 s unless told otherwise.
        all.put("broker.session.timeout.ms", "3000");
        all.put("broker.heartbeat.interval.ms", "500");
        all.put("auto.create.topics.enable", "false");
        all.put("num.partitions", "1");
        // Records that are given old times are not deleted at once.
        all.put("log.retention.ms", "-1");
        addSecurity(all);
        all.putAll(settings.properties());
        try {
            Files.writeString(
                    configuration(),
                    all.entrySet().stream()
                            .map(entry -> entry.getKey() + "=" + entry.getValue() + "\n")
                            .collect(Collectors.joining()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void addSecurity(Map<String, String> all) {
        Certificates certificates = settings.certificates();
        if (certificates != null) {
            all.put("ssl.keystore.location", certificates.serverStore().toString());
            all.put("ssl.keystore.type", "PKCS12");
            all.put("ssl.keystore.password", Certificates.PASSWORD);
            all.put("ssl.truststore.location", certificates.clientsStore().toString());
            all.put("ssl.truststore.type", "PKCS12");
            all.put("ssl.truststore.password", Certificates.PASSWORD);
            all.put("ssl.client.auth", settings.requireClientCertificates() ? "required" : "requested");
        }
        if (settings.users().isEmpty()) {
            return;
        }
        all.put("sasl.enabled.mechanisms", "PLAIN,SCRAM-SHA-256,SCRAM-SHA-512");
        String known = settings.users().entrySet().stream()
                .map(user -> " user_" + user.getKey() + "=\"" + user.getValue() + "\"")
                .collect(Collectors.joining());
        for (Listener listener : List.of(Listener.SASL_PLAINTEXT, Listener.SASL_SSL)) {
            String prefix = "listener.name." + listener.name().toLowerCase(java.util.Locale.ROOT) + ".";
            all.put(
                    prefix + "plain.sasl.jaas.config",
                    "org.apache.kafka.common.security.plain.PlainLoginModule required" + known + ";");
            for (String scram : List.of("scram-sha-256", "scram-sha-512")) {
                all.put(
                        prefix + scram + ".sasl.jaas.config",
                        "org.apache.kafka.common.security.scram.ScramLoginModule required;");
            }
        }
    }

    /** For {@code bootstrap_servers}. */
    public String servers() {
        return servers(Listener.PLAINTEXT);
    }

    public String servers(Listener listener) {
        return "127.0.0.1:" + Objects.requireNonNull(ports.get(listener), "no such listener");
    }

    /** Makes a topic and waits until everybody who asks is told of it. */
    public void createTopic(String topic, int partitions) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers()))) {
            admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1)))
                    .all()
                    .get();
            long deadline = System.nanoTime() + DEADLINE.toNanos();
            while (!isKnown(topic, admin)) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException("the broker does not tell of its topic " + topic);
                }
                LockSupport.parkNanos(POLL.toNanos());
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static boolean isKnown(String topic, Admin admin) throws InterruptedException {
        try {
            admin.describeTopics(List.of(topic)).allTopicNames().get();
            return true;
        } catch (ExecutionException notYet) {
            return false;
        }
    }

    /** The process id of the broker's JVM. */
    public long pid() {
        return running().pid();
    }

    private Process running() {
        Process current = process;
        if (current == null || !current.isAlive()) {
            throw new IllegalStateException("the broker does not run");
        }
        return current;
    }

    /** Starts the broker again after {@link #kill} or {@link #stop}, on the same ports and with the same log. */
    public void restart() {
        if (process != null && process.isAlive()) {
            throw new IllegalStateException("the broker runs");
        }
        Path output = folder.resolve("output-" + ++starts + ".log");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djava.awt.headless=true",
                "-Dorg.apache.logging.log4j.level=INFO",
                "-cp",
                classPath(),
                KafkaProcess.class.getName(),
                configuration().toString(),
                log().toString()));
        settings.users().forEach((name, password) -> {
            for (String mechanism : List.of("SCRAM-SHA-256", "SCRAM-SHA-512")) {
                command.add(mechanism + "=[name=" + name + ",password=" + password + "]");
            }
        });
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            awaitStart(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The broker's jars, which the build has found, and the class it starts with. */
    private static String classPath() {
        try (InputStream in = KafkaBroker.class.getResourceAsStream("kafka.classpath")) {
            String jars = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8).strip();
            Path own = Path.of(KafkaBroker.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return jars + java.io.File.pathSeparator + own;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private void awaitStart(Path output) throws IOException {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        while (!Files.readString(output).contains(STARTED)) {
            if (!Objects.requireNonNull(process).isAlive() || System.nanoTime() > deadline) {
                String text = Files.readString(output);
                destroy();
                throw new IllegalStateException("the broker does not start:\n" + text);
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    /** Stops the broker in an orderly way. */
    public void stop() {
        running().destroy();
        awaitEnd();
    }

    /** Kills the broker as a power cut would, as far as a process can tell. */
    public void kill() {
        running().destroyForcibly();
        awaitEnd();
    }

    private void awaitEnd() {
        try {
            Process current = Objects.requireNonNull(process);
            if (!current.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
                current.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            destroy();
            Thread.currentThread().interrupt();
        }
    }

    /** Freezes the broker: connections stay open, and nobody answers. */
    public void pause() {
        signal("STOP");
    }

    /** Lets a frozen broker go on. */
    public void resume() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            int failed = new ProcessBuilder("kill", "-" + name, String.valueOf(pid()))
                    .start()
                    .waitFor();
            if (failed != 0) {
                throw new IllegalStateException("kill -" + name + " fails");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Lets the broker live longer than this JVM; {@link #close} is not called any more. */
    public void detach() {
        Runtime.getRuntime().removeShutdownHook(hook);
    }

    private void destroy() {
        Process current = process;
        if (current != null) {
            current.destroyForcibly();
        }
    }

    @Override
    public void close() {
        destroy();
        if (process != null) {
            awaitEnd();
        }
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            // The JVM ends already, and the hook finds nothing left to do.
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path configuration() {
        return folder.resolve(CONFIGURATION);
    }

    /** Where the broker keeps the records, a folder per partition; not to be written. */
    public Path log() {
        return folder.resolve("log");
    }
}
