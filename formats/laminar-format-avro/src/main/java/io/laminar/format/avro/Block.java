package io.laminar.format.avro;

import io.laminar.spi.format.RecordFailure;
import io.laminar.spi.format.VarintReader;
import java.io.IOException;
import java.util.Arrays;

/**
 * A block of a container: datums in {@code bytes[from, to)}.
 *
 * @param count how many datums it says it has
 * @param end the position after the block and its mark, where it was read from
 */
record Block(long count, byte[] bytes, int from, int to, int end) {

    /**
     * Reads the block at {@code from}; what is not compressed stays where it is.
     *
     * @throws RecordFailure if there is none, or not all of it
     */
    static Block read(ContainerHeader header, byte[] b, int from, int limit) {
        VarintReader ints = new VarintReader();
        Frame frame = Frame.read(ints, b, from, limit);
        if (frame.size() > limit - frame.start() - ContainerHeader.SYNC_SIZE) {
            throw RecordFailure.truncated(from);
        }
        int size = (int) frame.size();
        int mark = frame.start() + size;
        int end = mark + ContainerHeader.SYNC_SIZE;
        if (!Arrays.equals(b, mark, end, header.sync(), 0, ContainerHeader.SYNC_SIZE)) {
            throw new RecordFailure(mark, "a block does not end with the mark of the container");
        }
        if (header.codec() == BlockCodec.NULL) {
            return new Block(frame.count(), b, frame.start(), mark, end);
        }
        try {
            byte[] plain = header.codec().decompress(b, frame.start(), size);
            return new Block(frame.count(), plain, 0, plain.length, end);
        } catch (IOException | RuntimeException damaged) {
            throw new RecordFailure(from, "a block cannot be unpacked: " + damaged.getMessage());
        }
    }

    /**
     * What a block says of itself.
     *
     * @param size of its content in bytes
     * @param start where its content starts
     */
    record Frame(long count, long size, int start) {
        static Frame read(VarintReader ints, byte[] b, int from, int limit) {
            long count = VarintReader.zigzag(ints.read(b, from, limit));
            long size = VarintReader.zigzag(ints.read(b, ints.next(), limit));
            if (count < 0 || size < 0) {
                throw new RecordFailure(from, "a block has a negative count or size");
            }
            return new Frame(count, size, ints.next());
        }
    }
}
