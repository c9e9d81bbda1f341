package io.laminar.cli.output;

import io.laminar.spi.batch.Batch;
import io.laminar.spi.type.Schema;
import java.io.PrintStream;

/** Shows what the changes of a query come to. */
final class LivePrinter implements RowPrinter {
    private final Cells cells;
    private final LiveTable table;

    LivePrinter(Schema schema, PrintStream out, int width, int height) {
        this.cells = new Cells(schema);
        this.table = new LiveTable(cells.names(), cells.right(), out, width, height);
    }

    @Override
    public void print(Batch batch) {
        for (int row = 0; row < batch.size(); row++) {
            table.change(batch.kind(row), cells.row(batch, row));
        }
    }

    @Override
    public void flush() {
        table.draw();
    }

    @Override
    public void finish() {
        table.finish();
    }
}
