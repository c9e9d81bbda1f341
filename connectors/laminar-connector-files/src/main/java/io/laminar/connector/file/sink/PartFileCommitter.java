package io.laminar.connector.file.sink;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.apache.flink.core.fs.RecoverableFsDataOutputStream.Committer;
import org.apache.flink.core.fs.RecoverableWriter.CommitRecoverable;

/** Gives a complete part file its name; the copies that restored writers have left behind go. */
record PartFileCommitter(PartFile file) implements Committer {

    @Override
    public void commit() throws IOException {
        long length = Files.size(file.hidden());
        if (length != file.length()) {
            throw new IOException(
                    file.hidden() + " has " + length + " bytes, " + file.length() + " of them were written by the job");
        }
        name();
    }

    /** The commit may have been done already: then the hidden file is gone. */
    @Override
    public void commitAfterRecovery() throws IOException {
        if (!Files.exists(file.hidden())) {
            return;
        }
        try (FileChannel channel = FileChannel.open(file.hidden(), StandardOpenOption.WRITE)) {
            if (channel.size() < file.length()) {
                throw new IOException(
                        file.hidden() + " has " + channel.size() + " bytes, the saved state has " + file.length());
            }
            channel.truncate(file.length());
        }
        name();
    }

    private void name() throws IOException {
        Files.move(file.hidden(), file.target(), StandardCopyOption.ATOMIC_MOVE);
        String left = PartFiles.prefix(file.target());
        try (DirectoryStream<Path> beside =
                Files.newDirectoryStream(PartFiles.parent(file.target()), other -> String.valueOf(other.getFileName())
                        .startsWith(left))) {
            for (Path copy : beside) {
                Files.deleteIfExists(copy);
            }
        }
    }

    @Override
    public CommitRecoverable getRecoverable() {
        return file;
    }
}
