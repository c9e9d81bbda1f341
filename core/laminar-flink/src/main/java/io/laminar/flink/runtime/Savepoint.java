package io.laminar.flink.runtime;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;

/**
 * The state of a job, saved because somebody asked for it. It is whole, and nothing deletes it. Beside Flink's files
 * lies {@code laminar.properties}, which says what the state is of.
 *
 * @param path of its folder, as a URI
 * @param job the job's name
 * @param maxParallelism number of key groups of the job
 * @param operators what its operators were, by Flink's id
 */
public record Savepoint(String path, String job, Instant taken, int maxParallelism, Map<String, String> operators) {
    private static final String FILE = "laminar.properties";
    private static final String METADATA = "_metadata";
    private static final String FORMAT_KEY = "format";
    private static final String FORMAT = "1";
    private static final String JOB = "job";
    private static final String TAKEN = "taken";
    private static final String MAX_PARALLELISM = "max_parallelism";
    private static final String OPERATOR = "operator.";

    public Savepoint {
        operators = Map.copyOf(operators);
    }

    /** Writes down what a savepoint is of. */
    void describe() {
        Properties properties = new Properties();
        properties.setProperty(FORMAT_KEY, FORMAT);
        properties.setProperty(JOB, job);
        properties.setProperty(TAKEN, taken.toString());
        properties.setProperty(MAX_PARALLELISM, String.valueOf(maxParallelism));
        operators.forEach((id, text) -> properties.setProperty(OPERATOR + id, text));
        Path file = new Path(path, FILE);
        try (Writer out = new OutputStreamWriter(
                file.getFileSystem().create(file, FileSystem.WriteMode.OVERWRITE), StandardCharsets.UTF_8)) {
            properties.store(out, "A savepoint of Laminar");
        } catch (IOException e) {
            throw new LaminarException(
                    ErrorCode.CHECKPOINT_FAILED,
                    "the savepoint '" + path + "' cannot be written: " + Problem.of(e),
                    null,
                    null,
                    e);
        }
    }

    /**
     * The savepoint in a folder.
     *
     * @throws LaminarException STATE_MISMATCH if there is none
     */
    public static Savepoint at(String folder) {
        Path path = path(folder);
        Path file = new Path(path, FILE);
        Properties properties = new Properties();
        try {
            FileSystem files = file.getFileSystem();
            if (!files.exists(file)) {
                throw new LaminarException(
                        ErrorCode.STATE_MISMATCH,
                        "there is no savepoint in '" + folder + "'",
                        "'laminar savepoints DIR' lists those below a folder");
            }
            try (Reader in = new InputStreamReader(files.open(file), StandardCharsets.UTF_8)) {
                properties.load(in);
            }
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
        if (!FORMAT.equals(properties.getProperty(FORMAT_KEY))) {
            throw new LaminarException(
                    ErrorCode.STATE_MISMATCH,
                    "the savepoint in '" + folder + "' was written by another version of Laminar");
        }
        Map<String, String> operators = new TreeMap<>();
        properties.stringPropertyNames().stream()
                .filter(key -> key.startsWith(OPERATOR))
                .forEach(key -> operators.put(key.substring(OPERATOR.length()), properties.getProperty(key)));
        return new Savepoint(
                path.toUri().toString(),
                properties.getProperty(JOB, ""),
                Instant.parse(properties.getProperty(TAKEN)),
                Integer.parseInt(properties.getProperty(MAX_PARALLELISM)),
                operators);
    }

    /** The savepoints directly in a folder, the latest first; none if the folder does not exist. */
    public static List<Savepoint> in(String folder) {
        Path path = path(folder);
        List<Savepoint> found = new ArrayList<>();
        try {
            FileSystem files = path.getFileSystem();
            if (!files.exists(path)) {
                return List.of();
            }
            for (FileStatus entry : files.listStatus(path)) {
                if (entry.isDir() && files.exists(new Path(entry.getPath(), FILE))) {
                    found.add(at(entry.getPath().toUri().toString()));
                }
            }
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
        found.sort(Comparator.comparing(Savepoint::taken).reversed());
        return found;
    }

    /** Bytes of state in it. */
    public long bytes() {
        return saved().metadata().getOperatorStates().stream()
                .mapToLong(OperatorState::getStateSize)
                .sum();
    }

    /** What a job reads when it starts from it. */
    SavedState saved() {
        Path metadata = new Path(path, METADATA);
        try (DataInputStream in = new DataInputStream(metadata.getFileSystem().open(metadata))) {
            CheckpointMetadata read = Checkpoints.loadCheckpointMetadata(in, Savepoint.class.getClassLoader(), path);
            return new SavedState(path, read, operators);
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    /** A folder as a URI. */
    static String uri(String folder) {
        return path(folder).toUri().toString();
    }

    private static Path path(String folder) {
        try {
            Path path = new Path(folder);
            return path.toUri().getScheme() == null
                    ? new Path(java.nio.file.Path.of(folder).toAbsolutePath().toUri())
                    : path;
        } catch (IllegalArgumentException e) {
            throw new LaminarException(ErrorCode.USAGE, "'" + folder + "' is not the name of a folder", null, null, e);
        }
    }

    private static LaminarException unreadable(String folder, IOException e) {
        return new LaminarException(
                ErrorCode.STATE_MISMATCH,
                "the savepoint in '" + folder + "' cannot be read: " + Problem.of(e),
                null,
                null,
                e);
    }
}
