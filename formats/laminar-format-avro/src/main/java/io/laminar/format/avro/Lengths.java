package io.laminar.format.avro;

import io.laminar.spi.format.RecordFailure;
import io.laminar.spi.format.VarintReader;

/** Lengths and counts that a record claims, held against the bytes that are there before anything is made of them. */
final class Lengths {
    /** Items without bytes, such as nulls, that one block of an array may have. */
    private static final int MOST_EMPTY_ITEMS = 1 << 20;

    private Lengths() {}

    /** The length at {@code from}; that many bytes are there after it. */
    static int read(VarintReader ints, byte[] b, int from, int limit) {
        long length = VarintReader.zigzag(ints.read(b, from, limit));
        if (length < 0) {
            throw new RecordFailure(from, "a length is negative");
        }
        if (length > limit - ints.next()) {
            throw RecordFailure.truncated(from);
        }
        return (int) length;
    }

    /** The position after {@code count} bytes, if they are there. */
    static int end(int from, int count, int limit) {
        if (count > limit - from) {
            throw RecordFailure.truncated(from);
        }
        return from + count;
    }

    /** Records without content are as few as such items; others take a byte each. */
    static void checkRecords(Block block) {
        if (block.count() > Math.max(MOST_EMPTY_ITEMS, block.to() - block.from())) {
            throw new RecordFailure(block.from(), "a block says it has " + block.count() + " records");
        }
    }

    /**
     * The count of items of the block of an array or map at {@code from}; a size in bytes that follows it is passed over.
     *
     * @param leastBytes that an item takes
     */
    static int items(VarintReader ints, byte[] b, int from, int limit, int leastBytes) {
        long count = VarintReader.zigzag(ints.read(b, from, limit));
        if (count < 0) {
            count = -count;
            int sizeAt = ints.next();
            if (VarintReader.zigzag(ints.read(b, sizeAt, limit)) < 0) {
                throw new RecordFailure(sizeAt, "a length is negative");
            }
        }
        if (count < 0 || (leastBytes > 0 && count > (limit - ints.next()) / leastBytes)) {
            throw RecordFailure.truncated(from);
        }
        if (count > MOST_EMPTY_ITEMS && leastBytes == 0) {
            throw new RecordFailure(from, "an array has " + count + " items without content");
        }
        return (int) count;
    }
}
