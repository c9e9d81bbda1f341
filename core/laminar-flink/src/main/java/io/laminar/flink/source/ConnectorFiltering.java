package io.laminar.flink.source;

import io.laminar.connector.Connectors;
import io.laminar.connector.SourceConnector;
import io.laminar.plan.SourceFiltering;
import io.laminar.spi.filter.ColumnCondition;
import io.laminar.spi.table.TableDescriptor;

/** What connectors can do with conditions, for the planner. */
public final class ConnectorFiltering implements SourceFiltering {

    @Override
    public boolean uses(TableDescriptor table, ColumnCondition condition, boolean timed) {
        return Connectors.named(table.connector()) instanceof SourceConnector connector
                && connector.filters(table, condition, timed);
    }
}
