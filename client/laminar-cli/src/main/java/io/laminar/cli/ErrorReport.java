package io.laminar.cli;

import io.laminar.cli.output.DisplayWidth;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.error.Place;
import java.io.PrintStream;
import java.util.List;

/** Shows errors: file, line, column, code and reason; the line of SQL with the place marked; a hint. */
final class ErrorReport {
    private final PrintStream err;

    ErrorReport(PrintStream err) {
        this.err = err;
    }

    void print(SqlSource source, List<LaminarException> errors) {
        for (LaminarException error : errors) {
            if (error.place() instanceof Place.Sql place) {
                print(source, error, place);
            } else {
                err.println(source.name() + ": " + error.describe());
            }
        }
        if (errors.size() > 1) {
            err.println(errors.size() + " errors");
        }
    }

    void print(LaminarException error) {
        err.println(error.describe());
    }

    private void print(SqlSource source, LaminarException error, Place.Sql place) {
        err.println(source.name() + ":" + place.line() + ":" + place.column() + ": "
                + error.code().code() + ": " + error.reason());
        String line = source.line(place.line());
        String number = String.valueOf(place.line());
        int from = Math.min(place.column() - 1, line.length());
        int to = place.endLine() == place.line() ? Math.min(place.endColumn(), line.length()) : line.length();
        String before = line.substring(0, from).replaceAll("[^\\t]", " ");
        int wide = DisplayWidth.of(line.substring(0, from)) - from;
        err.println(" " + number + " | " + line);
        err.println(" " + " ".repeat(number.length()) + " | " + before + " ".repeat(Math.max(0, wide))
                + "^".repeat(Math.max(1, DisplayWidth.of(line.substring(from, Math.max(from, to))))));
        if (error.hint() != null) {
            err.println("  hint: " + error.hint());
        }
    }
}
