package io.laminar.plan.node;

import io.laminar.plan.expression.Expression;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * How a source's event time and watermarks follow from its rows.
 *
 * @param rowtime TIMESTAMP over the source's columns: the event time; null: the source's own (record or arrival time)
 * @param watermark TIMESTAMP over the source's columns: event times from which on rows may still come; null: {@code
 *     rowtime - delay}
 * @param delay microseconds taken from the event time when there is no {@code watermark} expression
 * @param idleTimeout microseconds after which a split without rows stops holding the others back; 0: never
 */
public record WatermarkSpec(
        @Nullable Expression rowtime, @Nullable Expression watermark, long delay, long idleTimeout)
        implements Serializable {}
