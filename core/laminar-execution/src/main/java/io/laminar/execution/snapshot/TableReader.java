package io.laminar.execution.snapshot;

import io.laminar.execution.key.KeyGroupRange;
import io.laminar.execution.state.StateTables;
import io.laminar.execution.state.WholeTables;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads chains of snapshots back, each from its newest file to its oldest: of a row only the first that is met counts. So
 * an operator gets every row once, and needs to know nothing of chains.
 */
final class TableReader {
    /** Key groups have not quite the same number of rows. */
    private static final double MARGIN = 1.02;

    private static final int MOST_EXPECTED = 1 << 29;

    private final StateTables tables;
    private final RestoredState state;
    private final List<Held> held = new ArrayList<>();
    private final double[] expected;

    private record Held(int table, Batch rows) {}

    private record Stored(int table, int store) {}

    TableReader(StateTables tables, RestoredState state) {
        this.tables = tables;
        this.state = state;
        this.expected = new double[tables.tables().size()];
    }

    void read() throws IOException {
        List<Chain> chains = new ArrayList<>();
        for (RestoredState.Part part : state.parts()) {
            chains.add(new Chain(part));
        }
        for (int table = 0; table < expected.length; table++) {
            tables.tables().get(table).expect((int) Math.min(MOST_EXPECTED, expected[table]));
        }
        for (Chain chain : chains) {
            chain.read();
        }
        for (Held rows : held) {
            tables.heldTables().get(rows.table()).restore(rows.rows());
        }
        for (byte[] shared : state.shared()) {
            tables.restoreShared(new DataInputStream(new ByteArrayInputStream(shared)));
        }
        tables.restored();
    }

    /** The snapshots of one former subtask. */
    private final class Chain {
        private final RestoredState.Part part;
        private final Set<Stored> stores = new HashSet<>();
        /** Ids of which a newer file has said what has become of them. */
        private final Map<Stored, BitSet> decided = new HashMap<>();

        Chain(RestoredState.Part part) throws IOException {
            this.part = part;
            if (part.index().form() != StateIndex.Form.TABLES) {
                throw new LaminarException(
                        ErrorCode.STATE_MISMATCH, "the saved state was written by another version of Laminar");
            }
            DataInputStream in =
                    new DataInputStream(new ByteArrayInputStream(part.index().head()));
            WholeTables.refuseOther(tables.version(), in.readInt());
            for (int table = 0; table < tables.tables().size(); table++) {
                for (int store : VariableInts.readList(in)) {
                    stores.add(new Stored(table, store));
                }
                expected[table] += in.readLong() * share();
            }
            tables.restoreHead(in);
        }

        /** The part of the former subtask's key groups that are wanted. */
        private double share() {
            KeyGroupRange all = part.index().range();
            int wanted = Math.min(all.last(), state.range().last())
                    - Math.max(all.first(), state.range().first())
                    + 1;
            return Math.max(0, wanted) * MARGIN / (all.last() - all.first() + 1);
        }

        void read() throws IOException {
            List<StateFile> files = part.index().files();
            SectionReader reader = new SectionReader(part.index(), state.range(), state.compression());
            for (int i = files.size() - 1; i >= 0; i--) {
                StateFile file = files.get(i);
                Generation generation =
                        new Generation(file.snapshot() == part.index().snapshot(), i == 0);
                reader.read(file, part.files(), (keyGroup, content) -> generation.section(content));
                generation.end();
            }
        }

        /** What one snapshot wrote. */
        private final class Generation {
            private final boolean newest;
            private final boolean oldest;
            private final List<Runnable> decisions = new ArrayList<>();

            Generation(boolean newest, boolean oldest) {
                this.newest = newest;
                this.oldest = oldest;
            }

            void section(byte[] content) throws IOException {
                DataInputStream in = new DataInputStream(new ByteArrayInputStream(content));
                while (in.available() > 0) {
                    TableBlocks.read(in, new TableBlocks.Target() {
                        @Override
                        public void rows(int table, int store, int[] ids, Batch rows) {
                            Generation.this.rows(new Stored(table, store), ids, rows);
                        }

                        @Override
                        public void gone(int table, int store, int[] ids) {
                            decisions.add(() -> decide(new Stored(table, store), ids));
                        }

                        @Override
                        public void held(int table, Batch rows) {
                            if (newest) {
                                held.add(new Held(table, rows));
                            }
                        }
                    });
                }
            }

            private void rows(Stored store, int[] ids, Batch rows) {
                if (!stores.contains(store)) {
                    return;
                }
                BitSet known = decided.get(store);
                Batch kept = rows;
                if (known != null) {
                    int[] chosen = new int[ids.length];
                    int count = 0;
                    for (int i = 0; i < ids.length; i++) {
                        chosen[count] = i;
                        count += known.get(ids[i]) ? 0 : 1;
                    }
                    kept = count == ids.length ? rows : rows.gather(chosen, count);
                }
                if (kept.size() > 0) {
                    tables.tables().get(store.table()).restore(kept);
                }
                if (!oldest) {
                    decisions.add(() -> decide(store, ids));
                }
            }

            /** What a snapshot says of rows counts for older ones, not within it. */
            void end() {
                decisions.forEach(Runnable::run);
            }
        }

        private void decide(Stored store, int[] ids) {
            BitSet known = decided.computeIfAbsent(store, s -> new BitSet());
            for (int id : ids) {
                known.set(id);
            }
        }
    }
}
