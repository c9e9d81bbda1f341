package io.laminar.format.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import io.laminar.spi.format.RecordFailure;
import io.laminar.spi.format.RecordOutput;
import io.laminar.spi.format.VarintReader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Which message of a file a record is: the position among the messages of the file, then among those nested in it, and
 * so on, in zigzag form after their count. The first message of a file is a single 0.
 */
final class MessageIndexes {
    private static final int MOST = 64;

    private MessageIndexes() {}

    /** The message that the indexes at {@code from} name; {@code ints} then stands behind them. */
    static Descriptor read(FileDescriptor file, VarintReader ints, byte[] b, int from, int limit) {
        long count = VarintReader.zigzag(ints.read(b, from, limit));
        if (count < 0 || count > MOST) {
            throw new RecordFailure(from, "a record names its message by " + count + " indexes");
        }
        List<Descriptor> types = file.getMessageTypes();
        Descriptor found = count == 0 ? pick(types, 0, from) : null;
        for (int i = 0; i < count; i++) {
            found = pick(types, VarintReader.zigzag(ints.read(b, ints.next(), limit)), from);
            types = found.getNestedTypes();
        }
        return java.util.Objects.requireNonNull(found);
    }

    private static Descriptor pick(List<Descriptor> types, long index, int position) {
        if (index < 0 || index >= types.size()) {
            throw new RecordFailure(position, "a record says it is message " + index + " of " + types.size());
        }
        return types.get((int) index);
    }

    static void write(Descriptor message, RecordOutput out) {
        Deque<Integer> path = new ArrayDeque<>();
        for (Descriptor type = message; type != null; type = type.getContainingType()) {
            path.addFirst(type.getIndex());
        }
        if (path.size() == 1 && path.getFirst() == 0) {
            out.put((byte) 0);
            return;
        }
        Wire.writeVarint((long) path.size() << 1, out);
        path.forEach(index -> Wire.writeVarint((long) index << 1, out));
    }
}
