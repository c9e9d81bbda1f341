package io.laminar.execution.aggregate;

import io.laminar.execution.key.Rows;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Partial states of single rows: what a fold would give if no two rows had the same key. */
public final class SingleRows {
    private final Supplier<GroupStates> source;
    private @Nullable GroupStates states;

    /** @param source states of a PARTIAL node; made when they are needed first */
    public SingleRows(Supplier<GroupStates> source) {
        this.source = source;
    }

    /** The states of all calls, one row per row of the batch. */
    public List<Column> partials(Batch batch) {
        GroupStates single = states;
        if (single == null) {
            single = source.get();
            states = single;
        }
        int[] rows = Rows.first(batch.size());
        single.reserve(batch.size());
        single.apply(batch, rows, rows, batch.size());
        List<Column> columns = single.partials(rows, batch.size());
        single.clearAll(batch.size());
        return columns;
    }
}
