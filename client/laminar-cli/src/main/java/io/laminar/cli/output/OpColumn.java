package io.laminar.cli.output;

import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BytesColumn;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.RowKind;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Shows the row kinds of a changelog as a first column {@code op}. */
final class OpColumn {
    private static final String NAME = "op";
    private static final int LENGTH = 2;
    /** {@code +I-U+U-D}: the text of kind k is at 2k. */
    private static final byte[] TEXTS = (RowKind.text(RowKind.INSERT)
                    + RowKind.text(RowKind.UPDATE_BEFORE)
                    + RowKind.text(RowKind.UPDATE_AFTER)
                    + RowKind.text(RowKind.DELETE))
            .getBytes(StandardCharsets.US_ASCII);

    private OpColumn() {}

    static Schema schema(Schema schema) {
        List<Field> fields = new ArrayList<>();
        fields.add(new Field(NAME, Scalar.TEXT, false));
        fields.addAll(schema.fields());
        return new Schema(fields);
    }

    static Batch add(Batch batch) {
        int[] starts = new int[batch.size()];
        int[] lengths = new int[batch.size()];
        for (int row = 0; row < batch.size(); row++) {
            starts[row] = batch.kind(row) * LENGTH;
            lengths[row] = LENGTH;
        }
        Column[] columns = new Column[batch.width() + 1];
        columns[0] = new BytesColumn(TEXTS, starts, lengths, null, batch.size());
        System.arraycopy(batch.columns(), 0, columns, 1, batch.width());
        return batch.withColumns(columns);
    }
}
