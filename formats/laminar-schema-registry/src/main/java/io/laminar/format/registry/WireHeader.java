package io.laminar.format.registry;

import io.laminar.spi.format.RecordFailure;
import io.laminar.spi.format.RecordOutput;

/** What stands before a record whose schema is in a registry: a zero byte and four bytes of the schema's id. */
public final class WireHeader {
    public static final int LENGTH = 5;
    private static final byte MAGIC = 0;

    private WireHeader() {}

    /**
     * The id at {@code from}.
     *
     * @throws RecordFailure if there is none
     */
    public static int id(byte[] b, int from, int limit) {
        if (from < limit && b[from] != MAGIC) {
            throw new RecordFailure(
                    from,
                    "a record with the id of its schema starts with a zero byte, this one with 0x"
                            + String.format("%02x", b[from]));
        }
        if (limit - from < LENGTH) {
            throw RecordFailure.truncated(from);
        }
        return (b[from + 1] & 0xff) << 24
                | (b[from + 2] & 0xff) << 16
                | (b[from + 3] & 0xff) << 8
                | (b[from + 4] & 0xff);
    }

    public static void write(int id, RecordOutput out) {
        byte[] b = out.need(LENGTH);
        int at = out.at();
        b[at] = MAGIC;
        b[at + 1] = (byte) (id >>> 24);
        b[at + 2] = (byte) (id >>> 16);
        b[at + 3] = (byte) (id >>> 8);
        b[at + 4] = (byte) id;
        out.to(at + LENGTH);
    }
}
