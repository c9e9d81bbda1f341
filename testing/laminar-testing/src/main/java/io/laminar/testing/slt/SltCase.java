package io.laminar.testing.slt;

import io.laminar.testing.slt.SltCommand.ExpectError;
import io.laminar.testing.slt.SltCommand.Pipeline;
import io.laminar.testing.slt.SltCommand.Sql;
import io.laminar.testing.slt.SltCommand.Statement;
import io.laminar.testing.slt.SltCommand.StatementError;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One claim of a file: a pipeline with its script and expectations, or a statement that is refused.
 *
 * @param declarations the {@code statement ok} before it
 * @param subject the pipeline or the refused statement
 * @param script what happens to the pipeline, in order
 * @param expectations what must come out, checked at the end of the script
 */
record SltCase(
        Path file,
        List<Statement> declarations,
        SltCommand subject,
        List<SltCommand> script,
        List<SltCommand> expectations) {

    /** The cases of a file in order. */
    static List<SltCase> of(Path file) {
        return of(file, SltParser.parse(file));
    }

    static List<SltCase> of(Path file, List<SltCommand> commands) {
        List<SltCase> cases = new ArrayList<>();
        List<Statement> declarations = new ArrayList<>();
        SltCase open = null;
        for (SltCommand command : commands) {
            if (command instanceof Statement || command instanceof Pipeline || command instanceof StatementError) {
                checkComplete(open);
                open = null;
            }
            if (command instanceof Statement statement) {
                declarations.add(statement);
            } else if (command instanceof StatementError) {
                cases.add(new SltCase(file, List.copyOf(declarations), command, List.of(), List.of()));
            } else if (command instanceof Pipeline) {
                open = new SltCase(file, List.copyOf(declarations), command, new ArrayList<>(), new ArrayList<>());
                cases.add(open);
            } else if (open == null) {
                throw new SltException(file, command.line(), "belongs to a pipeline, but there is none before it");
            } else {
                open.add(command);
            }
        }
        checkComplete(open);
        return cases;
    }

    private static void checkComplete(@Nullable SltCase open) {
        if (open != null && open.expectations.isEmpty()) {
            throw new SltException(open.file, open.subject.line(), "the pipeline expects nothing");
        }
    }

    private void add(SltCommand command) {
        boolean expectation = command instanceof SltCommand.ExpectRows
                || command instanceof SltCommand.ExpectMetric
                || command instanceof ExpectError;
        if (expectation) {
            expectations.add(command);
        } else if (expectations.isEmpty()) {
            script.add(command);
        } else {
            throw new SltException(file, command.line(), "expectations come last: they look at the end of the script");
        }
    }

    int line() {
        return subject.line();
    }

    Optional<ExpectError> expectedError() {
        return expectations.stream()
                .filter(ExpectError.class::isInstance)
                .map(ExpectError.class::cast)
                .findFirst();
    }

    /**
     * The SQL of the case, every statement at the line it has in the file, so that the compiler's lines are the file's.
     * Where the sink is not declared, the words {@code INSERT INTO sink} are blanked: the query's own columns are then
     * the sink's.
     */
    String sql() {
        String before = declarationsSql();
        StringBuilder out = new StringBuilder(before);
        append(out, 1 + (int) before.chars().filter(c -> c == '\n').count(), body());
        return out.toString();
    }

    String declarationsSql() {
        StringBuilder out = new StringBuilder();
        int line = 1;
        for (Statement statement : declarations) {
            line = append(out, line, statement.sql());
        }
        return out.toString();
    }

    Sql body() {
        if (subject instanceof StatementError refused) {
            return refused.sql();
        }
        Pipeline pipeline = (Pipeline) subject;
        Pattern insert = Pattern.compile(
                "^(\\s*)(INSERT\\s+INTO\\s+" + Pattern.quote(pipeline.sink()) + ")\\b", Pattern.CASE_INSENSITIVE);
        var matcher = insert.matcher(pipeline.sql().text());
        if (!matcher.find() || declares(pipeline.sink())) {
            return pipeline.sql();
        }
        String blank = matcher.group(2).replaceAll("[^\\n]", " ");
        return new Sql(pipeline.sql().start(), matcher.replaceFirst("$1" + blank));
    }

    private boolean declares(String table) {
        Pattern create = Pattern.compile("\\bTABLE\\s+" + Pattern.quote(table) + "\\b", Pattern.CASE_INSENSITIVE);
        return declarations.stream()
                .anyMatch(s -> create.matcher(s.sql().text()).find());
    }

    private static int append(StringBuilder out, int line, Sql sql) {
        out.append("\n".repeat(sql.start() - line)).append(sql.text());
        if (!sql.text().stripTrailing().endsWith(";")) {
            out.append(';');
        }
        return sql.start() + (int) sql.text().chars().filter(c -> c == '\n').count();
    }
}
