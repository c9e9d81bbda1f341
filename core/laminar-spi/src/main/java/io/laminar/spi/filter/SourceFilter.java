package io.laminar.spi.filter;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Conditions that all rows meet which are of interest. A source may leave out any rows that do not, as the job does in any
 * case.
 *
 * @param timed whether watermarks count: then a source that leaves rows out says how far time went in them, by a batch of
 *     the lane {@link io.laminar.spi.batch.Batch.Lane#SKIPPED}
 * @param timeColumn the column whose values are event times and give watermarks; null if that is the event time which the
 *     source gives its batches
 */
public record SourceFilter(
        List<ColumnCondition> conditions,
        boolean timed,
        @Nullable String timeColumn) implements Serializable {
    /** All rows. */
    public static final SourceFilter NONE = new SourceFilter(List.of(), false, null);

    public SourceFilter {
        conditions = List.copyOf(conditions);
    }

    public boolean isEmpty() {
        return conditions.isEmpty();
    }
}
