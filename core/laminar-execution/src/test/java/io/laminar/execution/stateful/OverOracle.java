package io.laminar.execution.stateful;

import io.laminar.plan.node.OverCall;
import io.laminar.plan.node.OverExtent;
import io.laminar.plan.node.OverFrame;
import io.laminar.plan.node.OverFunction;
import io.laminar.plan.node.OverNode;
import io.laminar.plan.node.SortKey;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Functions over rows computed row by row from their definition. */
final class OverOracle {
    private final OverNode node;
    private final List<SortKey> order;

    OverOracle(OverNode node) {
        this.node = node;
        this.order = node.order();
    }

    /** The rows with their results, as a multiset of texts. */
    Map<String, Integer> results(List<RandomRows.Row> rows) {
        Map<String, Integer> results = new TreeMap<>();
        Oracle.group(rows, node.keys()).values().forEach(partition -> {
            List<RandomRows.Row> sorted = new ArrayList<>(partition);
            sorted.sort(this::compare);
            for (int i = 0; i < sorted.size(); i++) {
                List<Object> row = new ArrayList<>();
                sorted.get(i).values().forEach(value -> row.add(Harness.normal(value)));
                for (OverCall call : node.calls()) {
                    row.add(result(call, sorted, i));
                }
                results.merge(String.valueOf(row), 1, Integer::sum);
            }
        });
        return results;
    }

    private int compare(RandomRows.Row left, RandomRows.Row right) {
        if (node.extent() instanceof OverExtent.EventTime && left.time() != right.time()) {
            return Long.compare(left.time(), right.time());
        }
        for (SortKey key : order) {
            Comparator<Object> comparator = Oracle.comparator(key);
            int compared = comparator.compare(
                    left.values().get(key.column()), right.values().get(key.column()));
            if (compared != 0) {
                return compared;
            }
        }
        return 0;
    }

    private Object result(OverCall call, List<RandomRows.Row> rows, int i) {
        long before = rows.stream().filter(row -> compare(row, rows.get(i)) < 0).count();
        long peers = rows.stream().filter(row -> compare(row, rows.get(i)) == 0).count();
        int size = rows.size();
        return switch (call.function()) {
            case ROW_NUMBER -> i + 1L;
            case RANK -> before + 1;
            case DENSE_RANK -> denseRank(rows, i);
            case NTILE -> tile(i, size, call.number());
            case PERCENT_RANK -> Harness.normal(size == 1 ? 0.0 : (double) before / (size - 1));
            case CUME_DIST -> Harness.normal((double) (before + peers) / size);
            case AGGREGATE ->
                Oracle.results(List.of(call.call()), frame(call.frame(), rows, i))
                        .get(0);
            default -> value(call, rows, i);
        };
    }

    private long denseRank(List<RandomRows.Row> rows, int i) {
        long rank = 1;
        for (int j = 1; j <= i; j++) {
            rank += compare(rows.get(j - 1), rows.get(j)) == 0 ? 0 : 1;
        }
        return rank;
    }

    private static long tile(int place, int size, long tiles) {
        long left = place;
        for (long tile = 1; ; tile++) {
            long rows = size / tiles + (tile <= size % tiles ? 1 : 0);
            if (left < rows) {
                return tile;
            }
            left -= rows;
        }
    }

    private Object value(OverCall call, List<RandomRows.Row> rows, int i) {
        List<Integer> arguments = call.call().arguments();
        List<Object> values = new ArrayList<>();
        for (RandomRows.Row row : frame(call.frame(), rows, i)) {
            Object value = row.values().get(arguments.get(0));
            if (value != null || !call.ignoreNulls()) {
                values.add(value);
            }
        }
        int place = call.function() == OverFunction.NTH_FROM_LAST
                ? values.size() - (int) call.number()
                : (int) call.number() - 1;
        if (place >= 0 && place < values.size()) {
            return Harness.normal(values.get(place));
        }
        return arguments.size() > 1 ? Harness.normal(rows.get(i).values().get(arguments.get(1))) : null;
    }

    private List<RandomRows.Row> frame(OverFrame frame, List<RandomRows.Row> rows, int i) {
        List<RandomRows.Row> inside = new ArrayList<>();
        for (int j = 0; j < rows.size(); j++) {
            boolean started = isInside(frame, frame.start(), rows, i, j, 1);
            boolean ended = isInside(frame, frame.end(), rows, i, j, -1);
            if (started && ended) {
                inside.add(rows.get(j));
            }
        }
        return inside;
    }

    /** @param side 1 for the start, -1 for the end of the frame */
    private boolean isInside(
            OverFrame frame, OverFrame.Bound bound, List<RandomRows.Row> rows, int i, int j, int side) {
        if (bound instanceof OverFrame.First || bound instanceof OverFrame.Last) {
            return true;
        }
        BigDecimal distance = bound instanceof OverFrame.Offset offset ? offset.distance() : BigDecimal.ZERO;
        if (frame.unit() == OverFrame.Unit.ROWS) {
            return side * Long.compare(j, i + distance.longValue()) >= 0;
        }
        RandomRows.Row row = rows.get(i);
        RandomRows.Row other = rows.get(j);
        boolean measures = bound instanceof OverFrame.Offset;
        BigDecimal from = measures ? measure(row) : null;
        BigDecimal to = measures ? measure(other) : null;
        if (from == null || to == null) {
            return side * compare(other, row) >= 0;
        }
        return side * to.compareTo(from.add(distance)) >= 0;
    }

    private BigDecimal measure(RandomRows.Row row) {
        if (node.extent() instanceof OverExtent.EventTime) {
            return BigDecimal.valueOf(row.time());
        }
        SortKey key = order.get(0);
        Object value = row.values().get(key.column());
        if (value == null) {
            return null;
        }
        BigDecimal number = value instanceof BigDecimal exact
                ? new BigDecimal(exact.unscaledValue())
                : new BigDecimal(Objects.toString(value));
        return key.descending() ? number.negate() : number;
    }
}
