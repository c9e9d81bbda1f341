package io.laminar.sql;

import io.laminar.sql.catalog.TableConnectors;
import io.laminar.sql.function.FunctionCatalog;
import java.util.Map;

/**
 * What a pipeline is planned with.
 *
 * @param settings values that come before those of SET in the text: a SET overrides them
 */
public record PlannerContext(TableConnectors connectors, FunctionCatalog functions, Map<String, String> settings) {
    public PlannerContext {
        settings = Map.copyOf(settings);
    }

    /** The functions on the class path and no settings. */
    public static PlannerContext of(TableConnectors connectors) {
        return new PlannerContext(connectors, FunctionCatalog.installed(), Map.of());
    }
}
