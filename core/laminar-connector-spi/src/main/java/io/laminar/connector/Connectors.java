package io.laminar.connector;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.error.NearestName;
import io.laminar.spi.lookup.LookupTable;
import io.laminar.spi.table.TableDescriptor;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** The connectors on the class path. */
public final class Connectors {
    private static final Map<String, Connector> BY_NAME = load();

    private Connectors() {}

    public static Collection<Connector> all() {
        return Collections.unmodifiableCollection(BY_NAME.values());
    }

    /**
     * The connector of a name.
     *
     * @throws LaminarException UNKNOWN_CONNECTOR
     */
    public static Connector named(String name) {
        Connector connector = BY_NAME.get(name);
        if (connector == null) {
            throw new LaminarException(
                    ErrorCode.UNKNOWN_CONNECTOR,
                    "there is no connector '" + name + "'; there are " + String.join(", ", BY_NAME.keySet()),
                    NearestName.hint(name, BY_NAME.keySet()));
        }
        return connector;
    }

    /**
     * Opens a table for lookups.
     *
     * @param keys positions of the columns that requests give, in the table's schema
     */
    public static LookupTable lookup(TableDescriptor table, List<Integer> keys) {
        if (named(table.connector()) instanceof LookupConnector connector) {
            return connector.lookup(table, keys);
        }
        throw new LaminarException(
                ErrorCode.NOT_A_SOURCE, "connector '" + table.connector() + "' cannot be asked for rows by key");
    }

    private static Map<String, Connector> load() {
        Map<String, Connector> connectors = new TreeMap<>();
        ServiceLoader.load(Connector.class, Connectors.class.getClassLoader())
                .forEach(c -> connectors.put(c.name(), c));
        return connectors;
    }
}
