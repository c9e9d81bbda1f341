package io.laminar.plan.node;

import java.io.Serializable;

/** How rows are put into windows. Widths in microseconds unless said otherwise; offsets move window starts. */
public sealed interface WindowSpec extends Serializable {

    record Tumble(long width, long offset) implements WindowSpec {}

    /** Calendar windows in UTC: {@code months} = 12 for a year. */
    record TumbleMonths(int months) implements WindowSpec {}

    record Hop(long slide, long width, long offset) implements WindowSpec {}

    record Session(long gap) implements WindowSpec {}

    /** Windows that start every {@code max} and grow by {@code step} until they are {@code max} wide. */
    record Cumulate(long step, long max, long offset) implements WindowSpec {}

    /**
     * The windows the rows already belong to: TIMESTAMP columns of the input with start and end. Such rows come from an
     * earlier window; the window closes when the watermark passes its end.
     */
    record Attached(int startColumn, int endColumn) implements WindowSpec {}
}
