package io.laminar.sqltests.oracle;

import java.util.List;

/** Hand-picked queries; where the engines spell something differently there are two texts. */
final class PickedQueries {

    record Pair(String laminar, String duck) {}

    static final List<Pair> ALL = List.of(
            same("SELECT count(*) AS n FROM flights"),
            same("SELECT origin, count(*) AS n FROM flights GROUP BY origin"),
            same("SELECT origin, destination, avg(delay) AS a FROM flights GROUP BY origin, destination"),
            same(
                    "SELECT origin, avg(delay) AS a, stddev_samp(delay) AS s FROM flights GROUP BY origin HAVING count(*) > 50"),
            same("SELECT count(DISTINCT origin) AS o, count(DISTINCT destination) AS d FROM flights"),
            same("SELECT origin, count(DISTINCT destination) AS d FROM flights GROUP BY origin"),
            same("SELECT DISTINCT origin FROM flights WHERE delay > 100"),
            same("SELECT max(delay) AS hi, min(delay) AS lo, sum(distance) AS s FROM flights WHERE origin = 'ATL'"),
            same(
                    "SELECT origin, sum(delay) FILTER (WHERE delay > 0) AS late, count(*) FILTER (WHERE delay <= 0) AS fine"
                            + " FROM flights GROUP BY origin"),
            same("SELECT delay > 0 AS late, count(*) AS n, avg(distance) AS d FROM flights GROUP BY delay > 0"),
            same("SELECT CASE WHEN distance < 500 THEN 'short' WHEN distance < 1500 THEN 'mid' ELSE 'long' END AS leg,"
                    + " count(*) AS n FROM flights GROUP BY 1"),
            same("SELECT date_trunc('day', departed_at) AS d, count(*) AS n FROM flights GROUP BY 1"),
            same("SELECT extract(hour FROM departed_at) AS h, avg(delay) AS a FROM flights GROUP BY 1"),
            same("SELECT extract(dow FROM departed_at) AS h, max(delay) AS a FROM flights GROUP BY 1"),
            same("SELECT n, count(*) AS airports FROM (SELECT origin, count(*) AS n FROM flights GROUP BY origin) AS g"
                    + " GROUP BY n"),
            same(
                    "SELECT max(n) AS most, min(n) AS least, avg(n) AS middle FROM (SELECT origin, count(*) AS n FROM flights"
                            + " GROUP BY origin) AS g"),
            same("SELECT d, max(n) AS n FROM (SELECT destination AS d, origin, count(*) AS n FROM flights GROUP BY"
                    + " destination, origin) AS g GROUP BY d"),
            same("SELECT origin, delay FROM flights WHERE delay > 300"),
            same(
                    "SELECT origin || '>' || destination AS leg, distance * 1.609344 AS km FROM flights WHERE distance > 2500"),
            same("SELECT origin FROM flights WHERE origin LIKE 'S%' AND destination IN ('LAX', 'SFO')"),
            same("SELECT upper(lower(origin)) AS o, length(destination) AS l FROM flights WHERE delay = 0"),
            same(
                    "SELECT origin, delay, distance FROM flights ORDER BY delay DESC, distance, origin, destination LIMIT 20"),
            same("SELECT origin, count(*) AS n FROM flights GROUP BY origin ORDER BY n DESC, origin LIMIT 5"),
            same("SELECT bool_or(delay > 400) AS any_late, bool_and(distance > 0) AS all_far FROM flights"),
            same(
                    "SELECT origin, n FROM (SELECT origin, count(*) AS n FROM flights GROUP BY origin) AS g WHERE n > 400"),
            same(
                    "SELECT o, count(*) AS n FROM (SELECT origin AS o FROM flights UNION ALL SELECT destination FROM flights)"
                            + " AS g GROUP BY o"),
            same(
                    "WITH late AS (SELECT origin, delay FROM flights WHERE delay > 60) SELECT origin, sum(delay) AS s FROM late"
                            + " GROUP BY origin"),
            same("SELECT nullif(delay, 0) AS d, count(*) AS n FROM flights WHERE delay BETWEEN -2 AND 2 GROUP BY 1"),
            same("SELECT coalesce(nullif(delay % 5, 0), 99) AS d, sum(distance) AS n FROM flights GROUP BY 1"),
            same("SELECT var_pop(delay) AS v, stddev_pop(distance) AS s FROM flights"),
            same("SELECT origin, median(delay) AS m, quantile_cont(delay, 0.9) AS q FROM flights GROUP BY origin"),
            same(
                    "SELECT origin, percentile_cont(0.25) WITHIN GROUP (ORDER BY delay) AS q, percentile_cont(0.1) WITHIN GROUP"
                            + " (ORDER BY delay DESC) AS d FROM flights GROUP BY origin"),
            same("SELECT percentile_disc(0.3) WITHIN GROUP (ORDER BY origin) AS q, percentile_disc(0.5) WITHIN GROUP"
                    + " (ORDER BY distance DESC) AS d FROM flights"),
            // Where nothing varies the correlation is NULL, as in Postgres; DuckDB says NaN.
            same(
                    "SELECT origin, corr(delay, distance) AS c, covar_pop(delay, distance) AS p, covar_samp(delay, distance) AS s"
                            + " FROM flights GROUP BY origin HAVING count(*) > 5"
                            + " AND min(distance) < max(distance) AND min(delay) < max(delay)"),
            same(
                    "SELECT regr_slope(delay, distance) AS s, regr_intercept(delay, distance) AS i, regr_r2(delay, distance) AS r,"
                            + " regr_count(delay, distance) AS n, regr_avgx(delay, distance) AS x, regr_avgy(delay, distance) AS y,"
                            + " regr_sxx(delay, distance) AS xx, regr_syy(delay, distance) AS yy, regr_sxy(delay, distance) AS xy"
                            + " FROM flights"),
            same(
                    "SELECT origin, bit_and(delay) AS a, bit_or(delay) AS o, bit_xor(delay) AS x FROM flights GROUP BY origin"),
            same(
                    "SELECT origin, arg_max(distance, distance) AS hi, count(DISTINCT destination) AS n, median(DISTINCT delay) AS m"
                            + " FROM flights GROUP BY origin"),
            same(
                    "SELECT median(n) AS m, max(d) AS d FROM (SELECT origin, count(*) AS n, median(delay) AS d FROM flights"
                            + " GROUP BY origin) AS g"),
            same("SELECT avg(CASE WHEN delay > 15 THEN 1.0 ELSE 0.0 END) AS share FROM flights"),
            new Pair(
                    "SELECT window.start AS s, count(*) AS n, avg(delay) AS a FROM (SELECT tumble(INTERVAL '1 hour') AS"
                            + " window, delay FROM flights) GROUP BY window",
                    "SELECT date_trunc('hour', departed_at) AS s, count(*), avg(delay) FROM flights GROUP BY 1"),
            new Pair(
                    "SELECT window.start AS s, origin, count(*) AS n FROM (SELECT tumble(INTERVAL '1 day') AS window, origin"
                            + " FROM flights) GROUP BY window, origin",
                    "SELECT date_trunc('day', departed_at) AS s, origin, count(*) FROM flights GROUP BY 1, 2"),
            new Pair(
                    "SELECT window.start AS s, window.end AS e, max(delay) AS m FROM (SELECT tumble(INTERVAL '1 month') AS"
                            + " window, delay FROM flights) GROUP BY window",
                    "SELECT date_trunc('month', departed_at) AS s, date_trunc('month', departed_at) + INTERVAL 1 MONTH,"
                            + " max(delay) FROM flights GROUP BY 1, 2"),
            new Pair(
                    "SELECT window.start AS s, count(*) AS n, min(delay) AS lo, max(delay) AS hi FROM (SELECT"
                            + " hop(INTERVAL '6 hours', INTERVAL '1 day') AS window, delay FROM flights) GROUP BY window",
                    "SELECT s, count(*), min(delay), max(delay) FROM (SELECT delay, unnest([time_bucket(INTERVAL 6 HOURS,"
                            + " departed_at) - i * INTERVAL 6 HOURS FOR i IN range(4)]) AS s FROM flights) GROUP BY s"),
            new Pair(
                    "SELECT w.start AS s, origin, n FROM (SELECT w, origin, n, ROW_NUMBER() OVER (PARTITION BY w ORDER BY n"
                            + " DESC, origin) AS r FROM (SELECT tumble(INTERVAL '1 day') AS w, origin, count(*) AS n FROM"
                            + " flights GROUP BY w, origin)) WHERE r <= 3",
                    "SELECT s, origin, n FROM (SELECT date_trunc('day', departed_at) AS s, origin, count(*) AS n FROM flights"
                            + " GROUP BY 1, 2) QUALIFY row_number() OVER (PARTITION BY s ORDER BY n DESC, origin) <= 3"),
            same(
                    "SELECT origin, destination, delay, distance, departed_at FROM flights QUALIFY row_number() OVER (PARTITION"
                            + " BY origin, destination ORDER BY delay DESC, distance, departed_at) <= 2"),
            same("SELECT origin, n, r FROM (SELECT origin, n, rank() OVER (ORDER BY n DESC) AS r FROM (SELECT origin,"
                    + " count(*) AS n FROM flights GROUP BY origin) AS g) AS h WHERE r <= 10"),
            new Pair(
                    "SELECT origin, departed_at FROM flights QUALIFY row_number() OVER (PARTITION BY origin ORDER BY"
                            + " departed_at) = 1",
                    "SELECT origin, min(departed_at) FROM flights GROUP BY origin"),
            new Pair(
                    "SELECT destination, departed_at FROM flights QUALIFY row_number() OVER (PARTITION BY destination ORDER"
                            + " BY departed_at DESC) = 1",
                    "SELECT destination, max(departed_at) FROM flights GROUP BY destination"),
            new Pair(
                    "SELECT window.start AS s, window.end AS e, count(*) AS n FROM (SELECT session(INTERVAL '10 minutes') AS"
                            + " window FROM flights) GROUP BY window",
                    "SELECT min(departed_at), max(departed_at) + INTERVAL 10 MINUTES, count(*) FROM (SELECT departed_at,"
                            + " sum(fresh) OVER (ORDER BY departed_at ROWS UNBOUNDED PRECEDING) AS id FROM (SELECT"
                            + " departed_at, CASE WHEN departed_at - lag(departed_at) OVER (ORDER BY departed_at) <"
                            + " INTERVAL 10 MINUTES THEN 0 ELSE 1 END AS fresh FROM flights)) GROUP BY id"));

    private PickedQueries() {}

    private static Pair same(String sql) {
        return new Pair(sql, sql);
    }
}
