package io.laminar.connector.jdbc.dialect;

import io.laminar.connector.jdbc.database.DatabaseColumn;
import io.laminar.spi.batch.Batch;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/** Writes rows one by one in batches of statements; each column has a binder that sets its parameter. */
final class StatementWriter implements RowWriter {
    private final Target target;
    private final ParameterBinder[] binders;
    private final PreparedStatement put;
    private final PreparedStatement delete;

    StatementWriter(Connection connection, Target target, UpsertSyntax upsert, ParameterBinder.Style style)
            throws SQLException {
        this.target = target;
        String quote = connection.getMetaData().getIdentifierQuoteString().strip();
        List<String> names = target.columns().stream()
                .map(DatabaseColumn::name)
                .map(name -> quote + name.replace(quote, quote + quote) + quote)
                .toList();
        binders = new ParameterBinder[names.size()];
        for (int i = 0; i < binders.length; i++) {
            binders[i] = ParameterBinder.of(target.schema().type(i), style);
        }
        String table = target.table().sql();
        put = connection.prepareStatement(upsert.statement(table, names, target.key(), target.others()));
        String condition = target.key().isEmpty()
                ? "1 = 0"
                : target.key().stream().map(i -> names.get(i) + " = ?").collect(Collectors.joining(" AND "));
        delete = connection.prepareStatement("DELETE FROM " + table + " WHERE " + condition);
    }

    @Override
    public void put(Batch rows) throws SQLException {
        for (int row = 0; row < rows.size(); row++) {
            for (int c = 0; c < binders.length; c++) {
                binders[c].bind(put, c + 1, rows.column(c), row);
            }
            put.addBatch();
        }
        put.executeBatch();
    }

    @Override
    public void delete(Batch rows) throws SQLException {
        for (int row = 0; row < rows.size(); row++) {
            int parameter = 1;
            for (int c : target.key()) {
                binders[c].bind(delete, parameter++, rows.column(c), row);
            }
            delete.addBatch();
        }
        delete.executeBatch();
    }

    @Override
    public void close() throws SQLException {
        put.close();
        delete.close();
    }
}
