package io.laminar.execution.join;

import io.laminar.execution.key.KeyGroupRange;
import io.laminar.execution.key.KeyGroups;
import io.laminar.execution.key.KeyHasher;
import io.laminar.execution.operator.OperatorContext;
import io.laminar.execution.state.KeyGroupIndex;
import io.laminar.execution.store.RowStore;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BatchCodec;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.IntColumn;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;

/** Rows of one side of a join sorted by key group, as a snapshot writes them. */
final class RowsByKeyGroup {
    private final RowStore rows;
    private final RowIds[] ids;
    private final IntUnaryOperator mark;

    /**
     * Sorts rows.
     *
     * @param given ids, in the order in which they shall be read again
     * @param mark a small number to be kept with a row
     */
    RowsByKeyGroup(SideRows side, int[] given, IntUnaryOperator mark, OperatorContext context) {
        this.rows = side.rows();
        this.mark = mark;
        this.ids = new RowIds[context.maxParallelism()];
        KeyGroupRange range = context.keyGroups();
        int elsewhere = KeyGroupIndex.withoutKey(range, context.maxParallelism());
        long[] hashes = new long[Batch.TARGET_ROWS];
        for (int from = 0; from < given.length; from += Batch.TARGET_ROWS) {
            int[] chunk = Arrays.copyOfRange(given, from, Math.min(given.length, from + Batch.TARGET_ROWS));
            KeyHasher.hash(side.keyColumns(chunk, chunk.length), chunk.length, hashes);
            for (int i = 0; i < chunk.length; i++) {
                int keyGroup = KeyGroups.keyGroup(hashes[i], context.maxParallelism());
                add(range.contains(keyGroup) ? keyGroup : elsewhere, chunk[i]);
            }
        }
    }

    private void add(int keyGroup, int id) {
        if (ids[keyGroup] == null) {
            ids[keyGroup] = new RowIds();
        }
        ids[keyGroup].add(id);
    }

    /** Writes the rows of a key group as batches, with their marks in the place of row kinds. */
    void write(int keyGroup, DataOutput out) throws IOException {
        write(keyGroup, (batch, chunk) -> batch, out);
    }

    /** As {@link #write(int, DataOutput)}, with a further last column. */
    void write(int keyGroup, IntUnaryOperator column, DataOutput out) throws IOException {
        write(
                keyGroup,
                (batch, chunk) -> {
                    Column[] columns = Arrays.copyOf(batch.columns(), batch.columns().length + 1);
                    int[] values = Arrays.stream(chunk).map(column).toArray();
                    columns[columns.length - 1] = new IntColumn(values, null, values.length);
                    return batch.withColumns(columns);
                },
                out);
    }

    private void write(int keyGroup, BiFunction<Batch, int[], Batch> more, DataOutput out) throws IOException {
        int size = ids[keyGroup] == null ? 0 : ids[keyGroup].size();
        for (int from = 0; from < size; from += Batch.TARGET_ROWS) {
            int[] chunk = ids[keyGroup].ids(from, Math.min(Batch.TARGET_ROWS, size - from));
            byte[] marks = new byte[chunk.length];
            for (int i = 0; i < chunk.length; i++) {
                marks[i] = (byte) mark.applyAsInt(chunk[i]);
            }
            out.writeBoolean(true);
            BatchCodec.write(more.apply(rows.gather(chunk, chunk.length).withKinds(marks), chunk), out);
        }
        out.writeBoolean(false);
    }

    /** Reads what {@link #write} wrote. */
    static void read(DataInput in, Consumer<Batch> batches) throws IOException {
        while (in.readBoolean()) {
            batches.accept(BatchCodec.read(in));
        }
    }
}
