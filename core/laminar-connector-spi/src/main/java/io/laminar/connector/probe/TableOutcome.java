package io.laminar.connector.probe;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * A table that can be used.
 *
 * @param latency how long it took to find out
 * @param facts about what the table names, by name
 */
public record TableOutcome(Duration latency, Map<String, String> facts) {
    public TableOutcome {
        facts = java.util.Collections.unmodifiableMap(new TreeMap<>(facts));
    }
}
