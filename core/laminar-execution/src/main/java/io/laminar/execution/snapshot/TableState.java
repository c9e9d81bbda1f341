package io.laminar.execution.snapshot;

import io.laminar.execution.key.KeyGroupRange;
import io.laminar.execution.state.StateTable;
import io.laminar.execution.state.StateTables;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Snapshots of tables: the rows that have changed since the last completed one, as a further file in a chain that begins
 * with all rows. When the changes in a chain outgrow its beginning, the next snapshot begins a new one.
 */
public final class TableState implements StateSource {
    /** Rows copied at a time: about a millisecond. */
    private static final int SLICE = 4096;

    private static final int MOST_FILES = 250;

    private final StateTables tables;
    private final StateChain<Boolean> chain = new StateChain<>();
    /** Changes, in 128ths of the chain's beginning, above which a new one is begun; subtasks shall not do so together. */
    private final long growth;

    private final String name;
    private final int copiedAtOnce;
    private final @Nullable Supplier<Overflow> overflow;
    private final long copiedBytes;
    private long lastStored = -1;
    private @Nullable Frozen current;

    public TableState(StateTables tables) {
        this(tables, "", SLICE, null);
    }

    /**
     * With a place for what is too much for memory.
     *
     * @param overflow for rows that are copied faster than they are stored; null if they stay in memory
     */
    public TableState(StateTables tables, @Nullable Supplier<Overflow> overflow) {
        this(tables, "", SLICE, overflow);
    }

    /**
     * @param name what the names of files begin with
     * @param copiedAtOnce rows that are copied when state is frozen, so that small state is done with
     * @param overflow for rows that are copied faster than they are stored; null if they stay in memory
     */
    public TableState(StateTables tables, String name, int copiedAtOnce, @Nullable Supplier<Overflow> overflow) {
        this(tables, name, copiedAtOnce, overflow, CopiedTables.MOST_BYTES);
    }

    /** @param copiedBytes bytes of copied rows in memory above which copying waits */
    TableState(
            StateTables tables,
            String name,
            int copiedAtOnce,
            @Nullable Supplier<Overflow> overflow,
            long copiedBytes) {
        this.copiedBytes = copiedBytes;
        this.tables = tables;
        this.name = name;
        this.overflow = overflow;
        this.copiedAtOnce = copiedAtOnce;
        this.growth = 96L + (tables.keyGroups().first() * 37 & 63);
    }

    @Override
    public byte @Nullable [] shared(boolean wanted) {
        return wanted ? tables.shared() : null;
    }

    @Override
    public FrozenState freeze(long snapshot, Reuse reuse) {
        finishFormer(reuse == Reuse.NONE);
        StateChain.Link<Boolean> link = reuse == Reuse.BACKWARD_AND_FORWARD ? chain.base() : null;
        StateIndex base = link == null || outgrown(link.index()) ? null : link.index();
        StateTables.Kind kind = reuse == Reuse.NONE
                ? StateTables.Kind.ALONE
                : base == null ? StateTables.Kind.WHOLE : StateTables.Kind.CHANGES;
        Frozen frozen = new Frozen(snapshot, base, kind, head());
        tables.freeze(kind, chain.isCompleted(lastStored), frozen.copied);
        if (kind == StateTables.Kind.ALONE) {
            chain.alone(snapshot);
        } else {
            lastStored = snapshot;
        }
        current = frozen;
        if (copiedAtOnce > 0) {
            tables.copy(copiedAtOnce);
        }
        return frozen;
    }

    /**
     * Ends what is still being copied: a savepoint is wanted beside a checkpoint, but of checkpoints only the last one is.
     */
    private void finishFormer(boolean alone) {
        Frozen former = current;
        if (former == null || !tables.isCopying()) {
            return;
        }
        if (alone == (former.kind == StateTables.Kind.ALONE)) {
            giveUp(former);
        } else {
            copyAll();
        }
    }

    private void giveUp(Frozen frozen) {
        tables.cancel();
        frozen.drop();
        current = null;
    }

    private boolean outgrown(StateIndex index) {
        long whole = 0;
        long changes = 0;
        for (StateFile file : index.files()) {
            if (file.snapshot() == index.since()[0]) {
                whole += file.bytes();
            } else {
                changes += file.bytes();
            }
        }
        return changes * 128 > whole * growth || index.files().size() > MOST_FILES;
    }

    /** Version, the stores of each table that exist, and what the operator keeps once. */
    private byte[] head() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(tables.version());
            for (StateTable table : tables.tables()) {
                VariableInts.writeList(tables.stores(table), out);
                out.writeLong(table.rows());
            }
            out.write(tables.head());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Tables of one moment. */
    private final class Frozen implements FrozenState {
        private final long snapshot;
        private final @Nullable StateIndex base;
        private final StateTables.Kind kind;
        private final byte[] head;
        private final CopiedTables copied = new CopiedTables(overflow, copiedBytes);

        Frozen(long snapshot, @Nullable StateIndex base, StateTables.Kind kind, byte[] head) {
            this.snapshot = snapshot;
            this.base = base;
            this.kind = kind;
            this.head = head;
        }

        @Override
        public StateIndex write(StateFiles files, Compression compression) throws IOException, InterruptedException {
            KeyGroupRange range = tables.keyGroups();
            List<StateFile> all = base == null ? new ArrayList<>() : new ArrayList<>(base.files());
            try (StateFileWriter writer =
                    new StateFileWriter(files, compression, name + "state-" + snapshot, snapshot)) {
                TableWriter rows = new TableWriter(range, writer);
                copied.write(rows);
                rows.finish();
                StateFile file = writer.finish();
                if (file != null) {
                    all.add(file);
                }
            }
            long[] since = new long[range.size()];
            Arrays.fill(since, snapshot);
            StateIndex index = new StateIndex(
                    StateIndex.Form.TABLES, snapshot, range, base == null ? since : base.since(), head, all);
            if (kind != StateTables.Kind.ALONE) {
                chain.written(index, true);
            }
            return index;
        }

        @Override
        public void whenRoom(Runnable call) {
            copied.whenRoom(call);
        }

        @Override
        public void drop() {
            copied.drop();
        }
    }

    @Override
    public boolean isCopying() {
        return tables.isCopying();
    }

    @Override
    public Progress copy() {
        Frozen frozen = current;
        if (frozen == null || !tables.isCopying()) {
            return Progress.DONE;
        }
        if (!frozen.copied.hasRoom()) {
            return Progress.FULL;
        }
        tables.copy(SLICE);
        return tables.isCopying() ? Progress.MORE : Progress.DONE;
    }

    @Override
    public void copyAll() {
        while (tables.isCopying()) {
            tables.copy(SLICE);
        }
    }

    @Override
    public void completed(long snapshot) {
        chain.completed(snapshot);
    }

    @Override
    public void aborted(long snapshot) {
        chain.aborted(snapshot);
        Frozen frozen = current;
        if (frozen != null && frozen.snapshot == snapshot && tables.isCopying()) {
            giveUp(frozen);
        }
    }

    @Override
    public void restore(RestoredState state) {
        try {
            new TableReader(tables, state).read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
