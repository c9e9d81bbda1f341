package io.laminar.connector.storage.s3;

import java.io.IOException;
import java.util.UUID;
import org.apache.flink.core.fs.RecoverableFsDataOutputStream;
import org.apache.flink.core.fs.RecoverableWriter.ResumeRecoverable;

/** Sends parts as they fill; a checkpoint puts what is left over into an object of its own, hidden beside the file. */
final class S3RecoverableStream extends RecoverableFsDataOutputStream {
    private final Bucket bucket;
    private final Upload upload;
    private final PartBuffer buffer;
    private final byte[] one = new byte[1];

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
        int done = 0;
        while (done < count) {
            done += buffer.put(source, offset + done, count - done);
            if (buffer.isFull()) {
                upload.send(buffer);
            }
        }
    }

    /**
     * Every call has an object of its own for what is not a part yet, even if nothing has been written in between: once a
     * later checkpoint is complete, that of an earlier one is removed.
     */
    @Override
    public ResumeRecoverable persist() throws IOException {
        String tail = buffer.used() == 0 ? null : tail();
        if (tail != null) {
            bucket.insist(
                    tail,
                    client -> client.putObject(r -> r.bucket(bucket.name()).key(tail), buffer.content()));
        }
        return new S3Recoverable(upload.key(), upload.id(), upload.tags(), upload.bytes(), tail);
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
