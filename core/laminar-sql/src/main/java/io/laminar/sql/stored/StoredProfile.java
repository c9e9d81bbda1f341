package io.laminar.sql.stored;

import java.util.Map;

/**
 * How an outside system is reached, for any number of tables.
 *
 * @param connector name of the connector
 * @param options by name, as they would be written in WITH; values may have placeholders
 */
public record StoredProfile(String name, String connector, Map<String, String> options) {
    public StoredProfile {
        options = Map.copyOf(options);
    }

    /** Without values: some are secret. */
    @Override
    public String toString() {
        return "StoredProfile[" + name + ", " + connector + ", " + options.keySet() + "]";
    }
}
