package io.laminar.sql.error;

import io.laminar.spi.error.LaminarException;
import io.laminar.spi.error.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Gathers errors, so that one run shows all of them; a second one at the same place follows from the first. */
public final class ErrorCollector {
    private final List<LaminarException> errors = new ArrayList<>();
    private final Set<Place> places = new HashSet<>();
    private final List<Definition> definitions = new ArrayList<>();

    /** A text that was read as if it stood on lines behind the user's, and where the user's text needs it. */
    private record Definition(int firstLine, int lastLine, String name, Place.Sql use) {
        boolean holds(Place.Sql place) {
            return place.line() >= firstLine && place.line() <= lastLine;
        }

        LaminarException moved(LaminarException error, Place.Sql place) {
            int line = place.line() - firstLine + 1;
            return new LaminarException(
                    error.code(),
                    "in " + name + ", line " + line + ", column " + place.column() + ": " + error.reason(),
                    use,
                    error.hint(),
                    error.getCause());
        }
    }

    /**
     * Says that lines are not of the user's text: errors there are shown where the text needs them.
     *
     * @param name what stands on the lines, for example {@code the stored table 'x'}
     */
    public void define(int firstLine, int lastLine, String name, Place.Sql use) {
        definitions.add(new Definition(firstLine, lastLine, name, use));
    }

    public void add(LaminarException error) {
        Place place = error.place();
        if (place != null && !places.add(place)) {
            return;
        }
        LaminarException shown = shown(error);
        if (shown.place() != null) {
            places.add(shown.place());
        }
        errors.add(shown);
    }

    private LaminarException shown(LaminarException error) {
        if (!(error.place() instanceof Place.Sql place)) {
            return error;
        }
        for (Definition definition : definitions) {
            if (definition.holds(place)) {
                return shown(definition.moved(error, place));
            }
        }
        return error;
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
