package io.laminar.metadata;

import java.util.List;

/**
 * A part of a collection, the newest first.
 *
 * @param hasMore whether there are older ones
 */
public record Page<T>(List<T> data, boolean hasMore) {
    public Page {
        data = List.copyOf(data);
    }

    /**
     * Which part.
     *
     * @param limit how many at most
     * @param startingAfter id of the last one of the part before; empty for the beginning
     * @param name what names have to be like, with {@code *} for anything; empty for all
     */
    public record Request(int limit, String startingAfter, String name) {
        public static Request first(int limit) {
            return new Request(limit, "", "");
        }
    }
}
