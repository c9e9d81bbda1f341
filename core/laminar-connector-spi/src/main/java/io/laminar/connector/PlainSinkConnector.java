package io.laminar.connector;

import io.laminar.spi.option.Option;
import java.util.List;
import java.util.Set;

/** A sink that takes batches as they are: it has no options, no format, and nothing of it is read. */
public interface PlainSinkConnector extends SinkConnector {

    @Override
    default List<Option> options() {
        return List.of();
    }

    @Override
    default Set<TableUse> uses() {
        return Set.of(TableUse.SINK);
    }

    @Override
    default FormatUse formatUse() {
        return FormatUse.NONE;
    }
}
