package io.laminar.spi.batch;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Batches and columns as bytes, for the network and for state. Describes itself, so no schema is needed to read it.
 * Numbers are little-endian and copied in bulk; text keeps only the bytes its values show; nulls take one bit.
 *
 * <p>Layout of a batch: version, lane, flags (bytes), rows, columns (ints), event times, row kinds if there are any,
 * then each column as tag, flags (bytes), rows (int), null bits if there are any, and its content.
 */
public final class BatchCodec {
    static final byte VERSION = 1;
    static final int HAS_KINDS = 1;
    static final int HAS_NULLS = 1;
    /** All values of a text column are the first one. */
    static final int CONSTANT = 2;

    static final byte BOOLEAN = 1;
    static final byte INT = 2;
    static final byte LONG = 3;
    static final byte DOUBLE = 4;
    static final byte DECIMAL = 5;
    static final byte BYTES = 6;
    static final byte LIST = 7;
    static final byte MAP = 8;
    static final byte STRUCT = 9;

    private BatchCodec() {}

    public static byte[] encode(Batch batch) {
        return new BatchEncoder().put(batch).toByteArray();
    }

    public static Batch decode(byte[] bytes) {
        return new BatchDecoder(bytes, 0).batch();
    }

    /** Writes the length of the encoded batch and the batch. */
    public static void write(Batch batch, DataOutput out) throws IOException {
        BatchEncoder encoder = new BatchEncoder().put(batch);
        out.writeInt(encoder.length());
        out.write(encoder.buffer(), 0, encoder.length());
    }

    /** Reads what {@link #write(Batch, DataOutput)} wrote. */
    public static Batch read(DataInput in) throws IOException {
        return decode(block(in));
    }

    /** Writes the length of the encoded column and the column. */
    public static void write(Column column, DataOutput out) throws IOException {
        BatchEncoder encoder = new BatchEncoder().put(column);
        out.writeInt(encoder.length());
        out.write(encoder.buffer(), 0, encoder.length());
    }

    /** Reads what {@link #write(Column, DataOutput)} wrote. */
    public static Column readColumn(DataInput in) throws IOException {
        return new BatchDecoder(block(in), 0).column();
    }

    private static byte[] block(DataInput in) throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return bytes;
    }

    static byte laneCode(Batch.Lane lane) {
        return switch (lane) {
            case MAIN -> 0;
            case DEAD_LETTER -> 1;
            case LATE -> 2;
            case LATE_SECOND -> 3;
            case SKIPPED -> 4;
        };
    }

    static Batch.Lane lane(byte code) {
        return switch (code) {
            case 0 -> Batch.Lane.MAIN;
            case 1 -> Batch.Lane.DEAD_LETTER;
            case 2 -> Batch.Lane.LATE;
            case 3 -> Batch.Lane.LATE_SECOND;
            case 4 -> Batch.Lane.SKIPPED;
            default -> throw new IllegalStateException("batch of unknown lane " + code);
        };
    }
}
