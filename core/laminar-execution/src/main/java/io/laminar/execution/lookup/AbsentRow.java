package io.laminar.execution.lookup;

import io.laminar.execution.store.RowStore;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BatchBuilder;
import io.laminar.spi.batch.ColumnBuilder;
import io.laminar.spi.type.Schema;

/** A row of NULLs in a store: what an outer join shows for a row that was not found. */
final class AbsentRow {

    private AbsentRow() {}

    /** Adds the row; returns its id. */
    static int addTo(RowStore rows, Schema schema) {
        BatchBuilder builder = new BatchBuilder(schema, 1);
        for (int c = 0; c < schema.size(); c++) {
            ColumnBuilder column = builder.column(c);
            column.appendNull();
        }
        builder.endRow(0);
        Batch row = builder.build();
        int[] id = new int[1];
        rows.add(row, new int[] {0}, 1, id);
        return id[0];
    }
}
