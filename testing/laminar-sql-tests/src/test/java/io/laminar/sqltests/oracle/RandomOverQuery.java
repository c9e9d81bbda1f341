package io.laminar.sqltests.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Draws queries with functions OVER rows that mean the same to both engines. Where the order of rows matters it has no
 * ties: all columns of the flights decide, so that rows of equal order are equal.
 */
final class RandomOverQuery {

    private static final String[] NUMBERS = {"delay", "distance", "nullif(delay % 7, 0)", "nullif(distance % 5, 2)"};
    private static final String[] TEXTS = {"origin", "destination"};
    private static final String TIES = ", distance, delay, origin, destination";

    private final Random random;

    RandomOverQuery(long seed) {
        this.random = new Random(seed * 0x9E3779B97F4A7C15L);
    }

    String next() {
        boolean byTime = random.nextInt(3) > 0;
        List<String> columns = new ArrayList<>(List.of("departed_at", "origin", "delay"));
        int windows = 1 + random.nextInt(2);
        for (int w = 0; w < windows; w++) {
            String partition = random.nextInt(4) == 0
                    ? ""
                    : "PARTITION BY "
                            + pick(
                                    "origin",
                                    "origin",
                                    "destination",
                                    "delay > 0",
                                    "origin, delay > 0",
                                    "distance % 50");
            int calls = 1 + random.nextInt(3);
            for (int c = 0; c < calls; c++) {
                columns.add(call(partition, byTime) + " AS r" + w + c);
            }
        }
        String sql = "SELECT " + String.join(", ", columns) + " FROM flights" + where();
        return random.nextInt(4) == 0 ? "SELECT * FROM (" + sql + ") AS q WHERE r00 IS NOT NULL" : sql;
    }

    private String where() {
        return switch (random.nextInt(4)) {
            case 0 -> " WHERE delay > " + random.nextInt(100);
            case 1 -> " WHERE origin IN ('ATL', 'ORD', 'SFO', 'PHX', 'HNL')";
            case 2 -> " WHERE distance < " + (200 + random.nextInt(500));
            default -> " WHERE destination < 'D'";
        };
    }

    private String call(String partition, boolean byTime) {
        String ordered = byTime ? "departed_at" : pick("delay", "distance DESC", "origin");
        String exact = " ORDER BY " + (byTime ? "departed_at" : ordered) + (byTime ? "" : ", departed_at") + TIES;
        return switch (random.nextInt(6)) {
            case 0 -> rank(byTime) + " OVER (" + partition + exact + ")";
            case 1 ->
                pick("lag", "lead") + "(" + pick(pick(NUMBERS), pick(TEXTS)) + ", " + (1 + random.nextInt(4)) + ")"
                        + " OVER (" + partition + exact + ")";
            case 2 -> value() + " OVER (" + partition + exact + rows(byTime) + ")";
            case 3 -> aggregate() + " OVER (" + partition + exact + rows(byTime) + ")";
            case 4 ->
                aggregate() + " OVER (" + partition + " ORDER BY "
                        + (byTime ? "departed_at" + range() : "delay" + numbers()) + ")";
            default -> aggregate() + " OVER (" + partition + " ORDER BY " + ordered + ")";
        };
    }

    private String rank(boolean byTime) {
        String[] ranks = {
            "row_number()",
            "rank()",
            "dense_rank()",
            "ntile(" + (1 + random.nextInt(9)) + ")",
            "cume_dist()",
            "percent_rank()"
        };
        return ranks[random.nextInt(byTime && random.nextBoolean() ? 3 : 6)];
    }

    private String value() {
        String argument = pick(pick(NUMBERS), pick(TEXTS));
        return switch (random.nextInt(3)) {
            case 0 -> "first_value(" + argument + ")";
            case 1 -> "last_value(" + argument + ")";
            default -> "nth_value(" + argument + ", " + (1 + random.nextInt(5)) + ")";
        };
    }

    private String aggregate() {
        String number = pick(NUMBERS);
        String call =
                switch (random.nextInt(9)) {
                    case 0 -> "count(*)";
                    case 1 -> "count(" + number + ")";
                    case 2 -> "sum(" + number + ")";
                    case 3 -> "avg(" + number + ")";
                    case 4 -> "min(" + pick(number, pick(TEXTS)) + ")";
                    case 5 -> "max(" + pick(number, pick(TEXTS)) + ")";
                    case 6 -> "count(DISTINCT " + pick(pick(TEXTS), "delay % 10") + ")";
                    case 7 -> "bool_or(delay > " + random.nextInt(60) + ")";
                    default -> "sum(CAST(" + number + " AS DOUBLE))";
                };
        return random.nextInt(5) == 0 ? call + " FILTER (WHERE distance > " + random.nextInt(900) + ")" : call;
    }

    private String rows(boolean byTime) {
        int from = random.nextInt(12) - 8;
        int to = from + random.nextInt(8);
        String start = random.nextInt(3) == 0 ? "UNBOUNDED PRECEDING" : distance(from, "");
        String end = random.nextInt(byTime ? 6 : 3) == 0 ? "UNBOUNDED FOLLOWING" : distance(to, "");
        return " ROWS BETWEEN " + start + " AND " + end;
    }

    private String range() {
        int from = random.nextInt(300) - 250;
        int to = from + random.nextInt(200);
        String start = random.nextInt(4) == 0 ? "UNBOUNDED PRECEDING" : distance(from, "minutes");
        return " RANGE BETWEEN " + start + " AND " + distance(to, "minutes");
    }

    private String numbers() {
        int from = random.nextInt(30) - 25;
        int to = from + random.nextInt(20);
        return " RANGE BETWEEN " + distance(from, "") + " AND "
                + (random.nextInt(4) == 0 ? "UNBOUNDED FOLLOWING" : distance(to, ""));
    }

    private static String distance(int distance, String unit) {
        if (distance == 0) {
            return "CURRENT ROW";
        }
        String amount = unit.isEmpty() ? "" + Math.abs(distance) : "INTERVAL '" + Math.abs(distance) + " " + unit + "'";
        return amount + (distance < 0 ? " PRECEDING" : " FOLLOWING");
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
