package io.laminar.execution.join;

import io.laminar.execution.join.TimedRows.Row;
import io.laminar.plan.node.JoinParts;
import io.laminar.plan.node.JoinType;
import io.laminar.spi.batch.RowKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.ToLongBiFunction;

/** Joins that keep all rows and try every pair. */
abstract class TimedJoinOracle {
    final JoinParts parts;
    final List<Row> left = new ArrayList<>();
    final List<Row> right = new ArrayList<>();
    final List<String> results = new ArrayList<>();
    long watermark = Long.MIN_VALUE;
    private long late;

    TimedJoinOracle(JoinParts parts) {
        this.parts = parts;
    }

    void add(int input, Row row) {
        if (isLate(input, row)) {
            late++;
        } else {
            // Rows are told apart by identity.
            (input == 0 ? left : right).add(row);
        }
    }

    boolean isLate(int input, Row row) {
        return row.time() <= watermark;
    }

    void watermark(long time) {
        watermark = time;
    }

    long late() {
        return late;
    }

    List<String> results() {
        return results;
    }

    /** All pairs, and what the type of the join makes of them. */
    void joinAll(BiPredicate<Row, Row> together, ToLongBiFunction<Row, Row> time) {
        Set<Integer> matchedRight = new HashSet<>();
        for (Row l : left) {
            long first = Long.MAX_VALUE;
            boolean any = false;
            for (int r = 0; r < right.size(); r++) {
                Row other = right.get(r);
                if (together.test(l, other) && TimedRows.match(parts, l, other)) {
                    any = true;
                    matchedRight.add(r);
                    first = Math.min(first, time.applyAsLong(l, other));
                    if (parts.type().pairs()) {
                        results.add(TimedRows.joined(parts, l, other, time.applyAsLong(l, other)));
                    }
                }
            }
            if (any && parts.type() == JoinType.SEMI) {
                results.add(TimedRows.joined(parts, l, null, semiTime(first)));
            }
            if (!any && parts.type().keepsLeft()) {
                results.add(TimedRows.joined(parts, l, null, time.applyAsLong(l, null)));
            }
        }
        for (int r = 0; parts.type().keepsRight() && r < right.size(); r++) {
            if (!matchedRight.contains(r)) {
                results.add(TimedRows.joined(parts, null, right.get(r), time.applyAsLong(null, right.get(r))));
            }
        }
    }

    long semiTime(long first) {
        return first;
    }

    /** Rows of the same window. */
    static final class Windows extends TimedJoinOracle {
        Windows(JoinParts parts) {
            super(parts);
        }

        @Override
        boolean isLate(int input, Row row) {
            return end(row) - 1 <= watermark;
        }

        private static long end(Row row) {
            return (long) row.get(TimedRows.END);
        }

        @Override
        List<String> results() {
            joinAll(
                    (l, r) -> end(l) == end(r) && l.get(TimedRows.START).equals(r.get(TimedRows.START)),
                    (l, r) -> end(l == null ? r : l) - 1);
            return results;
        }
    }

    /** Rows at most so far apart. Which pair of a semi join is the first depends on arrival, so its time is not shown. */
    static final class Intervals extends TimedJoinOracle {
        private final long lower;
        private final long upper;

        Intervals(JoinParts parts, long lower, long upper) {
            super(parts);
            this.lower = lower;
            this.upper = upper;
        }

        @Override
        List<String> results() {
            joinAll(
                    (l, r) -> r.time() - l.time() >= lower && r.time() - l.time() <= upper,
                    (l, r) -> l == null
                            ? r.time() + Math.max(0, -lower)
                            : r == null ? l.time() + Math.max(0, upper) : Math.max(l.time(), r.time()));
            return results;
        }
    }

    /** What was valid at the time of a left row. */
    static final class Earlier extends TimedJoinOracle {
        private static final class Version {
            private final Row row;
            private boolean valid;
            private boolean replaced;

            Version(Row row, boolean valid) {
                this.row = row;
                this.valid = valid;
            }
        }

        private final boolean orEqual;
        private final List<Version> versions = new ArrayList<>();

        Earlier(JoinParts parts, boolean orEqual) {
            super(parts);
            this.orEqual = orEqual;
        }

        @Override
        void add(int input, Row row) {
            if (input == 0) {
                super.add(input, row);
                return;
            }
            Version last = latest(row, Long.MAX_VALUE, true);
            if (!RowKind.isRetraction(row.kind())) {
                if (last != null && last.replaced) {
                    last.replaced = false;
                    last.valid = true;
                }
                keep(new Version(row, true));
                return;
            }
            Version known = latest(row, row.time(), true);
            if (known == null || known.row.time() < row.time()) {
                keep(new Version(row, false));
            } else if (known.valid || known.replaced) {
                known.valid = false;
                known.replaced = row.kind() == RowKind.UPDATE_BEFORE;
            }
        }

        /** Not if there is a later one before the watermark. */
        private void keep(Version version) {
            Version latest = latest(version.row, watermark, true);
            if (latest == null || latest.row.time() <= version.row.time()) {
                versions.add(version);
            }
        }

        /** The latest version of a row's key up to a time; of equal times the one that came last. */
        private Version latest(Row like, long time, boolean including) {
            Version found = null;
            for (Version version : versions) {
                boolean sameKey = parts.keys().stream()
                        .allMatch(k -> java.util.Objects.equals(version.row.get(k.right()), like.get(k.left()))
                                && (k.nullSafe() || like.get(k.left()) != null));
                boolean early = including ? version.row.time() <= time : version.row.time() < time;
                if (sameKey && early && (found == null || found.row.time() <= version.row.time())) {
                    found = version;
                }
            }
            return found;
        }

        @Override
        void watermark(long time) {
            super.watermark(time);
            for (Iterator<Row> i = left.iterator(); i.hasNext(); ) {
                Row row = i.next();
                if (row.time() > time) {
                    continue;
                }
                i.remove();
                Version version = latest(row, row.time(), orEqual);
                if (version != null && version.valid && TimedRows.match(parts, row, version.row)) {
                    results.add(TimedRows.joined(parts, row, version.row, row.time()));
                } else if (parts.type().keepsLeft()) {
                    results.add(TimedRows.joined(parts, row, null, row.time()));
                }
            }
            // A replacement that has not come by now is none, and what has ended before the watermark is forgotten.
            versions.stream().filter(v -> v.row.time() <= time).forEach(v -> v.replaced = false);
            versions.removeIf(v -> latest(v.row, time, true) != v && v.row.time() <= time);
            versions.removeIf(v -> !v.valid && v.row.time() <= time && latest(v.row, Long.MAX_VALUE, true) == v);
        }
    }

    /** The first row at or after a left row. */
    static final class Later extends TimedJoinOracle {
        private final boolean orEqual;
        private long last = Long.MIN_VALUE;

        Later(JoinParts parts, boolean orEqual) {
            super(parts);
            this.orEqual = orEqual;
        }

        @Override
        void watermark(long time) {
            last = watermark;
            super.watermark(time);
        }

        @Override
        List<String> results() {
            for (Row row : left) {
                Row found = null;
                for (Row other : right) {
                    boolean late = orEqual ? other.time() >= row.time() : other.time() > row.time();
                    boolean closer = found == null || other.time() < found.time();
                    if (late && closer && TimedRows.match(parts, row, other)) {
                        found = other;
                    }
                }
                if (found != null) {
                    results.add(TimedRows.joined(parts, row, found, found.time()));
                } else if (parts.type().keepsLeft()) {
                    results.add(TimedRows.joined(parts, row, null, aloneTime(row)));
                }
            }
            return results;
        }

        /** Rows without a key leave with the next watermark, others with the last one. */
        private long aloneTime(Row row) {
            boolean keyless = parts.keys().stream().anyMatch(k -> !k.nullSafe() && row.get(k.left()) == null);
            return keyless ? row.time() : Math.max(row.time(), last + 1);
        }
    }
}
