package io.laminar.plan.node;

import java.io.Serializable;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Which rows of its partition a call over a row sees. */
public record OverFrame(Unit unit, Bound start, Bound end) implements Serializable {

    /** What offsets count. */
    public enum Unit {
        ROWS,
        /** The value of the sort key; rows of equal order come and go together. */
        RANGE
    }

    /** Where a frame starts or ends. */
    public sealed interface Bound extends Serializable {}

    /** The first row of the partition. */
    public record First() implements Bound {}

    /** The last row of the partition. */
    public record Last() implements Bound {}

    /** The row itself; with RANGE, all rows of its order. */
    public record Current() implements Bound {}

    /**
     * Rows, or values of the sort key, ahead (positive) or back (negative). Times and intervals in microseconds, dates
     * in days; the sort key's direction is taken account of: ahead is where the order goes.
     */
    public record Offset(BigDecimal distance) implements Bound {}

    public static final OverFrame DEFAULT = new OverFrame(Unit.RANGE, new First(), new Current());
    public static final OverFrame WHOLE = new OverFrame(Unit.RANGE, new First(), new Last());

    /** Rows from one distance to another. */
    public static OverFrame rows(long from, long to) {
        return new OverFrame(Unit.ROWS, at(from), at(to));
    }

    public static Bound at(long distance) {
        return distance == 0 ? new Current() : new Offset(BigDecimal.valueOf(distance));
    }

    /** Whether the frame needs the last row of the partition. */
    public boolean needsLast() {
        return start instanceof Last || end instanceof Last;
    }

    /** Whether rows stay in the frame for ever. */
    public boolean keepsAll() {
        return start instanceof First;
    }

    /** Whether the distance of a bound is measured on the sort key. */
    public boolean measures() {
        return unit == Unit.RANGE && (start instanceof Offset || end instanceof Offset);
    }

    /** How far ahead of its row the frame looks; null if it does not. */
    public @Nullable BigDecimal ahead() {
        return end instanceof Offset offset && offset.distance().signum() > 0 ? offset.distance() : null;
    }
}
