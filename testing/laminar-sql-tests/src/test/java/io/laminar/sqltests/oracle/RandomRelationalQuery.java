package io.laminar.sqltests.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Draws queries over several relations that mean the same to both engines: joins of all types, subqueries in every place,
 * set operations, grouping sets, UNNEST, DISTINCT, groups of all of these. The relations are small queries over the
 * flights, some of which change while rows arrive; all have the columns {@code k} (text), {@code n} and {@code m}
 * (integers), of which {@code k} and {@code n} may be NULL.
 *
 * <p>Left out, for DuckDB differs from {@code sql.md} or refuses them: division of integers (a DOUBLE there), FULL joins
 * with more than equalities (not implemented there), arrays side by side in FROM (one UNNEST takes one array there).
 */
final class RandomRelationalQuery {

    private static final String[] AGGREGATES = {
        "count(*)", "sum(%s)", "min(%s)", "max(%s)", "count(%s)", "count(DISTINCT %s)", "avg(%s)"
    };

    private final Random random;

    RandomRelationalQuery(long seed) {
        // Neighbouring seeds alone would make nearly the same first draws.
        this.random = new Random(seed * 0x9E3779B97F4A7C15L);
    }

    String next() {
        return switch (random.nextInt(12)) {
            case 0, 1 -> join();
            case 2 -> joinThree();
            case 3 -> filtered();
            case 4 -> filtered();
            case 5 -> values();
            case 6 -> setOperation();
            case 7 -> groupingSets();
            case 8 -> unnest();
            case 9 -> lateral();
            case 10 -> having();
            default -> distinct();
        };
    }

    // Relations -----------------------------------------------------------------------------------------------------

    private String relation(String alias) {
        return relation(alias, 1);
    }

    private String relation(String alias, int depth) {
        String query =
                switch (random.nextInt(depth > 0 ? 7 : 5)) {
                    case 0 ->
                        "SELECT origin AS k, count(*) AS n, max(delay) AS m FROM flights WHERE delay > "
                                + (60 + random.nextInt(100)) + " GROUP BY origin";
                    case 1 ->
                        "SELECT nullif(origin, '" + pick("ATL", "DFW", "ORD") + "') AS k, nullif(delay % 7, "
                                + random.nextInt(4) + ") AS n, distance % 11 AS m FROM flights WHERE delay > "
                                + (130 + random.nextInt(60));
                    case 2 ->
                        "SELECT DISTINCT destination AS k, delay % 5 AS n, distance % 3 AS m FROM flights WHERE delay > "
                                + (110 + random.nextInt(60));
                    case 3 ->
                        "SELECT * FROM (VALUES ('ATL', 1, 2), (NULL, 3, 4), ('DFW', NULL, 0), ('ORD', 2, 2), ('ATL', 1, 5),"
                                + " ('XXX', 6, 1)) AS v (k, n, m)";
                    case 4 ->
                        "SELECT destination AS k, max(distance % 9) AS n, sum(delay % 4) AS m FROM flights WHERE delay > "
                                + (90 + random.nextInt(80)) + " GROUP BY destination, delay % 2";
                    case 5 ->
                        "SELECT k, n, m FROM " + relation("s", depth - 1)
                                + pick(" UNION ALL ", " UNION ", " EXCEPT ", " INTERSECT ") + "SELECT k, n, m FROM "
                                + relation("r", depth - 1);
                    default ->
                        "SELECT s.k AS k, r.n AS n, s.m AS m FROM " + relation("s", depth - 1)
                                + pick(" JOIN ", " LEFT JOIN ") + relation("r", depth - 1)
                                + " ON s.k = r.k AND s.m = r.m";
                };
        return "(" + query + ") AS " + alias;
    }

    private String number(String alias) {
        return switch (random.nextInt(5)) {
            case 0, 1 -> alias + ".n";
            case 2, 3 -> alias + ".m";
            default -> "(" + alias + ".n + " + alias + ".m)";
        };
    }

    private String comparison() {
        return pick(" < ", " > ", " <= ", " >= ", " <> ", " = ");
    }

    private String aggregate(String alias) {
        return String.format(pick(AGGREGATES), number(alias));
    }

    private String where(String alias) {
        return switch (random.nextInt(4)) {
            case 0 -> " WHERE " + number(alias) + comparison() + random.nextInt(8);
            case 1 -> " WHERE " + alias + ".k" + pick(" IS NOT NULL", " < 'M'", " <> 'ATL'");
            default -> "";
        };
    }

    // Queries -------------------------------------------------------------------------------------------------------

    private String join() {
        String type = pick("JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN");
        boolean using = random.nextInt(4) == 0;
        String columns = (using ? "k" : "a.k AS k, b.k AS l") + ", a.n AS n, " + number("b") + " AS m";
        return "SELECT " + columns + " FROM " + relation("a") + " " + type + " " + relation("b")
                + (using ? " USING (k)" : " ON " + on(type.equals("FULL JOIN")))
                + (random.nextInt(3) == 0 ? " WHERE " + number(pick("a", "b")) + comparison() + random.nextInt(6) : "");
    }

    private String on(boolean onlyEqualities) {
        String equality = pick(
                "a.k = b.k", "a.k IS NOT DISTINCT FROM b.k", "a.k = b.k AND a.m = b.m", "a.k = b.k AND a.n + 1 = b.n");
        return onlyEqualities || random.nextBoolean()
                ? equality
                : equality + " AND " + number("a") + comparison() + number("b");
    }

    private String joinThree() {
        String from = relation("a") + pick(" JOIN ", " LEFT JOIN ") + relation("b", 0) + " ON a.k = b.k"
                + pick(" JOIN ", " LEFT JOIN ") + relation("c", 0) + " ON "
                + pick("b.k = c.k", "a.k = c.k AND b.m = c.m");
        return random.nextBoolean()
                ? "SELECT a.k AS k, b.n AS n, c.m AS m FROM " + from
                : "SELECT a.k AS k, " + aggregate("b") + " AS x, " + aggregate("c") + " AS y FROM " + from
                        + " GROUP BY a.k";
    }

    private String filtered() {
        String condition = condition(random.nextInt(3));
        return "SELECT a.k AS k, a.n AS n, a.m AS m FROM " + relation("a") + " WHERE " + condition;
    }

    /** A condition with queries inside; {@code a} is the row around. */
    private String condition(int depth) {
        if (depth > 0 && random.nextInt(3) > 0) {
            return "(" + condition(depth - 1) + pick(" AND ", " OR ") + condition(depth - 1) + ")";
        }
        return switch (random.nextInt(8)) {
            case 0 -> pick("", "NOT ", "NOT ") + exists("a");
            case 1 -> "a.k " + pick("IN", "NOT IN") + " (SELECT b.k FROM " + relation("b") + where("b") + ")";
            case 2 ->
                number("a") + pick(" IN", " NOT IN") + " (SELECT " + number("b") + " FROM " + relation("b")
                        + " WHERE b.k = a.k)";
            case 3 -> number("a") + comparison() + scalar();
            case 4 -> "(a.k, a.m) IN (SELECT b.k, b.m FROM " + relation("b") + ")";
            case 5 ->
                number("a") + pick(" > ", " <= ", " < ", " >= ") + pick("ANY", "ALL") + " (SELECT b.n FROM "
                        + relation("b") + pick(" WHERE b.k = a.k", where("b")) + ")";
            case 6 -> "(" + exists("a") + ") = (a.n > " + random.nextInt(5) + ")";
            default -> number("a") + comparison() + random.nextInt(9);
        };
    }

    private String exists(String around) {
        String inner = "b.k = " + around + ".k";
        return switch (random.nextInt(5)) {
            case 0 -> "EXISTS (SELECT 1 FROM " + relation("b") + where("b") + ")";
            case 1 ->
                "EXISTS (SELECT 1 FROM " + relation("b") + " WHERE " + inner + " AND " + number("b") + comparison()
                        + number(around) + ")";
            case 2 ->
                "EXISTS (SELECT 1 FROM " + relation("b") + " WHERE " + inner + " AND EXISTS (SELECT 1 FROM "
                        + relation("c", 0) + " WHERE c.m = b.m AND c.k = " + around + ".k))";
            case 3 ->
                "EXISTS (SELECT b.n FROM " + relation("b") + " WHERE " + inner + " GROUP BY b.n HAVING count(*) > 1)";
            default -> "EXISTS (SELECT 1 FROM " + relation("b") + " WHERE " + inner + ")";
        };
    }

    private String scalar() {
        String aggregate = aggregate("b");
        return switch (random.nextInt(4)) {
            case 0 -> "(SELECT " + aggregate + " FROM " + relation("b") + where("b") + ")";
            case 1 ->
                "(SELECT " + aggregate + " FROM " + relation("b", 0) + " WHERE b.k = a.k AND b.m" + comparison()
                        + "a.m)";
            case 2 -> "(SELECT coalesce(" + aggregate + ", -1) + 1 FROM " + relation("b") + " WHERE b.k = a.k)";
            default -> "(SELECT " + aggregate + " FROM " + relation("b") + " WHERE b.k = a.k)";
        };
    }

    private String values() {
        List<String> columns = new ArrayList<>(List.of("a.k AS k"));
        for (int i = 0; i <= random.nextInt(2); i++) {
            String value =
                    switch (random.nextInt(4)) {
                        case 0, 1 -> scalar();
                        case 2 -> condition(0);
                        default -> "CASE WHEN " + condition(1) + " THEN " + number("a") + " ELSE -1 END";
                    };
            columns.add(value + " AS c" + i);
        }
        return "SELECT " + String.join(", ", columns) + " FROM " + relation("a") + where("a");
    }

    private String setOperation() {
        String columns = pick("k", "k, n", "n", "k, n, m", "n, m");
        String operation = pick("INTERSECT", "INTERSECT ALL", "EXCEPT", "EXCEPT ALL", "UNION", "UNION ALL");
        String both = "SELECT " + columns + " FROM " + relation("a") + " " + operation + " SELECT " + columns + " FROM "
                + relation("b");
        return random.nextInt(3) == 0 ? "SELECT count(*) AS c FROM (" + both + ") AS s" : both;
    }

    private String groupingSets() {
        String sets = pick(
                "ROLLUP (k, n)",
                "CUBE (k, n)",
                "GROUPING SETS ((k), (n))",
                "GROUPING SETS ((k, n), ())",
                "k, ROLLUP (n)",
                "CUBE (n)");
        String keys = sets.contains("k") ? "k, n" : "n";
        String query = "SELECT " + keys + ", grouping(" + keys + ") AS g, " + aggregate("a") + " AS x, "
                + aggregate("a") + " AS y FROM " + relation("a") + where("a") + " GROUP BY " + sets;
        return random.nextInt(3) == 0 ? query + " HAVING count(*) > 1" : query;
    }

    private String unnest() {
        return switch (random.nextInt(4)) {
            case 0 -> "SELECT a.k AS k, unnest([a.n, a.m]) AS u FROM " + relation("a") + where("a");
            case 1 ->
                "SELECT a.k AS k, u.x AS x FROM " + relation("a") + " CROSS JOIN UNNEST([a.n, a.m, 1]) AS u (x)"
                        + " WHERE u.x > " + random.nextInt(4);
            case 2 ->
                "SELECT u.x AS x, count(*) AS c FROM " + relation("a") + ", UNNEST([a.n, a.m]) AS u (x) GROUP BY u.x";
            default ->
                "SELECT x, " + aggregate("s") + " AS c FROM (SELECT a.n AS n, a.m AS m, unnest([a.k, 'z']) AS x FROM "
                        + relation("a") + ") AS s GROUP BY x";
        };
    }

    private String lateral() {
        String join = pick(" CROSS JOIN LATERAL ", ", LATERAL ");
        return switch (random.nextInt(3)) {
            case 0 ->
                "SELECT a.k AS k, q.s AS s FROM " + relation("a") + join + "(SELECT " + aggregate("b") + " AS s FROM "
                        + relation("b") + " WHERE b.k = a.k) AS q";
            case 1 ->
                "SELECT a.k AS k, a.n AS n, q.m AS m FROM " + relation("a") + join + "(SELECT b.m AS m FROM "
                        + relation("b") + " WHERE b.k = a.k AND b.m > a.n) AS q";
            default ->
                "SELECT a.k AS k, q.m AS m FROM " + relation("a") + " LEFT JOIN LATERAL (SELECT b.m AS m FROM "
                        + relation("b") + " WHERE b.k = a.k) AS q ON TRUE";
        };
    }

    private String having() {
        return "SELECT a.k AS k, " + aggregate("a") + " AS x FROM " + relation("a") + " GROUP BY a.k HAVING "
                + pick("sum(a.m)", "count(*)", "max(a.n)") + comparison() + "(SELECT " + aggregate("b") + " FROM "
                + relation("b") + ")";
    }

    private String distinct() {
        String rows = "SELECT DISTINCT a.k AS k, b.n AS n FROM " + relation("a") + pick(" JOIN ", " LEFT JOIN ")
                + relation("b") + " ON a.k = b.k";
        return random.nextBoolean() ? rows : "SELECT n, count(*) AS c, max(k) AS x FROM (" + rows + ") AS d GROUP BY n";
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
