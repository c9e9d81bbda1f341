package io.laminar.format.raw;

import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BytesColumn;
import io.laminar.spi.batch.Slice;
import io.laminar.spi.format.RecordEncoder;
import io.laminar.spi.format.RecordOutput;

/** Writes values as they are, each followed by a line feed in files; NULL is an empty line. */
final class RawEncoder implements RecordEncoder {
    private final RecordOutput output = new RecordOutput();

    @Override
    public void encode(Batch batch, Slice out) {
        BytesColumn values = (BytesColumn) batch.column(0);
        output.start(out);
        for (int row = 0; row < batch.size(); row++) {
            put(values, row);
            output.put((byte) '\n');
        }
        output.finish();
    }

    @Override
    public void encodeMessage(Batch batch, int row, Slice out) {
        out.length(0);
        output.start(out);
        put((BytesColumn) batch.column(0), row);
        output.finish();
    }

    private void put(BytesColumn values, int row) {
        if (!values.isNull(row)) {
            output.put(values.arena(), values.starts()[row], values.lengths()[row]);
        }
    }
}
