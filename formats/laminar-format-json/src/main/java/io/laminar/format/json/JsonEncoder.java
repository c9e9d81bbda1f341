package io.laminar.format.json;

import io.laminar.format.registry.WireHeader;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.Slice;
import io.laminar.spi.format.FormatSpec;
import io.laminar.spi.format.RecordEncoder;
import io.laminar.spi.format.RecordOutput;
import java.util.List;
import java.util.OptionalInt;

/** Writes rows as JSON objects, or with json.unstructured the one JSON column as it is; one per line. */
final class JsonEncoder implements RecordEncoder {
    private final RecordOutput output = new RecordOutput();
    private final ValueWriters.Members members;
    private final boolean unstructured;
    private final byte[] prefix;
    private final OptionalInt id;

    /**
     * @param prefix opens an object whose last member is the record; empty: the record stands alone
     * @param id of the schema in a registry; empty: none is written
     */
    JsonEncoder(FormatSpec spec, byte[] prefix, OptionalInt id) {
        this.prefix = prefix;
        this.id = id;
        unstructured = spec.options().bool(JsonFormat.UNSTRUCTURED);
        members = new ValueWriters.Members(spec.projected().fields(), Encodings.of(spec.options()));
    }

    @Override
    public void encode(Batch batch, Slice out) {
        output.start(out);
        List<Column> columns = List.of(batch.columns());
        for (int row = 0; row < batch.size(); row++) {
            write(columns, row);
            output.put((byte) '\n');
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
        }
        output.put(prefix);
        if (unstructured) {
            members.writeFirst(columns, row, output);
        } else {
            members.write(columns, row, output);
        }
        if (prefix.length > 0) {
            output.put((byte) '}');
        }
    }
}
