package io.laminar.connector.storage.s3;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.RecoverableFsDataOutputStream;
import org.apache.flink.core.fs.RecoverableWriter;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** Writes files that a checkpoint can keep half done, and that appear once they are committed. */
final class S3RecoverableWriter implements RecoverableWriter {
    private final Bucket bucket;

    S3RecoverableWriter(Bucket bucket) {
        this.bucket = bucket;
    }

    @Override
    public RecoverableFsDataOutputStream open(Path path) throws IOException {
        return new S3RecoverableStream(bucket, Upload.begin(bucket, Bucket.key(path)), new PartBuffer());
    }

    @Override
    public RecoverableFsDataOutputStream recover(ResumeRecoverable resumable) throws IOException {
        S3Recoverable state = (S3Recoverable) resumable;
        PartBuffer buffer = new PartBuffer();
        String tail = state.tail();
        if (tail != null) {
            byte[] bytes;
            try (InputStream in = bucket.insist(
                    tail,
                    client -> client.getObject(r -> r.bucket(bucket.name()).key(tail)))) {
                bytes = in.readAllBytes();
            }
            buffer.put(bytes, 0, bytes.length);
        }
        return new S3RecoverableStream(bucket, state.upload(bucket), buffer);
    }

    @Override
    public boolean requiresCleanupOfRecoverableState() {
        return true;
    }

    @Override
    public boolean cleanupRecoverableState(ResumeRecoverable resumable) throws IOException {
        String tail = ((S3Recoverable) resumable).tail();
        if (tail == null) {
            return false;
        }
        try {
            bucket.insist(
                    tail,
                    client -> client.deleteObject(r -> r.bucket(bucket.name()).key(tail)));
            return true;
        } catch (FileNotFoundException e) {
            return false;
        }
    }

    @Override
    public RecoverableFsDataOutputStream.Committer recoverForCommit(CommitRecoverable recoverable) {
        return new S3Committer(bucket, (S3Recoverable) recoverable);
    }

    @Override
    @SuppressWarnings({"unchecked", "rawtypes"})
    public SimpleVersionedSerializer<CommitRecoverable> getCommitRecoverableSerializer() {
        return (SimpleVersionedSerializer) new S3Recoverable.Serializer();
    }

    @Override
    @SuppressWarnings({"unchecked", "rawtypes"})
    public SimpleVersionedSerializer<ResumeRecoverable> getResumeRecoverableSerializer() {
        return (SimpleVersionedSerializer) new S3Recoverable.Serializer();
    }

    @Override
    public boolean supportsResume() {
        return true;
    }
}
