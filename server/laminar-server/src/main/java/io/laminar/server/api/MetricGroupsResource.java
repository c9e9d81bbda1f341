package io.laminar.server.api;

import java.util.List;
import java.util.Map;

/**
 * What the operators of a job did lately, as series.
 *
 * @param times of all points, in milliseconds since 1970
 */
public record MetricGroupsResource(List<Long> times, List<Group> operators) {

    /**
     * The series of one operator; each has a point for every time, 0 where nothing is known.
     *
     * @param series by name: rows_in_per_second, rows_out_per_second, busy, backpressured, state_bytes, ...
     */
    public record Group(String operator, String name, Map<String, List<Double>> series) {}
}
