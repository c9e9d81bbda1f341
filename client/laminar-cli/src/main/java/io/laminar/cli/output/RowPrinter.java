package io.laminar.cli.output;

import io.laminar.spi.batch.Batch;

/** Prints the rows of one query. Called by one thread at a time. */
public interface RowPrinter {

    void print(Batch batch);

    /** Prints what was held back to lay it out. */
    void flush();

    /** Prints what is left, at the end. */
    void finish();
}
