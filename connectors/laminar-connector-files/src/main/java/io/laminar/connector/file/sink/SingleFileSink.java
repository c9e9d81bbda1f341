package io.laminar.connector.file.sink;

import io.laminar.connector.file.Compression;
import io.laminar.connector.file.Location;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.format.FormatSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.SupportsWriterState;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * One file that grows. Exactly once because a checkpoint keeps the file's length and a restored job cuts the file there, or
 * a copy of it if another process may have it open; readers see rows before the checkpoint that makes them final.
 *
 * @param job names the job, and is the same whenever it goes on or begins again
 */
public record SingleFileSink(Location location, FormatSpec format, Compression compression, String job)
        implements Sink<Batch>, SupportsWriterState<Batch, SingleFileState> {

    @Override
    public StatefulSinkWriter<Batch, SingleFileState> createWriter(WriterInitContext context) throws IOException {
        Path path = location.local();
        OutputClaim claim = claim();
        try {
            if (Files.exists(path) && !claim.isOurs()) {
                throw exists(path);
            }
            Path folder = path.getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            return open(path, claim, 0);
        } catch (IOException failed) {
            throw SingleFileWriter.failed(path, failed);
        }
    }

    @Override
    public StatefulSinkWriter<Batch, SingleFileState> restoreWriter(
            WriterInitContext context, Collection<SingleFileState> states) throws IOException {
        if (states.isEmpty()) {
            return createWriter(context);
        }
        Path path = location.local();
        long length = states.iterator().next().length();
        OutputClaim claim = claim();
        try {
            long found = Files.exists(path) ? Files.size(path) : -1;
            if (found < length && length > 0) {
                throw new LaminarException(
                        ErrorCode.STATE_MISMATCH,
                        "the saved state goes on after " + length + " bytes of " + path + ", which "
                                + (found < 0 ? "is gone" : "has " + found + " bytes"),
                        "put the file back, or start without the saved state");
            }
            return open(path, claim, length);
        } catch (IOException failed) {
            throw SingleFileWriter.failed(path, failed);
        }
    }

    private SingleFileWriter open(Path path, OutputClaim claim, long length) throws IOException {
        if (Files.exists(path) && claim.mayBeOpenElsewhere()) {
            replaceByCopy(path, length);
        }
        claim.take();
        return new SingleFileWriter(path, format, compression, claim, length);
    }

    /** Whoever has the file open goes on writing into one that has no name any more. */
    static void replaceByCopy(Path path, long length) throws IOException {
        Path copy = path.resolveSibling("." + path.getFileName() + ".copy");
        Files.deleteIfExists(copy);
        PartFileStream.copyOf(new PartFile(path, path, length), copy).close();
        Files.move(copy, path, StandardCopyOption.ATOMIC_MOVE);
    }

    private OutputClaim claim() {
        return new OutputClaim(location.local(), job);
    }

    /** The error of an output that is there before the job. */
    public static LaminarException exists(Path path) {
        return new LaminarException(
                ErrorCode.OUTPUT_EXISTS,
                path + " exists already and the job has no saved state that goes on with it",
                "remove the file or write to another one; to go on with an earlier run give its state (--state)");
    }

    @Override
    public SimpleVersionedSerializer<SingleFileState> getWriterStateSerializer() {
        return new SingleFileState.Serializer();
    }
}
