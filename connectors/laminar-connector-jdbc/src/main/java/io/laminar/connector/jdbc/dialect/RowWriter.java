package io.laminar.connector.jdbc.dialect;

import io.laminar.spi.batch.Batch;
import java.sql.SQLException;

/** Writes rows by one connection, within whatever transaction is open there. */
public interface RowWriter extends AutoCloseable {

    /** Inserts rows; with a key they replace those that have theirs. No key may come twice. */
    void put(Batch rows) throws SQLException;

    /** Removes the rows that have the keys of these. */
    void delete(Batch rows) throws SQLException;

    @Override
    void close() throws SQLException;
}
