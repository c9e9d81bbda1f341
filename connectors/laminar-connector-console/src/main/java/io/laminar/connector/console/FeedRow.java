package io.laminar.connector.console;

import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row that a job has shown.
 *
 * @param number of the row in its feed, from 1, without gaps
 * @param table the query or table it is of
 * @param kind {@code +I}, {@code -U}, {@code +U} or {@code -D}
 * @param values one per column of {@link FeedTable#columns}: Boolean, Integer, Long, Double, BigDecimal, String, List,
 *     Map or null, as JSON can have them
 */
public record FeedRow(long number, String table, String kind, List<@Nullable Object> values) {
    public FeedRow {
        values = Collections.unmodifiableList(values);
    }
}
