package io.laminar.execution.stateful;

import io.laminar.plan.node.AggregateCall;
import io.laminar.plan.node.SortKey;
import io.laminar.spi.type.DataType.Decimal;
import io.laminar.spi.type.DataType.Scalar;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Aggregates computed in the plainest way from lists of rows. */
final class Oracle {

    private Oracle() {}

    static Map<List<Object>, List<RandomRows.Row>> group(List<RandomRows.Row> rows, List<Integer> keys) {
        Map<List<Object>, List<RandomRows.Row>> groups = new LinkedHashMap<>();
        for (RandomRows.Row row : rows) {
            List<Object> key = new ArrayList<>();
            keys.forEach(k -> key.add(row.values().get(k)));
            groups.computeIfAbsent(key, k -> new ArrayList<>()).add(row);
        }
        return groups;
    }

    static List<Object> results(List<AggregateCall> calls, List<RandomRows.Row> rows) {
        List<Object> results = new ArrayList<>();
        for (AggregateCall call : calls) {
            results.add(normalize(result(call, rows)));
        }
        return results;
    }

    private static Object normalize(Object value) {
        return value instanceof List<?> list
                ? list.stream().map(v -> (Object) v).collect(Collectors.toCollection(ArrayList::new))
                : Harness.normal(value);
    }

    private static Object result(AggregateCall call, List<RandomRows.Row> all) {
        List<RandomRows.Row> rows = all.stream()
                .filter(row -> call.filter() == null
                        || Boolean.TRUE.equals(row.values().get(call.filter())))
                .toList();
        if (call.arguments().isEmpty()) {
            return (long) rows.size();
        }
        int argument = call.arguments().get(0);
        if (call.arguments().contains(RandomRows.OTHER_DOUBLE)) {
            return Pairs.of(call, rows);
        }
        List<RandomRows.Row> ordered = new ArrayList<>(rows);
        if (!call.order().isEmpty()) {
            Comparator<RandomRows.Row> order = null;
            for (SortKey key : call.order()) {
                Comparator<RandomRows.Row> next =
                        Comparator.comparing(row -> row.values().get(key.column()), comparator(key));
                order = order == null ? next : order.thenComparing(next);
            }
            ordered.sort(order);
        }
        List<Object> values = new ArrayList<>();
        ordered.forEach(row -> values.add(row.values().get(argument)));
        if (!List.of("array_agg", "first_value", "last_value", "nth_value").contains(call.function())) {
            values.removeIf(Objects::isNull);
        }
        List<Object> distinct = call.distinct() ? new ArrayList<>(new LinkedHashSet<>(values)) : values;
        return value(call, argument, distinct);
    }

    @SuppressWarnings("unchecked")
    static Comparator<Object> comparator(SortKey key) {
        Comparator<Object> plain = (a, b) -> ((Comparable<Object>) a).compareTo(b);
        Comparator<Object> directed = key.descending() ? plain.reversed() : plain;
        return key.nullsFirst() ? Comparator.nullsFirst(directed) : Comparator.nullsLast(directed);
    }

    private static Object value(AggregateCall call, int argument, List<Object> values) {
        if (call.function().equals("count")) {
            return (long) values.size();
        }
        if (values.isEmpty()) {
            return null;
        }
        Comparator<Object> natural = comparator(new SortKey(0, false, false));
        return switch (call.function()) {
            case "min" -> values.stream().min(natural).orElseThrow();
            case "max" -> values.stream().max(natural).orElseThrow();
            case "bool_and" -> values.stream().allMatch(Boolean.TRUE::equals);
            case "bool_or" -> values.stream().anyMatch(Boolean.TRUE::equals);
            case "sum" -> sum(argument, values);
            case "avg" -> average(call, argument, values);
            case "var_pop" -> variance(values, values.size());
            case "var_samp" -> values.size() < 2 ? null : variance(values, values.size() - 1);
            case "stddev", "stddev_samp" -> values.size() < 2 ? null : Math.sqrt(variance(values, values.size() - 1));
            case "first_value" -> values.get(0);
            case "last_value" -> values.get(values.size() - 1);
            case "nth_value" -> values.size() < 2 ? null : values.get(1);
            case "arg_min" -> values.stream().min(natural).orElseThrow();
            case "arg_max" -> values.stream().max(natural).orElseThrow();
            case "bit_and" -> values.stream().mapToLong(v -> (Long) v).reduce(-1, (a, b) -> a & b);
            case "bit_or" -> values.stream().mapToLong(v -> (Long) v).reduce(0, (a, b) -> a | b);
            case "bit_xor" -> values.stream().mapToLong(v -> (Long) v).reduce(0, (a, b) -> a ^ b);
            case "median" -> quantile(values, 0.5);
            case "percentile_cont" -> quantile(values, 0.3);
            case "percentile_disc" ->
                values.stream().sorted(natural).toList().get((int) Math.ceil(0.3 * values.size()) - 1);
            case "mode" -> mode(values, natural);
            case "histogram" ->
                values.stream()
                        .collect(Collectors.groupingBy(v -> v, () -> new TreeMap<>(natural), Collectors.counting()));
            case "array_agg" -> values;
            case "string_agg" -> values.stream().map(String::valueOf).collect(Collectors.joining(", "));
            default -> throw new IllegalArgumentException(call.function());
        };
    }

    private static double quantile(List<Object> values, double part) {
        double[] sorted = values.stream().mapToDouble(v -> (Double) v).sorted().toArray();
        double place = part * (sorted.length - 1);
        int low = (int) place;
        return low + 1 == sorted.length
                ? sorted[low]
                : sorted[low] * (low + 1 - place) + sorted[low + 1] * (place - low);
    }

    private static Object mode(List<Object> values, Comparator<Object> natural) {
        Map<Object, Long> numbers = new TreeMap<>(natural);
        values.forEach(v -> numbers.merge(v, 1L, Long::sum));
        long most = numbers.values().stream().max(Comparator.naturalOrder()).orElseThrow();
        return numbers.entrySet().stream()
                .filter(e -> e.getValue() == most)
                .findFirst()
                .orElseThrow()
                .getKey();
    }

    private static Object sum(int argument, List<Object> values) {
        if (RandomRows.SCHEMA.type(argument) == Scalar.DOUBLE) {
            return values.stream().mapToDouble(v -> (Double) v).sum();
        }
        BigDecimal sum = values.stream().map(Oracle::decimal).reduce(BigDecimal.ZERO, BigDecimal::add);
        int scale = RandomRows.SCHEMA.type(argument) instanceof Decimal decimal ? decimal.scale() : 0;
        return sum.setScale(scale);
    }

    private static Object average(AggregateCall call, int argument, List<Object> values) {
        if (RandomRows.SCHEMA.type(argument) == Scalar.DOUBLE) {
            return values.stream().mapToDouble(v -> (Double) v).sum() / values.size();
        }
        BigDecimal sum = values.stream().map(Oracle::decimal).reduce(BigDecimal.ZERO, BigDecimal::add);
        return call.type() instanceof Decimal decimal
                ? sum.divide(BigDecimal.valueOf(values.size()), decimal.scale(), RoundingMode.HALF_UP)
                : (Object) (sum.doubleValue() / values.size());
    }

    private static BigDecimal decimal(Object value) {
        return value instanceof BigDecimal exact ? exact : new BigDecimal(new BigInteger(value.toString()));
    }

    private static double variance(List<Object> values, long divisor) {
        double mean =
                values.stream().mapToDouble(v -> ((Number) v).doubleValue()).sum() / values.size();
        return values.stream()
                        .mapToDouble(v -> Math.pow(((Number) v).doubleValue() - mean, 2))
                        .sum()
                / divisor;
    }
}
