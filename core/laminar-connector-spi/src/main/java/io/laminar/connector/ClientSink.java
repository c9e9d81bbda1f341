package io.laminar.connector;

import io.laminar.spi.batch.Batch;
import io.laminar.spi.table.TableDescriptor;

/**
 * A sink whose rows go to the process that started the job. In an embedded cluster {@link #sink} does that; of a remote
 * one, the rows are fetched and handed over by {@link #deliver}.
 */
public interface ClientSink extends SinkConnector {

    /** Takes rows of a remote job; called in the process that started it, by one thread per table. */
    void deliver(TableDescriptor table, Batch batch);
}
