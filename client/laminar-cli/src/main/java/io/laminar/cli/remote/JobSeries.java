package io.laminar.cli.remote;

import io.laminar.client.model.MetricGroupsResource;
import io.laminar.client.model.MetricGroupsResourceGroup;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.error.NearestName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What operators did lately, as rows: one for every time and operator. */
final class JobSeries {
    static final String[] COLUMNS = {
        "time",
        "operator",
        "name",
        "rows_in_per_second",
        "rows_out_per_second",
        "busy",
        "backpressured",
        "watermark_lag_micros",
        "state_bytes"
    };

    private JobSeries() {}

    /**
     * @param operator id or name of the only one; null for all
     * @throws LaminarException NOT_FOUND if there is no such operator
     */
    static List<Map<String, Object>> points(MetricGroupsResource groups, @Nullable String operator) {
        List<MetricGroupsResourceGroup> wanted = groups.getOperators().stream()
                .filter(group -> operator == null
                        || operator.equals(group.getOperator())
                        || operator.equalsIgnoreCase(group.getName()))
                .toList();
        if (wanted.isEmpty() && operator != null) {
            throw new LaminarException(
                    ErrorCode.NOT_FOUND,
                    "the job has no operator '" + operator + "'",
                    NearestName.hint(
                            operator,
                            groups.getOperators().stream()
                                    .map(MetricGroupsResourceGroup::getName)
                                    .toList()));
        }
        List<Map<String, Object>> points = new ArrayList<>();
        for (int t = 0; t < groups.getTimes().size(); t++) {
            for (MetricGroupsResourceGroup group : wanted) {
                points.add(point(groups.getTimes().get(t), group, t));
            }
        }
        return points;
    }

    private static Map<String, Object> point(long time, MetricGroupsResourceGroup group, int number) {
        Map<String, Object> point = new LinkedHashMap<>();
        point.put("time", Instant.ofEpochMilli(time).toString());
        point.put("operator", group.getOperator());
        point.put("name", group.getName());
        group.getSeries().forEach((name, values) -> point.put(name, plain(values.get(number))));
        return point;
    }

    /** Whole numbers without a point. */
    private static Number plain(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15 ? (Number) (long) value : (Number) value;
    }
}
