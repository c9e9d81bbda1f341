package io.laminar.connector.probe;

import java.util.Map;

/**
 * Which names are asked for.
 *
 * @param kind one of {@link ProbingConnector#suggestionKinds}
 * @param prefix what names begin with, in any case; empty for all
 * @param within what they belong to, by kind in the singular: {@code schema}, {@code table}, {@code topic}
 * @param limit how many at most
 */
public record SuggestionQuery(String kind, String prefix, Map<String, String> within, int limit) {
    public SuggestionQuery {
        within = Map.copyOf(within);
    }

    /** Whether a name begins as wanted. */
    public boolean admits(String name) {
        return name.regionMatches(true, 0, prefix, 0, prefix.length());
    }
}
