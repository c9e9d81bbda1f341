package io.laminar.flink.runtime;

import io.laminar.flink.source.StorageProof;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.io.DataInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.jspecify.annotations.Nullable;

/**
 * The folder in which a pipeline keeps its state from one start to the next: {@code pipeline.properties} says what the
 * state belongs to, {@code runs/N} has the checkpoints of the N-th start and the savepoint with which it was stopped,
 * {@code savepoints} has those that somebody asked for. Locked while in use.
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
    private static final String PROPERTIES = "pipeline.properties";
    private static final String RUNS = "runs";

    private final String folder;
    private final FolderFiles files;
    private final Properties properties;
    private final int run;

    private StateFolder(String folder, FolderFiles files, Properties properties, int run) {
        this.folder = folder;
        this.files = files;
        this.properties = properties;
        this.run = run;
    }

    /** Whether there is a folder of that name. */
    static boolean exists(String folder) {
        return FolderFiles.at(folder).exists();
    }

    /**
     * Takes the folder for a new start; it is made if it does not exist.
     *
     * @param folder a folder of this machine, or a URL of an object store
     * @throws LaminarException CHECKPOINT_FAILED if it cannot be written, STATE_MISMATCH if it is something else or in
     *     use
     */
    static StateFolder open(String folder) {
        return open(folder, FolderFiles.at(folder));
    }

    static StateFolder open(String folder, FolderFiles files) {
        boolean locked = false;
        try {
            locked = files.lock();
            if (!locked) {
                throw new LaminarException(
                        ErrorCode.STATE_MISMATCH,
                        "the state folder '" + folder + "' is in use by a running pipeline",
                        "stop it first, or give this one another folder");
            }
            StateFolder state = new StateFolder(folder, files, read(folder, files), lastRun(files) + 1);
            state.settle();
            return state;
        } catch (IOException e) {
            unlock(files, locked);
            throw unusable(folder, e);
        } catch (RuntimeException e) {
            unlock(files, locked);
            throw e;
        }
    }

    /**
     * Takes the folder again of a job that runs on a remote cluster.
     *
     * @throws LaminarException STATE_MISMATCH if it is in use, or not that of the job
     */
    static StateFolder reopen(String folder, String job) {
        FolderFiles files = FolderFiles.at(folder);
        boolean locked = false;
        try {
            locked = files.lock();
            if (!locked) {
                throw new LaminarException(
                        ErrorCode.STATE_MISMATCH, "another process looks after the state folder '" + folder + "'");
            }
            Properties properties = read(folder, files);
            if (!job.equals(properties.getProperty(JOB))) {
                throw new LaminarException(
                        ErrorCode.STATE_MISMATCH,
                        "the state folder '" + folder + "' is not that of job " + job,
                        "name the folder that the job was started with");
            }
            return new StateFolder(folder, files, properties, lastRun(files));
        } catch (IOException e) {
            unlock(files, locked);
            throw unusable(folder, e);
        } catch (RuntimeException e) {
            unlock(files, locked);
            throw e;
        }
    }

    private static LaminarException unusable(String folder, IOException e) {
        return new LaminarException(
                ErrorCode.CHECKPOINT_FAILED,
                "the state folder '" + folder + "' cannot be used: " + Problem.of(e),
                null,
                "it has to be a folder that can be written",
                e);
    }

    private static void unlock(FolderFiles files, boolean locked) {
        if (locked) {
            files.unlock();
        }
    }

    /** A job of another process may still work with the folder: a remote one holds no lock. */
    private void settle() {
        String cluster = properties.getProperty(CLUSTER);
        String job = properties.getProperty(JOB);
        if (cluster == null || job == null) {
            return;
        }
        switch (RemoteOwner.ask(
                folder, cluster, job, () -> latest(runFolder(run - 1)).isPresent())) {
            case FINISHED -> finish();
            case ENDED -> runsNowhere();
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
        String file = runFolder(run) + "/proof";
        try {
            files.write(file, token.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw unwritable(e);
        }
        return new StorageProof(folder, files.uri(file), token);
    }

    /** Completes if another process takes the folder away from this one. */
    CompletableFuture<Void> lost() {
        return files.lost();
    }

    /** Why a job whose folder is lost has to end. */
    LaminarException taken() {
        return new LaminarException(
                ErrorCode.STATE_MISMATCH,
                "another process has taken over the state folder '" + folder + "', because this one did not answer",
                "the pipeline goes on there; if it does not, start it again");
    }

    private static Properties read(String folder, FolderFiles files) throws IOException {
        Properties properties = new Properties();
        if (files.has(PROPERTIES)) {
            try (Reader reader = new InputStreamReader(files.open(PROPERTIES), StandardCharsets.UTF_8)) {
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
        StringWriter text = new StringWriter();
        try {
            properties.store(text, "Laminar pipeline state");
            files.write(PROPERTIES, text.toString().getBytes(StandardCharsets.UTF_8));
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

    /** As a URI. */
    String checkpoints() {
        return files.uri(runFolder(run) + "/checkpoints");
    }

    /** As a URI. */
    String savepoints() {
        return files.uri(runFolder(run) + "/savepoints");
    }

    /**
     * Where savepoints go that somebody asks for: nothing deletes them, and no start goes on from them by itself.
     *
     * @param ofRun what {@link #savepoints} gives
     */
    static String keptSavepoints(String ofRun) {
        return ofRun.substring(0, ofRun.lastIndexOf("/" + RUNS + "/")) + "/savepoints";
    }

    private static String runFolder(int number) {
        return RUNS + "/" + number;
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

    private Optional<SavedState> latest(String runFolder) {
        List<SavedState> snapshots = new ArrayList<>();
        try {
            for (String metadata : files.find(runFolder, METADATA)) {
                read(metadata).ifPresent(snapshots::add);
            }
        } catch (IOException e) {
            throw new LaminarException(
                    ErrorCode.STATE_MISMATCH,
                    "the saved state in '" + folder + "' cannot be read: " + Problem.of(e),
                    null,
                    null,
                    e);
        }
        return snapshots.stream().max(Comparator.comparingLong(s -> s.metadata().getCheckpointId()));
    }

    /** Empty if it is gone: the cluster of the last run may still delete what it has no use for, which is never the latest. */
    private Optional<SavedState> read(String metadata) throws IOException {
        String uri = files.uri(metadata.substring(0, metadata.length() - METADATA.length() - 1));
        try (DataInputStream in = new DataInputStream(files.open(metadata))) {
            return Optional.of(new SavedState(
                    uri, Checkpoints.loadCheckpointMetadata(in, StateFolder.class.getClassLoader(), uri), operators()));
        } catch (FileNotFoundException | NoSuchFileException gone) {
            return Optional.empty();
        }
    }

    /** Deletes what runs other than this one left behind, except the run with the state at {@code kept}, a URI. */
    void removeOtherRuns(@Nullable String kept) {
        for (int number = run - 1; number > 0; number--) {
            String other = runFolder(number);
            if (kept == null || !kept.startsWith(files.uri(other + "/x").replaceFirst("x$", ""))) {
                files.delete(other);
            }
        }
    }

    private static int lastRun(FolderFiles files) throws IOException {
        return files.folders(RUNS).stream()
                .filter(name -> name.matches("\\d{1,9}"))
                .mapToInt(Integer::parseInt)
                .max()
                .orElse(0);
    }

    @Override
    public void close() {
        files.unlock();
    }
}
