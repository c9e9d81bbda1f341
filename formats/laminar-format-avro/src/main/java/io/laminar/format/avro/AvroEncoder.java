package io.laminar.format.avro;

import io.laminar.format.registry.WireHeader;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.Slice;
import io.laminar.spi.format.RecordEncoder;
import io.laminar.spi.format.RecordOutput;
import java.util.List;
import java.util.OptionalInt;

/** Writes rows as datums, with or without the id of their schema before them. */
final class AvroEncoder implements RecordEncoder {
    private final RecordWriter writer;
    private final OptionalInt id;
    private final RecordOutput output = new RecordOutput();

    /** @param id of the schema in a registry; empty: records are datums only */
    AvroEncoder(RecordWriter writer, OptionalInt id) {
        this.writer = writer;
        this.id = id;
    }

    @Override
    public void encode(Batch batch, Slice out) {
        output.start(out);
        List<Column> columns = List.of(batch.columns());
        for (int row = 0; row < batch.size(); row++) {
            write(columns, row);
        }
        output.finish();
    }

    @Override
    public void encodeMessage(Batch batch, int row, Slice out) {
        out.length(0);
        output.start(out);
        write(List.of(batch.columns()), row);
        output.finish();
    }

    private void write(List<Column> columns, int row) {
        if (id.isPresent()) {
            WireHeader.write(id.getAsInt(), output);
        }
        writer.write(columns, row, output);
    }
}
