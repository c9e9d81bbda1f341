package io.laminar.sql;

import io.laminar.spi.option.Placeholders;
import io.laminar.sql.catalog.TableConnectors;
import io.laminar.sql.function.FunctionCatalog;
import io.laminar.sql.stored.StoredDeclarations;
import java.util.Map;

/**
 * What a pipeline is planned with.
 *
 * @param settings values that come before those of SET in the text: a SET overrides them
 * @param stored what texts use by name without declaring it
 * @param placeholders values of {@code {{ NAME }}} in options
 */
public record PlannerContext(
        TableConnectors connectors,
        FunctionCatalog functions,
        Map<String, String> settings,
        StoredDeclarations stored,
        Placeholders placeholders) {
    public PlannerContext {
        settings = Map.copyOf(settings);
    }

    /** Without a store and an environment. */
    public PlannerContext(TableConnectors connectors, FunctionCatalog functions, Map<String, String> settings) {
        this(connectors, functions, settings, StoredDeclarations.NONE, Placeholders.NONE);
    }

    /** The functions on the class path and no settings. */
    public static PlannerContext of(TableConnectors connectors) {
        return new PlannerContext(connectors, FunctionCatalog.installed(), Map.of());
    }

    /** The same with a store. */
    public PlannerContext withStored(StoredDeclarations declarations) {
        return new PlannerContext(connectors, functions, settings, declarations, placeholders);
    }

    /** The same with an environment. */
    public PlannerContext withPlaceholders(Placeholders values) {
        return new PlannerContext(connectors, functions, settings, stored, values);
    }
}
