package io.laminar.connector.file.sink;

import io.laminar.connector.file.Compression;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Slice;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.format.FormatSpec;
import io.laminar.spi.format.Formats;
import io.laminar.spi.format.RecordEncoder;
import io.laminar.spi.format.RecordFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.jspecify.annotations.Nullable;

/**
 * Appends to one file. Compressed data ends at every checkpoint and starts anew after it (both codecs allow that), so
 * that the file can be cut at any checkpoint.
 */
final class SingleFileWriter implements StatefulSinkWriter<Batch, SingleFileState> {
    private final Path path;
    private final Compression compression;
    private final OutputClaim claim;
    private final FileChannel channel;
    private final OutputStream raw;
    private final RecordEncoder encoder;
    private final Slice encoded = new Slice();
    private @Nullable OutputStream compressed;
    private boolean complete;

    /** @param length where to go on; what the file has beyond it is removed */
    SingleFileWriter(Path path, FormatSpec format, Compression compression, OutputClaim claim, long length)
            throws IOException {
        this.path = path;
        this.compression = compression;
        this.claim = claim;
        encoder = ((RecordFormat) Formats.named(format.format())).encoder(format);
        channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        channel.truncate(length);
        channel.position(length);
        raw = Channels.newOutputStream(channel);
        if (length == 0) {
            byte[] header = encoder.header();
            put(header, header.length);
        }
    }

    @Override
    public void write(Batch batch, Context context) {
        try {
            encoded.length(0);
            encoder.encode(batch, encoded);
            put(encoded.base(), encoded.length());
        } catch (IOException failure) {
            throw failed(path, failure);
        }
    }

    private void put(byte[] bytes, int count) throws IOException {
        if (count == 0) {
            return;
        }
        if (compression == Compression.NONE) {
            raw.write(bytes, 0, count);
            return;
        }
        OutputStream open = compressed;
        if (open == null) {
            open = compression.compress(new Unclosed(raw));
            compressed = open;
        }
        open.write(bytes, 0, count);
    }

    private void endCompressed() throws IOException {
        OutputStream open = compressed;
        compressed = null;
        if (open != null) {
            open.close();
        }
    }

    @Override
    public void flush(boolean endOfInput) {
        try {
            endCompressed();
        } catch (IOException failure) {
            throw failed(path, failure);
        }
        complete = endOfInput;
    }

    @Override
    public List<SingleFileState> snapshotState(long checkpoint) {
        try {
            endCompressed();
            channel.force(false);
            return List.of(new SingleFileState(channel.position()));
        } catch (IOException failure) {
            throw failed(path, failure);
        }
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            if (complete) {
                claim.release();
            }
        }
    }

    static LaminarException failed(Path path, IOException cause) {
        return new LaminarException(
                ErrorCode.OUTPUT_FAILED, path + " cannot be written: " + Reasons.of(cause), null, null, cause);
    }
}
