package io.laminar.format.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import io.laminar.format.registry.WireHeader;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.Slice;
import io.laminar.spi.format.RecordEncoder;
import io.laminar.spi.format.RecordOutput;
import java.util.List;
import java.util.OptionalInt;

/** Writes rows as messages, in streams each after its length. */
final class ProtobufEncoder implements RecordEncoder {
    private final Descriptor type;
    private final MessageWriter writer;
    private final OptionalInt id;
    private final RecordOutput output = new RecordOutput();

    /** @param id of the schema in a registry; empty: records are messages only */
    ProtobufEncoder(Descriptor type, MessageWriter writer, OptionalInt id) {
        this.type = type;
        this.writer = writer;
        this.id = id;
    }

    @Override
    public void encode(Batch batch, Slice out) {
        output.start(out);
        List<Column> columns = List.of(batch.columns());
        for (int row = 0; row < batch.size(); row++) {
            int start = output.at();
            write(columns, row);
            Wire.insertLength(start, output);
        }
        output.finish();
    }

    @Override
    public void encodeMessage(Batch batch, int row, Slice out) {
        encodeMessage(List.of(batch.columns()), row, out);
    }

    @Override
    public void encodeMessages(Batch batch, Slice scratch, Messages out) {
        List<Column> columns = List.of(batch.columns());
        for (int row = 0; row < batch.size(); row++) {
            encodeMessage(columns, row, scratch);
            out.message(row, scratch);
        }
    }

    private void encodeMessage(List<Column> columns, int row, Slice out) {
        out.length(0);
        output.start(out);
        write(columns, row);
        output.finish();
    }

    private void write(List<Column> columns, int row) {
        if (id.isPresent()) {
            WireHeader.write(id.getAsInt(), output);
            MessageIndexes.write(type, output);
        }
        writer.write(columns, row, output);
    }
}
