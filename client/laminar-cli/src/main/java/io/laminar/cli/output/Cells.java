package io.laminar.cli.output;

import io.laminar.execution.function.ValueText;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Values;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;

/** Rows as texts. */
final class Cells {
    private final Schema schema;

    Cells(Schema schema) {
        this.schema = schema;
    }

    String[] names() {
        return schema.fields().stream().map(Field::name).toArray(String[]::new);
    }

    /** Which columns are numbers, whose cells stand at the right. */
    boolean[] right() {
        boolean[] right = new boolean[schema.size()];
        for (int c = 0; c < right.length; c++) {
            right[c] = isNumber(schema.type(c));
        }
        return right;
    }

    private static boolean isNumber(DataType type) {
        return type instanceof DataType.Decimal
                || type == DataType.Scalar.TINYINT
                || type == DataType.Scalar.SMALLINT
                || type == DataType.Scalar.INT
                || type == DataType.Scalar.BIGINT
                || type == DataType.Scalar.FLOAT
                || type == DataType.Scalar.DOUBLE;
    }

    String[] row(Batch batch, int row) {
        String[] cells = new String[schema.size()];
        for (int c = 0; c < cells.length; c++) {
            Object value = Values.read(schema.type(c), batch.column(c), row);
            cells[c] = value == null ? "NULL" : TextTable.oneLine(ValueText.of(schema.type(c), value));
        }
        return cells;
    }
}
