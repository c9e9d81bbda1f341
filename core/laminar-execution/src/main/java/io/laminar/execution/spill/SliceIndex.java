package io.laminar.execution.spill;

import io.laminar.execution.snapshot.StateIndex;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The slices of a subtask in a snapshot: the head of its {@link StateIndex}.
 *
 * @param watermark the last one that had come
 * @param slices in the order of their groups
 * @param waiting sections of rows that wait, whose key group is the position of the slice; null if there are none
 */
record SliceIndex(
        long watermark, List<Entry> slices, @Nullable StateIndex waiting) {

    /**
     * One slice.
     *
     * @param state null if it has none
     */
    record Entry(Place place, @Nullable StateIndex state) {}

    /**
     * Which slice it is and how far it has come.
     *
     * @param depth of its groups
     * @param first of its groups
     * @param last of its groups
     * @param delivered the last watermark that the operator had seen
     * @param reached the watermark up to which nothing is missing of what it emits
     */
    record Place(int depth, int first, int last, long delivered, long reached) {}

    byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeLong(watermark);
            out.writeInt(slices.size());
            for (Entry entry : slices) {
                Place place = entry.place();
                out.writeByte(place.depth());
                out.writeInt(place.first());
                out.writeInt(place.last());
                out.writeLong(place.delivered());
                out.writeLong(place.reached());
                write(entry.state(), out);
            }
            write(waiting, out);
        } catch (IOException e) {
            throw new IllegalStateException("memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    private static void write(@Nullable StateIndex index, DataOutputStream out) throws IOException {
        out.writeBoolean(index != null);
        if (index != null) {
            index.write(out);
        }
    }

    static SliceIndex of(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        long watermark = in.readLong();
        int count = in.readInt();
        List<Entry> slices = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Place place = new Place(in.readByte(), in.readInt(), in.readInt(), in.readLong(), in.readLong());
            slices.add(new Entry(place, in.readBoolean() ? StateIndex.read(in) : null));
        }
        return new SliceIndex(watermark, slices, in.readBoolean() ? StateIndex.read(in) : null);
    }
}
