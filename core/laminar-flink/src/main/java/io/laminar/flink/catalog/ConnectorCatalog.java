package io.laminar.flink.catalog;

import io.laminar.connector.Connector;
import io.laminar.connector.Connectors;
import io.laminar.connector.DeadLetters;
import io.laminar.spi.type.Schema;
import io.laminar.sql.catalog.TableConnector;
import io.laminar.sql.catalog.TableConnectors;
import java.util.Collection;

/** The connectors found by {@link Connectors}, for the planner. */
public final class ConnectorCatalog implements TableConnectors {

    @Override
    public Collection<String> names() {
        return Connectors.all().stream().map(Connector::name).toList();
    }

    @Override
    public TableConnector named(String name) {
        return new PlannedConnector(Connectors.named(name));
    }

    @Override
    public Schema deadLetterSchema() {
        return DeadLetters.SCHEMA;
    }
}
