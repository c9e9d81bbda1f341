package io.laminar.spi.lookup;

import io.laminar.spi.table.TableDescriptor;
import java.util.List;

/** Opens tables for lookups. */
@FunctionalInterface
public interface LookupTables {

    /**
     * Opens a table for one subtask.
     *
     * @param keys positions of the columns that requests give, in the schema of the table
     */
    LookupTable open(TableDescriptor table, List<Integer> keys);
}
