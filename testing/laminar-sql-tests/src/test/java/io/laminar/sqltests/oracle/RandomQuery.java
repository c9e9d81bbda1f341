package io.laminar.sqltests.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Draws queries that mean the same to both engines: filters, expressions, groups, aggregates, nested groups. */
final class RandomQuery {

    private static final String[] NUMBERS = {"delay", "distance"};
    private static final String[] TEXTS = {"origin", "destination"};
    private static final String[] AIRPORTS = {"ATL", "ORD", "DFW", "LAX", "PHX", "DEN", "SFO", "HNL", "XXX"};

    private final Random random;

    RandomQuery(long seed) {
        // Neighbouring seeds alone would make nearly the same first draws.
        this.random = new Random(seed * 0x9E3779B97F4A7C15L);
    }

    String next() {
        return switch (random.nextInt(5)) {
            case 4 -> ranked();
            case 0 -> plain();
            case 1 -> global();
            case 2 -> grouped();
            default -> nested();
        };
    }

    private String plain() {
        List<String> columns = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(4); i++) {
            columns.add(scalar() + " AS c" + i);
        }
        return "SELECT " + String.join(", ", columns) + " FROM flights" + where();
    }

    private String global() {
        return "SELECT " + aggregates(0) + " FROM flights" + where();
    }

    private String grouped() {
        List<String> keys = keys();
        return "SELECT " + named(keys) + ", " + aggregates(0) + " FROM flights" + where() + " GROUP BY "
                + String.join(", ", keys) + (random.nextInt(3) == 0 ? " HAVING count(*) > " + random.nextInt(200) : "");
    }

    /** Groups of groups: what the inner aggregate changes, the outer one has to take back. */
    private String nested() {
        List<String> keys = keys();
        String inner = "SELECT " + named(keys) + ", count(*) AS n, " + pick("sum", "min", "max") + "(" + pick(NUMBERS)
                + ") AS v FROM flights" + where() + " GROUP BY " + String.join(", ", keys);
        String outer = pick("count(*)", "sum(n)", "max(v)", "min(n)", "count(DISTINCT n)", "max(n)");
        if (random.nextBoolean()) {
            return "SELECT k0, " + outer + " AS a, min(v) AS b FROM (" + inner + ") AS g GROUP BY k0";
        }
        return "SELECT n % 5 AS bucket, " + outer + " AS a, sum(v) AS b FROM (" + inner + ") AS g GROUP BY n % 5";
    }

    /** The first rows of partitions, of flights or of groups; only ROW_NUMBER needs an order without ties. */
    private String ranked() {
        String function = pick("ROW_NUMBER", "RANK", "DENSE_RANK");
        int first = random.nextInt(4) == 0 ? 2 : 1;
        String ranks = first == 1 && random.nextBoolean()
                ? "r <= " + (1 + random.nextInt(5))
                : "r BETWEEN " + first + " AND " + (first + random.nextInt(4));
        if (random.nextInt(3) == 0) {
            String order = function.equals("ROW_NUMBER") ? ordered("n") + ", " + ordered("k0") : ordered("n");
            return "SELECT k0, n, r FROM (SELECT k0, n, " + function + "() OVER (ORDER BY " + order
                    + ") AS r FROM (SELECT " + keys().get(0) + " AS k0, count(*) AS n FROM flights" + where()
                    + " GROUP BY 1) AS g) AS h WHERE " + ranks;
        }
        String partition = random.nextInt(4) == 0 ? "" : "PARTITION BY " + String.join(", ", keys()) + " ";
        String order = ordered(pick(number(), pick(TEXTS), "departed_at"));
        if (function.equals("ROW_NUMBER")) {
            order += ", departed_at, origin, destination, delay, distance";
        }
        String columns = random.nextBoolean() ? "origin, destination, delay, r" : "origin, destination, delay";
        return "SELECT " + columns + " FROM (SELECT *, " + function + "() OVER (" + partition + "ORDER BY " + order
                + ") AS r FROM flights" + where() + ") AS g WHERE " + ranks;
    }

    private String ordered(String expression) {
        return expression + pick(" ASC", " DESC") + pick(" NULLS FIRST", " NULLS LAST");
    }

    private List<String> keys() {
        List<String> all = new ArrayList<>(List.of(
                "origin",
                "destination",
                "distance % 7",
                "CASE WHEN delay > 15 THEN 'late' WHEN delay < 0 THEN 'early' ELSE 'fair' END",
                "nullif(delay % 4, 0)",
                "date_trunc('hour', departed_at)",
                "upper(substring(origin, 1, 1))",
                "delay > 0"));
        List<String> keys = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(2); i++) {
            keys.add(all.remove(random.nextInt(all.size())));
        }
        return keys;
    }

    private static String named(List<String> keys) {
        List<String> named = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            named.add(keys.get(i) + " AS k" + i);
        }
        return String.join(", ", named);
    }

    private String aggregates(int from) {
        List<String> calls = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(4); i++) {
            calls.add(aggregate() + " AS a" + (from + i));
        }
        return String.join(", ", calls);
    }

    private String aggregate() {
        String call =
                switch (random.nextInt(9)) {
                    case 0 -> "count(*)";
                    case 1 -> "count(" + number() + ")";
                    case 2 -> "count(DISTINCT " + pick("origin", "destination", "delay % 10") + ")";
                    case 3 -> "sum(" + number() + ")";
                    case 4 -> "avg(" + number() + ")";
                    case 5 -> "min(" + pick(number(), pick(TEXTS), "departed_at") + ")";
                    case 6 -> "max(" + pick(number(), pick(TEXTS), "departed_at") + ")";
                    case 7 -> pick("stddev_samp", "var_pop", "var_samp", "stddev_pop") + "(" + number() + ")";
                    default -> pick("bool_and", "bool_or") + "(" + condition(1) + ")";
                };
        return random.nextInt(5) == 0 ? call + " FILTER (WHERE " + condition(1) + ")" : call;
    }

    private String where() {
        return random.nextInt(4) == 0 ? "" : " WHERE " + condition(2);
    }

    private String condition(int depth) {
        if (depth > 0 && random.nextInt(3) == 0) {
            String both = "(" + condition(depth - 1) + pick(" AND ", " OR ") + condition(depth - 1) + ")";
            return random.nextInt(4) == 0 ? "NOT " + both : both;
        }
        return switch (random.nextInt(7)) {
            case 0 -> number() + pick(" < ", " <= ", " > ", " >= ", " = ", " <> ") + (random.nextInt(400) - 50);
            case 1 -> pick(TEXTS) + pick(" = ", " <> ", " < ") + "'" + pick(AIRPORTS) + "'";
            case 2 -> pick(TEXTS) + " IN ('" + pick(AIRPORTS) + "', '" + pick(AIRPORTS) + "')";
            case 3 -> pick(TEXTS) + pick(" LIKE ", " NOT LIKE ") + "'" + pick("A%", "%X", "_L_", "%O%") + "'";
            case 4 -> number() + " BETWEEN " + (random.nextInt(100) - 50) + " AND " + random.nextInt(1000);
            case 5 -> nullable() + pick(" IS NULL", " IS NOT NULL");
            default -> nullable() + pick(" > ", " <> ", " IS DISTINCT FROM ") + random.nextInt(20);
        };
    }

    private String number() {
        return switch (random.nextInt(6)) {
            case 0 -> "delay";
            case 1 -> "distance";
            case 2 -> "(delay + distance)";
            case 3 -> "(distance - delay * " + (1 + random.nextInt(4)) + ")";
            case 4 -> "abs(delay)";
            default -> nullable();
        };
    }

    private String nullable() {
        return "nullif(" + pick(NUMBERS) + " % " + (2 + random.nextInt(9)) + ", " + random.nextInt(3) + ")";
    }

    private String scalar() {
        return switch (random.nextInt(7)) {
            case 0 -> number();
            case 1 -> pick(TEXTS);
            case 2 -> "origin || '-' || destination";
            case 3 -> "coalesce(" + nullable() + ", -1)";
            case 4 -> "CASE WHEN " + condition(1) + " THEN " + number() + " ELSE " + number() + " END";
            case 5 -> condition(1);
            default -> "lower(" + pick(TEXTS) + ")";
        };
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
