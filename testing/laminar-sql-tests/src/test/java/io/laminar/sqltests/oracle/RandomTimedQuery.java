package io.laminar.sqltests.oracle;

import io.laminar.sqltests.oracle.PickedQueries.Pair;
import java.util.Random;

/**
 * Draws windows (tumbling, hopping, cumulating, with offsets), windows over windows, Top-N of windows, joins of the same
 * window, interval and ASOF joins. DuckDB computes windows from their definition: a row is repeated for every window
 * that covers it.
 */
final class RandomTimedQuery {

    private static final String[] AGGREGATES = {
        "count(*)", "sum(%s)", "min(%s)", "max(%s)", "avg(%s)", "count(DISTINCT %s)", "count(%s)", "median(%s)"
    };

    /** A relation of both engines with the columns {@code s} and {@code e} (start and end of the window) and those of rows. */
    private record Windows(String laminar, String duck) {}

    private final Random random;

    RandomTimedQuery(long seed) {
        this.random = new Random(seed * 0x9E3779B97F4A7C15L);
    }

    Pair next() {
        return switch (random.nextInt(9)) {
            case 0, 1 -> grouped();
            case 2 -> overWindows();
            case 3 -> topOfWindows();
            case 4 -> windowJoin();
            case 5, 6 -> intervalJoin();
            default -> asof();
        };
    }

    // Windows -------------------------------------------------------------------------------------------------------

    private Windows windows(String where) {
        int unit = 60 * (1 + random.nextInt(240));
        return switch (random.nextInt(4)) {
            case 0 -> tumble(unit, 0, where);
            case 1 -> tumble(unit, 60 * random.nextInt(300), where);
            case 2 -> hop(unit, unit + 60 * random.nextInt(400), where);
            default -> cumulate(unit, unit * (1 + random.nextInt(6)), where);
        };
    }

    private static Windows tumble(int width, int offset, String where) {
        String call = offset == 0
                ? "tumble(" + seconds(width) + ")"
                : "tumble(" + seconds(width) + ", " + seconds(offset) + ")";
        return windows(call, where, "unnest([" + bucket(width, offset) + "])", "s + " + seconds(width));
    }

    private static Windows hop(int slide, int width, String where) {
        // All starts after departed_at - width, up to departed_at.
        String starts = "[" + bucket(slide, 0) + " - i * " + seconds(slide) + " FOR i IN range(" + (width / slide + 1)
                + ")" + " IF " + bucket(slide, 0) + " - i * " + seconds(slide) + " > departed_at - " + seconds(width)
                + "]";
        return windows(
                "hop(" + seconds(slide) + ", " + seconds(width) + ")",
                where,
                "unnest(" + starts + ")",
                "s + " + seconds(width));
    }

    private static Windows cumulate(int step, int max, String where) {
        String start = bucket(max, 0);
        String ends = "[" + start + " + i * " + seconds(step) + " FOR i IN range(1, " + (max / step + 1) + ") IF "
                + start + " + i * " + seconds(step) + " > departed_at]";
        return new Windows(
                "(SELECT cumulate(" + seconds(step) + ", " + seconds(max) + ") AS w, * FROM flights" + where + ")",
                "(SELECT " + start + " AS s, unnest(" + ends + ") AS e, * FROM flights" + where + ")");
    }

    private static Windows windows(String call, String where, String starts, String end) {
        return new Windows(
                "(SELECT " + call + " AS w, * FROM flights" + where + ")",
                "(SELECT *, " + end + " AS e FROM (SELECT " + starts + " AS s, * FROM flights" + where + "))");
    }

    private static String bucket(int width, int offset) {
        return "time_bucket(" + seconds(width) + ", departed_at, TIMESTAMP '1970-01-01 00:00:00' + " + seconds(offset)
                + ")";
    }

    private static String seconds(int seconds) {
        return "INTERVAL '" + seconds + " seconds'";
    }

    // Queries -------------------------------------------------------------------------------------------------------

    private Pair grouped() {
        Windows windows = windows(where());
        String key = pick("", "origin", "destination", "delay > 0", "nullif(distance % 3, 0)");
        String keyColumn = key.isEmpty() ? "" : ", " + key + " AS k";
        String aggregates = ", " + aggregate() + " AS a, " + aggregate() + " AS b";
        String having = random.nextInt(4) == 0 ? " HAVING count(*) > " + (1 + random.nextInt(5)) : "";
        String group = key.isEmpty() ? "" : ", " + key;
        return new Pair(
                "SELECT w.start AS s, w.end AS e" + keyColumn + aggregates + " FROM " + windows.laminar
                        + " AS q GROUP BY w" + group + having,
                "SELECT s, e" + keyColumn + aggregates + " FROM " + windows.duck + " AS q GROUP BY s, e" + group
                        + having);
    }

    /** What a window gives is grouped again: by the same window, or by a wider one. */
    private Pair overWindows() {
        int width = 600 * (1 + random.nextInt(12));
        Windows inner = tumble(width, 0, where());
        String aggregate = aggregate();
        String outer = pick("max(a)", "sum(a)", "count(*)", "min(a)");
        if (random.nextBoolean()) {
            return new Pair(
                    "SELECT w.end AS e, " + outer + " AS x FROM (SELECT w, origin, " + aggregate + " AS a FROM "
                            + inner.laminar + " AS q GROUP BY w, origin) AS p GROUP BY w",
                    "SELECT e, " + outer + " AS x FROM (SELECT e, origin, " + aggregate + " AS a FROM " + inner.duck
                            + " AS q GROUP BY e, origin) AS p GROUP BY e");
        }
        int wide = width * (2 + random.nextInt(5));
        return new Pair(
                "SELECT v.start AS s, " + outer + " AS x FROM (SELECT tumble(" + seconds(wide)
                        + ") AS v, a FROM (SELECT w, " + aggregate + " AS a FROM " + inner.laminar
                        + " AS q GROUP BY w) AS p) AS o GROUP BY v",
                "SELECT time_bucket(" + seconds(wide) + ", s, TIMESTAMP '1970-01-01 00:00:00') AS t, " + outer
                        + " AS x FROM (SELECT s, " + aggregate + " AS a FROM " + inner.duck
                        + " AS q GROUP BY s, e) AS p GROUP BY t");
    }

    private Pair topOfWindows() {
        Windows windows = windows(where());
        String order = " ORDER BY n" + pick(" DESC", "") + " NULLS LAST, k) AS r";
        String filter = " WHERE r <= " + (1 + random.nextInt(4));
        String key = pick("origin", "destination");
        String inner = key + " AS k, " + pick("count(*)", "max(delay)", "sum(nullif(delay % 7, 0))") + " AS n FROM ";
        return new Pair(
                "SELECT w.start AS s, w.end AS e, k, n, r FROM (SELECT w, k, n, row_number() OVER (PARTITION BY w"
                        + order + " FROM (SELECT w, " + inner + windows.laminar + " AS q GROUP BY w, " + key
                        + ") AS p) AS o" + filter,
                "SELECT s, e, k, n, r FROM (SELECT s, e, k, n, row_number() OVER (PARTITION BY s, e" + order
                        + " FROM (SELECT s, e, " + inner + windows.duck + " AS q GROUP BY s, e, " + key + ") AS p) AS o"
                        + filter);
    }

    private Pair windowJoin() {
        int width = 600 * (1 + random.nextInt(24));
        String type = pick("JOIN", "LEFT JOIN", "FULL JOIN", "SEMI JOIN", "ANTI JOIN");
        boolean both = !type.startsWith("SEMI") && !type.startsWith("ANTI");
        String on = " AND a.origin = b." + pick("origin", "destination");
        if (type.equals("JOIN") || type.equals("LEFT JOIN")) {
            on += pick("", " AND a.delay < b.delay", " AND a.distance <> b.distance");
        }
        String columns = ", a.origin AS o, a.delay AS d" + (both ? ", b.origin AS p, b.delay AS f" : "");
        String left = " WHERE delay > " + (40 + random.nextInt(80));
        String right = " WHERE delay < " + (random.nextInt(20) - 10);
        Windows a = tumble(width, 0, left);
        Windows b = tumble(width, 0, right);
        return new Pair(
                "SELECT a.w.start AS s" + columns + " FROM " + a.laminar + " AS a " + type + " " + b.laminar
                        + " AS b ON a.w = b.w" + on,
                "SELECT a.s AS s" + columns + " FROM " + a.duck + " AS a " + type + " " + b.duck + " AS b ON a.s = b.s"
                        + on);
    }

    private Pair intervalJoin() {
        String type = pick("JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN", "SEMI JOIN", "ANTI JOIN");
        boolean both = !type.startsWith("SEMI") && !type.startsWith("ANTI");
        int from = random.nextInt(400) - 200;
        int to = from + random.nextInt(300);
        String on = " ON a.destination = b." + pick("origin", "destination")
                + " AND b.departed_at BETWEEN a.departed_at + INTERVAL '"
                + from + " minutes' AND a.departed_at + INTERVAL '" + to + " minutes'"
                + (type.equals("FULL JOIN") ? "" : pick("", " AND a.delay < b.delay"));
        String columns = "a.departed_at AS t, a.origin AS o" + (both ? ", b.departed_at AS u, b.origin AS p" : "");
        String rows = "SELECT " + columns + " FROM (SELECT * FROM flights WHERE delay > " + (20 + random.nextInt(60))
                + ") AS a " + type + " (SELECT * FROM flights" + where() + ") AS b" + on;
        String sql = random.nextInt(3) == 0
                ? "SELECT o, count(*) AS n, min(t) AS t FROM (" + rows + ") AS q GROUP BY o"
                : rows;
        return new Pair(sql, sql);
    }

    private Pair asof() {
        String type = pick("ASOF JOIN", "LEFT ASOF JOIN");
        String comparison = pick(" >= ", " > ", " <= ", " < ");
        String from = "SELECT a.origin AS o, a.departed_at AS t, b.departed_at AS u FROM (SELECT * FROM flights"
                + where() + ") AS a ";
        String right = " (SELECT * FROM flights" + where() + ") AS b ";
        String match = "a.departed_at" + comparison + "b.departed_at";
        String key = "a.origin = b." + pick("origin", "destination");
        return new Pair(
                from + type + right + "MATCH_CONDITION " + match + " ON " + key,
                from + (type.startsWith("LEFT") ? "ASOF LEFT JOIN" : type) + right + "ON " + key + " AND " + match);
    }

    private String where() {
        return switch (random.nextInt(4)) {
            case 0 -> " WHERE delay > " + random.nextInt(60);
            case 1 -> " WHERE origin < 'M'";
            case 2 -> " WHERE distance % " + (2 + random.nextInt(5)) + " = 0";
            default -> " WHERE destination IN ('ATL', 'ORD', 'LAX', 'PHX', 'DEN', 'SFO')";
        };
    }

    private String aggregate() {
        return String.format(pick(AGGREGATES), pick("delay", "distance", "nullif(delay % 7, 0)"));
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
