package io.laminar.sqltests.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Draws nested scalar expressions of all types over the flights: text, numbers, times, arrays, conditions.
 *
 * <p>Left out, for DuckDB differs from Postgres and so from {@code sql.md}: division of integers (a DOUBLE there),
 * {@code ~} (matches the whole text there), results of {@code regexp_extract} without a match (an empty text there),
 * levenshtein of letters beyond ASCII (counts bytes there), array_to_string without elements (NULL there),
 * date_trunc by centuries (which begin a year early there), texts of DECIMALs that were rounded (the scale stays here). NULLs that are
 * looked for in arrays are left out too: they are elements like others here, and unknown or passed over there.
 */
final class RandomScalarQuery {

    private final Random random;

    RandomScalarQuery(long seed) {
        this.random = new Random(seed * 0x9E3779B97F4A7C15L);
    }

    String next() {
        List<String> columns = new ArrayList<>(List.of("origin", "delay"));
        int calls = 1 + random.nextInt(4);
        for (int i = 0; i < calls; i++) {
            columns.add(any(1 + random.nextInt(3)) + " AS c" + i);
        }
        String where = random.nextBoolean() ? condition(2) : "delay > 100";
        return "SELECT " + String.join(", ", columns) + " FROM flights WHERE distance < " + (150 + random.nextInt(150))
                + " AND " + where;
    }

    private String any(int depth) {
        return switch (random.nextInt(6)) {
            case 0, 1 -> text(depth);
            case 2 -> integer(depth);
            case 3 -> real(depth);
            case 4 -> random.nextBoolean() ? time(depth) : decimal(depth);
            default -> random.nextBoolean() ? condition(depth) : array(depth);
        };
    }

    private String text(int depth) {
        if (depth <= 0) {
            return pick("origin", "destination", "nullif(origin, 'ATL')", "'Ünï'", "lower(destination)");
        }
        String t = text(depth - 1);
        return switch (random.nextInt(24)) {
            case 0 -> pick("upper", "lower", "reverse", "trim", "ltrim", "rtrim", "md5") + "(" + t + ")";
            case 1 -> "substring(" + t + ", " + small(depth) + ")";
            case 2 -> "substring(" + t + ", " + (1 + random.nextInt(3)) + ", " + random.nextInt(4) + ")";
            case 3 -> pick("left", "right") + "(" + t + ", " + (random.nextInt(7) - 3) + ")";
            case 4 ->
                pick("lpad", "rpad") + "(" + t + ", " + random.nextInt(9) + ", " + pick("'*'", "'ab'", "origin") + ")";
            case 5 -> "replace(" + t + ", " + pick("'A'", "'L'", "'AT'") + ", " + pick("''", "'xyz'", "'A'") + ")";
            case 6 -> "repeat(" + t + ", " + random.nextInt(4) + ")";
            case 7 -> "concat(" + t + ", " + pick(integer(depth - 1), condition(0), time(0)) + ")";
            case 8 -> "concat_ws('-', " + t + ", " + text(depth - 1) + ", 'z')";
            case 9 -> "(" + t + " || " + text(depth - 1) + ")";
            case 10 -> "split_part(" + t + ", " + pick("'A'", "'L'", "'-'") + ", " + (1 + random.nextInt(3)) + ")";
            case 11 -> "translate(" + t + ", 'ALX', " + pick("'xy'", "'123'") + ")";
            case 12 -> "coalesce(" + t + ", " + text(depth - 1) + ")";
            case 13 -> "nullif(" + t + ", " + text(depth - 1) + ")";
            case 14 -> pick("greatest", "least") + "(" + t + ", " + text(depth - 1) + ")";
            case 15 -> "CASE WHEN " + condition(depth - 1) + " THEN " + t + " ELSE " + text(depth - 1) + " END";
            case 16 -> "CAST(" + pick(integer(depth - 1), condition(depth - 1)) + " AS VARCHAR)";
            case 17 -> "CAST(" + time(depth - 1) + " AS VARCHAR)";
            case 18 -> "regexp_replace(" + t + ", '[AEIOU]+', '<\\0>'" + pick("", ", 'g'") + ")";
            case 19 -> "chr(65 + abs(delay) % 26)";
            case 20 -> pick("ltrim", "rtrim", "trim") + "(" + t + ", 'AL')";
            case 21 -> "sha256(" + t + ")";
            case 22 -> "array_to_string([" + t + ", 'x', " + text(depth - 1) + "], '+')";
            default -> "CASE " + t + " WHEN 'LAX' THEN 'x' WHEN " + text(0) + " THEN 'y' END";
        };
    }

    private String small(int depth) {
        return random.nextBoolean() ? "" + (1 + random.nextInt(4)) : "1 + abs(" + integer(0) + ") % 3";
    }

    private String integer(int depth) {
        if (depth <= 0) {
            return pick("delay", "distance", "nullif(delay % 7, 0)", "" + (random.nextInt(40) - 20));
        }
        String i = integer(depth - 1);
        return switch (random.nextInt(22)) {
            case 0 -> "abs(" + i + ")";
            case 1 -> "(" + i + pick(" + ", " - ") + integer(depth - 1) + ")";
            case 2 -> "(" + i + " % 1000 * " + (random.nextInt(9) - 4) + ")";
            case 3 -> "(" + i + " % " + (1 + random.nextInt(9)) + ")";
            case 4 -> "mod(" + i + ", nullif(" + integer(0) + ", 0))";
            case 5 -> pick("length", "bit_length", "strlen").replace("strlen", "ascii") + "(" + text(depth - 1) + ")";
            case 6 -> pick("strpos", "instr") + "(" + text(depth - 1) + ", " + pick("'A'", "'L'", "origin", "''") + ")";
            case 7 -> "position(" + pick("'A'", "'X'") + " IN " + text(depth - 1) + ")";
            case 8 ->
                "levenshtein(" + pick("origin", "lower(destination)") + ", " + pick("destination", "'ATLAS'") + ")";
            case 9 -> pick("gcd", "lcm") + "(" + i + " % 50, " + integer(0) + " % 50)";
            case 10 -> pick("greatest", "least") + "(" + i + ", " + integer(depth - 1) + ")";
            case 11 -> "coalesce(" + i + ", " + integer(0) + ")";
            case 12 -> "CASE WHEN " + condition(depth - 1) + " THEN " + i + " END";
            case 13 -> "nullif(" + i + ", " + integer(depth - 1) + ")";
            case 14 ->
                "extract("
                        + pick(
                                "year",
                                "month",
                                "day",
                                "hour",
                                "minute",
                                "second",
                                "dow",
                                "doy",
                                "week",
                                "isodow",
                                "quarter",
                                "decade",
                                "century",
                                "millennium",
                                "isoyear")
                        + " FROM " + time(depth - 1) + ")";
            case 15 -> "CAST(floor(" + real(depth - 1) + " % 1000) AS INT)";
            case 16 -> "(" + i + " % 4096 & " + random.nextInt(64) + ")";
            case 17 -> "(" + i + " % 4096 | " + random.nextInt(64) + ")";
            case 18 -> "CAST(CAST(" + i + " AS VARCHAR) AS BIGINT)";
            case 19 -> "array_length(" + array(depth - 1) + ")";
            case 20 -> "epoch_ms(" + time(depth - 1) + ")";
            default -> "CAST(" + condition(depth - 1) + " AS INT)";
        };
    }

    private String real(int depth) {
        if (depth <= 0) {
            return pick("CAST(delay AS DOUBLE)", "CAST(distance AS DOUBLE)", "1.5e0", "-0.25e0");
        }
        String r = real(depth - 1);
        return switch (random.nextInt(12)) {
            case 0 -> "(" + r + pick(" + ", " - ", " * ") + real(depth - 1) + ")";
            case 1 -> "(" + r + " / (1e0 + abs(" + real(depth - 1) + ")))";
            case 2 ->
                pick("abs", "floor", "ceil", "round", "trunc", "cbrt", "atan", "tanh", "radians", "degrees") + "(" + r
                        + ")";
            case 3 -> pick("sin", "cos") + "(" + r + " % 100)";
            case 4 -> "sqrt(abs(" + r + "))";
            case 5 -> pick("ln", "log10", "log2") + "(1e0 + abs(" + r + "))";
            case 6 -> "round(" + r + " % 1000, " + (random.nextInt(4)) + ")";
            case 7 -> "pow(abs(" + r + ") % 20, " + pick("2", "0.5", "3") + ")";
            case 8 -> "CAST(" + integer(depth - 1) + " AS DOUBLE)";
            case 9 -> "CASE WHEN " + condition(depth - 1) + " THEN " + r + " ELSE " + real(depth - 1) + " END";
            case 10 -> "atan2(" + r + ", " + real(depth - 1) + ")";
            default -> "exp(-abs(" + r + ") / 100)";
        };
    }

    private String decimal(int depth) {
        if (depth <= 0) {
            return pick("1.25", "-0.5", "CAST(delay AS DECIMAL(10, 2))", "CAST(distance AS DECIMAL(8, 1))");
        }
        String d = decimal(depth - 1);
        return switch (random.nextInt(7)) {
            case 0 -> "(" + d + pick(" + ", " - ") + decimal(depth - 1) + ")";
            case 1 -> "(CAST(" + d + " AS DECIMAL(12, 3)) * " + pick("1.5", "0.01", "-2") + ")";
            case 2 -> "abs(" + d + ")";
            case 3 -> "CAST(" + d + " AS DECIMAL(15, " + random.nextInt(4) + "))";
            case 4 -> "round(" + d + ", " + random.nextInt(3) + ")";
            case 5 -> "coalesce(nullif(" + d + ", 0), " + decimal(depth - 1) + ")";
            default -> pick("floor", "ceil") + "(" + d + ")";
        };
    }

    private String time(int depth) {
        if (depth <= 0) {
            return pick("departed_at", "departed_at", "TIMESTAMP '2001-02-28 23:59:59.5'");
        }
        String t = time(depth - 1);
        return switch (random.nextInt(6)) {
            case 0 ->
                "date_trunc('"
                        + pick("second", "minute", "hour", "day", "week", "month", "quarter", "year", "decade", "year")
                        + "', " + t + ")";
            case 1 ->
                "(" + t + pick(" + ", " - ") + "INTERVAL '" + (1 + random.nextInt(90)) + " "
                        + pick("seconds", "minutes", "hours", "days", "weeks", "months", "years") + "')";
            case 2 -> "CAST(CAST(" + t + " AS DATE) AS TIMESTAMP)";
            case 3 -> pick("greatest", "least") + "(" + t + ", " + time(depth - 1) + ")";
            case 4 -> "CASE WHEN " + condition(depth - 1) + " THEN " + t + " ELSE " + time(depth - 1) + " END";
            default -> "CAST(last_day(CAST(" + t + " AS DATE)) AS TIMESTAMP)";
        };
    }

    private String array(int depth) {
        String element = random.nextBoolean() ? "delay % 5" : "distance % 3";
        String plain = "[" + element + ", " + integer(0) + ", " + random.nextInt(3) + "]";
        if (depth <= 0) {
            return plain;
        }
        String a = array(depth - 1);
        return switch (random.nextInt(7)) {
            case 0 -> "array_append(" + a + ", " + integer(0) + ")";
            case 1 -> "array_prepend(" + integer(0) + ", " + a + ")";
            case 2 -> "array_concat(" + a + ", " + array(depth - 1) + ")";
            case 3 -> "array_slice(" + a + ", " + (1 + random.nextInt(2)) + ", " + (2 + random.nextInt(3)) + ")";
            case 4 -> "array_reverse(" + a + ")";
            case 5 -> "range(" + random.nextInt(3) + ", abs(" + integer(0) + ") % 8)";
            default -> "generate_series(" + random.nextInt(3) + ", abs(" + integer(0) + ") % 8)";
        };
    }

    private String condition(int depth) {
        if (depth <= 0) {
            return pick("delay > 15", "origin < 'M'", "nullif(delay % 3, 0) IS NULL", "nullif(delay % 7, 0) > 2");
        }
        return switch (random.nextInt(15)) {
            case 0 -> "(" + condition(depth - 1) + pick(" AND ", " OR ") + condition(depth - 1) + ")";
            case 1 -> "NOT (" + condition(depth - 1) + ")";
            case 2 -> "(" + integer(depth - 1) + comparison() + integer(depth - 1) + ")";
            case 3 -> "(" + text(depth - 1) + comparison() + text(depth - 1) + ")";
            case 4 -> "(" + real(depth - 1) + pick(" < ", " > ") + integer(depth - 1) + ")";
            case 5 -> "(" + time(depth - 1) + comparison() + time(depth - 1) + ")";
            case 6 ->
                "(" + text(depth - 1) + pick(" LIKE ", " ILIKE ", " NOT LIKE ") + "'"
                        + pick("A%", "%a%", "_L%", "%X", "") + "')";
            case 7 -> "(" + text(depth - 1) + " SIMILAR TO '(A|B|L)[A-Z]+')";
            case 8 ->
                pick("starts_with", "ends_with", "contains") + "(" + text(depth - 1) + ", "
                        + pick("'A'", "'L'", "''", "origin") + ")";
            case 9 ->
                "(" + integer(depth - 1) + " IS" + pick("", " NOT") + " DISTINCT FROM " + integer(depth - 1) + ")";
            case 10 -> "(" + text(depth - 1) + pick(" IN ", " NOT IN ") + "('ATL', " + text(0) + "))";
            case 11 ->
                "(" + integer(depth - 1) + pick(" BETWEEN ", " NOT BETWEEN ") + integer(0) + " AND " + integer(0) + ")";
            case 12 -> "(" + condition(depth - 1) + pick(" IS TRUE", " IS NOT FALSE", " IS NULL", " IS NOT TRUE") + ")";
            case 13 -> "array_contains(" + array(depth - 1) + ", " + pick("delay", "7", "distance") + ")";
            default ->
                pick("array_has_any", "array_has_all") + "(" + array(depth - 1) + ", [delay % 5, " + random.nextInt(3)
                        + "])";
        };
    }

    private String comparison() {
        return pick(" < ", " > ", " <= ", " >= ", " <> ", " = ");
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
