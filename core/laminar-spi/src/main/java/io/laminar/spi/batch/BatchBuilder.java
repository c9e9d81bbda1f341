package io.laminar.spi.batch;

import io.laminar.spi.type.Schema;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Collects rows: append one value to every column, then call {@link #endRow}. A row that turns out bad half way is
 * taken back by {@link #rollbackRow}.
 */
public final class BatchBuilder {
    private final Schema schema;
    private final ColumnBuilder[] columns;
    private long[] rowtime;
    private byte @Nullable [] kinds;
    private int rows;

    public BatchBuilder(Schema schema, int capacity) {
        this.schema = schema;
        this.columns = new ColumnBuilder[schema.size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = ColumnBuilder.of(schema.type(i), capacity);
        }
        this.rowtime = new long[Math.max(1, capacity)];
    }

    public Schema schema() {
        return schema;
    }

    public ColumnBuilder column(int index) {
        return columns[index];
    }

    /** Completed rows. */
    public int rows() {
        return rows;
    }

    public boolean isEmpty() {
        return rows == 0;
    }

    /** Whether the rows should be emitted now. */
    public boolean isFull() {
        return rows >= Batch.TARGET_ROWS || ((rows & 63) == 0 && bytes() >= Batch.TARGET_BYTES);
    }

    public long bytes() {
        long bytes = 0;
        for (ColumnBuilder column : columns) {
            bytes += column.bytes();
        }
        return bytes;
    }

    /** Completes an inserted row. Columns that got no value since the row before become null. */
    public void endRow(long time) {
        endRow(time, RowKind.INSERT);
    }

    /** Completes a row of a given {@link RowKind}. */
    public void endRow(long time, byte kind) {
        for (ColumnBuilder column : columns) {
            if (column.size() == rows) {
                column.appendNull();
            }
        }
        if (rows == rowtime.length) {
            rowtime = Arrays.copyOf(rowtime, rows * 2);
        }
        rowtime[rows] = time;
        if (kind != RowKind.INSERT || kinds != null) {
            putKind(kind);
        }
        rows++;
    }

    private void putKind(byte kind) {
        byte[] all = kinds;
        if (all == null) {
            all = new byte[rowtime.length];
        } else if (all.length <= rows) {
            all = Arrays.copyOf(all, rowtime.length);
        }
        all[rows] = kind;
        kinds = all;
    }

    /** Removes the values of the row that has not been completed. */
    public void rollbackRow() {
        truncate(rows);
    }

    /** Removes the completed rows from position {@code count} on, and the open row. */
    public void truncate(int count) {
        rows = Math.min(rows, count);
        for (ColumnBuilder column : columns) {
            column.truncate(rows);
        }
    }

    /** The completed rows; the builder is empty afterwards. */
    public Batch build() {
        return build(Batch.Lane.MAIN);
    }

    public Batch build(Batch.Lane lane) {
        rollbackRow();
        Column[] built = new Column[columns.length];
        for (int i = 0; i < built.length; i++) {
            built[i] = columns[i].build();
        }
        byte[] builtKinds = kinds;
        if (builtKinds != null && builtKinds.length < rows) {
            builtKinds = Arrays.copyOf(builtKinds, rows);
        }
        Batch batch = new Batch(rows, built, rowtime, builtKinds, lane);
        rowtime = new long[rowtime.length];
        kinds = null;
        rows = 0;
        return batch;
    }
}
