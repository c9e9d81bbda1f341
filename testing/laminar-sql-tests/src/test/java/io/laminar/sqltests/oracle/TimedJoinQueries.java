package io.laminar.sqltests.oracle;

import io.laminar.sqltests.oracle.PickedQueries.Pair;
import java.util.List;

/** Joins bounded by time, which mean the same over rows that end. */
final class TimedJoinQueries {

    static final List<Pair> ALL = List.of(
            same("SELECT a.destination AS via, count(*) AS n, avg(b.delay) AS d FROM flights a JOIN flights b"
                    + " ON a.destination = b.origin AND b.departed_at BETWEEN a.departed_at + INTERVAL '1 hour'"
                    + " AND a.departed_at + INTERVAL '3 hours' GROUP BY a.destination"),
            same(
                    "SELECT a.origin AS o, count(*) AS n, count(b.delay) AS m FROM flights a LEFT JOIN flights b"
                            + " ON a.origin = b.origin AND a.destination = b.destination AND b.departed_at > a.departed_at"
                            + " AND b.departed_at <= a.departed_at + INTERVAL '6 hours' AND b.delay > a.delay GROUP BY a.origin"),
            same("SELECT a.departed_at AS t, a.delay AS x, b.departed_at AS u, b.delay AS y FROM"
                    + " (SELECT * FROM flights WHERE origin = 'ATL') a FULL JOIN"
                    + " (SELECT * FROM flights WHERE origin = 'DFW') b"
                    + " ON a.destination = b.destination AND a.departed_at - b.departed_at BETWEEN INTERVAL '-2 hours'"
                    + " AND INTERVAL '1 hour'"),
            same("SELECT a.origin AS o, b.origin AS p, count(*) AS n FROM flights a JOIN flights b"
                    + " ON a.departed_at = b.departed_at AND a.origin < b.origin GROUP BY a.origin, b.origin"),
            asof("ASOF JOIN", ">="),
            asof("LEFT ASOF JOIN", ">"),
            asof("ASOF JOIN", "<="),
            asof("LEFT ASOF JOIN", "<"),
            new Pair(
                    "SELECT a.w.start AS s, a.k AS k, n, m FROM"
                            + " (SELECT tumble(INTERVAL '1 day') AS w, origin AS k, count(*) AS n FROM flights"
                            + " GROUP BY w, k) a LEFT JOIN"
                            + " (SELECT tumble(INTERVAL '1 day') AS w, destination AS k, max(delay) AS m FROM flights"
                            + " GROUP BY w, k) b ON a.w = b.w AND a.k = b.k",
                    "SELECT a.s, a.k, n, m FROM (SELECT date_trunc('day', departed_at) AS s, origin AS k, count(*) AS n"
                            + " FROM flights GROUP BY 1, 2) a LEFT JOIN (SELECT date_trunc('day', departed_at) AS s,"
                            + " destination AS k, max(delay) AS m FROM flights GROUP BY 1, 2) b"
                            + " ON a.s = b.s AND a.k = b.k"),
            new Pair(
                    "SELECT a.w.start AS s, a.origin AS o, b.destination AS d, a.delay AS x, b.delay AS y FROM"
                            + " (SELECT tumble(INTERVAL '1 hour') AS w, * FROM flights) a JOIN"
                            + " (SELECT tumble(INTERVAL '1 hour') AS w, * FROM flights) b"
                            + " ON a.w = b.w AND a.destination = b.origin AND b.delay > a.delay",
                    "SELECT date_trunc('hour', a.departed_at), a.origin, b.destination, a.delay, b.delay FROM flights a"
                            + " JOIN flights b ON date_trunc('hour', a.departed_at) = date_trunc('hour', b.departed_at)"
                            + " AND a.destination = b.origin AND b.delay > a.delay"));

    private TimedJoinQueries() {}

    private static Pair same(String sql) {
        return new Pair(sql, sql);
    }

    /** Right rows of equal times are not told apart. */
    private static Pair asof(String join, String comparison) {
        String from = "SELECT a.origin AS o, a.departed_at AS t, b.departed_at AS u FROM flights a ";
        String match = "a.departed_at " + comparison + " b.departed_at";
        String laminar = from + join + " flights b MATCH_CONDITION " + match + " ON a.origin = b.destination";
        String duck = join.startsWith("LEFT") ? "ASOF LEFT JOIN" : join;
        return new Pair(laminar, from + duck + " flights b ON a.origin = b.destination AND " + match);
    }
}
