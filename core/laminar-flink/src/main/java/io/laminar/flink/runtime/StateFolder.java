package io.laminar.flink.runtime;

import io.laminar.flink.cluster.Folders;
import io.laminar.flink.source.StorageProof;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.jspecify.annotations.Nullable;

/**
 * The folder in which a pipeline keeps its state from one start to the next: {@code pipeline.properties} says what the
 * state belongs to, {@code runs/N} has the checkpoints and savepoints of the N-th start. Locked while in use.
 */
final class StateFolder implements AutoCloseable {
    private static final String FORMAT_KEY = "format";
    private static final String FORMAT = "2";
    private static final String MAX_PARALLELISM = "max_parallelism";
    private static final String FINISHED = "finished";
    private static final String IDENTITY = "identity";
    private static final int IDENTITY_DIGITS = 12;
    private static final String OPERATOR = "operator.";
    private static final String CLUSTER = "cluster";
    private static final String JOB = "job";
    private static final String METADATA = "_metadata";

    private final Path folder;
    private final FileChannel lock;
    private final Properties properties;
    private final int run;

    private StateFolder(Path folder, FileChannel lock, Properties properties, int run) {
        this.folder = folder;
        this.lock = lock;
        this.properties = properties;
        this.run = run;
    }

    /**
     * Takes the folder for a new start; it is made if it does not exist.
     *
     * @throws LaminarException CHECKPOINT_FAILED if it cannot be written, STATE_MISMATCH if it is something else or in
     *     use
     */
    static StateFolder open(Path folder) {
        refuseRemote(folder);
        try {
            Files.createDirectories(folder.resolve("runs"));
            FileChannel channel =
                    FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (lock(channel) == null) {
                channel.close();
                throw new LaminarException(
                        ErrorCode.STATE_MISMATCH,
                        "the state folder '" + folder + "' is in use by a running pipeline",
                        "stop it first, or give this one another folder");
            }
            StateFolder state = new StateFolder(folder, channel, read(folder), lastRun(folder) + 1);
            state.settle();
            return state;
        } catch (IOException e) {
            throw new LaminarException(
                    ErrorCode.CHECKPOINT_FAILED,
                    "the state folder '" + folder + "' cannot be used: " + Problem.of(e),
                    null,
                    "it has to be a folder that can be written",
                    e);
        }
    }

    /** A job of another process may still work with the folder: a remote one holds no lock. */
    private void settle() {
        String cluster = properties.getProperty(CLUSTER);
        String job = properties.getProperty(JOB);
        if (cluster == null || job == null) {
            return;
        }
        try {
            switch (RemoteOwner.ask(
                    folder, cluster, job, () -> latest(runFolder(run - 1)).isPresent())) {
                case FINISHED -> finish();
                case ENDED -> runsNowhere();
            }
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Notes the job of a remote cluster that works with the folder from now on. */
    void runsOn(String cluster, String job) {
        properties.setProperty(CLUSTER, cluster);
        properties.setProperty(JOB, job);
        store();
    }

    /** Notes that no job works with the folder any more. */
    void runsNowhere() {
        if (properties.remove(CLUSTER) != null) {
            properties.remove(JOB);
            store();
        }
    }

    /** Writes a file by which other processes can tell that they see the same folder. */
    StorageProof proof() {
        String token = UUID.randomUUID().toString();
        Path file = runFolder(run).resolve("proof");
        try {
            Files.createDirectories(runFolder(run));
            Files.writeString(file, token);
        } catch (IOException e) {
            throw unwritable(e);
        }
        return new StorageProof(folder.toString(), file.toAbsolutePath().toString(), token);
    }

    /** The URI of a store elsewhere would be taken for a relative path, and a folder of that name be made. */
    private static void refuseRemote(Path folder) {
        if (folder.toString().matches("[a-z0-9]{2,}:/.*")) {
            throw new LaminarException(
                    ErrorCode.USAGE,
                    "state cannot be kept in '" + folder + "': a state folder is one of this machine",
                    "name a local folder, or one that is mounted");
        }
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static Properties read(Path folder) throws IOException {
        Properties properties = new Properties();
        Path file = folder.resolve("pipeline.properties");
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file)) {
                properties.load(reader);
            }
            if (!FORMAT.equals(properties.getProperty(FORMAT_KEY))) {
                throw new LaminarException(
                        ErrorCode.STATE_MISMATCH,
                        "the state in '" + folder + "' was written by another version of Laminar");
            }
        }
        return properties;
    }

    /** Whether the pipeline has run to its end with this state. */
    boolean isFinished() {
        return Boolean.parseBoolean(properties.getProperty(FINISHED));
    }

    /** The number of key groups the state was made with, or the number given if there is no state. */
    int maxParallelism(int otherwise) {
        return Integer.parseInt(properties.getProperty(MAX_PARALLELISM, String.valueOf(otherwise)));
    }

    /** What tells the pipeline with this state from all others in outside systems; made with the first start. */
    String identity() {
        return (String) properties.computeIfAbsent(IDENTITY, key -> newIdentity());
    }

    static String newIdentity() {
        return UUID.randomUUID().toString().replace("-", "").substring(0, IDENTITY_DIGITS);
    }

    /** What the operators were in the pipeline that made the state, by Flink's id. */
    private Map<String, String> operators() {
        Map<String, String> operators = new TreeMap<>();
        properties.stringPropertyNames().stream()
                .filter(key -> key.startsWith(OPERATOR))
                .forEach(key -> operators.put(key.substring(OPERATOR.length()), properties.getProperty(key)));
        return operators;
    }

    /** Notes what the state belongs to; must be called before the job starts. */
    void begin(int maxParallelism, Map<String, String> operators) {
        String identity = identity();
        properties.clear();
        properties.setProperty(IDENTITY, identity);
        properties.setProperty(FORMAT_KEY, FORMAT);
        properties.setProperty(MAX_PARALLELISM, String.valueOf(maxParallelism));
        operators.forEach((id, description) -> properties.setProperty(OPERATOR + id, description));
        store();
    }

    /** Notes that there is nothing to go on with. */
    void finish() {
        properties.remove(CLUSTER);
        properties.remove(JOB);
        properties.setProperty(FINISHED, "true");
        store();
        removeOtherRuns(null);
    }

    private void store() {
        Path file = folder.resolve("pipeline.properties");
        Path next = folder.resolve("pipeline.properties.new");
        try {
            try (Writer writer = Files.newBufferedWriter(next)) {
                properties.store(writer, "Laminar pipeline state");
            }
            Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private LaminarException unwritable(IOException e) {
        return new LaminarException(
                ErrorCode.CHECKPOINT_FAILED,
                "the state folder '" + folder + "' cannot be written: " + Problem.of(e),
                null,
                null,
                e);
    }

    Path checkpoints() {
        return runFolder(run).resolve("checkpoints");
    }

    Path savepoints() {
        return runFolder(run).resolve("savepoints");
    }

    private Path runFolder(int number) {
        return folder.resolve("runs").resolve(String.valueOf(number));
    }

    /** The latest complete snapshot of the latest run that has one. */
    Optional<SavedState> latest() {
        for (int number = run - 1; number > 0; number--) {
            Optional<SavedState> found = latest(runFolder(number));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private Optional<SavedState> latest(Path runFolder) {
        if (!Files.isDirectory(runFolder)) {
            return Optional.empty();
        }
        List<SavedState> snapshots = new ArrayList<>();
        try (Stream<Path> files = Files.walk(runFolder)) {
            for (Path metadata : files.filter(f -> f.endsWith(METADATA)).toList()) {
                try (DataInputStream in = new DataInputStream(Files.newInputStream(metadata))) {
                    Path path = metadata.resolveSibling(".").normalize();
                    String uri = path.toUri().toString();
                    snapshots.add(new SavedState(
                            uri,
                            Checkpoints.loadCheckpointMetadata(in, StateFolder.class.getClassLoader(), uri),
                            operators()));
                }
            }
        } catch (IOException e) {
            throw new LaminarException(
                    ErrorCode.STATE_MISMATCH,
                    "the saved state in '" + runFolder + "' cannot be read: " + Problem.of(e),
                    null,
                    null,
                    e);
        }
        return snapshots.stream().max(Comparator.comparingLong(s -> s.metadata().getCheckpointId()));
    }

    /** Deletes what runs other than this one left behind, except the run with the state at {@code kept}, a URI. */
    void removeOtherRuns(@Nullable String kept) {
        for (int number = run - 1; number > 0; number--) {
            Path other = runFolder(number);
            if (Files.exists(other)
                    && (kept == null || !kept.startsWith(other.toUri().toString()))) {
                Folders.delete(other);
            }
        }
    }

    private static int lastRun(Path folder) throws IOException {
        try (Stream<Path> runs = Files.list(folder.resolve("runs"))) {
            return runs.map(r -> r.getFileName().toString())
                    .filter(name -> name.matches("\\d{1,9}"))
                    .mapToInt(Integer::parseInt)
                    .max()
                    .orElse(0);
        }
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
