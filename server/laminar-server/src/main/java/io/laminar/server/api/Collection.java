package io.laminar.server.api;

import io.laminar.metadata.Page;
import java.util.List;
import java.util.function.Function;

/**
 * A part of a collection, the newest first.
 *
 * @param hasMore whether there are more after the last one, whose id is the next {@code starting_after}
 */
public record Collection<T>(List<T> data, boolean hasMore) {

    public static <S, T> Collection<T> of(Page<S> page, Function<? super S, ? extends T> resource) {
        return new Collection<>(page.data().stream().<T>map(resource).toList(), page.hasMore());
    }

    /** All there are. */
    public static <T> Collection<T> all(List<T> data) {
        return new Collection<>(data, false);
    }
}
