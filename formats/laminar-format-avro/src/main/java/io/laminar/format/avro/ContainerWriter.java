package io.laminar.format.avro;

import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.Slice;
import io.laminar.spi.format.FileWriter;
import io.laminar.spi.format.RecordEncoder;
import io.laminar.spi.format.RecordOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.util.List;
import org.apache.avro.Schema;

/** Writes a container file: a header and blocks of datums. */
final class ContainerWriter implements FileWriter {
    /** Bytes of a block before it is compressed. */
    private static final int BLOCK_SIZE = 64 << 10;

    private final OutputStream stream;
    private final RecordWriter writer;
    private final ContainerHeader header;
    private final RecordOutput output = new RecordOutput();
    private final Slice block = new Slice();
    private long written;
    private long rows;

    ContainerWriter(OutputStream stream, Schema schema, RecordWriter writer, BlockCodec codec) throws IOException {
        this.stream = stream;
        this.writer = writer;
        header = header(schema, codec);
        byte[] start = start(header);
        stream.write(start);
        written = start.length;
    }

    private static ContainerHeader header(Schema schema, BlockCodec codec) {
        byte[] sync = new byte[ContainerHeader.SYNC_SIZE];
        new SecureRandom().nextBytes(sync);
        return new ContainerHeader(schema.toString(), codec, sync, 0);
    }

    private static byte[] start(ContainerHeader header) {
        Slice slice = new Slice();
        RecordOutput out = new RecordOutput();
        out.start(slice);
        header.write(out);
        out.finish();
        return java.util.Arrays.copyOf(slice.base(), slice.length());
    }

    @Override
    public void write(Batch batch) throws IOException {
        List<Column> columns = List.of(batch.columns());
        for (int row = 0; row < batch.size(); row++) {
            output.start(block);
            writer.write(columns, row, output);
            output.finish();
            rows++;
            if (block.length() >= BLOCK_SIZE) {
                endBlock();
            }
        }
    }

    private void endBlock() throws IOException {
        if (rows == 0) {
            return;
        }
        byte[] content = header.codec().compress(block.base(), block.length());
        Slice frame = new Slice();
        RecordOutput out = new RecordOutput();
        out.start(frame);
        Writers.writeLong(rows, out);
        Writers.writeLong(content.length, out);
        out.finish();
        stream.write(frame.base(), 0, frame.length());
        stream.write(content);
        stream.write(header.sync());
        written += frame.length() + content.length + ContainerHeader.SYNC_SIZE;
        rows = 0;
        block.length(0);
    }

    @Override
    public long bytes() {
        return written + block.length();
    }

    @Override
    public void finish() throws IOException {
        endBlock();
        stream.flush();
    }

    /** Writes every row, or batch, as a container of its own. */
    static final class Messages implements RecordEncoder {
        private final Schema schema;
        private final RecordWriter writer;
        private final BlockCodec codec;

        Messages(Schema schema, RecordWriter writer, BlockCodec codec) {
            this.schema = schema;
            this.writer = writer;
            this.codec = codec;
        }

        @Override
        public void encode(Batch batch, Slice out) {
            byte[] container = container(batch);
            int start = out.length();
            System.arraycopy(container, 0, out.grow(start, start + container.length), start, container.length);
            out.length(start + container.length);
        }

        @Override
        public void encodeMessage(Batch batch, int row, Slice out) {
            byte[] container = container(batch.slice(row, 1));
            out.set(container, 0, container.length);
        }

        private byte[] container(Batch batch) {
            try {
                java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
                ContainerWriter container = new ContainerWriter(bytes, schema, writer, codec);
                container.write(batch);
                container.finish();
                return bytes.toByteArray();
            } catch (IOException inMemory) {
                throw new UncheckedIOException(inMemory);
            }
        }
    }
}
