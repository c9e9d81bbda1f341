package io.laminar.connector.jdbc.sink;

import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BooleanColumn;
import io.laminar.spi.batch.BytesColumn;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.DecimalColumn;
import io.laminar.spi.batch.DoubleColumn;
import io.laminar.spi.batch.IntColumn;
import io.laminar.spi.batch.LongColumn;
import java.util.Arrays;
import java.util.List;

/** Finds the last row of each key by an open-addressing table over hashes of the key columns. */
final class LastPerKey {
    private static final int PRIME = 0x9E3779B1;

    private LastPerKey() {}

    /** Positions of the rows after which none with the same key comes, ascending. */
    static int[] positions(Batch rows, List<Integer> key) {
        int size = rows.size();
        Column[] columns = new Column[key.size()];
        int[] hashes = new int[size];
        for (int c = 0; c < columns.length; c++) {
            columns[c] = rows.column(key.get(c));
            hash(columns[c], hashes, size);
        }
        int mask = Math.max(2, Integer.highestOneBit(Math.max(1, size)) * 4) - 1;
        int[] table = new int[mask + 1];
        Arrays.fill(table, -1);
        int[] last = new int[size];
        int next = size;
        for (int row = size - 1; row >= 0; row--) {
            int slot = hashes[row] & mask;
            while (table[slot] >= 0 && !same(columns, table[slot], row)) {
                slot = (slot + 1) & mask;
            }
            if (table[slot] < 0) {
                table[slot] = row;
                last[--next] = row;
            }
        }
        return next == 0 ? last : Arrays.copyOfRange(last, next, size);
    }

    private static void hash(Column column, int[] hashes, int size) {
        for (int row = 0; row < size; row++) {
            int value = column.isNull(row) ? 0 : hash(column, row);
            int mixed = (hashes[row] * 31 + value) * PRIME;
            hashes[row] = mixed ^ (mixed >>> 15);
        }
    }

    private static int hash(Column column, int row) {
        if (column instanceof LongColumn longs) {
            return Long.hashCode(longs.value(row));
        } else if (column instanceof IntColumn ints) {
            return ints.value(row);
        } else if (column instanceof BytesColumn bytes) {
            int hash = 1;
            int end = bytes.starts()[row] + bytes.lengths()[row];
            for (int i = bytes.starts()[row]; i < end; i++) {
                hash = 31 * hash + bytes.arena()[i];
            }
            return hash;
        } else if (column instanceof DoubleColumn doubles) {
            return Double.hashCode(doubles.value(row));
        } else if (column instanceof DecimalColumn decimals) {
            return Long.hashCode(decimals.low()[row]);
        }
        return Boolean.hashCode(((BooleanColumn) column).value(row));
    }

    private static boolean same(Column[] columns, int a, int b) {
        for (Column column : columns) {
            if (column.isNull(a) != column.isNull(b) || (!column.isNull(a) && !same(column, a, b))) {
                return false;
            }
        }
        return true;
    }

    private static boolean same(Column column, int a, int b) {
        if (column instanceof LongColumn longs) {
            return longs.value(a) == longs.value(b);
        } else if (column instanceof IntColumn ints) {
            return ints.value(a) == ints.value(b);
        } else if (column instanceof BytesColumn bytes) {
            int[] starts = bytes.starts();
            int[] lengths = bytes.lengths();
            return Arrays.equals(
                    bytes.arena(), starts[a], starts[a] + lengths[a], bytes.arena(), starts[b], starts[b] + lengths[b]);
        } else if (column instanceof DoubleColumn doubles) {
            return Double.doubleToLongBits(doubles.value(a)) == Double.doubleToLongBits(doubles.value(b));
        } else if (column instanceof DecimalColumn decimals) {
            return decimals.high()[a] == decimals.high()[b] && decimals.low()[a] == decimals.low()[b];
        }
        return ((BooleanColumn) column).value(a) == ((BooleanColumn) column).value(b);
    }
}
