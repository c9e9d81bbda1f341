package io.laminar.execution.spill;

import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BatchCodec;
import io.laminar.spi.batch.BatchEncoder;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Rows that wait for a slice, encoded, in memory and before that in a file. Between them are marks that say how far
 * watermark and clock had come when the rows behind came. Rows ahead of the watermark need no new mark, since to them
 * it makes no difference; so that rows of many batches can be taken together.
 */
final class WaitingRows {
    private static final byte MARK = 1;
    private static final byte ROWS = 2;
    /** Microseconds by which the clock may be behind for rows that wait. */
    private static final long TOLERANCE = 50_000;

    private final SpillFolder folder;
    private final BatchEncoder encoder;
    private final ChunkedBytes memory = new ChunkedBytes();
    private final DataOutputStream out = new DataOutputStream(memory);
    private @Nullable Path file;
    private long fileBytes;
    private long rows;
    private boolean marked;
    private long markedWatermark;
    private long markedTime;

    /** @param encoder used by one thread for the rows of many slices */
    WaitingRows(SpillFolder folder, BatchEncoder encoder) {
        this.folder = folder;
        this.encoder = encoder;
    }

    boolean isEmpty() {
        return !marked;
    }

    long rows() {
        return rows;
    }

    /** Bytes in memory and on disk. */
    long bytes() {
        return memory.length() + fileBytes;
    }

    /** Heap that the rows take. */
    long heap() {
        return memory.heap();
    }

    /**
     * Adds rows that came when the watermark and the processing time were these.
     *
     * @param wake processing time at which something happens that these rows must be on the right side of
     */
    void add(int input, Batch batch, long watermark, long now, long wake) {
        boolean passesWake = now >= wake && markedTime < wake;
        if (!marked || now - markedTime > TOLERANCE || passesWake || isBehind(batch, watermark)) {
            mark(watermark, now);
        }
        encoder.reset().put(batch);
        try {
            out.writeByte(ROWS);
            out.writeByte(input);
            out.writeInt(encoder.length());
            out.write(encoder.buffer(), 0, encoder.length());
        } catch (IOException e) {
            throw new IllegalStateException("memory does not fail", e);
        }
        rows += batch.size();
    }

    /** Whether rows may be late by a watermark that has come since the last mark. */
    private boolean isBehind(Batch batch, long watermark) {
        if (watermark <= markedWatermark) {
            return false;
        }
        long[] times = batch.rowtime();
        for (int i = 0; i < batch.size(); i++) {
            if (times[i] <= watermark) {
                return true;
            }
        }
        return false;
    }

    /** Says that the rows behind come at least as late as this. */
    void mark(long watermark, long now) {
        markedWatermark = marked ? Math.max(markedWatermark, watermark) : watermark;
        markedTime = marked ? Math.max(markedTime, now) : now;
        marked = true;
        try {
            out.writeByte(MARK);
            out.writeLong(markedWatermark);
            out.writeLong(markedTime);
        } catch (IOException e) {
            throw new IllegalStateException("memory does not fail", e);
        }
    }

    /** Writes the rows in memory to the file. */
    void toFile() {
        if (memory.length() == 0) {
            return;
        }
        Path to = file;
        if (to == null) {
            to = folder.next();
            file = to;
        }
        try (OutputStream append = Files.newOutputStream(to, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            memory.writeTo(append);
        } catch (IOException e) {
            throw folder.unwritable(e);
        }
        fileBytes += memory.length();
        folder.grown(memory.length());
        memory.clear();
    }

    /** Writes them if they take more memory than this. */
    void toFileAbove(long heap) {
        if (memory.heap() > heap) {
            toFile();
        }
    }

    /** Forgets all rows. */
    void clear() {
        memory.clear();
        Path old = file;
        if (old != null) {
            folder.delete(old, fileBytes);
            file = null;
            fileBytes = 0;
        }
        rows = 0;
        marked = false;
    }

    /** The rows as they are now, as {@link Reader} reads them, whatever becomes of these; to be closed. */
    InputStream freeze() {
        try {
            return new BoundedInput(open(), bytes());
        } catch (IOException e) {
            throw folder.unreadable(e);
        }
    }

    private InputStream open() throws IOException {
        Path from = file;
        if (from == null) {
            return memory.read();
        }
        InputStream written = new BufferedInputStream(Files.newInputStream(from), 1 << 16);
        // The file may grow.
        return new SequenceInputStream(new BoundedInput(written, fileBytes), memory.read());
    }

    /** Reads the rows, to which none may be added meanwhile. */
    Reader read() {
        try {
            return new Reader(new DataInputStream(open()), bytes());
        } catch (IOException e) {
            throw folder.unreadable(e);
        }
    }

    /** The rows and marks one after the other. */
    static final class Reader implements AutoCloseable {
        private final DataInputStream in;
        private long left;
        private long watermark;
        private long time;
        private int input;
        private @Nullable Batch batch;

        /** @param length bytes to be read; negative for all there are */
        Reader(DataInputStream in, long length) {
            this.in = in;
            this.left = length;
        }

        /** Goes on to the next mark or rows; false if there are no more. */
        boolean next() throws IOException {
            int tag = left == 0 ? -1 : in.read();
            if (tag < 0) {
                return false;
            }
            if (tag == MARK) {
                batch = null;
                watermark = in.readLong();
                time = in.readLong();
                left -= left < 0 ? 0 : 1 + 2 * Long.BYTES;
                return true;
            }
            input = in.readByte();
            byte[] bytes = new byte[in.readInt()];
            in.readFully(bytes);
            left -= left < 0 ? 0 : 2 + Integer.BYTES + bytes.length;
            batch = BatchCodec.decode(bytes);
            return true;
        }

        /** The rows, or null at a mark. */
        @Nullable
        Batch batch() {
            return batch;
        }

        /** The input of the rows. */
        int input() {
            return input;
        }

        /** The watermark of the last mark. */
        long watermark() {
            return watermark;
        }

        /** The processing time of the last mark. */
        long time() {
            return time;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
