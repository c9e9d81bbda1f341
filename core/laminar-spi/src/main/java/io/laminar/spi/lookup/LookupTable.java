package io.laminar.spi.lookup;

/** A table that answers by key, opened for one subtask. Called by one thread. */
public sealed interface LookupTable extends AutoCloseable permits WholeTable, KeyedTable {

    @Override
    void close();
}
