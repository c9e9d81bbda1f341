package io.laminar.connector.storage.s3;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.jspecify.annotations.Nullable;

/** Writes an object that appears when the stream is closed: at once if it is small, in parts otherwise. */
final class S3OutputStream extends FSDataOutputStream {
    private final Bucket bucket;
    private final String key;
    private final boolean onlyNew;
    private final PartBuffer buffer = new PartBuffer();
    private final byte[] one = new byte[1];
    private @Nullable Upload upload;
    private boolean closed;

    /** @param onlyNew whether an object that is there already is an error */
    S3OutputStream(Bucket bucket, String key, boolean onlyNew) {
        this.bucket = bucket;
        this.key = key;
        this.onlyNew = onlyNew;
    }

    @Override
    public long getPos() {
        return (upload == null ? 0 : upload.bytes()) + buffer.used();
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
                send();
            }
        }
    }

    private void send() throws IOException {
        Upload current = upload;
        if (current == null) {
            current = Upload.begin(bucket, key);
            upload = current;
        }
        current.send(buffer);
    }

    /** Nothing can be seen of the object before it is whole. */
    @Override
    public void flush() {}

    @Override
    public void sync() {}

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        Upload current = upload;
        if (current == null) {
            put();
            return;
        }
        if (buffer.used() > 0) {
            current.send(buffer);
        }
        if (onlyNew && exists()) {
            current.abort();
            throw new FileAlreadyExistsException("s3://" + bucket.name() + "/" + key);
        }
        current.complete();
    }

    private void put() throws IOException {
        try {
            put(onlyNew);
        } catch (IOException e) {
            if (!onlyNew || !Errors.isUnknown(e)) {
                throw e;
            }
            // A store that knows no conditions.
            if (exists()) {
                throw new FileAlreadyExistsException("s3://" + bucket.name() + "/" + key);
            }
            put(false);
        }
    }

    private void put(boolean conditional) throws IOException {
        bucket.insist(
                key,
                client -> client.putObject(
                        r -> r.bucket(bucket.name()).key(key).ifNoneMatch(conditional ? "*" : null), buffer.content()));
    }

    private boolean exists() throws IOException {
        try {
            bucket.insist(
                    key,
                    client -> client.headObject(r -> r.bucket(bucket.name()).key(key)));
            return true;
        } catch (java.io.FileNotFoundException e) {
            return false;
        }
    }
}
