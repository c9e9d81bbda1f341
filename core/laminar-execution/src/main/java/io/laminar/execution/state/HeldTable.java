package io.laminar.execution.state;

import io.laminar.execution.key.KeyGroupRange;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Rows that an operator holds for a moment: written with every snapshot as they are then, and with no regard to what
 * earlier ones wrote.
 */
public final class HeldTable {
    private final StateTables tables;
    private final int number;
    private final int[] keyColumns;
    private final Supplier<List<Supplier<Batch>>> pieces;
    private final Consumer<Batch> restore;

    HeldTable(
            StateTables tables,
            int number,
            List<Integer> keyColumns,
            Supplier<List<Supplier<Batch>>> pieces,
            Consumer<Batch> restore) {
        this.tables = tables;
        this.number = number;
        this.keyColumns = keyColumns.stream().mapToInt(Integer::intValue).toArray();
        this.pieces = pieces;
        this.restore = restore;
    }

    public int number() {
        return number;
    }

    List<Supplier<Batch>> pieces() {
        return pieces.get();
    }

    /** The key group of each row. May be called by any thread. */
    public int[] keyGroups(Batch copy) {
        return tables.keyGroups(keys(copy), copy.size());
    }

    /** The same with other key groups than those of the tables. */
    int[] keyGroups(Batch copy, KeyGroupRange range, int maxParallelism) {
        return StateTables.keyGroups(keys(copy), copy.size(), range, maxParallelism);
    }

    private Column[] keys(Batch copy) {
        Column[] keys = new Column[keyColumns.length];
        for (int c = 0; c < keys.length; c++) {
            keys[c] = copy.column(keyColumns[c]);
        }
        return keys;
    }

    /** Hands copied rows back to the operator. */
    public void restore(Batch rows) {
        restore.accept(rows);
    }
}
