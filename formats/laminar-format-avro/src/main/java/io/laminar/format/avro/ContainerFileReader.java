package io.laminar.format.avro;

import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BatchBuilder;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.error.Place;
import io.laminar.spi.format.FileReader;
import io.laminar.spi.format.FormatSpec;
import io.laminar.spi.format.RandomAccessInput;
import io.laminar.spi.format.RecordFailure;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the part of a container file between two offsets: the blocks that start after the first mark at or behind the
 * one offset and up to the first at or behind the other. Chunks are new arrays, as batches keep views of them.
 */
final class ContainerFileReader implements FileReader {
    /** Just below the size from which G1 handles an array apart. */
    private static final int CHUNK = 448 << 10;

    private final RandomAccessInput input;
    private final long fileLength;
    private final long partEnd;
    private final ContainerHeader header;
    private final DatumReader reader;
    private final BatchBuilder builder;

    private byte[] chunk = new byte[0];
    private long chunkOffset;
    private int chunkLength;

    /** Where the next block starts. */
    private long position;

    /** Where the block that is being read starts. */
    private long blockOffset;

    private byte[] bytes = new byte[0];
    private int at;
    private int limit;
    private long rest;
    private long rowOfBlock;
    private long rows;

    ContainerFileReader(RandomAccessInput input, FormatSpec spec, long from, long to) throws IOException {
        this.input = input;
        fileLength = input.length();
        header = readHeader();
        reader = DatumReader.of(header.schema(), AvroSchemas.declared(spec.options()), spec);
        builder = new BatchBuilder(spec.projected(), Batch.TARGET_ROWS);
        partEnd = to >= fileLength ? Long.MAX_VALUE : to;
        position = from <= header.length() ? header.length() : afterMark(from);
    }

    private ContainerHeader readHeader() throws IOException {
        int wanted = CHUNK;
        while (true) {
            fill(0, wanted);
            try {
                return ContainerHeader.read(chunk, 0, chunkLength);
            } catch (RecordFailure failure) {
                if (!failure.isTruncated() || chunkLength == fileLength) {
                    throw new LaminarException(
                            ErrorCode.FILE_UNREADABLE,
                            input.name() + ": " + failure.reason(0).reason());
                }
                wanted = (int) Math.min(Integer.MAX_VALUE - 64L, wanted * 4L);
            }
        }
    }

    /** The position after the first mark that ends at or behind {@code from}; the end of the file if there is none. */
    private long afterMark(long from) throws IOException {
        byte[] sync = header.sync();
        long start = Math.max(header.length() - ContainerHeader.SYNC_SIZE, from - ContainerHeader.SYNC_SIZE);
        while (start + ContainerHeader.SYNC_SIZE <= fileLength) {
            fill(start, CHUNK);
            for (int i = 0; i + ContainerHeader.SYNC_SIZE <= chunkLength; i++) {
                if (chunk[i] == sync[0]
                        && Arrays.equals(chunk, i, i + ContainerHeader.SYNC_SIZE, sync, 0, ContainerHeader.SYNC_SIZE)) {
                    return start + i + ContainerHeader.SYNC_SIZE;
                }
            }
            start += chunkLength - ContainerHeader.SYNC_SIZE + 1;
        }
        return fileLength;
    }

    /** Reads a new chunk of up to {@code size} bytes. */
    private void fill(long offset, int size) throws IOException {
        chunkLength = (int) Math.min(size, fileLength - offset);
        chunk = new byte[chunkLength];
        chunkOffset = offset;
        input.readFully(offset, chunk, 0, chunkLength);
    }

    @Override
    public @Nullable Batch next() throws IOException {
        while (!builder.isFull()) {
            if (rest == 0 && !nextBlock()) {
                break;
            }
            readRows(Math.min(rest, Batch.TARGET_ROWS - builder.rows()));
        }
        return builder.isEmpty() ? null : builder.build();
    }

    private void readRows(long count) {
        try {
            for (long i = 0; i < count; i++) {
                at = reader.read(bytes, at, limit, builder);
                rest--;
                rowOfBlock++;
                rows++;
            }
            if (rest == 0 && at != limit) {
                throw new RecordFailure(at, (limit - at) + " bytes follow the last record of a block");
            }
        } catch (RecordFailure failure) {
            reader.rollback(builder);
            throw failure.reason(at)
                    .at(new Place.Data(
                            input.name() + ", record " + (rowOfBlock + 1) + " of the block", 0, blockOffset));
        }
    }

    /** Goes to the next block; false if the part has no more. */
    private boolean nextBlock() throws IOException {
        if (position >= fileLength || position >= partEnd) {
            return false;
        }
        int wanted = CHUNK;
        while (true) {
            int start = (int) (position - chunkOffset);
            if (position < chunkOffset || start >= chunkLength) {
                fill(position, wanted);
                start = 0;
            }
            try {
                open(Block.read(header, chunk, start, chunkLength));
                return true;
            } catch (RecordFailure failure) {
                boolean more = chunkOffset + chunkLength < fileLength;
                if (!failure.isTruncated() || !more || (start == 0 && chunkLength == Integer.MAX_VALUE - 64)) {
                    throw failure.reason(start).at(new Place.Data(input.name(), 0, position));
                }
                // Twice as much each time, so that a block that lies about its size is not believed at once.
                wanted = start > 0 ? CHUNK : (int) Math.min(Integer.MAX_VALUE - 64L, chunkLength * 2L);
                fill(position, wanted);
            }
        }
    }

    private void open(Block block) {
        Lengths.checkRecords(block);
        blockOffset = position;
        position = chunkOffset + block.end();
        bytes = block.bytes();
        at = block.from();
        limit = block.to();
        rest = block.count();
        rowOfBlock = 0;
    }

    @Override
    public long position() {
        return rows;
    }

    @Override
    public void skip(long count) throws IOException {
        long left = count;
        while (left > 0) {
            if (rest == 0 && !nextBlock()) {
                return;
            }
            if (rest <= left) {
                left -= rest;
                rows += rest;
                rest = 0;
                continue;
            }
            readRows(left);
            left = 0;
            builder.truncate(0);
        }
    }

    @Override
    public void close() throws IOException {
        input.close();
    }
}
