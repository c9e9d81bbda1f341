package io.laminar.connector.probe;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An outside system that answered.
 *
 * @param system what it is, for example {@code PostgreSQL}
 * @param version null if it does not say
 * @param details by name, for people; nothing secret
 */
public record SystemReport(String system, @Nullable String version, Map<String, String> details) {
    public SystemReport {
        details = java.util.Collections.unmodifiableMap(new TreeMap<>(details));
    }
}
