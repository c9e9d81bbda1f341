package io.laminar.connector.storage.s3;

import java.io.IOException;
import java.util.UUID;
import org.apache.flink.core.fs.RecoverableFsDataOutputStream;
import org.apache.flink.core.fs.RecoverableWriter.ResumeRecoverable;
import org.jspecify.annotations.Nullable;

/** Sends parts as they fill; a checkpoint puts what is left over into an object of its own, hidden beside the file. */
final class S3RecoverableStream extends RecoverableFsDataOutputStream {
    private final Bucket bucket;
    private final Upload upload;
    private final PartBuffer buffer;
    private final byte[] one = new byte[1];
    private @Nullable S3Recoverable persisted;

    S3RecoverableStream(Bucket bucket, Upload upload, PartBuffer buffer) {
        this.bucket = bucket;
        this.upload = upload;
        this.buffer = buffer;
    }

    @Override
    public long getPos() {
        return upload.bytes() + buffer.used();
    }

    @Override
    public void write(int value) throws IOException {
        one[0] = (byte) value;
        write(one, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int count) throws IOException {
        persisted = null;
        int done = 0;
        while (done < count) {
            done += buffer.put(source, offset + done, count - done);
            if (buffer.isFull()) {
                upload.send(buffer);
            }
        }
    }

    @Override
    public ResumeRecoverable persist() throws IOException {
        S3Recoverable state = persisted;
        if (state == null) {
            String tail = buffer.used() == 0 ? null : tail();
            if (tail != null) {
                bucket.insist(
                        tail,
                        client -> client.putObject(r -> r.bucket(bucket.name()).key(tail), buffer.content()));
            }
            state = new S3Recoverable(upload.key(), upload.id(), upload.tags(), upload.bytes(), tail);
            persisted = state;
        }
        return state;
    }

    /** A name that readers of the folder pass over. */
    private String tail() {
        String key = upload.key();
        int name = key.lastIndexOf('/') + 1;
        return key.substring(0, name) + "." + key.substring(name) + ".tail." + UUID.randomUUID();
    }

    @Override
    public Committer closeForCommit() throws IOException {
        // An object has at least one part, if need be an empty one.
        if (buffer.used() > 0 || upload.tags().isEmpty()) {
            upload.send(buffer);
        }
        return new S3Committer(
                bucket, new S3Recoverable(upload.key(), upload.id(), upload.tags(), upload.bytes(), null));
    }

    @Override
    public void flush() {}

    @Override
    public void sync() {}

    /** Leaves the upload as it is: a checkpoint may go on with it. */
    @Override
    public void close() {}
}
