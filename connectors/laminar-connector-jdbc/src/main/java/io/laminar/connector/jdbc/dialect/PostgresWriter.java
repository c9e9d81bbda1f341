package io.laminar.connector.jdbc.dialect;

import io.laminar.connector.jdbc.database.DatabaseColumn;
import io.laminar.spi.batch.Batch;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Writes many rows by one statement: every column is one parameter, an array, and the server makes rows of them
 * ({@code unnest}). Values are converted to the table's types there, so a value that does not fit is refused, not cut.
 */
final class PostgresWriter implements RowWriter {
    /** Types that texts are assigned to as they are: a cast would cut what is too long. */
    private static final Set<String> TEXTS = Set.of("text", "character varying", "bpchar");

    private final Target target;
    private final PreparedStatement put;
    private final PreparedStatement delete;

    PostgresWriter(Connection connection, Target target) throws SQLException {
        this.target = target;
        List<Integer> all = IntStream.range(0, target.columns().size()).boxed().toList();
        put = connection.prepareStatement(putText(all));
        delete = connection.prepareStatement(deleteText());
    }

    private String putText(List<Integer> all) {
        String names = all.stream().map(this::name).collect(Collectors.joining(", "));
        String values = all.stream().map(this::value).collect(Collectors.joining(", "));
        return "INSERT INTO " + target.table().sql() + " (" + names + ") SELECT " + values + " FROM " + rows(all)
                + conflict();
    }

    private String conflict() {
        if (target.key().isEmpty()) {
            return "";
        }
        String key = target.key().stream().map(this::name).collect(Collectors.joining(", "));
        String others = target.others().stream()
                .map(i -> name(i) + " = EXCLUDED." + name(i))
                .collect(Collectors.joining(", "));
        return " ON CONFLICT (" + key + ") DO " + (others.isEmpty() ? "NOTHING" : "UPDATE SET " + others);
    }

    /** Without a key no row is ever deleted; the statement is only prepared on the server when it is used. */
    private String deleteText() {
        String condition = target.key().stream()
                .map(i -> "t." + name(i) + " = " + value(i))
                .collect(Collectors.joining(" AND "));
        return "DELETE FROM " + target.table().sql() + " AS t USING " + rows(target.key()) + " WHERE " + condition;
    }

    private String rows(List<Integer> columns) {
        String parameters = columns.stream().map(i -> "?").collect(Collectors.joining(", "));
        String names = columns.stream().map(i -> "c" + i).collect(Collectors.joining(", "));
        return "unnest(" + parameters + ") AS u (" + names + ")";
    }

    private String name(int column) {
        return PostgresDialect.quote(target.columns().get(column).name());
    }

    private String value(int column) {
        DatabaseColumn known = target.columns().get(column);
        return TEXTS.contains(known.type()) ? "u.c" + column : "u.c" + column + "::" + known.type();
    }

    @Override
    public void put(Batch rows) throws SQLException {
        for (int c = 0; c < rows.width(); c++) {
            put.setObject(c + 1, array(c, rows));
        }
        put.executeUpdate();
    }

    @Override
    public void delete(Batch rows) throws SQLException {
        int parameter = 1;
        for (int c : target.key()) {
            delete.setObject(parameter++, array(c, rows));
        }
        delete.executeUpdate();
    }

    private PostgresArray array(int column, Batch rows) throws SQLException {
        return PostgresArray.of(
                target.schema().type(column), target.columns().get(column).family(), rows.column(column), rows.size());
    }

    @Override
    public void close() throws SQLException {
        put.close();
        delete.close();
    }
}
