package io.laminar.execution.state;

import io.laminar.execution.key.KeyGroupRange;
import io.laminar.execution.key.KeyGroups;
import io.laminar.execution.key.KeyHasher;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The state of one operator as tables of rows. The operator declares its tables when it is made, and tells their {@link
 * RowTracker}s what happens to rows; what takes the snapshots asks here. Everything is called by the operator's thread.
 */
public final class StateTables {

    /** What an operator keeps beside its rows, once per subtask: small, written with every snapshot. */
    public interface Head {
        /** Nothing is kept beside rows. */
        Head NONE = new Head() {
            @Override
            public void write(DataOutput out) {}

            @Override
            public void read(DataInput in) {}
        };

        void write(DataOutput out) throws IOException;

        /** Reads what one former subtask wrote; called once for each, before any rows. */
        void read(DataInput in) throws IOException;

        /** Learns that all rows are back. */
        default void restored() {}
    }

    /** What a snapshot is for. */
    public enum Kind {
        /** What has changed since the one before. */
        CHANGES,
        /** All rows; later snapshots are built on it. */
        WHOLE,
        /** All rows; no other snapshot has to do with it. */
        ALONE
    }

    /** How state that is the same in all subtasks is written and read. */
    private record Shared(StateWriter.Section write, StateReader.SharedSection read) {}

    /** A held piece that has not been copied yet. */
    private record Piece(HeldTable table, Supplier<Batch> rows) {}

    private final int version;
    private final Head head;
    private final List<StateTable> tables = new ArrayList<>();
    private final List<HeldTable> held = new ArrayList<>();
    private final Deque<Piece> pieces = new ArrayDeque<>();
    private @Nullable Shared shared;
    private @Nullable KeyGroupRange range;
    private int maxParallelism;
    private int stores;
    private boolean tracking;
    private @Nullable CopiedState target;
    private boolean storing;

    /** @param version of what the operator writes; state of another one is refused */
    public StateTables(int version, Head head) {
        this.version = version;
        this.head = head;
    }

    /**
     * Declares a kind of rows.
     *
     * @param keyColumns in copied rows, the columns that decide the key group
     * @param restore takes copied rows back, in any order; after a restart with another parallelism, those of several
     *     former subtasks
     */
    public StateTable table(List<Integer> keyColumns, Consumer<Batch> restore) {
        StateTable table = new StateTable(this, tables.size(), keyColumns, restore);
        tables.add(table);
        return table;
    }

    /**
     * Declares rows that are held for a moment.
     *
     * @param keyColumns the columns that decide the key group
     * @param pieces says when a snapshot begins what is held; the pieces are asked for their rows later, but before
     *     {@link #settle} returns
     * @param restore takes rows back, after all other rows
     */
    public HeldTable held(List<Integer> keyColumns, Supplier<List<Supplier<Batch>>> pieces, Consumer<Batch> restore) {
        HeldTable table = new HeldTable(this, held.size(), keyColumns, pieces, restore);
        held.add(table);
        return table;
    }

    /** Declares state that is the same in all subtasks, because every one got the same rows; small. */
    public void shared(StateWriter.Section write, StateReader.SharedSection read) {
        shared = new Shared(write, read);
    }

    /** Says which key groups belong to the subtask; must be called when the operator is opened. */
    public void open(KeyGroupRange ofSubtask, int ofJob) {
        range = ofSubtask;
        maxParallelism = ofJob;
    }

    /** Says that what is held is about to change. */
    public void settle() {
        while (!pieces.isEmpty()) {
            copyPiece();
        }
    }

    private void copyPiece() {
        Piece piece = pieces.remove();
        Batch rows = piece.rows().get();
        if (rows.size() > 0) {
            target().held(piece.table(), rows);
        }
    }

    // For tables ----------------------------------------------------------------------------------------------------

    int nextStore() {
        return stores++;
    }

    boolean isTracking() {
        return tracking;
    }

    boolean isStoring() {
        return storing;
    }

    CopiedState target() {
        return Objects.requireNonNull(target, "no snapshot is under way");
    }

    private KeyGroupRange range() {
        return Objects.requireNonNull(range, "not open");
    }

    int keyGroup(long hash) {
        return keyGroup(hash, range(), maxParallelism);
    }

    static int keyGroup(long hash, KeyGroupRange of, int ofJob) {
        int keyGroup = KeyGroups.keyGroup(hash, ofJob);
        return of.contains(keyGroup) ? keyGroup : KeyGroupIndex.withoutKey(of, ofJob);
    }

    int[] keyGroups(Column[] keys, int count) {
        return keyGroups(keys, count, range(), maxParallelism);
    }

    static int[] keyGroups(Column[] keys, int count, KeyGroupRange of, int ofJob) {
        long[] hashes = new long[count];
        KeyHasher.hash(keys, count, hashes);
        int[] keyGroups = new int[count];
        for (int i = 0; i < count; i++) {
            keyGroups[i] = keyGroup(hashes[i], of, ofJob);
        }
        return keyGroups;
    }

    // For snapshots -------------------------------------------------------------------------------------------------

    public int version() {
        return version;
    }

    public KeyGroupRange keyGroups() {
        return range();
    }

    /** The number of key groups of the job. */
    int maxParallelism() {
        return maxParallelism;
    }

    public List<StateTable> tables() {
        return List.copyOf(tables);
    }

    public List<HeldTable> heldTables() {
        return List.copyOf(held);
    }

    /** What is kept once, as bytes. */
    public byte[] head() {
        return bytes(head::write);
    }

    private static byte[] bytes(StateWriter.Section section) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            section.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** The stores of a table that exist now. */
    public int[] stores(StateTable table) {
        return table.trackers().stream().mapToInt(RowTracker::number).toArray();
    }

    /**
     * Begins a snapshot of the state as it is now; the one before must have been copied to its end or given up.
     *
     * @param lastCounts whether the last snapshot that was not {@link Kind#ALONE} counts; what it wrote is written again
     *     otherwise
     */
    public void freeze(Kind kind, boolean lastCounts, CopiedState to) {
        if (isCopying()) {
            throw new IllegalStateException("a snapshot is under way");
        }
        target = to;
        storing = kind != Kind.ALONE;
        for (StateTable table : tables) {
            for (RowTracker tracker : table.trackers()) {
                if (!tracker.isTracking()) {
                    tracker.start(false);
                }
                if (kind == Kind.ALONE) {
                    tracker.freezeCopy();
                } else {
                    tracker.freeze(lastCounts, kind == Kind.WHOLE);
                }
            }
        }
        tracking = true;
        for (HeldTable table : held) {
            table.pieces().forEach(rows -> pieces.add(new Piece(table, rows)));
        }
    }

    /** Whether a snapshot has not been copied yet. */
    public boolean isCopying() {
        return target != null;
    }

    /** Copies about so many rows; the last call ends the snapshot. */
    public void copy(int rows) {
        int left = rows;
        while (left > 0 && !pieces.isEmpty()) {
            copyPiece();
            left -= Batch.TARGET_ROWS;
        }
        for (StateTable table : tables) {
            for (RowTracker tracker : table.trackers()) {
                while (left > 0 && tracker.isFrozen()) {
                    left -= tracker.copy(Math.min(left, Batch.TARGET_ROWS));
                }
            }
        }
        if (left > 0) {
            CopiedState done = target();
            target = null;
            done.end();
        }
    }

    /** Gives up a snapshot that has not been copied to its end. */
    public void cancel() {
        tables.forEach(table -> table.trackers().forEach(RowTracker::cancel));
        pieces.clear();
        target = null;
    }

    /** What is the same in all subtasks, as bytes; null if there is nothing. */
    public byte @Nullable [] shared() {
        return shared == null ? null : bytes(shared.write());
    }

    public void restoreShared(DataInput in) throws IOException {
        if (shared == null) {
            throw new IOException("state that all subtasks share, where none is expected");
        }
        shared.read().read(in);
    }

    public void restoreHead(DataInput in) throws IOException {
        head.read(in);
    }

    /** Says that everything has been restored. */
    public void restored() {
        head.restored();
    }
}
