package io.laminar.format.avro;

import io.laminar.spi.batch.Column;
import io.laminar.spi.format.RecordOutput;
import java.util.List;

/** Writes records: field by field a column, or a default for fields that no column has. */
final class RecordWriter {
    private final int[] columns;
    private final Writers.ValueWriter[] writers;

    /** One field. */
    record Step(int column, Writers.ValueWriter writer) {

        /** A field that always has the same value, whatever stands in the first column. */
        static Step constant(byte[] value) {
            return new Step(0, (column, row, out) -> out.put(value));
        }
    }

    RecordWriter(List<Step> steps) {
        columns = steps.stream().mapToInt(Step::column).toArray();
        writers = steps.stream().map(Step::writer).toArray(Writers.ValueWriter[]::new);
    }

    void write(List<Column> row, int index, RecordOutput out) {
        for (int i = 0; i < columns.length; i++) {
            writers[i].write(row.get(columns[i]), index, out);
        }
    }
}
