package io.laminar.sqltests.oracle;

import java.util.Random;

/**
 * Draws queries of three to five levels (the last one are rows): each level is one relational operator over one or two queries of the level
 * below, and all have the columns {@code k} (text), {@code n} and {@code m} (whole numbers), each of which may be NULL.
 * So every operator meets every other above and below it, over rows that only come and over rows that change.
 */
final class RandomNestedQuery {

    private static final String TOTAL_ORDER = "n%s NULLS %s, m NULLS LAST, k NULLS FIRST";

    private final Random random;
    private int aliases;

    RandomNestedQuery(long seed) {
        this.random = new Random(seed * 0x9E3779B97F4A7C15L);
    }

    String next() {
        return query(2 + random.nextInt(3));
    }

    private String query(int depth) {
        if (depth <= 0) {
            return rows();
        }
        return switch (random.nextInt(22)) {
            case 0 -> filtered(depth);
            case 1, 2 -> grouped(depth);
            case 3 -> regrouped(depth);
            case 4, 5, 6 -> join(depth);
            case 7 -> semiJoin(depth);
            case 8, 9 -> setOperation(depth);
            case 10 -> topN(depth);
            case 11 -> firstRows(depth);
            case 12 -> "SELECT DISTINCT k, n, m FROM " + from(depth - 1, alias());
            case 13 -> groupingSets(depth);
            case 14 -> unnested(depth);
            case 15 -> over(depth);
            case 16 -> scalar(depth);
            case 17 -> withTwice(depth);
            case 18, 19 -> subqueryFilter(depth);
            case 20 -> laterals(depth);
            default -> total(depth);
        };
    }

    private String rows() {
        int least = 120 + random.nextInt(80);
        return switch (random.nextInt(4)) {
            case 0 -> "SELECT origin AS k, delay % 6 AS n, distance % 5 AS m FROM flights WHERE delay > " + least;
            case 1 ->
                "SELECT nullif(destination, 'ATL') AS k, nullif(delay % 4, 1) AS n, nullif(distance % 6, 0) AS m"
                        + " FROM flights WHERE delay > " + least;
            case 2 ->
                "SELECT substring(origin, 1, 1) AS k, delay AS n, distance AS m FROM flights WHERE delay > " + least;
            default ->
                "SELECT * FROM (VALUES ('ATL', 1, 2), (NULL, 3, 4), ('DFW', NULL, 0), ('ORD', 2, NULL), ('ATL', 1, 5),"
                        + " ('ATL', 1, 5), ('XXX', 6, 1)) AS v (k, n, m)";
        };
    }

    // Operators -----------------------------------------------------------------------------------------------------

    private String filtered(int depth) {
        String a = alias();
        return "SELECT k, n, m FROM " + from(depth - 1, a) + " WHERE " + condition(a)
                + (random.nextBoolean() ? pick(" AND ", " OR ", " OR ") + condition(a) : "");
    }

    private String grouped(int depth) {
        String having = random.nextInt(3) == 0
                ? " HAVING " + pick("count(*)", "max(n)", "sum(m)") + comparison() + random.nextInt(6)
                : "";
        return "SELECT k, " + aggregate("n") + " AS n, " + aggregate(pick("m", "n + m")) + " AS m FROM "
                + from(depth - 1, alias()) + " GROUP BY k" + having;
    }

    private String regrouped(int depth) {
        return "SELECT " + pick("min", "max") + "(k) AS k, n, " + aggregate("m")
                + " AS m FROM (SELECT k, n % 3 AS n, m FROM " + from(depth - 1, alias()) + ") AS " + alias()
                + " GROUP BY n";
    }

    private String join(int depth) {
        String a = alias();
        String b = alias();
        String type = pick("JOIN", "JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN", "CROSS JOIN");
        int below = depth - 1 - random.nextInt(2);
        String key = pick("coalesce(" + a + ".k, " + b + ".k)", a + ".k", b + ".k");
        String columns = "SELECT " + key + " AS k, " + a + "." + pick("n", "m") + " AS n, " + b + "." + pick("n", "m")
                + " AS m FROM ";
        if (type.equals("CROSS JOIN")) {
            return columns + from(depth - 1, a) + " CROSS JOIN (" + total(1) + ") AS " + b;
        }
        return columns + from(depth - 1, a) + " " + type + " " + from(below, b) + " ON " + on(a, b, type);
    }

    private String on(String a, String b, String type) {
        String equality =
                switch (random.nextInt(7)) {
                    case 0 -> a + ".k = " + b + ".k AND " + a + ".n % 2 = " + b + ".n % 2";
                    case 1 -> a + ".n = " + b + ".m";
                    case 2, 3 -> a + ".k IS NOT DISTINCT FROM " + b + ".k";
                    default -> a + ".k = " + b + ".k";
                };
        if (type.equals("FULL JOIN") || random.nextInt(3) > 0) {
            return equality;
        }
        return equality + " AND " + a + "." + pick("n", "m") + comparison() + b + "." + pick("n", "m");
    }

    private String semiJoin(int depth) {
        String a = alias();
        String b = alias();
        return "SELECT " + a + ".k AS k, " + a + ".n AS n, " + a + ".m AS m FROM " + from(depth - 1, a)
                + pick(" SEMI JOIN ", " ANTI JOIN ") + from(depth - 2, b) + " ON "
                + (random.nextBoolean() ? a + ".k = " + b + ".k" : a + ".n = " + b + ".m");
    }

    private String setOperation(int depth) {
        String operation = pick("UNION ALL", "UNION", "INTERSECT", "INTERSECT ALL", "EXCEPT", "EXCEPT ALL");
        // Coarse values, so that the two sides have rows in common.
        String columns =
                operation.startsWith("UNION") ? "k, n, m" : pick("k, n % 2 AS n, 1 AS m", "k, 0 AS n, m % 2 AS m");
        return "SELECT " + columns + " FROM " + from(depth - 1, alias()) + " " + operation + " SELECT " + columns
                + " FROM " + from(depth - 1 - random.nextInt(2), alias());
    }

    private String topN(int depth) {
        String function = pick("ROW_NUMBER", "RANK", "DENSE_RANK");
        String partition = pick("", "PARTITION BY k ", "PARTITION BY n % 2 ");
        String rank = random.nextBoolean() ? "r" : "m";
        return "SELECT k, n, " + rank + " AS m FROM (SELECT k, n, m, " + function + "() OVER (" + partition
                + "ORDER BY "
                + order() + ") AS r FROM " + from(depth - 1, alias()) + ") AS " + alias() + " WHERE r <= "
                + (1 + random.nextInt(4));
    }

    private String firstRows(int depth) {
        return "SELECT k, n, m FROM (SELECT k, n, m FROM " + from(depth - 1, alias()) + " ORDER BY " + order()
                + " LIMIT " + (5 + random.nextInt(40)) + (random.nextBoolean() ? " OFFSET " + random.nextInt(4) : "")
                + ") AS " + alias();
    }

    private String groupingSets(int depth) {
        String sets = pick("ROLLUP (k, n)", "CUBE (k, n)", "GROUPING SETS ((k), (n))", "GROUPING SETS ((k, n), ())");
        return "SELECT k, n, " + pick("grouping(k, n)", "count(*)", "sum(m)", "max(m)") + " AS m FROM "
                + from(depth - 1, alias()) + " GROUP BY " + sets;
    }

    private String unnested(int depth) {
        return random.nextBoolean()
                ? "SELECT k, unnest([n, m]) AS n, m FROM " + from(depth - 1, alias())
                : "SELECT k, u.x AS n, m FROM " + from(depth - 1, alias()) + ", UNNEST([n, m, 7]) AS u (x)";
    }

    private String over(int depth) {
        String partition = pick("", "PARTITION BY k ", "PARTITION BY n ");
        String call =
                switch (random.nextInt(4)) {
                    case 0 -> "count(*)";
                    case 1 -> "lag(m)";
                    case 2 -> "first_value(n)";
                    default -> pick("sum", "min", "max") + "(m)";
                };
        return "SELECT k, n, " + call + " OVER (" + partition + "ORDER BY " + order() + ") AS m FROM "
                + from(depth - 1, alias());
    }

    private String scalar(int depth) {
        String a = alias();
        String b = alias();
        String query =
                switch (random.nextInt(3)) {
                    case 0 -> "(SELECT " + aggregate(b + ".m") + " FROM " + from(depth - 2, b) + ")";
                    case 1 ->
                        "(SELECT " + aggregate(b + ".n") + " FROM " + from(depth - 2, b) + " WHERE " + b + ".k = " + a
                                + ".k AND " + b + ".m" + comparison() + a + ".m)";
                    default ->
                        "(SELECT " + aggregate(b + ".n") + " FROM " + from(depth - 2, b) + " WHERE " + b + ".k = " + a
                                + ".k)";
                };
        return random.nextBoolean()
                ? "SELECT k, " + query + " AS n, m FROM " + from(depth - 1, a)
                : "SELECT k, n, m FROM " + from(depth - 1, a) + " WHERE " + a + ".n" + comparison() + query;
    }

    private String laterals(int depth) {
        String a = alias();
        String b = alias();
        String condition = " WHERE " + b + ".k = " + a + ".k";
        String inner = random.nextBoolean()
                ? "(SELECT " + aggregate("m") + " AS m FROM " + from(depth - 2, b) + condition + ")"
                : "(SELECT m FROM " + from(depth - 2, b) + condition + " AND " + b + ".n" + comparison() + a + ".n)";
        return "SELECT k, n, q.m AS m FROM " + from(depth - 1, a) + pick(" CROSS JOIN LATERAL ", ", LATERAL ") + inner
                + " AS q";
    }

    private String withTwice(int depth) {
        String c = alias();
        String a = alias();
        String b = alias();
        return "SELECT k, n, m FROM (WITH " + c + " AS (" + query(depth - 1) + ") SELECT " + a + ".k AS k, " + a
                + ".n AS n, "
                + b + ".m AS m FROM " + c + " AS " + a + pick(" JOIN ", " LEFT JOIN ") + c + " AS " + b + " ON " + a
                + ".k = " + b
                + ".k AND " + a + ".n = " + b + ".m) AS " + alias();
    }

    private String subqueryFilter(int depth) {
        String a = alias();
        String b = alias();
        String inner = from(depth - 2, b);
        String condition =
                switch (random.nextInt(6)) {
                    case 0 -> a + ".k" + pick(" IN ", " NOT IN ") + "(SELECT k FROM " + inner + ")";
                    case 1 ->
                        a + ".n" + pick(" IN ", " NOT IN ") + "(SELECT m FROM " + inner + " WHERE " + b + ".k = " + a
                                + ".k)";
                    case 2 ->
                        pick("", "NOT ", "NOT ") + "EXISTS (SELECT 1 FROM " + inner + " WHERE " + b + ".k = " + a
                                + ".k)";
                    case 3 ->
                        pick("", "NOT ", "NOT ") + "EXISTS (SELECT 1 FROM " + inner + " WHERE " + b + ".k = " + a
                                + ".k AND " + b + ".n" + comparison() + a + ".n)";
                    case 4 -> a + ".n" + pick(" > ", " <= ") + pick("ANY", "ALL") + " (SELECT m FROM " + inner + ")";
                    default ->
                        "(" + a + ".k, " + a + ".n)" + pick(" IN ", " NOT IN ") + "(SELECT k, m FROM " + inner + ")";
                };
        return "SELECT k, n, m FROM " + from(depth - 1, a) + " WHERE " + condition
                + (random.nextInt(3) == 0 ? pick(" AND ", " OR ") + condition(a) : "");
    }

    private String total(int depth) {
        return "SELECT " + pick("min", "max") + "(k) AS k, " + aggregate("n") + " AS n, " + aggregate("m")
                + " AS m FROM " + from(depth - 1, alias());
    }

    // Parts ---------------------------------------------------------------------------------------------------------

    private String from(int depth, String alias) {
        return "(" + query(depth) + ") AS " + alias;
    }

    private String alias() {
        return "q" + aliases++;
    }

    private String order() {
        return String.format(TOTAL_ORDER, pick("", " DESC"), pick("FIRST", "LAST"));
    }

    private String aggregate(String argument) {
        return switch (random.nextInt(6)) {
            case 0 -> "count(*)";
            case 1 -> "count(DISTINCT " + argument + ")";
            case 2 -> "sum(" + argument + ") FILTER (WHERE " + argument + " > 1)";
            default -> pick("sum", "min", "max", "count") + "(" + argument + ")";
        };
    }

    private String condition(String alias) {
        return switch (random.nextInt(4)) {
            case 0 -> alias + ".k" + pick(" IS NOT NULL", " < 'M'", " <> 'ATL'", " LIKE 'A%'");
            case 1 -> alias + ".n" + comparison() + alias + ".m";
            case 2 -> alias + ".n BETWEEN " + random.nextInt(4) + " AND " + (3 + random.nextInt(200));
            default -> alias + "." + pick("n", "m") + comparison() + random.nextInt(8);
        };
    }

    private String comparison() {
        return pick(" < ", " > ", " <= ", " <= ", " >= ", " >= ", " <> ", " <> ", " = ");
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
