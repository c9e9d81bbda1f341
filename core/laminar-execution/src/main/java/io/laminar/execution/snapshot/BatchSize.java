package io.laminar.execution.snapshot;

import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BooleanColumn;
import io.laminar.spi.batch.BytesColumn;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.DecimalColumn;
import io.laminar.spi.batch.IntColumn;
import io.laminar.spi.batch.ListColumn;
import io.laminar.spi.batch.MapColumn;
import io.laminar.spi.batch.StructColumn;

/** How much memory copied rows take, nearly. */
final class BatchSize {

    private BatchSize() {}

    static long of(Batch batch) {
        long bytes = (long) Long.BYTES * batch.size();
        for (Column column : batch.columns()) {
            bytes += of(column);
        }
        return bytes;
    }

    private static long of(Column column) {
        long size = column.size();
        if (column instanceof BytesColumn text) {
            long bytes = 2 * Integer.BYTES * size;
            for (int i = 0; i < size; i++) {
                bytes += text.lengths()[i];
            }
            return bytes;
        } else if (column instanceof IntColumn) {
            return Integer.BYTES * size;
        } else if (column instanceof BooleanColumn) {
            return size;
        } else if (column instanceof DecimalColumn) {
            return 2 * Long.BYTES * size;
        } else if (column instanceof StructColumn struct) {
            return struct.members().stream().mapToLong(BatchSize::of).sum();
        } else if (column instanceof ListColumn list) {
            return 2 * Integer.BYTES * size + of(list.elements());
        } else if (column instanceof MapColumn map) {
            return 2 * Integer.BYTES * size + of(map.keys()) + of(map.values());
        }
        return Long.BYTES * size;
    }
}
