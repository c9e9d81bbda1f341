package io.laminar.execution.over;

import io.laminar.plan.node.AggregateCall;
import io.laminar.plan.node.OverCall;
import io.laminar.plan.node.OverFrame;
import io.laminar.plan.node.OverFunction;
import io.laminar.plan.node.OverNode;
import io.laminar.spi.batch.Column;
import io.laminar.spi.type.Physical;
import io.laminar.spi.type.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A frame and what is computed of it, or what needs no frame. */
final class OverPart {
    private final @Nullable FrameCursor frame;
    private final boolean rowsAhead;
    private final OverRows rows;
    private final List<OverResults> results;
    private final OverSteps withoutFrame = new OverSteps();

    private OverPart(@Nullable FrameCursor frame, OverRows rows, List<OverResults> results) {
        this.frame = frame;
        this.rowsAhead = frame != null
                && frame.frame().unit() == OverFrame.Unit.ROWS
                && frame.frame().ahead() != null;
        this.rows = rows;
        this.results = List.copyOf(results);
    }

    /** The parts of a node: one per different frame, and one for ranks. */
    static List<OverPart> of(OverNode node, OverRows rows, FrameMeasure measure) {
        Map<OverFrame, List<Integer>> byFrame = new LinkedHashMap<>();
        List<OverResults> ranks = new ArrayList<>();
        for (int i = 0; i < node.calls().size(); i++) {
            OverCall call = node.calls().get(i);
            if (call.function().hasFrame()) {
                byFrame.computeIfAbsent(call.frame(), f -> new ArrayList<>()).add(i);
            } else {
                ranks.add(new Rankings(call, i, rows));
            }
        }
        List<OverPart> parts = new ArrayList<>();
        byFrame.forEach((frame, calls) -> {
            FrameCursor cursor = new FrameCursor(frame, rows, measure);
            parts.add(new OverPart(cursor, rows, results(node, calls, cursor, rows)));
        });
        if (!ranks.isEmpty() || parts.isEmpty()) {
            parts.add(new OverPart(null, rows, ranks));
        }
        return parts;
    }

    private static List<OverResults> results(OverNode node, List<Integer> positions, FrameCursor frame, OverRows rows) {
        boolean keepsAll = frame.keepsAll();
        Schema input = node.input().schema();
        List<OverResults> results = new ArrayList<>();
        List<AggregateCall> aggregates = new ArrayList<>();
        List<Integer> aggregated = new ArrayList<>();
        for (int position : positions) {
            OverCall call = node.calls().get(position);
            if (call.function() != OverFunction.AGGREGATE) {
                results.add(new FrameValues(call, position, keepsAll, rows));
            } else if (isExtreme(call.call(), input)) {
                results.add(new FrameExtremes(call.call(), position, keepsAll, rows));
            } else {
                aggregates.add(call.call());
                aggregated.add(position);
            }
        }
        if (!aggregates.isEmpty()) {
            int[] columns = aggregated.stream().mapToInt(Integer::intValue).toArray();
            results.add(new FrameAggregates(aggregates, columns, input, frame, rows));
        }
        return results;
    }

    /** Nested values have an order only among aggregates. */
    private static boolean isExtreme(AggregateCall call, Schema input) {
        if (!call.function().equals("min") && !call.function().equals("max")) {
            return false;
        }
        Physical physical = input.type(call.arguments().get(0)).physical();
        return physical != Physical.LIST && physical != Physical.MAP && physical != Physical.STRUCT;
    }

    @Nullable
    FrameCursor frame() {
        return frame;
    }

    List<OverResults> results() {
        return results;
    }

    /**
     * Computes rows.
     *
     * @param reached raised to the greatest event time of the rows ahead that were needed
     */
    void compute(int[] slots, int count, Column[] columns, long[] reached) {
        OverSteps steps = withoutFrame;
        if (frame == null) {
            steps.begin(slots, count, rows);
        } else {
            steps = frame.move(slots, count);
        }
        for (OverResults part : results) {
            part.compute(steps, columns);
        }
        for (int i = 0; rowsAhead && i < count; i++) {
            reached[i] = Math.max(reached[i], steps.reached[i]);
        }
    }

    /** Lets rows go that the results just computed were the last to need. */
    void release() {
        if (frame != null) {
            frame.release();
        }
    }

    /** Heap that this takes, nearly. */
    long bytes() {
        long bytes = frame == null ? 0 : frame.bytes();
        for (OverResults each : results) {
            bytes += each.bytes();
        }
        return bytes;
    }
}
