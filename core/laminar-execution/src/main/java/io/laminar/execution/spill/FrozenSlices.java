package io.laminar.execution.spill;

import io.laminar.execution.key.KeyGroupRange;
import io.laminar.execution.snapshot.Compression;
import io.laminar.execution.snapshot.FrozenState;
import io.laminar.execution.snapshot.StateChain;
import io.laminar.execution.snapshot.StateFile;
import io.laminar.execution.snapshot.StateFileWriter;
import io.laminar.execution.snapshot.StateFiles;
import io.laminar.execution.snapshot.StateIndex;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The slices of an operator as they were at one moment. */
final class FrozenSlices implements FrozenState {
    private static final int WAITING_SECTION = 1 << 20;

    private final long snapshot;
    private final KeyGroupRange range;
    private final long watermark;
    private final List<Part> parts;
    private final @Nullable StateChain<IdentityHashMap<SliceState, StateIndex>> chain;
    private final AtomicBoolean released = new AtomicBoolean();
    private volatile boolean dropped;

    /**
     * One slice.
     *
     * @param groups of the slice
     * @param name what the name of its file begins with, if it is written from disk
     * @param frozen its state, if it was in memory
     * @param onDisk its state otherwise; used by this snapshot as long as {@code known} is null
     * @param known where the state on disk has been stored already
     * @param waiting rows that wait for it, to be closed
     */
    record Part(
            SliceIndex.Place place,
            KeyGroupRange groups,
            String name,
            @Nullable FrozenState frozen,
            @Nullable SliceState onDisk,
            @Nullable StateIndex known,
            @Nullable InputStream waiting) {}

    /** @param chain where to note what has been stored; null if nothing is built on it */
    FrozenSlices(
            long snapshot,
            KeyGroupRange range,
            long watermark,
            List<Part> parts,
            @Nullable StateChain<IdentityHashMap<SliceState, StateIndex>> chain) {
        this.snapshot = snapshot;
        this.range = range;
        this.watermark = watermark;
        this.parts = List.copyOf(parts);
        this.chain = chain;
    }

    @Override
    public StateIndex write(StateFiles files, Compression compression) throws IOException, InterruptedException {
        try {
            List<SliceIndex.Entry> entries = new ArrayList<>();
            List<StateFile> all = new ArrayList<>();
            IdentityHashMap<SliceState, StateIndex> stored = new IdentityHashMap<>();
            for (Part part : parts) {
                if (dropped) {
                    throw new CancellationException("the snapshot has been given up");
                }
                StateIndex index = write(part, files, compression);
                if (index != null) {
                    all.addAll(index.files());
                    if (part.onDisk() != null) {
                        stored.put(part.onDisk(), index);
                    }
                }
                entries.add(new SliceIndex.Entry(part.place(), index));
            }
            StateIndex waiting = writeWaiting(files, compression);
            if (waiting != null) {
                all.addAll(waiting.files());
            }
            byte[] head = new SliceIndex(watermark, entries, waiting).toBytes();
            StateIndex whole = new StateIndex(StateIndex.Form.SLICES, snapshot, range, since(range), head, all);
            if (chain != null) {
                chain.written(whole, stored);
            }
            return whole;
        } finally {
            release();
        }
    }

    private long[] since(KeyGroupRange of) {
        long[] since = new long[of.size()];
        Arrays.fill(since, snapshot);
        return since;
    }

    private @Nullable StateIndex write(Part part, StateFiles files, Compression compression)
            throws IOException, InterruptedException {
        if (part.frozen() != null) {
            return part.frozen().write(files, compression);
        }
        SliceState state = part.onDisk();
        if (part.known() != null || state == null) {
            return part.known();
        }
        try (StateFileWriter writer =
                new StateFileWriter(files, compression, part.name() + "state-" + snapshot, snapshot)) {
            for (SliceState.Section section : state.sections()) {
                byte[] bytes = new byte[Math.toIntExact(section.bytes())];
                try (InputStream in = section.open()) {
                    if (in.readNBytes(bytes, 0, bytes.length) < bytes.length) {
                        throw new IOException("a file of state on local disk is shorter than it was");
                    }
                }
                writer.add(section.group(), bytes, bytes.length);
            }
            return index(writer, part.groups());
        }
    }

    private StateIndex index(StateFileWriter writer, KeyGroupRange groups) throws IOException {
        StateFile file = writer.finish();
        List<StateFile> files = file == null ? List.of() : List.of(file);
        return new StateIndex(StateIndex.Form.WHOLE, snapshot, groups, since(groups), new byte[0], files);
    }

    private @Nullable StateIndex writeWaiting(StateFiles files, Compression compression) throws IOException {
        if (parts.stream().allMatch(part -> part.waiting() == null)) {
            return null;
        }
        byte[] bytes = new byte[WAITING_SECTION];
        try (StateFileWriter writer = new StateFileWriter(files, compression, "waiting-" + snapshot, snapshot)) {
            for (int i = 0; i < parts.size(); i++) {
                InputStream in = parts.get(i).waiting();
                if (in != null) {
                    for (int length = in.readNBytes(bytes, 0, bytes.length);
                            length > 0;
                            length = in.readNBytes(bytes, 0, bytes.length)) {
                        writer.add(i, bytes, length);
                    }
                }
            }
            return index(writer, new KeyGroupRange(0, parts.size() - 1));
        }
    }

    private void release() throws IOException {
        if (!released.compareAndSet(false, true)) {
            return;
        }
        for (Part part : parts) {
            if (part.onDisk() != null && part.known() == null) {
                part.onDisk().release();
            }
            if (part.waiting() != null) {
                part.waiting().close();
            }
        }
    }

    @Override
    public void whenRoom(Runnable call) {
        for (Part part : parts) {
            if (part.frozen() != null) {
                part.frozen().whenRoom(call);
            }
        }
    }

    @Override
    public void drop() {
        dropped = true;
        for (Part part : parts) {
            if (part.frozen() != null) {
                part.frozen().drop();
            }
        }
        try {
            release();
        } catch (IOException e) {
            // A file that was only read.
            dropped = true;
        }
    }
}
