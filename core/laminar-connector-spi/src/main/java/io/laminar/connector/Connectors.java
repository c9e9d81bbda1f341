package io.laminar.connector;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.error.NearestName;
import java.util.Collection;
import java.util.Collections;
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

    private static Map<String, Connector> load() {
        Map<String, Connector> connectors = new TreeMap<>();
        ServiceLoader.load(Connector.class, Connectors.class.getClassLoader())
                .forEach(c -> connectors.put(c.name(), c));
        return connectors;
    }
}
