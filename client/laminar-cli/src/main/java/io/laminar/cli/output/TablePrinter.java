package io.laminar.cli.output;

import io.laminar.spi.batch.Batch;
import io.laminar.spi.type.Schema;
import java.io.PrintStream;

/** Prints rows in aligned columns under their names. */
final class TablePrinter implements RowPrinter {
    private final Cells cells;
    private final TextTable table;

    /** @param width columns of the terminal; 0 for no limit */
    TablePrinter(Schema schema, PrintStream out, int width) {
        this.cells = new Cells(schema);
        this.table = new TextTable(cells.names(), cells.right(), out, width);
    }

    @Override
    public void print(Batch batch) {
        for (int row = 0; row < batch.size(); row++) {
            table.add(cells.row(batch, row));
        }
    }

    @Override
    public void flush() {
        table.flush();
    }

    @Override
    public void finish() {
        table.finish();
    }
}
