package io.laminar.connector;

import io.laminar.spi.lookup.LookupTable;
import io.laminar.spi.table.TableDescriptor;
import java.util.List;

/** Answers by key. */
public interface LookupConnector extends Connector {

    /**
     * Opens a table for one subtask.
     *
     * @param keys positions of the columns that requests give, in {@link TableDescriptor#schema}
     */
    LookupTable lookup(TableDescriptor table, List<Integer> keys);
}
