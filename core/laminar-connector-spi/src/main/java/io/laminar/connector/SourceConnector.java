package io.laminar.connector;

import io.laminar.spi.batch.Batch;
import io.laminar.spi.filter.ColumnCondition;
import io.laminar.spi.format.FormatSpec;
import io.laminar.spi.format.Formats;
import io.laminar.spi.table.TableDescriptor;
import io.laminar.spi.type.Schema;
import java.util.Optional;
import org.apache.flink.api.connector.source.Source;

/** Reads tables. */
public interface SourceConnector extends Connector {

    /** The schema of tables that are declared without columns, if the connector knows one. */
    default Optional<Schema> schema(TableDescriptor table) {
        return Optional.empty();
    }

    /** Whether the table ends. */
    boolean bounded(TableDescriptor table);

    /**
     * A source of batches with the columns of {@link TableDescriptor#schema}. Batches carry in {@code rowtime} the event
     * time the connector knows, or the time of arrival. Bad records come in batches of the lane DEAD_LETTER with the
     * columns of {@link DeadLetters#SCHEMA}.
     */
    Source<Batch, ?, ?> source(TableDescriptor table);

    /** The same for connectors that have to know the job. */
    default Source<Batch, ?, ?> source(TableDescriptor table, JobContext job) {
        return source(table);
    }

    /** The changes that rows of the table come with: what the format carries, unless the connector knows better. */
    default ChangelogSupport changelog(TableDescriptor table) {
        FormatSpec format = table.format();
        return format != null && Formats.named(format.format()).changelog()
                ? ChangelogSupport.RETRACT
                : ChangelogSupport.APPEND;
    }

    /**
     * Whether the source's reader emits watermarks itself (through its {@code ReaderOutput}). The table's watermark
     * then only gives rows their event time; no watermark is derived from rows.
     */
    default boolean ownWatermarks(TableDescriptor table) {
        return false;
    }

    /**
     * Whether the source can make use of a condition of {@link TableDescriptor#filter} to leave rows out.
     *
     * @param timed whether it would have to say how far time went in them
     */
    default boolean filters(TableDescriptor table, ColumnCondition condition, boolean timed) {
        return false;
    }
}
