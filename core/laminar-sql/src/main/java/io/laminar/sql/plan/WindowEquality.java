package io.laminar.sql.plan;

import io.laminar.plan.explain.WindowText;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.sql.plan.Mark.Part;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/**
 * That both sides of a join are in the same window, as its conditions say it.
 *
 * @param rest the conditions that say something else
 */
record WindowEquality(Mark.Window left, Mark.Window right, List<RexNode> rest) {

    /**
     * Null if the conditions do not compare windows, or compare parts that do not tell windows apart.
     *
     * @throws LaminarException if the windows compared are different ones
     */
    static @Nullable WindowEquality of(List<RexNode> conditions, JoinSides sides) {
        Mark.Window left = null;
        Mark.Window right = null;
        Set<Part> parts = EnumSet.noneOf(Part.class);
        List<RexNode> rest = new ArrayList<>();
        for (RexNode condition : conditions) {
            JoinSides.Equality equality = sides.equality(condition);
            Mark first = equality == null ? null : sides.mark(equality.left());
            Mark second = equality == null ? null : sides.mark(equality.right());
            boolean fits = first instanceof Mark.Window a
                    && second instanceof Mark.Window b
                    && a.part() == b.part()
                    && (left == null || left.sameWindow(a) && right != null && right.sameWindow(b));
            if (fits && first instanceof Mark.Window a && second instanceof Mark.Window b) {
                left = a;
                right = b;
                parts.add(a.part());
            } else {
                rest.add(condition);
            }
        }
        if (left == null || right == null) {
            return null;
        }
        if (!left.spec().equals(right.spec()) || left.time() != right.time()) {
            throw new LaminarException(
                    ErrorCode.UNSUPPORTED_JOIN,
                    "the sides of this join are in different windows: " + WindowText.of(left.spec()) + " on the left, "
                            + WindowText.of(right.spec()) + " on the right",
                    right.place(),
                    "give both sides the same window, or join rows by their times:"
                            + " ON ... AND l.at BETWEEN r.at - INTERVAL '1' MINUTE AND r.at",
                    null);
        }
        return tellApart(parts, left) ? new WindowEquality(left, right, rest) : null;
    }

    private static boolean tellApart(Set<Part> parts, Mark.Window window) {
        boolean bothEnds = parts.contains(Part.START) && (parts.contains(Part.END) || parts.contains(Part.TIME));
        return bothEnds || parts.stream().anyMatch(part -> AggregatePlanner.determines(part, window.spec()));
    }
}
