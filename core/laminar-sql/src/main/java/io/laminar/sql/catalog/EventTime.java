package io.laminar.sql.catalog;

import io.laminar.spi.error.Place;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/**
 * What a table says of event time.
 *
 * @param column the event time column; null: what the connector knows
 * @param watermark an expression over the columns that says which event times may still come; null: event time less
 *     {@code delay}
 * @param delay microseconds
 * @param idleTimeout microseconds after which a silent split holds others back no longer; 0: never
 * @param place where the event time column is named
 */
public record EventTime(
        @Nullable String column, @Nullable SqlNode watermark, long delay, long idleTimeout, Place.@Nullable Sql place) {
    public static final long DEFAULT_DELAY = 1_000_000;

    public static final EventTime DEFAULT = new EventTime(null, null, DEFAULT_DELAY, 0, null);
}
