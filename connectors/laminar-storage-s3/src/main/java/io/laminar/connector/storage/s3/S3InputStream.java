package io.laminar.connector.storage.s3;

import java.io.EOFException;
import java.io.IOException;
import org.apache.flink.core.fs.FSDataInputStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * Reads an object in ranges. The first after a seek is short, those that follow it double: a reader that goes from start
 * to end asks rarely, one that jumps around does not fetch what it throws away.
 */
final class S3InputStream extends FSDataInputStream {
    private static final long FIRST_RANGE = 1L << 20;
    private static final long LONGEST_RANGE = 32L << 20;
    /** What is read over rather than asked for anew. */
    private static final long SKIPPED = 128L << 10;
    /** How often a broken connection is made again without a byte having come. */
    private static final int ATTEMPTS = 3;

    private final Bucket bucket;
    private final String key;
    private final long length;
    private final byte[] one = new byte[1];
    private long position;
    private long range = FIRST_RANGE;
    private @Nullable ResponseInputStream<GetObjectResponse> open;
    /** Where the open range is, and ends. */
    private long openAt;

    private long openEnd;

    S3InputStream(Bucket bucket, String key, long length) {
        this.bucket = bucket;
        this.key = key;
        this.length = length;
    }

    @Override
    public void seek(long target) throws IOException {
        if (target < 0 || target > length) {
            throw new EOFException("position " + target + " is outside of s3://" + bucket.name() + "/" + key);
        }
        position = target;
    }

    @Override
    public long getPos() {
        return position;
    }

    @Override
    public int read() throws IOException {
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int count) throws IOException {
        if (count == 0) {
            return 0;
        }
        if (position >= length) {
            return -1;
        }
        for (int attempt = 1; ; attempt++) {
            try {
                int read = stream().read(target, offset, (int) Math.min(count, openEnd - openAt));
                if (read < 0) {
                    throw new EOFException("s3://" + bucket.name() + "/" + key + " ends at " + openAt);
                }
                openAt += read;
                position += read;
                return read;
            } catch (IOException e) {
                abandon();
                if (attempt == ATTEMPTS || e instanceof java.io.FileNotFoundException) {
                    throw e;
                }
            }
        }
    }

    /** The open range, at the position. */
    private ResponseInputStream<GetObjectResponse> stream() throws IOException {
        ResponseInputStream<GetObjectResponse> current = open;
        if (current != null && position > openAt && position < openEnd && position - openAt <= SKIPPED) {
            current.skipNBytes(position - openAt);
            openAt = position;
        }
        if (current != null && position == openAt && position < openEnd) {
            return current;
        }
        boolean onward = current != null && position == openEnd;
        range = onward ? Math.min(LONGEST_RANGE, range * 2) : FIRST_RANGE;
        abandon();
        long from = position;
        long end = Math.min(length, from + range);
        current = bucket.insist(
                key,
                client -> client.getObject(
                        r -> r.bucket(bucket.name()).key(key).range("bytes=" + from + "-" + (end - 1))));
        open = current;
        openAt = from;
        openEnd = end;
        return current;
    }

    private void abandon() {
        ResponseInputStream<GetObjectResponse> current = open;
        open = null;
        if (current != null && openAt < openEnd) {
            current.abort();
        } else if (current != null) {
            try {
                current.close();
            } catch (IOException e) {
                // All of it has been read.
                return;
            }
        }
    }

    @Override
    public int available() {
        return open == null ? 0 : (int) Math.min(Integer.MAX_VALUE, openEnd - openAt);
    }

    @Override
    public void close() {
        abandon();
    }
}
