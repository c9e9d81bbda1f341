package io.laminar.execution.key;

import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BytesColumn;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.IntColumn;
import io.laminar.spi.batch.LongColumn;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.Physical;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a batch in the form in which {@link KeyTable}s look them up. Loaded once per batch and then used with any
 * number of tables of the same key; its arrays are used again for the next batch.
 */
public final class KeyRows {
    private static final byte[] NO_BYTES = new byte[0];
    private static final int[] NO_INTS = new int[0];

    /** How keys are compared. */
    enum Form {
        /** There is but one key. */
        NONE,
        /** One INT or LONG. */
        LONG,
        /** Numbers packed into words. */
        WORDS,
        /** Bytes: one text, or all key columns written one after the other. */
        BYTES
    }

    private final List<DataType> types;
    private final Form form;
    private final boolean encoded;
    private final ByteRows encoding = new ByteRows();
    private final WordRows packing = new WordRows();

    int size;
    /** By {@link KeyHasher}; only for keys of the forms WORDS and BYTES, whose tables look for them. */
    long[] hashes = new long[0];

    long[] longs = new long[0];
    private long[] widened = new long[0];
    boolean @Nullable [] nulls;
    byte[] arena = NO_BYTES;
    int[] starts = NO_INTS;
    int[] lengths = NO_INTS;

    public KeyRows(List<DataType> types) {
        this.types = List.copyOf(types);
        this.form = form(types);
        this.encoded = types.size() > 1 || !isText(types);
    }

    static Form form(List<DataType> types) {
        if (types.isEmpty()) {
            return Form.NONE;
        }
        if (types.size() == 1) {
            Physical physical = types.get(0).physical();
            if (physical == Physical.INT || physical == Physical.LONG) {
                return Form.LONG;
            }
        }
        return WordRows.fits(types) ? Form.WORDS : Form.BYTES;
    }

    static boolean isText(List<DataType> types) {
        return types.size() == 1 && types.get(0).physical() == Physical.BYTES;
    }

    /** Takes the keys of all rows of a batch from some of its columns. */
    public void load(Batch batch, List<Integer> columns) {
        Column[] keys = new Column[columns.size()];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = batch.column(columns.get(i));
        }
        load(keys, batch.size());
    }

    /** Takes the keys of {@code rows} rows that these columns hold. */
    public void load(Column[] keys, int rows) {
        size = rows;
        switch (form) {
            case NONE -> {}
            case LONG -> loadLongs(keys[0], rows);
            case WORDS -> {
                hash(keys, rows);
                packing.load(keys, rows, WordRows.stride(types));
            }
            case BYTES -> {
                hash(keys, rows);
                loadBytes(keys, rows);
            }
        }
    }

    private void hash(Column[] keys, int rows) {
        if (hashes.length < rows) {
            hashes = new long[Capacity.grown(rows)];
        }
        KeyHasher.hash(keys, rows, hashes);
    }

    private void loadLongs(Column key, int rows) {
        nulls = key.nulls();
        if (key instanceof LongColumn column) {
            longs = column.values();
            return;
        }
        if (widened.length < rows) {
            widened = new long[Capacity.grown(rows)];
        }
        int[] values = ((IntColumn) key).values();
        for (int i = 0; i < rows; i++) {
            widened[i] = values[i];
        }
        longs = widened;
    }

    private void loadBytes(Column[] keys, int rows) {
        if (!encoded) {
            BytesColumn text = (BytesColumn) keys[0];
            nulls = text.nulls();
            arena = text.arena();
            starts = text.starts();
            lengths = text.lengths();
            return;
        }
        encoding.encodeKeys(keys, rows);
        nulls = null;
        arena = encoding.bytes();
        starts = encoding.starts();
        lengths = encoding.lengths();
    }

    public int size() {
        return size;
    }

    long[] words() {
        return packing.words();
    }
}
