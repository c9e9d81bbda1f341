package io.laminar.sql.error;

import io.laminar.spi.error.LaminarException;
import io.laminar.spi.error.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Gathers errors, so that one run shows all of them; a second one at the same place follows from the first. */
public final class ErrorCollector {
    private final List<LaminarException> errors = new ArrayList<>();

    public void add(LaminarException error) {
        boolean known = error.place() != null
                && errors.stream().anyMatch(e -> error.place().equals(e.place()));
        if (!known) {
            errors.add(error);
        }
    }

    public boolean isEmpty() {
        return errors.isEmpty();
    }

    public int size() {
        return errors.size();
    }

    /** In the order of their places. */
    public List<LaminarException> all() {
        List<LaminarException> sorted = new ArrayList<>(errors);
        sorted.sort(Comparator.comparingInt(ErrorCollector::line).thenComparingInt(ErrorCollector::column));
        return sorted;
    }

    private static int line(LaminarException error) {
        return error.place() instanceof Place.Sql sql ? sql.line() : Integer.MAX_VALUE;
    }

    private static int column(LaminarException error) {
        return error.place() instanceof Place.Sql sql ? sql.column() : 0;
    }
}
