package io.laminar.connector.file.source;

import io.laminar.connector.file.Compression;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BatchBuilder;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.format.Framing;
import io.laminar.spi.format.RecordDecoder;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.Arrays;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.reader.BulkFormat;
import org.apache.flink.connector.file.src.util.CheckpointedPosition;
import org.jspecify.annotations.Nullable;

/**
 * Reads the records of one split. The file comes in large chunks, each a new array, because batches keep views of it;
 * a batch never spans two chunks. A record belongs to the split in which it starts: a split that does not start at 0
 * begins after the first line feed at or after the byte before it, and ends with the first one at or after its own last
 * byte.
 */
final class RecordFileReader implements BulkFormat.Reader<Batch> {
    /** Just below the size from which G1 handles an array apart. */
    static final int CHUNK = 448 << 10;

    private static final int SHOWN_OF_OVERLONG = 1024;
    private static final long MICROS_PER_MILLI = 1_000;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private final FileTable table;
    private final FileSourceSplit split;
    private final RecordDecoder decoder;
    private final BadRecordLog bad;
    private final BatchBuilder builder;
    private final Clock clock;
    private final int chunk;
    private final int maxLength;
    private final InputStream in;

    /** Offset in the content before which a record must start to be of this split. */
    private final long splitEnd;

    private byte[] buffer = new byte[0];
    private long bufferOffset;
    private int from;
    private int to;
    private boolean endOfFile;
    private boolean started;

    /** Everything before this offset has been emitted. */
    private long emitted;

    /** Where records start, if a column shows it. */
    private long[] offsets = new long[0];

    RecordFileReader(
            FileTable table,
            FileSourceSplit split,
            Compression compression,
            RecordDecoder decoder,
            BadRecordLog bad,
            Clock clock,
            int chunk)
            throws IOException {
        this.table = table;
        this.split = split;
        this.decoder = decoder;
        this.bad = bad;
        this.clock = clock;
        this.chunk = chunk;
        maxLength = Framing.maxLength(table.format().options());
        builder = new BatchBuilder(table.format().projected(), Batch.TARGET_ROWS);
        long end = split.offset() + split.length();
        splitEnd = compression != Compression.NONE || end >= split.fileSize() ? Long.MAX_VALUE : end;
        decoder.reset();
        long start = split.getReaderPosition()
                .map(CheckpointedPosition::getOffset)
                .filter(offset -> offset != CheckpointedPosition.NO_OFFSET)
                .orElse(-1L);
        if (start > 0 && !decoder.splittable()) {
            learnStart(compression);
        }
        if (start >= 0) {
            in = ContentStream.open(split.path(), compression, start);
            moveTo(start);
            bad.knownBefore(start + split.getReaderPosition().orElseThrow().getRecordsAfterOffset());
        } else {
            in = open(compression);
        }
    }

    /** Opens the split at its first record. */
    private InputStream open(Compression compression) throws IOException {
        if (split.offset() == 0) {
            InputStream stream = ContentStream.open(split.path(), compression, 0);
            moveTo(0);
            return stream;
        }
        long before = split.offset() - 1;
        InputStream stream = ContentStream.open(split.path(), compression, before);
        moveTo(before);
        return stream;
    }

    private void moveTo(long offset) {
        bufferOffset = offset;
        from = 0;
        to = 0;
        bad.bufferAt(offset);
    }

    /** Shows the decoder the start of the file (a header line) before it goes on in the middle. */
    private void learnStart(Compression compression) throws IOException {
        BatchBuilder unused = new BatchBuilder(table.format().projected(), Batch.TARGET_ROWS);
        try (InputStream stream = ContentStream.open(split.path(), compression, 0)) {
            byte[] start = new byte[0];
            int consumed = 0;
            boolean end = false;
            while (consumed == 0 && !end) {
                int wanted = Math.max(chunk, start.length * 2);
                int kept = start.length;
                start = Arrays.copyOf(start, wanted);
                int read = stream.readNBytes(start, kept, wanted - kept);
                end = read < wanted - kept;
                start = Arrays.copyOf(start, kept + read);
                int mark = decoder.text() && startsWithMark(start, 0, start.length) ? BYTE_ORDER_MARK.length : 0;
                consumed = decoder.decode(start, mark, start.length, end, unused, (b, f, t, reason) -> {}) - mark;
            }
        }
    }

    @Override
    public @Nullable Produced readBatch() throws IOException {
        Produced produced = new Produced();
        if (!started) {
            begin();
        }
        while (produced.isEmpty()) {
            int limit = decodable();
            if (from < limit) {
                decode(limit);
            }
            boolean stuck = from < limit && builder.isEmpty();
            if (!builder.isEmpty() || !bad.letters().isEmpty()) {
                emit(produced);
            } else if (isFinished()) {
                return null;
            } else if (stuck && endOfFile && limit == to) {
                throw new IllegalStateException("the decoder leaves bytes at the end of " + split.path());
            } else if (stuck || from >= limit) {
                fill();
            }
        }
        return produced;
    }

    /** Reads the first chunk and goes to the split's first record. */
    private void begin() throws IOException {
        started = true;
        fill();
        boolean resumed = split.getReaderPosition().isPresent();
        if (bufferOffset == 0 && decoder.text() && startsWithMark(buffer, from, to)) {
            from += BYTE_ORDER_MARK.length;
        }
        if (split.offset() > 0 && !resumed) {
            skipLine();
        }
        emitted = bufferOffset + from;
    }

    private static boolean startsWithMark(byte[] b, int from, int to) {
        return to - from >= BYTE_ORDER_MARK.length
                && Arrays.equals(b, from, from + BYTE_ORDER_MARK.length, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length);
    }

    /** Goes behind the next line feed, dropping what is before it. */
    private void skipLine() throws IOException {
        while (true) {
            int feed = indexOf(buffer, from, to);
            if (feed < to) {
                from = feed + 1;
                return;
            }
            from = to;
            if (endOfFile) {
                return;
            }
            fill();
        }
    }

    /** The end of what may be decoded now: all of the chunk, or up to the end of the split's last record. */
    private int decodable() {
        if (splitEnd == Long.MAX_VALUE || bufferOffset + to < splitEnd) {
            return to;
        }
        if (bufferOffset + from >= splitEnd) {
            return from;
        }
        int feed = indexOf(buffer, (int) Math.max(from, splitEnd - 1 - bufferOffset), to);
        return Math.min(to, feed + 1);
    }

    private boolean isFinished() {
        return bufferOffset + from >= splitEnd || (endOfFile && from >= to);
    }

    private void decode(int limit) {
        if (!table.wantsOffsets()) {
            from = decoder.decode(buffer, from, limit, endOfFile && limit == to, builder, bad);
            return;
        }
        // Line by line, to know where each starts.
        if (offsets.length == 0) {
            offsets = new long[Batch.TARGET_ROWS];
        }
        while (from < limit && builder.rows() < Batch.TARGET_ROWS) {
            int feed = indexOf(buffer, from, limit);
            if (builder.isFull() || (feed == limit && !endOfFile)) {
                return;
            }
            offsets[builder.rows()] = bufferOffset + from;
            decoder.decode(buffer, from, Math.min(limit, feed + 1), true, builder, bad);
            from = Math.min(limit, feed + 1);
        }
    }

    private void emit(Produced produced) {
        long position = bufferOffset + from;
        if (!bad.letters().isEmpty()) {
            // Rows decoded with them are still to come: who goes on here reads the records again but not their faults.
            bad.knownBefore(Math.max(position, bad.knownBefore()));
            produced.add(bad.letters().take(), emitted, bad.knownBefore() - emitted);
        }
        if (!builder.isEmpty()) {
            Batch records = builder.build();
            long[] starts = table.wantsOffsets() ? Arrays.copyOf(offsets, records.size()) : null;
            Batch rows = table.assemble(records, split, starts, clock.millis() * MICROS_PER_MILLI);
            produced.add(rows, position, Math.max(0, bad.knownBefore() - position));
        }
        emitted = position;
    }

    /** Reads on: the rest that is not decoded moves to the start of a new chunk. */
    private void fill() throws IOException {
        int rest = to - from;
        if (rest > maxLength && decoder.splittable()) {
            reportOverlong();
            rest = to - from;
        }
        // Twice the rest, so that a record of many chunks is copied a few times only.
        byte[] next = new byte[Math.max(chunk, (int) Math.min(Integer.MAX_VALUE - 64L, rest * 2L))];
        System.arraycopy(buffer, from, next, 0, rest);
        int read = in.readNBytes(next, rest, next.length - rest);
        endOfFile = read < next.length - rest;
        bufferOffset += from;
        buffer = next;
        from = 0;
        to = rest + read;
        bad.bufferAt(bufferOffset);
    }

    /** Gives up a line that is longer than allowed, and the memory it takes, before its end is found. */
    private void reportOverlong() throws IOException {
        LaminarException reason = new LaminarException(
                ErrorCode.BAD_RECORD,
                "the record is longer than " + Framing.MAX_LENGTH.name() + " = " + maxLength + " bytes");
        bad.report(buffer, from, Math.min(to, from + SHOWN_OF_OVERLONG), reason);
        from = to;
        while (!endOfFile) {
            byte[] next = new byte[chunk];
            int read = in.readNBytes(next, 0, next.length);
            endOfFile = read < next.length;
            bufferOffset += to;
            buffer = next;
            to = read;
            int feed = indexOf(next, 0, read);
            from = Math.min(read, feed + 1);
            bad.bufferAt(bufferOffset);
            if (feed < read) {
                return;
            }
        }
    }

    private static int indexOf(byte[] b, int from, int to) {
        int p = from;
        while (p < to && b[p] != '\n') {
            p++;
        }
        return p;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
