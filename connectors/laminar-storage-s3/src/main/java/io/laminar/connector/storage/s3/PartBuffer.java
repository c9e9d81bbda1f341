package io.laminar.connector.storage.s3;

import java.util.Arrays;
import software.amazon.awssdk.core.sync.RequestBody;

/** Collects the bytes of one part of an upload; grows, so that small files take little. */
final class PartBuffer {
    /** Bytes of a part; the store wants at least 5 MB for all but the last, and allows 10,000 of them. */
    static final int SIZE = 8 << 20;

    private static final int FIRST = 64 << 10;

    private byte[] bytes = new byte[FIRST];
    private int used;

    /** Takes as many of some bytes as there is room for; returns how many. */
    int put(byte[] source, int offset, int count) {
        int taken = Math.min(count, SIZE - used);
        if (used + taken > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.min(SIZE, Math.max(used + taken, bytes.length * 2)));
        }
        System.arraycopy(source, offset, bytes, used, taken);
        used += taken;
        return taken;
    }

    boolean isFull() {
        return used == SIZE;
    }

    int used() {
        return used;
    }

    void clear() {
        used = 0;
    }

    /** What has been collected, to be sent now; nobody may write meanwhile. */
    RequestBody content() {
        byte[] content = used == bytes.length ? bytes : Arrays.copyOf(bytes, used);
        return RequestBody.fromContentProvider(
                () -> new java.io.ByteArrayInputStream(content), content.length, "application/octet-stream");
    }
}
