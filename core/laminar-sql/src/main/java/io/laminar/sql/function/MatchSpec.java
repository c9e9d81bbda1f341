package io.laminar.sql.function;

import io.laminar.plan.node.MatchSkip;
import io.laminar.plan.node.RowPattern;
import io.laminar.spi.error.Place;
import java.util.List;

/**
 * What MATCH_RECOGNIZE says beside its expressions.
 *
 * @param variables of the pattern, by number
 * @param atStart whether the pattern begins with ^
 * @param atEnd whether it ends with $
 * @param within microseconds; 0 without WITHIN
 * @param partition number of columns in PARTITION BY
 * @param order directions of the keys of ORDER BY
 * @param defined variables that have a condition, in the order of the conditions
 * @param ownBefore columns given out before the measures; those behind the measures are columns of the row too
 * @param measures number of measures
 * @param places where errors that show while planning are
 */
public record MatchSpec(
        List<String> variables,
        RowPattern pattern,
        boolean atStart,
        boolean atEnd,
        long within,
        MatchSkip skip,
        boolean allRows,
        int partition,
        List<Direction> order,
        List<Integer> defined,
        int ownBefore,
        int measures,
        Places places) {

    /** The direction of a sort key; NULLs are last in ascending order, as greatest values, unless said otherwise. */
    public record Direction(boolean descending, boolean nullsFirst) {}

    /**
     * Places in the text.
     *
     * @param pattern of the PATTERN clause
     * @param time of the first key of ORDER BY
     * @param conditions of the definitions
     */
    public record Places(Place.Sql clause, Place.Sql pattern, Place.Sql time, List<Place.Sql> conditions) {}
}
