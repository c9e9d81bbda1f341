package io.laminar.benchmark.nexmark;

import org.jspecify.annotations.Nullable;

/**
 * A query in both dialects.
 *
 * @param laminar SELECT over the views {@code person}, {@code auction} and {@code bid}
 * @param flink the same over Flink's views of those names; null where Flink SQL cannot run it
 * @param sink where its rows go
 * @param comparable whether both engines must come to the same rows in the end: not where the machine's clock matters
 */
public record NexmarkQuery(
        String name, String what, String laminar, @Nullable String flink, Sink sink, boolean comparable) {

    /** Where the rows of a query go when it is measured. */
    public enum Sink {
        /** Nowhere. */
        NONE,
        /** CSV files in folders by the columns {@code dt} and {@code hm}. */
        FILES
    }

    NexmarkQuery(String name, String what, String laminar, @Nullable String flink, boolean comparable) {
        this(name, what, laminar, flink, Sink.NONE, comparable);
    }

    /** A query whose text is the same in both dialects. */
    static NexmarkQuery both(String name, String what, String sql) {
        return new NexmarkQuery(name, what, sql, sql, true);
    }
}
