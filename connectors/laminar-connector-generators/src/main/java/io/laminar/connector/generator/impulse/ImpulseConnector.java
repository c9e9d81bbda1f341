package io.laminar.connector.generator.impulse;

import io.laminar.connector.Capability;
import io.laminar.connector.FormatUse;
import io.laminar.connector.SourceConnector;
import io.laminar.connector.TableUse;
import io.laminar.connector.generator.GeneratorSource;
import io.laminar.connector.generator.Pace;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.error.NearestName;
import io.laminar.spi.option.Option;
import io.laminar.spi.table.TableDescriptor;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.api.connector.source.Source;

/** A counter that ticks at a rate. */
public final class ImpulseConnector implements SourceConnector {
    static final Option EVENT_RATE = Option.number(
                    "event_rate", "Rows per second over all subtasks; 0 is as fast as it goes.")
            .asRequired();
    static final Option EVENT_TIME_INTERVAL = Option.duration(
            "event_time_interval",
            "Event time between two rows, counted from 1970-01-01. Without it the event time is the time of arrival.");
    static final Option MESSAGE_COUNT =
            Option.integer("message_count", "Number of rows over all subtasks; without it the table does not end.");

    @Override
    public String name() {
        return "impulse";
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of(Capability.READS_EXACTLY_ONCE);
    }

    @Override
    public String description() {
        return "A counter: numbered rows at a rate, for trying things out and for load.";
    }

    @Override
    public List<Option> options() {
        return List.of(EVENT_RATE, EVENT_TIME_INTERVAL, MESSAGE_COUNT);
    }

    @Override
    public Set<TableUse> uses() {
        return Set.of(TableUse.SOURCE);
    }

    @Override
    public FormatUse formatUse() {
        return FormatUse.NONE;
    }

    @Override
    public Optional<Schema> schema(TableDescriptor table) {
        return Optional.of(ImpulseGenerator.SCHEMA);
    }

    @Override
    public boolean bounded(TableDescriptor table) {
        return table.options().has(MESSAGE_COUNT);
    }

    @Override
    public void check(TableDescriptor table, TableUse use) {
        if (table.options().number(EVENT_RATE) < 0) {
            throw new LaminarException(ErrorCode.INVALID_OPTION, "option 'event_rate' must not be negative");
        }
        for (Field field : table.schema().fields()) {
            int known = ImpulseGenerator.SCHEMA.indexOf(field.name());
            if (known < 0) {
                throw new LaminarException(
                        ErrorCode.INVALID_SCHEMA,
                        "an impulse table has no column '" + field.name() + "'; it has "
                                + String.join(", ", ImpulseGenerator.SCHEMA.names()),
                        NearestName.hint(field.name(), ImpulseGenerator.SCHEMA.names()));
            }
            if (!ImpulseGenerator.SCHEMA.type(known).equals(field.type())) {
                throw new LaminarException(
                        ErrorCode.INVALID_SCHEMA,
                        "column '" + field.name() + "' of an impulse table is "
                                + ImpulseGenerator.SCHEMA.type(known).sql() + ", not "
                                + field.type().sql());
            }
        }
    }

    @Override
    public Source<Batch, ?, ?> source(TableDescriptor table) {
        double rate = table.options().number(EVENT_RATE);
        long count = table.options().find(MESSAGE_COUNT).map(Long.class::cast).orElse(Long.MAX_VALUE);
        long interval =
                table.options().find(EVENT_TIME_INTERVAL).map(Long.class::cast).orElse(ImpulseGenerator.ARRIVAL);
        return new GeneratorSource(
                new ImpulseGenerator(table.schema(), interval), Pace.of(rate, count, Batch.TARGET_ROWS));
    }
}
