package io.laminar.connector.jdbc.sink;

import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BatchBuilder;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.ColumnBuilder;
import io.laminar.spi.batch.RowKind;
import io.laminar.spi.type.Schema;
import java.util.List;

/** Collects rows up to a batch. Of the changes of a key only the last is left. */
final class ChangeBuffer {
    private final List<Integer> key;
    private final int capacity;
    private final BatchBuilder rows;

    ChangeBuffer(Schema schema, List<Integer> key, int capacity) {
        this.key = key;
        this.capacity = capacity;
        this.rows = new BatchBuilder(schema, Math.min(capacity, Batch.TARGET_ROWS));
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    boolean isFull() {
        return rows.rows() >= capacity;
    }

    /** Takes rows of a batch until it is full; returns how many. */
    int add(Batch batch, int from) {
        int count = Math.min(batch.size() - from, capacity - rows.rows());
        for (int c = 0; c < batch.width(); c++) {
            Column column = batch.column(c);
            ColumnBuilder target = rows.column(c);
            for (int row = from; row < from + count; row++) {
                target.appendFrom(column, row);
            }
        }
        for (int row = from; row < from + count; row++) {
            rows.endRow(batch.rowtime()[row], batch.kind(row));
        }
        return count;
    }

    /** What has been collected; nothing is left. */
    Changes drain() {
        Batch all = rows.build();
        if (key.isEmpty()) {
            return new Changes(null, all);
        }
        int[] last = LastPerKey.positions(all, key);
        int[] deletes = new int[last.length];
        int[] puts = new int[last.length];
        int deleted = 0;
        int put = 0;
        for (int row : last) {
            if (RowKind.isRetraction(all.kind(row))) {
                deletes[deleted++] = row;
            } else {
                puts[put++] = row;
            }
        }
        return new Changes(
                deleted == 0 ? null : all.gather(deletes, deleted),
                put == 0 ? null : put == all.size() ? all : all.gather(puts, put));
    }
}
