package io.laminar.format.parquet;

import io.laminar.spi.batch.Batch;
import io.laminar.spi.format.FileWriter;
import io.laminar.spi.format.FormatSpec;
import io.laminar.spi.type.Schema;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.apache.parquet.schema.MessageType;

/** Writes batches column after column; a row group leaves memory when it is large enough. */
final class ParquetWriter implements FileWriter {
    /** Only matters for file systems with blocks. */
    private static final long BLOCK = 128L << 20;

    private static final int MAX_PADDING = 0;

    private final Schema schema;
    private final MessageType type;
    private final CompressionCodecName codec;
    private final long groupBytes;
    private final ParquetProperties properties = ParquetProperties.builder().build();
    private final ParquetFileWriter file;
    private List<ColumnSink> columns = List.of();
    private ColumnChunkPageWriteStore pages;
    private ColumnWriteStore store;
    private long rows;

    ParquetWriter(OutputStream output, FormatSpec spec) throws IOException {
        schema = spec.projected();
        type = FileSchema.of(schema);
        codec = CompressionCodecName.valueOf(
                spec.options().text(ParquetFormat.COMPRESSION).toUpperCase(Locale.ROOT));
        groupBytes = spec.options().size(ParquetFormat.ROW_GROUP_SIZE);
        file = new ParquetFileWriter(
                new Output(output), type, ParquetFileWriter.Mode.CREATE, BLOCK, MAX_PADDING, null, properties);
        file.start();
        pages = newPages();
        store = newStore();
    }

    private ColumnChunkPageWriteStore newPages() {
        return new ColumnChunkPageWriteStore(
                new Codecs().getCompressor(codec),
                type,
                HeapByteBufferAllocator.getInstance(),
                properties.getColumnIndexTruncateLength());
    }

    private ColumnWriteStore newStore() {
        ColumnWriteStore created = properties.newColumnWriteStore(type, pages);
        List<ColumnSink> sinks = new ArrayList<>();
        for (int i = 0; i < schema.size(); i++) {
            sinks.add(ColumnSinks.of(created, type, List.of(schema.field(i).name()), schema.field(i)));
        }
        columns = sinks;
        return created;
    }

    @Override
    public void write(Batch batch) throws IOException {
        for (int i = 0; i < columns.size(); i++) {
            ColumnSink sink = columns.get(i);
            for (int row = 0; row < batch.size(); row++) {
                sink.write(batch.column(i), row, 0);
            }
        }
        for (int row = 0; row < batch.size(); row++) {
            store.endRecord();
        }
        rows += batch.size();
        if (store.getBufferedSize() >= groupBytes) {
            endGroup();
            pages = newPages();
            store = newStore();
        }
    }

    private void endGroup() throws IOException {
        if (rows > 0) {
            file.startBlock(rows);
            store.flush();
            pages.flushToFileWriter(file);
            file.endBlock();
        }
        rows = 0;
        store.close();
        pages.close();
    }

    @Override
    public long bytes() {
        try {
            return file.getPos() + store.getBufferedSize();
        } catch (IOException impossible) {
            throw new java.io.UncheckedIOException(impossible);
        }
    }

    @Override
    public void finish() throws IOException {
        endGroup();
        file.end(Map.of());
    }

    /** The stream of the file, which stays open. */
    private record Output(OutputStream target) implements OutputFile {
        @Override
        public PositionOutputStream create(long blockSize) {
            return new Counted(target);
        }

        @Override
        public PositionOutputStream createOrOverwrite(long blockSize) {
            return create(blockSize);
        }

        @Override
        public boolean supportsBlockSize() {
            return false;
        }

        @Override
        public long defaultBlockSize() {
            return 0;
        }
    }

    private static final class Counted extends PositionOutputStream {
        private final OutputStream target;
        private long position;

        Counted(OutputStream target) {
            this.target = target;
        }

        @Override
        public long getPos() {
            return position;
        }

        @Override
        public void write(int value) throws IOException {
            target.write(value);
            position++;
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            target.write(bytes, from, count);
            position += count;
        }

        @Override
        public void flush() throws IOException {
            target.flush();
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
