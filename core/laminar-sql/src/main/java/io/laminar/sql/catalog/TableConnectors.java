package io.laminar.sql.catalog;

import io.laminar.spi.type.Schema;
import java.util.Collection;

/** The connectors there are, as the planner sees them: it knows nothing of how they read and write. */
public interface TableConnectors {

    /** The names, in order. */
    Collection<String> names();

    /**
     * The connector of a name.
     *
     * @throws io.laminar.spi.error.LaminarException UNKNOWN_CONNECTOR
     */
    TableConnector named(String name);

    /** The columns of records that could not be decoded, which a dead-letter table takes by name. */
    Schema deadLetterSchema();
}
