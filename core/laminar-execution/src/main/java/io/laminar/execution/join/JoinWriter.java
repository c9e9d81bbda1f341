package io.laminar.execution.join;

import io.laminar.execution.operator.Output;
import io.laminar.execution.store.RowStore;
import io.laminar.plan.node.ChangelogMode;
import io.laminar.plan.node.JoinNode;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.RowKind;
import io.laminar.spi.type.Schema;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Makes rows of the result out of pairs, and out of rows that are alone. */
final class JoinWriter {
    private final int[] outputs;
    private final int leftWidth;
    private final Schema schema;
    private final boolean changes;
    private final NullColumns nulls = new NullColumns();

    JoinWriter(JoinNode node) {
        outputs = node.parts().outputs().stream().mapToInt(i -> i).toArray();
        leftWidth = node.left().schema().size();
        schema = node.schema();
        changes = node.changelog() != ChangelogMode.APPEND;
    }

    /**
     * Emits pairs of rows of a batch of one side and rows of the store of the other.
     *
     * @param input side of the batch
     */
    void pairs(
            int input,
            Batch batch,
            int[] rows,
            RowStore others,
            int[] ids,
            int count,
            long[] rowtimes,
            byte kind,
            Output out) {
        Column[] columns = new Column[outputs.length];
        for (int c = 0; c < columns.length; c++) {
            boolean left = outputs[c] < leftWidth;
            int column = left ? outputs[c] : outputs[c] - leftWidth;
            columns[c] = left == (input == JoinSide.LEFT)
                    ? batch.column(column).gather(rows, count)
                    : others.gather(column, ids, count);
        }
        out.emit(new Batch(count, columns, rowtimes, kinds(kind, count)));
    }

    /** Emits rows of a batch, with NULLs for the other side. */
    void alone(int input, Batch batch, int[] rows, int from, int to, byte kind, Output out) {
        for (int at = from; at < to; at += Batch.TARGET_ROWS) {
            int count = Math.min(Batch.TARGET_ROWS, to - at);
            int[] chunk = Arrays.copyOfRange(rows, at, at + count);
            Column[] columns = new Column[outputs.length];
            for (int c = 0; c < columns.length; c++) {
                int column = own(input, c);
                columns[c] = column < 0
                        ? nulls.of(schema.type(c), count)
                        : batch.column(column).gather(chunk, count);
            }
            long[] rowtimes = new long[count];
            for (int i = 0; i < count; i++) {
                rowtimes[i] = batch.rowtime()[chunk[i]];
            }
            out.emit(new Batch(count, columns, rowtimes, kinds(kind, count)));
        }
    }

    /** Emits rows of a store, with NULLs for the other side. */
    void alone(int input, RowStore store, int[] ids, int size, byte kind, Output out) {
        for (int at = 0; at < size; at += Batch.TARGET_ROWS) {
            int count = Math.min(Batch.TARGET_ROWS, size - at);
            int[] chunk = Arrays.copyOfRange(ids, at, at + count);
            Column[] columns = new Column[outputs.length];
            for (int c = 0; c < columns.length; c++) {
                int column = own(input, c);
                columns[c] = column < 0 ? nulls.of(schema.type(c), count) : store.gather(column, chunk, count);
            }
            out.emit(new Batch(count, columns, store.rowtimes(chunk, count), kinds(kind, count)));
        }
    }

    /** The column of one side that an output shows; negative if it is one of the other side. */
    private int own(int input, int output) {
        boolean left = outputs[output] < leftWidth;
        return left == (input == JoinSide.LEFT) ? outputs[output] - (left ? 0 : leftWidth) : -1;
    }

    private byte @Nullable [] kinds(byte kind, int count) {
        if (!changes) {
            return null;
        }
        byte[] kinds = new byte[count];
        if (kind != RowKind.INSERT) {
            Arrays.fill(kinds, kind);
        }
        return kinds;
    }
}
