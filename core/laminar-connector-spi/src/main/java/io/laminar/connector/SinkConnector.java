package io.laminar.connector;

import io.laminar.spi.batch.Batch;
import io.laminar.spi.table.TableDescriptor;
import org.apache.flink.api.connector.sink2.Sink;

/** Writes tables. */
public interface SinkConnector extends Connector {

    /** What kind of changes the table takes. */
    ChangelogSupport changelogSupport(TableDescriptor table);

    /** Whether the table may be written by several subtasks. */
    default boolean parallel(TableDescriptor table) {
        return true;
    }

    /** A sink of batches with the columns of {@link TableDescriptor#schema}. */
    Sink<Batch> sink(TableDescriptor table);

    /**
     * The same for connectors that have to know the job.
     *
     * @throws io.laminar.spi.error.LaminarException if the table and the job do not go together
     */
    default Sink<Batch> sink(TableDescriptor table, JobContext job) {
        return sink(table);
    }
}
