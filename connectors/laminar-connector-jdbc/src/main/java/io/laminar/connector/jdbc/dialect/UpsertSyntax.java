package io.laminar.connector.jdbc.dialect;

import java.util.List;
import java.util.stream.Collectors;

/** How databases spell "insert, or replace what has the same key". */
enum UpsertSyntax {
    /** SQLite's {@code ON CONFLICT ... DO UPDATE}. */
    ON_CONFLICT,
    /** {@code ON DUPLICATE KEY UPDATE} of MariaDB and MySQL, which goes by every unique index of the table. */
    DUPLICATE_KEY,
    /** H2's {@code MERGE INTO ... KEY}. */
    MERGE_KEY,
    /** No spelling known. */
    NONE;

    /**
     * The statement for one row, a parameter per column.
     *
     * @param names quoted
     * @param key positions; empty for a plain insert
     * @param others positions of the other columns
     */
    String statement(String table, List<String> names, List<Integer> key, List<Integer> others) {
        String columns = " (" + String.join(", ", names) + ")";
        String values = " VALUES (" + names.stream().map(name -> "?").collect(Collectors.joining(", ")) + ")";
        String insert = "INSERT INTO " + table + columns + values;
        if (key.isEmpty()) {
            return insert;
        }
        String keys = key.stream().map(names::get).collect(Collectors.joining(", "));
        return switch (this) {
            case MERGE_KEY -> "MERGE INTO " + table + columns + " KEY (" + keys + ")" + values;
            case ON_CONFLICT ->
                insert + " ON CONFLICT (" + keys + ") DO "
                        + (others.isEmpty() ? "NOTHING" : "UPDATE SET " + assignments(names, others, "excluded.", ""));
            case DUPLICATE_KEY ->
                // A table of nothing but its key: some assignment has to stand here.
                insert + " ON DUPLICATE KEY UPDATE "
                        + assignments(names, others.isEmpty() ? key : others, "VALUES(", ")");
            case NONE -> throw new IllegalStateException("tables with keys have been refused");
        };
    }

    private static String assignments(List<String> names, List<Integer> columns, String before, String after) {
        return columns.stream()
                .map(i -> names.get(i) + " = " + before + names.get(i) + after)
                .collect(Collectors.joining(", "));
    }
}
