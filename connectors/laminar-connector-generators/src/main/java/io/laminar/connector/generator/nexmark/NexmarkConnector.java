package io.laminar.connector.generator.nexmark;

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
import io.laminar.spi.filter.ColumnCondition;
import io.laminar.spi.option.Option;
import io.laminar.spi.table.TableDescriptor;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.api.connector.source.Source;

/** The events of the Nexmark benchmark. */
public final class NexmarkConnector implements SourceConnector {
    static final Option EVENT_RATE = Option.number(
                    "event_rate", "Events per second over all subtasks; 0 is as fast as it goes.")
            .asRequired();
    static final Option MESSAGE_COUNT =
            Option.integer("message_count", "Number of events; without it and without runtime the table does not end.");
    static final Option RUNTIME =
            Option.duration("runtime", "Span of event time the events cover: another way to say how many there are.");
    static final Option SEED = Option.integer("seed", "Same seed, same events.").withDefault(0L);

    @Override
    public String name() {
        return "nexmark";
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of(Capability.READS_EXACTLY_ONCE);
    }

    @Override
    public String description() {
        return "Persons, auctions and bids in the proportions and with the skew of the Nexmark benchmark.";
    }

    @Override
    public List<Option> options() {
        return List.of(EVENT_RATE, MESSAGE_COUNT, RUNTIME, SEED);
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
        return Optional.of(NexmarkSchema.EVENT);
    }

    @Override
    public boolean bounded(TableDescriptor table) {
        return count(table) != Long.MAX_VALUE;
    }

    @Override
    public void check(TableDescriptor table, TableUse use) {
        if (table.options().number(EVENT_RATE) < 0) {
            throw new LaminarException(ErrorCode.INVALID_OPTION, "option 'event_rate' must not be negative");
        }
        for (Field field : table.schema().fields()) {
            if (!NexmarkSchema.EVENT.names().contains(field.name())) {
                throw new LaminarException(
                        ErrorCode.INVALID_SCHEMA,
                        "a nexmark table has no column '" + field.name() + "'; it has "
                                + String.join(", ", NexmarkSchema.EVENT.names()),
                        NearestName.hint(field.name(), NexmarkSchema.EVENT.names()));
            }
        }
    }

    @Override
    public Source<Batch, ?, ?> source(TableDescriptor table) {
        double rate = table.options().number(EVENT_RATE);
        NexmarkClock clock = NexmarkClock.ofRate(rate);
        return new GeneratorSource(
                new NexmarkGenerator(table.schema(), table.options().integer(SEED), clock, table.filter()),
                Pace.of(rate, count(table), Batch.TARGET_ROWS));
    }

    /** Of each event one column has a value: who wants one of them needs no events of the other kinds. */
    @Override
    public boolean filters(TableDescriptor table, ColumnCondition condition, boolean timed) {
        return condition.comparison() == ColumnCondition.Comparison.IS_NOT_NULL;
    }

    private static long count(TableDescriptor table) {
        Optional<Object> count = table.options().find(MESSAGE_COUNT);
        if (count.isPresent()) {
            return (Long) count.get();
        }
        NexmarkClock clock = NexmarkClock.ofRate(table.options().number(EVENT_RATE));
        return table.options()
                .find(RUNTIME)
                .map(span -> clock.eventsIn((Long) span))
                .orElse(Long.MAX_VALUE);
    }
}
