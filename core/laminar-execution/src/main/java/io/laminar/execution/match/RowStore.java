package io.laminar.execution.match;

import io.laminar.execution.memory.HeapSize;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BooleanColumn;
import io.laminar.spi.batch.BytesColumn;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.ColumnBuilder;
import io.laminar.spi.batch.DoubleColumn;
import io.laminar.spi.batch.IntColumn;
import io.laminar.spi.batch.LongColumn;
import io.laminar.spi.type.Physical;
import io.laminar.spi.type.Schema;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows that are kept, as columns in chunks. A row is named by a handle: the number of its chunk and its position there.
 * Chunks in which few rows are left are rewritten, which gives their rows new handles.
 */
final class RowStore {
    static final int CHUNK_ROWS = 1 << 12;
    private static final int ROW_BITS = 12;
    private static final int ROW_MASK = CHUNK_ROWS - 1;
    private static final int SLACK = 64;

    /** Told of rows that have moved. */
    interface Mover {
        /** @param sequence the lower bits of the row's number in its partition */
        void moved(int owner, int sequence, int handle);
    }

    /** @param owners partition of each row; negative when the row is no longer kept */
    private record Chunk(Column[] columns, long[] times, int[] owners, int[] sequences, long bytes) {
        Chunk(Column[] columns, long[] times, int[] owners, int[] sequences) {
            this(columns, times, owners, sequences, bytes(columns, times));
        }

        /** Heap that the rows take, their owners and numbers included. */
        private static long bytes(Column[] columns, long[] times) {
            return HeapSize.of(List.of(columns)) + 2 * HeapSize.of(times);
        }
    }

    private final Schema schema;
    private @Nullable Chunk[] chunks = new Chunk[16];
    private int[] live = new int[16];
    private int used;
    private int chunkCount;
    private long rows;

    RowStore(Schema schema) {
        this.schema = schema;
    }

    /**
     * Keeps up to {@link #CHUNK_ROWS} rows.
     *
     * @return the handle of the first; the others follow
     */
    int add(Batch batch, int[] owners, int[] sequences) {
        int chunk = free();
        Column[] columns = new Column[batch.width()];
        for (int c = 0; c < columns.length; c++) {
            columns[c] = compact(batch.column(c));
        }
        chunks[chunk] = new Chunk(columns, batch.rowtime(), owners, sequences);
        live[chunk] = batch.size();
        chunkCount++;
        rows += batch.size();
        return chunk << ROW_BITS;
    }

    /** A column that does not hold on to much more memory than its rows need. */
    private static Column compact(Column column) {
        if (!(column instanceof BytesColumn bytes)) {
            return column;
        }
        long needed = 0;
        for (int i = 0; i < bytes.size(); i++) {
            needed += bytes.lengths()[i];
        }
        if (bytes.arena().length <= 2 * needed + 1024) {
            return column;
        }
        byte[] arena = new byte[(int) needed];
        int[] starts = new int[bytes.size()];
        int at = 0;
        for (int i = 0; i < starts.length; i++) {
            starts[i] = at;
            System.arraycopy(bytes.arena(), bytes.starts()[i], arena, at, bytes.lengths()[i]);
            at += bytes.lengths()[i];
        }
        return new BytesColumn(arena, starts, bytes.lengths(), bytes.nulls(), starts.length);
    }

    private int free() {
        if (chunkCount < used) {
            for (int i = 0; i < used; i++) {
                if (chunks[i] == null) {
                    return i;
                }
            }
        }
        if (used == chunks.length) {
            chunks = Arrays.copyOf(chunks, used * 2);
            live = Arrays.copyOf(live, used * 2);
        }
        return used++;
    }

    private Chunk chunk(int handle) {
        return java.util.Objects.requireNonNull(chunks[handle >>> ROW_BITS]);
    }

    /** Heap that the rows take, nearly. */
    long bytes() {
        long bytes = HeapSize.ofReferences(chunks) + HeapSize.of(live);
        for (Chunk chunk : chunks) {
            bytes += chunk == null ? 0 : chunk.bytes();
        }
        return bytes;
    }

    long time(int handle) {
        return chunk(handle).times()[handle & ROW_MASK];
    }

    /** Forgets a row. */
    void release(int handle) {
        int number = handle >>> ROW_BITS;
        chunk(handle).owners()[handle & ROW_MASK] = -1;
        rows--;
        if (--live[number] == 0) {
            chunks[number] = null;
            chunkCount--;
        }
    }

    /** Rewrites chunks that are small or nearly empty, if there are many. */
    void compact(Mover mover) {
        if (chunkCount <= 2 * (rows / CHUNK_ROWS) + SLACK) {
            return;
        }
        Ints handles = new Ints();
        for (int number = 0; number < used; number++) {
            Chunk chunk = chunks[number];
            if (chunk == null || live[number] >= CHUNK_ROWS / 2) {
                continue;
            }
            for (int row = 0; row < chunk.owners().length; row++) {
                if (chunk.owners()[row] >= 0) {
                    handles.add(number << ROW_BITS | row);
                }
            }
        }
        for (int from = 0; from < handles.size(); from += CHUNK_ROWS) {
            int to = Math.min(handles.size(), from + CHUNK_ROWS);
            move(Arrays.copyOfRange(handles.values(), from, to), mover);
        }
    }

    private void move(int[] handles, Mover mover) {
        int[] owners = new int[handles.length];
        int[] sequences = new int[handles.length];
        for (int i = 0; i < handles.length; i++) {
            owners[i] = chunk(handles[i]).owners()[handles[i] & ROW_MASK];
            sequences[i] = chunk(handles[i]).sequences()[handles[i] & ROW_MASK];
        }
        Batch batch = batch(handles, handles.length);
        int first = add(batch, owners, sequences);
        for (int i = 0; i < handles.length; i++) {
            release(handles[i]);
            mover.moved(owners[i], sequences[i], first + i);
        }
    }

    /** Rows as a batch of their own. */
    Batch batch(int[] handles, int count) {
        Column[] columns = new Column[schema.size()];
        for (int c = 0; c < columns.length; c++) {
            columns[c] = gather(c, handles, count);
        }
        long[] times = new long[count];
        for (int i = 0; i < count; i++) {
            times[i] = time(handles[i]);
        }
        return new Batch(count, columns, times, null);
    }

    // Values --------------------------------------------------------------------------------------------------------

    /** Event times of rows; null where the handle is negative. */
    Column times(int[] handles, int count) {
        long[] times = new long[count];
        for (int i = 0; i < count; i++) {
            times[i] = handles[i] < 0 ? 0 : time(handles[i]);
        }
        return new LongColumn(times, missing(handles, count), count);
    }

    /** Where handles are negative; null if none is. */
    private static boolean @Nullable [] missing(int[] handles, int count) {
        boolean[] missing = null;
        for (int i = 0; i < count; i++) {
            if (handles[i] < 0) {
                missing = missing == null ? new boolean[count] : missing;
                missing[i] = true;
            }
        }
        return missing;
    }

    /** Whether there are rows. */
    static Column exists(int[] handles, int count) {
        boolean[] exists = new boolean[count];
        for (int i = 0; i < count; i++) {
            exists[i] = handles[i] >= 0;
        }
        return new BooleanColumn(exists, null, count);
    }

    /** A column of rows; null where the handle is negative. */
    Column gather(int column, int[] handles, int count) {
        Column together = together(column, handles, count);
        if (together != null) {
            return together;
        }
        Physical physical = schema.type(column).physical();
        return switch (physical) {
            case LONG -> longs(column, handles, count);
            case INT -> ints(column, handles, count);
            case DOUBLE -> doubles(column, handles, count);
            default -> others(column, handles, count);
        };
    }

    /** The column, if all rows are of one chunk. */
    private @Nullable Column together(int column, int[] handles, int count) {
        if (count == 0 || handles[0] < 0) {
            return null;
        }
        int number = handles[0] >>> ROW_BITS;
        int[] selection = new int[count];
        for (int i = 0; i < count; i++) {
            if (handles[i] >>> ROW_BITS != number || handles[i] < 0) {
                return null;
            }
            selection[i] = handles[i] & ROW_MASK;
        }
        return chunk(handles[0]).columns()[column].gather(selection, count);
    }

    private boolean @Nullable [] nulls(int column, int[] handles, int count) {
        boolean[] nulls = missing(handles, count);
        for (int i = 0; i < count; i++) {
            if (handles[i] >= 0 && chunk(handles[i]).columns()[column].isNull(handles[i] & ROW_MASK)) {
                nulls = nulls == null ? new boolean[count] : nulls;
                nulls[i] = true;
            }
        }
        return nulls;
    }

    private Column longs(int column, int[] handles, int count) {
        long[] values = new long[count];
        for (int i = 0; i < count; i++) {
            if (handles[i] >= 0) {
                values[i] = ((LongColumn) chunk(handles[i]).columns()[column]).values()[handles[i] & ROW_MASK];
            }
        }
        return new LongColumn(values, nulls(column, handles, count), count);
    }

    private Column ints(int column, int[] handles, int count) {
        int[] values = new int[count];
        for (int i = 0; i < count; i++) {
            if (handles[i] >= 0) {
                values[i] = ((IntColumn) chunk(handles[i]).columns()[column]).values()[handles[i] & ROW_MASK];
            }
        }
        return new IntColumn(values, nulls(column, handles, count), count);
    }

    private Column doubles(int column, int[] handles, int count) {
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            if (handles[i] >= 0) {
                values[i] = ((DoubleColumn) chunk(handles[i]).columns()[column]).values()[handles[i] & ROW_MASK];
            }
        }
        return new DoubleColumn(values, nulls(column, handles, count), count);
    }

    private Column others(int column, int[] handles, int count) {
        ColumnBuilder builder = ColumnBuilder.of(schema.type(column), count);
        for (int i = 0; i < count; i++) {
            if (handles[i] < 0) {
                builder.appendNull();
            } else {
                builder.appendFrom(chunk(handles[i]).columns()[column], handles[i] & ROW_MASK);
            }
        }
        return builder.build();
    }
}
