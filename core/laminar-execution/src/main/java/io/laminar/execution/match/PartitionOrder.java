package io.laminar.execution.match;

import io.laminar.execution.key.Capacity;
import io.laminar.execution.key.RowSorter;
import io.laminar.execution.key.SortKeyRows;
import io.laminar.plan.node.SortKey;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.LongColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Puts rows in order: by partition, event time, the keys of ORDER BY behind it, and arrival. */
final class PartitionOrder {
    private static final int DIGIT_BITS = 11;
    private static final int DIGITS = 1 << DIGIT_BITS;

    private final boolean byTimeAlone;
    /** Event time, as a column behind those of the rows, and the further keys. */
    private final SortKeyRows keys;

    private int[] spare = new int[Batch.TARGET_ROWS];

    /** @param order keys behind the event time */
    PartitionOrder(List<SortKey> order, int width) {
        List<SortKey> all = new ArrayList<>();
        all.add(new SortKey(width, false, false));
        all.addAll(order);
        this.byTimeAlone = order.isEmpty();
        this.keys = new SortKeyRows(all);
    }

    /**
     * The rows of a batch in order.
     *
     * @param partitions of each row, all below {@code limit}
     */
    int[] sort(Batch batch, int[] partitions, int limit) {
        int size = batch.size();
        int[] rows = byTimeAlone && isAscending(batch.rowtime(), size) ? ascending(size) : byKeys(batch, size);
        if (spare.length < size) {
            spare = new int[Capacity.grown(size)];
        }
        // By the digits of the partition's number, the lowest first; each pass keeps the order of the one before.
        int[] source = rows;
        int[] target = spare;
        for (int shift = 0; shift == 0 || limit - 1 >>> shift > 0; shift += DIGIT_BITS) {
            distribute(source, target, partitions, shift, size);
            int[] swap = source;
            source = target;
            target = swap;
        }
        return source == spare ? Arrays.copyOf(source, size) : source;
    }

    private static boolean isAscending(long[] times, int size) {
        for (int i = 1; i < size; i++) {
            if (times[i - 1] > times[i]) {
                return false;
            }
        }
        return true;
    }

    private static int[] ascending(int size) {
        int[] rows = new int[size];
        for (int i = 0; i < size; i++) {
            rows[i] = i;
        }
        return rows;
    }

    private int[] byKeys(Batch batch, int size) {
        Column[] columns = Arrays.copyOf(batch.columns(), batch.width() + 1);
        columns[batch.width()] = new LongColumn(batch.rowtime(), null, size);
        keys.load(columns, size);
        return RowSorter.sort(keys, size);
    }

    private static void distribute(int[] source, int[] target, int[] partitions, int shift, int size) {
        int[] starts = new int[DIGITS + 1];
        for (int i = 0; i < size; i++) {
            starts[(partitions[i] >>> shift & DIGITS - 1) + 1]++;
        }
        for (int d = 0; d < DIGITS; d++) {
            starts[d + 1] += starts[d];
        }
        for (int i = 0; i < size; i++) {
            int row = source[i];
            target[starts[partitions[row] >>> shift & DIGITS - 1]++] = row;
        }
    }
}
