package io.laminar.execution.store;

import io.laminar.execution.key.Capacity;
import io.laminar.execution.memory.HeapSize;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.LongColumn;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.util.Arrays;
import java.util.List;

/**
 * Rows of any column types with their event times, held in columns. A row gets an id when it is added and keeps it until
 * it is removed; ids are dense, and those of removed rows are given out again, so further state of a row can lie in arrays
 * indexed by its id ({@link RowInts}). As long as no row has been removed, ids ascend.
 *
 * <p>Rows lie in segments of {@value Segments#SIZE}: growing copies no rows. A segment whose last row is removed gives its
 * memory back; one that has become half empty is filled again before a new one is begun. What {@link #gather} returns is
 * a copy, which stays valid whatever happens to the store.
 */
public final class RowStore {
    private final StoredColumn[] columns;
    private final StoredLongs rowtimes = new StoredLongs();
    private final SegmentUse use = new SegmentUse();
    /** A lower bound of the event times in each segment. */
    private long[] earliest = new long[0];

    public RowStore(List<DataType> types) {
        columns = new StoredColumn[types.size()];
        for (int c = 0; c < columns.length; c++) {
            columns[c] = StoredColumn.of(types.get(c));
        }
    }

    public RowStore(Schema schema) {
        this(schema.fields().stream().map(Field::type).toList());
    }

    /** Number of rows. */
    public int size() {
        return use.size();
    }

    /** All ids are below this. */
    public int limit() {
        return use.limit();
    }

    /** The ids of all rows, in ascending order. */
    public int[] ids() {
        return use.ids();
    }

    /** Sets a bit in the marks of all rows. */
    public void mark(byte[] marks, byte bit) {
        use.mark(marks, bit);
    }

    /** Heap that the rows take, nearly. */
    public long bytes() {
        long bytes = rowtimes.bytes() + use.bytes() + HeapSize.of(earliest);
        for (StoredColumn column : columns) {
            bytes += column.bytes() + column.nullBytes();
        }
        return bytes;
    }

    /**
     * Adds the rows {@code rows[0..count)} of a batch that has the store's columns, and sets {@code ids[i]} to the id of
     * row {@code rows[i]}. Row kinds are not kept.
     */
    public void add(Batch batch, int[] rows, int count, int[] ids) {
        for (int done = 0; done < count; ) {
            int claimed = use.claim(ids, done, count - done, this::prepare);
            done += claimed;
        }
        long[] times = batch.rowtime();
        for (int i = 0; i < count; i++) {
            int segment = ids[i] >>> Segments.SHIFT;
            earliest[segment] = Math.min(earliest[segment], times[rows[i]]);
        }
        for (int c = 0; c < columns.length; c++) {
            columns[c].put(batch.column(c), rows, ids, count);
        }
        rowtimes.put(new LongColumn(times, null, batch.size()), rows, ids, count);
    }

    /** Makes room for rows of a segment. */
    private void prepare(int segment, int capacity) {
        if (segment >= earliest.length) {
            int count = Math.max(4, segment + 1 + (segment >> 1));
            int known = earliest.length;
            earliest = Arrays.copyOf(earliest, count);
            Arrays.fill(earliest, known, count, Long.MAX_VALUE);
            for (StoredColumn column : columns) {
                column.widen(count);
            }
            rowtimes.widen(count);
        }
        for (StoredColumn column : columns) {
            column.allocate(segment, capacity);
        }
        rowtimes.allocate(segment, capacity);
    }

    /** Removes rows; none may be given twice. Their ids may be given out again by the next {@link #add}. */
    public void remove(int[] ids, int count) {
        for (int i = 0; i < count; i++) {
            for (StoredColumn column : columns) {
                column.remove(ids[i]);
            }
            if (use.remove(ids[i])) {
                release(ids[i] >>> Segments.SHIFT);
            }
        }
    }

    private void release(int segment) {
        for (StoredColumn column : columns) {
            column.release(segment);
        }
        rowtimes.release(segment);
        earliest[segment] = Long.MAX_VALUE;
    }

    /** Removes all rows whose event time is before {@code time} and returns their ids. */
    public int[] removeBefore(long time) {
        int[] expired = new int[0];
        int count = 0;
        for (int segment = 0; segment < use.segments(); segment++) {
            if (earliest[segment] >= time) {
                continue;
            }
            int[] ids = use.ids(segment);
            if (expired.length < count + ids.length) {
                expired = Arrays.copyOf(expired, Capacity.grown((long) count + ids.length));
            }
            long left = Long.MAX_VALUE;
            for (int id : ids) {
                long rowtime = rowtime(id);
                if (rowtime < time) {
                    expired[count++] = id;
                } else {
                    left = Math.min(left, rowtime);
                }
            }
            earliest[segment] = left;
        }
        remove(expired, count);
        return Arrays.copyOf(expired, count);
    }

    /** Removes all rows and gives their memory back. */
    public void clear() {
        for (int segment = 0; segment < use.segments(); segment++) {
            release(segment);
        }
        use.clear();
    }

    /** The event time of a row. */
    public long rowtime(int id) {
        return rowtimes.value(id);
    }

    /** The event times of rows. */
    public long[] rowtimes(int[] ids, int count) {
        return ((LongColumn) rowtimes.gather(ids, count)).values();
    }

    /** One column of rows. */
    public Column gather(int column, int[] ids, int count) {
        return columns[column].gather(ids, count);
    }

    /** Rows as a batch without row kinds. */
    public Batch gather(int[] ids, int count) {
        Column[] gathered = new Column[columns.length];
        for (int c = 0; c < gathered.length; c++) {
            gathered[c] = columns[c].gather(ids, count);
        }
        return new Batch(count, gathered, rowtimes(ids, count), null);
    }

    /** Whether a row has the same values as a row of a batch, as SQL groups them; event times may differ. */
    public boolean equal(int id, Batch batch, int row) {
        for (int c = 0; c < columns.length; c++) {
            if (!columns[c].equal(id, batch.column(c), row)) {
                return false;
            }
        }
        return true;
    }
}
