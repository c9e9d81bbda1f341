package io.laminar.connector.file.sink;

import io.laminar.connector.file.Compression;
import io.laminar.spi.batch.Slice;
import io.laminar.spi.format.FileFormat;
import io.laminar.spi.format.FileWriter;
import io.laminar.spi.format.FormatSpec;
import io.laminar.spi.format.Formats;
import io.laminar.spi.format.RecordEncoder;
import io.laminar.spi.format.RecordFormat;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.flink.api.common.serialization.BulkWriter;
import org.apache.flink.core.fs.FSDataOutputStream;

/** Part files that cannot be gone on with after a checkpoint: those with a footer and compressed ones. */
record PartWriters(FormatSpec format, Compression compression) implements BulkWriter.Factory<PartBatch> {

    @Override
    public BulkWriter<PartBatch> create(FSDataOutputStream out) throws IOException {
        FileFormat whole = Formats.wholeFiles(format);
        if (whole != null) {
            return new Whole(whole.create(out, format));
        }
        RecordEncoder encoder = ((RecordFormat) Formats.named(format.format())).encoder(format);
        return new Compressed(encoder, compression.compress(new Unclosed(out)));
    }

    private record Whole(FileWriter writer) implements BulkWriter<PartBatch> {
        @Override
        public void addElement(PartBatch part) throws IOException {
            writer.write(part.batch());
        }

        @Override
        public void flush() {
            // A file with a footer has no state worth showing before its end.
        }

        @Override
        public void finish() throws IOException {
            writer.finish();
        }
    }

    private static final class Compressed implements BulkWriter<PartBatch> {
        private final RecordEncoder encoder;
        private final OutputStream out;
        private final Slice encoded = new Slice();

        Compressed(RecordEncoder encoder, OutputStream out) throws IOException {
            this.encoder = encoder;
            this.out = out;
            out.write(encoder.header());
        }

        @Override
        public void addElement(PartBatch part) throws IOException {
            encoded.length(0);
            encoder.encode(part.batch(), encoded);
            out.write(encoded.base(), 0, encoded.length());
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }

        @Override
        public void finish() throws IOException {
            out.close();
        }
    }
}
