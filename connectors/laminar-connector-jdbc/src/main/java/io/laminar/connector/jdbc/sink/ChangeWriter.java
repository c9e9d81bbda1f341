package io.laminar.connector.jdbc.sink;

import io.laminar.connector.jdbc.database.JdbcErrors;
import io.laminar.connector.jdbc.dialect.RowWriter;
import io.laminar.spi.batch.Batch;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Writes changes whole, or, when the database refuses some row, in halves until it is found. */
final class ChangeWriter {
    private final Atomic atomic;
    private final RefusedRows refused;

    /** @param atomic what is tried and undone */
    ChangeWriter(Atomic atomic, RefusedRows refused) {
        this.atomic = atomic;
        this.refused = refused;
    }

    /** Writes some rows in one way. */
    @FunctionalInterface
    private interface Write {
        void rows(Batch rows) throws SQLException;
    }

    void write(Changes changes, OpenTable table) throws SQLException {
        RowWriter rows = table.writer();
        Batch deletes = changes.deletes();
        Batch puts = changes.puts();
        try {
            atomic.run(table.connection(), () -> {
                if (deletes != null) {
                    rows.delete(deletes);
                }
                if (puts != null) {
                    rows.put(puts);
                }
            });
        } catch (SQLException e) {
            if (!JdbcErrors.isAboutRows(e)) {
                throw e;
            }
            part(deletes, rows::delete, table);
            part(puts, rows::put, table);
        }
    }

    private void part(@Nullable Batch batch, Write write, OpenTable table) throws SQLException {
        if (batch == null) {
            return;
        }
        try {
            atomic.run(table.connection(), () -> write.rows(batch));
        } catch (SQLException e) {
            if (!JdbcErrors.isAboutRows(e)) {
                throw e;
            }
            if (batch.size() == 1) {
                refused.refuse(batch, e);
                return;
            }
            int half = batch.size() / 2;
            part(batch.slice(0, half), write, table);
            part(batch.slice(half, batch.size() - half), write, table);
        }
    }
}
