package io.laminar.client;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * All resources of a collection, asked for page by page as they are read.
 *
 * @param <T> a resource
 */
public final class Pages<T> implements Iterable<T> {
    /** Of a page; the most the API gives at once. */
    public static final int SIZE = 100;

    private final Function<@Nullable String, Page<T>> source;
    private final Function<T, String> id;

    /** A part of a collection. */
    public record Page<T>(List<T> data, boolean hasMore) {}

    /**
     * @param source gives the page after the resource with an id; null for the first
     * @param id of a resource
     */
    public Pages(Function<@Nullable String, Page<T>> source, Function<T, String> id) {
        this.source = source;
        this.id = id;
    }

    @Override
    public Iterator<T> iterator() {
        return new Iterator<>() {
            private Page<T> page = source.apply(null);
            private int next;

            @Override
            public boolean hasNext() {
                if (next == page.data().size() && page.hasMore() && next > 0) {
                    page = source.apply(id.apply(page.data().get(next - 1)));
                    next = 0;
                }
                return next < page.data().size();
            }

            @Override
            public T next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                return page.data().get(next++);
            }
        };
    }
}
