package io.laminar.cli.shell;

import io.laminar.cli.SqlFailure;
import io.laminar.cli.SqlSource;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.error.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What has been declared so far, which stands before every statement that runs. */
final class Session {
    private final List<Statement> declared = new ArrayList<>();
    private final Set<String> tables = new TreeSet<>();

    void declare(Statement statement) {
        declared.add(statement);
        if (!statement.created().isEmpty()) {
            tables.add(statement.created());
        }
    }

    /** Names of tables and views, in their order. */
    Set<String> tables() {
        return tables;
    }

    String declarations() {
        StringBuilder text = new StringBuilder();
        declared.forEach(statement -> text.append(statement.text()).append(";\n"));
        return text.toString();
    }

    /** The text to run: everything declared, and the statement in the columns where it was typed. */
    SqlSource before(Statement statement, String name) {
        return new SqlSource(name, declarations() + " ".repeat(statement.column() - 1) + statement.text() + ";\n");
    }

    /**
     * The errors of that text as errors of what was typed.
     *
     * @param typed with the statement in it
     */
    SqlFailure translated(SqlFailure failure, Statement statement, SqlSource typed) {
        int lines = (int) declarations().chars().filter(c -> c == '\n').count();
        int shift = statement.line() - 1 - lines;
        List<LaminarException> own = new ArrayList<>();
        for (LaminarException error : failure.errors()) {
            if (!(error.place() instanceof Place.Sql place)) {
                own.add(error);
            } else if (place.line() > lines) {
                Place.Sql typedAt =
                        new Place.Sql(place.line() + shift, place.column(), place.endLine() + shift, place.endColumn());
                own.add(new LaminarException(error.code(), error.reason(), typedAt, error.hint(), error));
            }
        }
        return own.isEmpty()
                ? new SqlFailure(new SqlSource("<declared before>", declarations()), failure.errors(), failure)
                : new SqlFailure(typed, own, failure);
    }
}
