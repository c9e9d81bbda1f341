package io.laminar.connector.file.sink;

import io.laminar.spi.batch.Slice;
import io.laminar.spi.format.FormatSpec;
import io.laminar.spi.format.Formats;
import io.laminar.spi.format.RecordEncoder;
import io.laminar.spi.format.RecordFormat;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.flink.api.common.serialization.Encoder;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.jspecify.annotations.Nullable;

/** Writes records into the part file that is open; a new one gets the format's header. */
final class PartEncoder implements Encoder<PartBatch> {
    private final FormatSpec format;
    private transient @Nullable RecordEncoder encoder;
    private transient @Nullable Slice encoded;

    PartEncoder(FormatSpec format) {
        this.format = format;
    }

    @Override
    public void encode(PartBatch part, OutputStream stream) throws IOException {
        RecordEncoder records = encoder;
        Slice bytes = encoded;
        if (records == null || bytes == null) {
            records = ((RecordFormat) Formats.named(format.format())).encoder(format);
            bytes = new Slice();
            encoder = records;
            encoded = bytes;
        }
        if (((FSDataOutputStream) stream).getPos() == 0) {
            stream.write(records.header());
        }
        bytes.length(0);
        records.encode(part.batch(), bytes);
        stream.write(bytes.base(), 0, bytes.length());
    }
}
