package io.laminar.execution.stateful;

import io.laminar.plan.node.AggregateCall;
import java.util.List;

/** Aggregates of pairs (y, x) by their definitions. */
final class Pairs {

    private Pairs() {}

    static Object of(AggregateCall call, List<RandomRows.Row> rows) {
        List<double[]> pairs = rows.stream()
                .map(row -> call.arguments().stream()
                        .map(column -> (Double) row.values().get(column))
                        .toArray(Double[]::new))
                .filter(pair -> pair[0] != null && pair[1] != null)
                .map(pair -> new double[] {pair[0], pair[1]})
                .toList();
        int count = pairs.size();
        if (call.function().equals("regr_count")) {
            return (long) count;
        }
        double yy = products(pairs, 0, 0);
        double xx = products(pairs, 1, 1);
        double xy = products(pairs, 0, 1);
        if (count == 0) {
            return null;
        }
        return switch (call.function()) {
            case "covar_pop" -> xy / count;
            case "covar_samp" -> count < 2 ? null : (Double) (xy / (count - 1));
            case "corr" -> xx == 0 || yy == 0 ? null : (Double) (xy / Math.sqrt(xx * yy));
            case "regr_slope" -> xx == 0 ? null : (Double) (xy / xx);
            case "regr_r2" -> xx == 0 ? null : (Double) (yy == 0 ? 1 : xy * xy / (xx * yy));
            case "regr_syy" -> yy;
            default -> throw new IllegalArgumentException(call.function());
        };
    }

    /** Exact for the few values there are: they are multiples of a quarter. */
    private static double products(List<double[]> pairs, int left, int right) {
        double all = pairs.stream().mapToDouble(p -> p[left] * p[right]).sum();
        double lefts = pairs.stream().mapToDouble(p -> p[left]).sum();
        double rights = pairs.stream().mapToDouble(p -> p[right]).sum();
        return (all * pairs.size() - lefts * rights) / pairs.size();
    }
}
