package io.laminar.testing.chaos;

import io.laminar.testing.cluster.ChildProcess;
import io.laminar.testing.cluster.Distribution;
import io.laminar.testing.cluster.LaminarCluster;
import io.laminar.testing.cluster.LaminarCluster.Size;
import io.laminar.testing.cluster.ZooKeeperServer;
import io.laminar.testing.server.KafkaBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * All processes of a run: two coordinators that stand in for each other, two workers, ZooKeeper, a broker and a database.
 */
final class Plant implements AutoCloseable {
    static final int WORKERS = 2;
    static final int SLOTS = 2;
    static final int ALL_SLOTS = WORKERS * SLOTS;

    private final Path folder;
    private final ZooKeeperServer zooKeeper;
    private final LaminarCluster first;
    private final LaminarCluster second;
    private final KafkaBroker broker;
    private final Database database;
    private final CheckpointStore store;

    Plant(Path folder, Size size) {
        this.folder = folder;
        Distribution distribution = Distribution.built();
        store = new CheckpointStore(folder.resolve("state"));
        broker = KafkaBroker.start();
        database = new Database(made("database"));
        zooKeeper = ZooKeeperServer.start(made("zookeeper"));
        first = LaminarCluster.start(distribution, made("first"), size, options());
        second = LaminarCluster.start(distribution, made("second"), size, options());
        first.coordinator().awaitErr("takes jobs");
        second.coordinator().awaitErr("takes jobs");
        for (int i = 0; i < WORKERS; i++) {
            addWorker();
        }
        Waiting.until("all workers", ChildProcess.LIMIT, this::isComplete);
    }

    private List<String> options() {
        return List.of(
                "--ha",
                cluster(),
                "--ha-storage",
                folder.resolve("ha").toString(),
                // Defaults are for networks and machines that are slow at times; here everything is one machine.
                "--set",
                "high-availability.zookeeper.client.session-timeout=4s",
                "--set",
                "heartbeat.interval=1s",
                "--set",
                "heartbeat.timeout=6s");
    }

    private Path made(String name) {
        try {
            return Files.createDirectories(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What {@code --cluster} takes. */
    String cluster() {
        return "zookeeper://" + zooKeeper.address() + "/laminar";
    }

    KafkaBroker broker() {
        return broker;
    }

    Database database() {
        return database;
    }

    CheckpointStore store() {
        return store;
    }

    Path folder() {
        return folder;
    }

    ChildProcess addWorker() {
        return first.addWorker(SLOTS, second.address());
    }

    /** Those that have not been killed. */
    List<ChildProcess> workers() {
        return first.workers().stream().filter(ChildProcess::isAlive).toList();
    }

    /** Whether all workers that run have joined, and no others count as being there. */
    boolean isComplete() {
        return workers().stream().allMatch(worker -> worker.err().contains("joined ")) && slots() == ALL_SLOTS;
    }

    int slots() {
        return Math.max(first.slots(), second.slots());
    }

    /** The coordinator that workers are connected to. */
    LaminarCluster leader() {
        return Connections.to(first.port()) >= Connections.to(second.port()) ? first : second;
    }

    List<LaminarCluster> coordinators() {
        return List.of(first, second);
    }

    /** What a coordinator that knows the job answers; empty if none does. */
    String get(String path) {
        for (LaminarCluster cluster : List.of(leader(), first, second)) {
            String answer = cluster.get(path);
            if (!answer.isEmpty() && !answer.startsWith("{\"errors\"")) {
                return answer;
            }
        }
        return "";
    }

    /** Runs the command {@code laminar}. */
    ChildProcess.Ended laminar(String... arguments) {
        return first.laminar(folder, arguments).end();
    }

    @Override
    public void close() {
        first.close();
        second.close();
        zooKeeper.close();
        broker.close();
        database.close();
        store.close();
    }
}
