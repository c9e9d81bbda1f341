package io.laminar.flink.metrics;

import java.util.Collection;

/**
 * How a subtask has spent its time lately, in shares from 0 to 1. Operators that run in one thread have the load of
 * that thread.
 *
 * @param busy with work to do
 * @param backpressured waiting for those behind it to take rows
 * @param idle waiting for rows
 */
public record Load(double busy, double backpressured, double idle) {
    public static final Load NONE = new Load(0, 0, 0);

    static Load average(Collection<Load> loads) {
        int count = Math.max(1, loads.size());
        return new Load(
                loads.stream().mapToDouble(Load::busy).sum() / count,
                loads.stream().mapToDouble(Load::backpressured).sum() / count,
                loads.stream().mapToDouble(Load::idle).sum() / count);
    }
}
