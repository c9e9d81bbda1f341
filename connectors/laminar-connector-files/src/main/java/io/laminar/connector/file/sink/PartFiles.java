package io.laminar.connector.file.sink;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.apache.flink.core.fs.RecoverableFsDataOutputStream;
import org.apache.flink.core.fs.RecoverableWriter;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Part files of this machine that grow from checkpoint to checkpoint. A restored writer goes on with a copy of what the
 * checkpoint has: a worker that hung and was given up may wake up, and would go on writing into the file it has open.
 */
final class PartFiles implements RecoverableWriter {

    @Override
    public RecoverableFsDataOutputStream open(org.apache.flink.core.fs.Path file) throws IOException {
        Path target = Path.of(file.getPath());
        Files.createDirectories(parent(target));
        return new PartFileStream(target, hidden(target));
    }

    @Override
    public RecoverableFsDataOutputStream recover(ResumeRecoverable saved) throws IOException {
        PartFile file = (PartFile) saved;
        return PartFileStream.copyOf(file, hidden(file.target()));
    }

    /** A new name beside a file. */
    private static Path hidden(Path target) {
        return target.resolveSibling(prefix(target) + UUID.randomUUID());
    }

    /** What the hidden names of a file start with. */
    static String prefix(Path target) {
        return "." + target.getFileName() + ".inprogress.";
    }

    static Path parent(Path file) throws IOException {
        Path parent = file.getParent();
        if (parent == null) {
            throw new FileAlreadyExistsException(file.toString());
        }
        return parent;
    }

    @Override
    public RecoverableFsDataOutputStream.Committer recoverForCommit(CommitRecoverable saved) {
        return new PartFileCommitter((PartFile) saved);
    }

    @Override
    public boolean requiresCleanupOfRecoverableState() {
        return false;
    }

    @Override
    public boolean cleanupRecoverableState(ResumeRecoverable saved) {
        return false;
    }

    @Override
    public SimpleVersionedSerializer<CommitRecoverable> getCommitRecoverableSerializer() {
        return new PartFile.Serializer<>(CommitRecoverable.class);
    }

    @Override
    public SimpleVersionedSerializer<ResumeRecoverable> getResumeRecoverableSerializer() {
        return new PartFile.Serializer<>(ResumeRecoverable.class);
    }

    @Override
    public boolean supportsResume() {
        return true;
    }
}
