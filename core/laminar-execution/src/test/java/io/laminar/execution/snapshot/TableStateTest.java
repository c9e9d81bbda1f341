package io.laminar.execution.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.execution.key.KeyGroupRange;
import io.laminar.execution.key.KeyGroups;
import io.laminar.execution.key.KeyHasher;
import io.laminar.execution.state.RowTracker;
import io.laminar.execution.state.StateTable;
import io.laminar.execution.state.StateTables;
import io.laminar.execution.state.StoredRows;
import io.laminar.execution.state.WholeTables;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.LongColumn;
import io.laminar.spi.error.LaminarException;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

/** Snapshots of tables against a model: what is restored is what was there when a snapshot was taken, whatever followed. */
class TableStateTest {
    private static final int MAX_PARALLELISM = 16;
    private static final long SEEDS = Long.getLong("laminar.state.seeds", 100);

    /** Rows (key, value) in slots that are given out again, in stores that come and go. */
    private static final class Store implements StoredRows {
        private long[] keys = new long[4];
        private long[] values = new long[4];
        private boolean[] used = new boolean[4];
        private int limit;
        private RowTracker tracker;

        @Override
        public int limit() {
            return limit;
        }

        @Override
        public void mark(byte[] marks, byte bit) {
            for (int id = 0; id < limit; id++) {
                marks[id] |= used[id] ? bit : 0;
            }
        }

        @Override
        public Batch copy(int[] ids, int count) {
            long[] k = new long[count];
            long[] v = new long[count];
            for (int i = 0; i < count; i++) {
                assertTrue(used[ids[i]], "a row that is not there is copied");
                k[i] = keys[ids[i]];
                v[i] = values[ids[i]];
            }
            return batch(k, v);
        }

        @Override
        public void hash(int[] ids, int count, long[] hashes) {
            for (int i = 0; i < count; i++) {
                hashes[i] = KeyHasher.hash(keys[ids[i]]);
            }
        }

        void put(long key, long value) {
            int id = find(key);
            if (id < 0) {
                id = claim();
                keys[id] = key;
                tracker.reserve(limit);
                tracker.touch(id);
                values[id] = value;
            } else {
                tracker.touch(new int[] {id, id}, 2);
                values[id] = value;
            }
        }

        void remove(long key) {
            int id = find(key);
            if (id >= 0) {
                tracker.remove(new int[] {id}, 1);
                used[id] = false;
                values[id] = -1;
            }
        }

        private int find(long key) {
            for (int id = 0; id < limit; id++) {
                if (used[id] && keys[id] == key) {
                    return id;
                }
            }
            return -1;
        }

        private int claim() {
            int id = 0;
            while (id < limit && used[id]) {
                id++;
            }
            if (id == limit) {
                limit++;
                if (limit > used.length) {
                    keys = Arrays.copyOf(keys, limit * 2);
                    values = Arrays.copyOf(values, limit * 2);
                    used = Arrays.copyOf(used, limit * 2);
                }
            }
            used[id] = true;
            return id;
        }
    }

    private static Batch batch(long[] keys, long[] values) {
        Column[] columns = {new LongColumn(keys, null, keys.length), new LongColumn(values, null, keys.length)};
        return new Batch(keys.length, columns, new long[keys.length], null);
    }

    /** An operator with a table of one store, one of many, and held rows. */
    private static final class Subject {
        final StateTables tables;
        final Store single = new Store();
        final Map<Long, Store> many = new TreeMap<>();
        final StateTable manyTable;
        List<long[]> heldRows = new ArrayList<>();
        long head;
        final TableState source;

        Subject(KeyGroupRange range, int version) {
            this(range, version, false);
        }

        /** @param overflows whether nearly all that is copied has to lie elsewhere until it is written */
        Subject(KeyGroupRange range, int version, boolean overflows) {
            tables = new StateTables(version, new StateTables.Head() {
                @Override
                public void write(DataOutput out) throws IOException {
                    out.writeLong(head);
                }

                @Override
                public void read(DataInput in) throws IOException {
                    head = Math.max(head, in.readLong());
                }
            });
            StateTable table = tables.table(List.of(0), rows -> forEach(rows, single::put));
            single.tracker = table.open(single);
            // Of the many stores, a row's value says which store it is in.
            manyTable = tables.table(List.of(0), rows -> forEach(rows, (k, v) -> store(v).put(k, v)));
            tables.held(
                    List.of(0),
                    () -> List.of(() -> batch(
                            heldRows.stream().mapToLong(r -> r[0]).toArray(),
                            heldRows.stream().mapToLong(r -> r[1]).toArray())),
                    rows -> forEach(rows, (k, v) -> heldRows.add(new long[] {k, v})));
            tables.open(range, MAX_PARALLELISM);
            source = new TableState(tables, "", 0, MemoryOverflow::new, overflows ? 100 : Long.MAX_VALUE / 4);
        }

        /** Writes all that there is and forgets it, whatever snapshot is under way. */
        void writeInVain() {
            WholeTables.write(tables, (keyGroup, section) -> {
                try (DataOutputStream out = new DataOutputStream(OutputStream.nullOutputStream())) {
                    section.write(out);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }

        Store store(long name) {
            return many.computeIfAbsent(name, n -> {
                Store store = new Store();
                store.tracker = manyTable.open(store);
                return store;
            });
        }

        void close(long name) {
            Store store = many.remove(name);
            if (store != null) {
                manyTable.close(store.tracker);
                Arrays.fill(store.used, false);
            }
        }

        void settle() {
            tables.settle();
            heldRows = new ArrayList<>();
        }
    }

    private interface Row {
        void put(long key, long value);
    }

    private static void forEach(Batch rows, Row row) {
        for (int i = 0; i < rows.size(); i++) {
            row.put(((LongColumn) rows.column(0)).value(i), ((LongColumn) rows.column(1)).value(i));
        }
    }

    /** What the subjects hold, as text. */
    private static TreeMap<String, Long> content(List<Subject> subjects) {
        TreeMap<String, Long> content = new TreeMap<>();
        for (Subject subject : subjects) {
            add(content, "single", subject.single);
            subject.many.forEach((name, store) -> add(content, "store " + name, store));
            subject.heldRows.forEach(r -> content.merge("held " + r[0] + "=" + r[1], 1L, Long::sum));
        }
        return content;
    }

    private static void add(TreeMap<String, Long> content, String prefix, Store store) {
        for (int id = 0; id < store.limit; id++) {
            if (store.used[id]) {
                content.merge(prefix + " " + store.keys[id] + "=" + store.values[id], 1L, Long::sum);
            }
        }
    }

    private record Taken(
            TreeMap<String, Long> content, Map<Subject, FrozenState> frozen, Map<Subject, StateIndex> index) {}

    @Test
    void whatIsRestoredIsWhatWasThere() throws Exception {
        for (long seed = 0; seed < SEEDS; seed++) {
            new Run(seed).run();
        }
    }

    private static final class Run {
        private final Random random;
        private final long seed;
        private List<Subject> subjects = new ArrayList<>();
        private Map<Subject, MemoryFiles> files = new HashMap<>();
        private long snapshot;
        private Taken last;

        Run(long seed) {
            this.seed = seed;
            this.random = new Random(seed);
        }

        void run() throws Exception {
            start(1 + random.nextInt(3));
            for (int step = 0; step < 400; step++) {
                int what = random.nextInt(40);
                if (what == 0) {
                    freeze();
                } else if (what == 1 && last != null) {
                    finish(false);
                } else if (what == 2 && random.nextInt(6) == 0) {
                    restart(1 + random.nextInt(3));
                } else if (what < 12) {
                    subjects.get(random.nextInt(subjects.size())).writeInVain();
                    copySome();
                } else {
                    change();
                }
            }
        }

        private void start(int parallelism) {
            subjects = new ArrayList<>();
            files = new HashMap<>();
            for (int i = 0; i < parallelism; i++) {
                KeyGroupRange range = KeyGroupRange.of(i, parallelism, MAX_PARALLELISM);
                Subject subject = new Subject(range, 1, seed % 2 == 0);
                subjects.add(subject);
                files.put(subject, new MemoryFiles());
            }
            last = null;
        }

        private Subject owner(long key) {
            int keyGroup = KeyGroups.keyGroup(KeyHasher.hash(key), MAX_PARALLELISM);
            return subjects.get(KeyGroups.subtask(keyGroup, subjects.size(), MAX_PARALLELISM));
        }

        private void change() {
            long key = random.nextInt(30);
            Subject owner = owner(key);
            long name = random.nextInt(5);
            switch (random.nextInt(8)) {
                case 0, 1, 2 -> owner.single.put(key, random.nextInt(1000));
                case 3 -> owner.single.remove(key);
                case 4, 5 -> owner.store(name).put(key, name);
                case 6 -> {
                    if (random.nextInt(5) == 0) {
                        owner.close(name);
                    } else {
                        owner.store(name).remove(key);
                    }
                }
                default -> {
                    if (random.nextInt(3) == 0) {
                        owner.settle();
                    } else {
                        // What is held when a snapshot begins stays as it is: a new list.
                        owner.tables.settle();
                        owner.heldRows = new ArrayList<>(owner.heldRows);
                        owner.heldRows.add(new long[] {key, random.nextInt(1000)});
                    }
                }
            }
        }

        private void copySome() {
            Subject subject = subjects.get(random.nextInt(subjects.size()));
            if (subject.tables.isCopying()) {
                subject.tables.copy(1 + random.nextInt(5));
            }
        }

        private void freeze() throws Exception {
            Taken former = last;
            snapshot++;
            Reuse reuse = Reuse.values()[random.nextInt(3)];
            Map<Subject, FrozenState> frozen = new HashMap<>();
            TreeMap<String, Long> content = content(subjects);
            for (Subject subject : subjects) {
                frozen.put(subject, subject.source.freeze(snapshot, reuse));
            }
            last = new Taken(content, frozen, new HashMap<>());
            if (former != null && random.nextBoolean()) {
                former.frozen().values().forEach(FrozenState::drop);
                for (FrozenState state : former.frozen().values()) {
                    assertThrows(CancellationException.class, () -> state.write(new MemoryFiles(), Compression.NONE));
                }
            }
        }

        /** Copies and writes the last snapshot, compares what comes of it, and says to the subjects what they may know. */
        private void finish(boolean known) throws Exception {
            Taken taken = last;
            long id = snapshot;
            last = null;
            for (Subject subject : subjects) {
                subject.source.copyAll();
                taken.index().put(subject, taken.frozen().get(subject).write(files.get(subject), Compression.NONE));
            }
            assertEquals(taken.content(), content(restored(taken, 1 + random.nextInt(4))), "seed " + seed);
            for (Subject subject : subjects) {
                int fate = known ? 0 : random.nextInt(4);
                if (fate <= 1) {
                    subject.source.completed(id);
                } else if (fate == 2) {
                    subject.source.aborted(id);
                }
            }
        }

        private List<Subject> restored(Taken taken, int parallelism) {
            List<Subject> others = new ArrayList<>();
            for (int i = 0; i < parallelism; i++) {
                KeyGroupRange range = KeyGroupRange.of(i, parallelism, MAX_PARALLELISM);
                Subject other = new Subject(range, 1);
                other.source.restore(state(taken, range));
                others.add(other);
            }
            return others;
        }

        private RestoredState state(Taken taken, KeyGroupRange range) {
            List<RestoredState.Part> parts = new ArrayList<>();
            taken.index().forEach((subject, index) -> parts.add(new RestoredState.Part(index, files.get(subject))));
            return new RestoredState(range, parts, List.of(), Compression.NONE);
        }

        private void restart(int parallelism) throws Exception {
            freeze();
            Taken taken = last;
            finish(true);
            Map<Subject, MemoryFiles> former = files;
            List<Subject> others = restored(taken, parallelism);
            subjects = others;
            files = new HashMap<>();
            others.forEach(other -> files.put(other, new MemoryFiles()));
            assertTrue(former.size() > 0);
        }
    }

    /** Bytes that are gone when they are let go. */
    private static final class MemoryOverflow implements Overflow {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private boolean closed;

        @Override
        public long append(byte[] source, int count) throws IOException {
            expectOpen();
            bytes.write(source, 0, count);
            return bytes.size() - count;
        }

        @Override
        public byte[] read(long from, int count) throws IOException {
            expectOpen();
            return Arrays.copyOfRange(bytes.toByteArray(), (int) from, (int) from + count);
        }

        private void expectOpen() throws IOException {
            if (closed) {
                throw new IOException("closed");
            }
        }

        @Override
        public LaminarException failed(IOException reason) {
            throw new IllegalStateException(reason);
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    @Test
    void copiedRowsLieElsewhereWhereThereAreTooMany() throws Exception {
        KeyGroupRange range = new KeyGroupRange(0, MAX_PARALLELISM - 1);
        Subject subject = new Subject(range, 1);
        List<MemoryOverflow> made = new ArrayList<>();
        TableState source = new TableState(
                subject.tables,
                "",
                0,
                () -> {
                    made.add(new MemoryOverflow());
                    return made.get(made.size() - 1);
                },
                20);
        for (long key = 0; key < 4000; key++) {
            subject.single.put(key, key);
        }
        FrozenState frozen = source.freeze(1, Reuse.BACKWARD_AND_FORWARD);
        // Rows that change while a snapshot wants them cannot wait for it.
        for (long key = 0; key < 4000; key++) {
            subject.single.put(key, -1);
        }
        source.copyAll();
        assertEquals(1, made.size());
        assertTrue(made.get(0).bytes.size() > 40_000, made.get(0).bytes.size() + " bytes");
        MemoryFiles files = new MemoryFiles();
        StateIndex index = frozen.write(files, Compression.NONE);
        assertTrue(made.get(0).closed);
        Subject other = new Subject(range, 1);
        other.source.restore(
                new RestoredState(range, List.of(new RestoredState.Part(index, files)), List.of(), Compression.NONE));
        for (int key = 0; key < 4000; key++) {
            assertEquals(key, other.single.values[other.single.find(key)]);
        }
    }

    @Test
    void aFewChangesAreASmallFile() throws Exception {
        Subject subject = new Subject(new KeyGroupRange(0, MAX_PARALLELISM - 1), 1);
        MemoryFiles files = new MemoryFiles();
        for (long key = 0; key < 2000; key++) {
            subject.single.put(key, key);
        }
        StateIndex whole = taken(subject, 1, files);
        subject.source.completed(1);
        for (long key = 0; key < 2000; key += 100) {
            subject.single.put(key, -1);
        }
        StateIndex changes = taken(subject, 2, files);
        assertEquals(List.of("state-1", "state-2"), names(changes));
        assertEquals(List.of("state-1"), names(whole));
        assertTrue(files.size("state-2") * 20 < files.size("state-1"));
        // Nobody has said that it counts, so its rows come once more.
        StateIndex again = taken(subject, 3, files);
        assertEquals(List.of("state-1", "state-3"), names(again));
        assertEquals(files.size("state-2"), files.size("state-3"));
        subject.source.completed(3);
        assertEquals(List.of("state-1", "state-3"), names(taken(subject, 4, files)));
    }

    @Test
    void aChainBeginsAnewWhenChangesOutgrowIt() throws Exception {
        Subject subject = new Subject(new KeyGroupRange(0, MAX_PARALLELISM - 1), 1);
        MemoryFiles files = new MemoryFiles();
        for (long key = 0; key < 200; key++) {
            subject.single.put(key, key);
        }
        int beginnings = 0;
        for (int snapshot = 1; snapshot <= 20; snapshot++) {
            for (long key = 0; key < 60; key++) {
                subject.single.put(key, snapshot);
            }
            StateIndex index = taken(subject, snapshot, files);
            subject.source.completed(snapshot);
            beginnings += index.files().size() == 1 ? 1 : 0;
            assertTrue(index.files().size() < 8, index.files().size() + " files");
        }
        assertTrue(beginnings > 2 && beginnings < 10, beginnings + " beginnings");
    }

    @Test
    void stateOfAnotherVersionIsRefused() throws Exception {
        KeyGroupRange range = new KeyGroupRange(0, MAX_PARALLELISM - 1);
        Subject subject = new Subject(range, 1);
        MemoryFiles files = new MemoryFiles();
        subject.single.put(1, 2);
        StateIndex index = taken(subject, 1, files);
        RestoredState state =
                new RestoredState(range, List.of(new RestoredState.Part(index, files)), List.of(), Compression.NONE);
        Subject other = new Subject(range, 2);
        LaminarException refusal = assertThrows(LaminarException.class, () -> other.source.restore(state));
        assertTrue(refusal.reason().contains("has version 1"), refusal.reason());
    }

    private static StateIndex taken(Subject subject, long snapshot, MemoryFiles files) throws Exception {
        FrozenState frozen = subject.source.freeze(snapshot, Reuse.BACKWARD_AND_FORWARD);
        subject.source.copyAll();
        return frozen.write(files, Compression.NONE);
    }

    private static List<String> names(StateIndex index) {
        return index.files().stream().map(StateFile::name).toList();
    }
}
