package io.laminar.execution.snapshot;

import io.laminar.execution.key.KeyGroupRange;
import io.laminar.execution.operator.Operator;
import io.laminar.execution.state.StateReader;
import io.laminar.execution.state.StateWriter;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Snapshots of operators that write whole key groups. They are written to memory at once and stored in the background;
 * a key group whose bytes are those of the last completed snapshot is not stored again.
 */
public final class WholeState implements StateSource {
    private final Operator operator;
    private final KeyGroupRange range;
    /** With, by key group, a checksum of its section. */
    private final StateChain<Map<Integer, Long>> chain = new StateChain<>();

    private @Nullable Sections prepared;

    public WholeState(Operator operator, KeyGroupRange range) {
        this.operator = operator;
        this.range = range;
    }

    /** What an operator writes, in memory. */
    private static final class Sections implements StateWriter {
        private final TreeMap<Integer, byte[]> keyGroups = new TreeMap<>();
        private final boolean keepsShared;
        private byte @Nullable [] shared;

        Sections(boolean keepsShared) {
            this.keepsShared = keepsShared;
        }

        @Override
        public void keyGroup(int keyGroup, Section section) {
            if (keyGroups.put(keyGroup, bytes(section)) != null) {
                throw new IllegalStateException("key group " + keyGroup + " is written twice");
            }
        }

        @Override
        public void shared(Section section) {
            if (shared != null) {
                throw new IllegalStateException("shared state is written twice");
            }
            shared = keepsShared ? bytes(section) : null;
        }

        private static byte[] bytes(Section section) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (DataOutputStream out = new DataOutputStream(bytes)) {
                section.write(out);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return bytes.toByteArray();
        }
    }

    @Override
    public byte @Nullable [] shared(boolean wanted) {
        Sections sections = new Sections(wanted);
        operator.snapshot(sections);
        prepared = sections;
        return sections.shared;
    }

    @Override
    public FrozenState freeze(long snapshot, Reuse reuse) {
        Sections sections = Objects.requireNonNull(prepared, "shared state comes first");
        prepared = null;
        if (reuse == Reuse.NONE) {
            chain.alone(snapshot);
        }
        StateChain.Link<Map<Integer, Long>> base = reuse == Reuse.BACKWARD_AND_FORWARD ? chain.base() : null;
        return new Frozen(snapshot, sections.keyGroups, base, reuse != Reuse.NONE);
    }

    /** Sections of one moment. */
    private final class Frozen implements FrozenState {
        private final long snapshot;
        private final boolean isBase;
        private final StateChain.@Nullable Link<Map<Integer, Long>> base;
        private volatile @Nullable Map<Integer, byte[]> sections;

        Frozen(
                long snapshot,
                Map<Integer, byte[]> sections,
                StateChain.@Nullable Link<Map<Integer, Long>> base,
                boolean isBase) {
            this.snapshot = snapshot;
            this.sections = sections;
            this.base = base;
            this.isBase = isBase;
        }

        @Override
        public StateIndex write(StateFiles files, Compression compression) throws IOException {
            Map<Integer, byte[]> all = sections;
            if (all == null) {
                throw new CancellationException("the snapshot has been given up");
            }
            Map<Integer, Long> sums = new TreeMap<>();
            all.forEach((keyGroup, bytes) -> sums.put(keyGroup, checksum(bytes)));
            long[] since = since(sums);
            List<StateFile> kept = keptFiles(since);
            try (StateFileWriter writer = new StateFileWriter(files, compression, "state-" + snapshot, snapshot)) {
                for (Map.Entry<Integer, byte[]> section : all.entrySet()) {
                    if (since[section.getKey() - range.first()] == snapshot) {
                        writer.add(section.getKey(), section.getValue(), section.getValue().length);
                    }
                }
                StateFile file = writer.finish();
                if (file != null) {
                    kept.add(file);
                }
            }
            StateIndex index = new StateIndex(StateIndex.Form.WHOLE, snapshot, range, since, new byte[0], kept);
            if (isBase) {
                chain.written(index, sums);
            }
            sections = null;
            return index;
        }

        /** By key group: the snapshot whose section it keeps, this one if it has changed. */
        private long[] since(Map<Integer, Long> sums) {
            long[] since = new long[range.size()];
            for (int i = 0; i < since.length; i++) {
                Long sum = sums.get(range.first() + i);
                boolean isSame =
                        base != null && sum != null && sum.equals(base.known().get(range.first() + i));
                since[i] = isSame && base != null ? base.index().since()[i] : snapshot;
            }
            return since;
        }

        /** Earlier files that are still of use. What is left of a file less than half of which is, is written anew. */
        private List<StateFile> keptFiles(long[] since) {
            List<StateFile> kept = new ArrayList<>();
            if (base == null) {
                return kept;
            }
            StateIndex next = new StateIndex(StateIndex.Form.WHOLE, snapshot, range, since, new byte[0], List.of());
            Set<Long> given = new HashSet<>();
            for (StateFile file : base.index().files()) {
                long live = next.live(file);
                if (live > 0 && live >= file.bytes() / 2) {
                    kept.add(file);
                } else {
                    given.add(file.snapshot());
                }
            }
            for (int i = 0; i < since.length; i++) {
                since[i] = given.contains(since[i]) ? snapshot : since[i];
            }
            return kept;
        }

        @Override
        public void whenRoom(Runnable call) {}

        @Override
        public void drop() {
            sections = null;
        }
    }

    private static long checksum(byte[] bytes) {
        CRC32 one = new CRC32();
        CRC32C other = new CRC32C();
        one.update(bytes);
        other.update(bytes);
        return (one.getValue() << 32 | other.getValue()) * 31 + bytes.length;
    }

    @Override
    public boolean isCopying() {
        return false;
    }

    @Override
    public Progress copy() {
        return Progress.DONE;
    }

    @Override
    public void copyAll() {}

    @Override
    public void completed(long snapshot) {
        chain.completed(snapshot);
    }

    @Override
    public void aborted(long snapshot) {
        chain.aborted(snapshot);
    }

    @Override
    public void restore(RestoredState state) {
        operator.restore(new Reader(state));
    }

    /** Shows an operator its key groups again. */
    private record Reader(RestoredState state) implements StateReader {
        @Override
        public void forEachKeyGroup(StateReader.Section section) {
            try {
                for (RestoredState.Part part : state.parts()) {
                    if (part.index().form() != StateIndex.Form.WHOLE) {
                        throw new LaminarException(
                                ErrorCode.STATE_MISMATCH, "the saved state was written by another version of Laminar");
                    }
                    SectionReader reader = new SectionReader(part.index(), state.range(), state.compression());
                    for (StateFile file : part.index().files()) {
                        reader.read(
                                file,
                                part.files(),
                                (keyGroup, content) -> read(content, in -> section.read(keyGroup, in)));
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void shared(StateReader.SharedSection section) {
            try {
                for (byte[] bytes : state.shared()) {
                    read(bytes, section);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void read(byte[] bytes, StateReader.SharedSection section) throws IOException {
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
            section.read(in);
            if (in.available() > 0) {
                throw new IllegalStateException(in.available() + " bytes of state were written but not read");
            }
        }
    }
}
