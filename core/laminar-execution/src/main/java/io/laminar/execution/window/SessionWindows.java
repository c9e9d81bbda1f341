package io.laminar.execution.window;

import io.laminar.execution.aggregate.GroupStates;
import io.laminar.execution.key.Capacity;
import io.laminar.execution.key.KeyRows;
import io.laminar.execution.key.KeyTable;
import io.laminar.execution.key.Rows;
import io.laminar.execution.memory.HeapSize;
import io.laminar.execution.operator.LateRows;
import io.laminar.execution.operator.Output;
import io.laminar.execution.state.RowTracker;
import io.laminar.execution.state.StateTables;
import io.laminar.execution.state.StoredRows;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.LongColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sessions: rows of a key less than a gap apart. Every open session is a group with a start and an end, and a link to
 * the next session of its key. A row that bridges sessions merges them; those merged away keep their place in the
 * {@link EndQueue} until it comes up.
 */
final class SessionWindows implements WindowState {
    private static final int NONE = -1;

    private final WindowContext context;
    private final long gap;
    private final KeyRows keys;
    private final KeyTable table;
    private final GroupStates states;
    private final EndQueue queue = new EndQueue();
    private final StateTables tables;
    private final RowTracker tracker;

    /** By key: its first session. */
    private int[] firstSession = new int[0];

    /** By session. */
    private int[] nextSession = new int[0];

    private int[] keyOfSession = new int[0];
    private long[] starts = new long[0];
    private long[] ends = new long[0];
    /** The session that this one was merged into in the current batch; NONE if it was not. */
    private int[] mergedInto = new int[0];

    private boolean[] dead = new boolean[0];
    private int[] free = new int[0];
    private int freeCount;
    private int limit;
    private int[] ids = new int[Batch.TARGET_ROWS];
    private int[] absorbed = new int[16];
    private int absorbedCount;
    private final @Nullable SessionChanges changes;
    private final SessionChanges.Sessions sessions = new SessionChanges.Sessions() {
        @Override
        public Batch rows(int[] some, int count) {
            return batch(some, count);
        }

        @Override
        public boolean isAlive(int session) {
            return !context.retracts() || states.rows(session) > 0;
        }
    };

    /** @param changes where sessions are emitted while they are open; otherwise null */
    SessionWindows(WindowContext context, long gap, @Nullable SessionChanges changes, StateTables tables) {
        this.changes = changes;
        this.context = context;
        this.gap = gap;
        this.keys = context.newKeyRows();
        this.table = context.newKeyTable();
        this.states = context.newStates();
        this.tables = tables;
        List<Integer> keyPositions = context.keyPositions();
        this.tracker = tables.table(keyPositions, this::restore).open(new SessionRows());
        if (changes != null) {
            tables.held(keyPositions, changes::shown, rows -> changes.restoreShown(rows, this::find));
            tables.held(keyPositions, changes::gone, changes::restoreGone);
        }
    }

    @Override
    public void add(Batch batch, long[] times, long watermark, LateRows late) {
        int size = batch.size();
        keys.load(batch, context.keyColumns());
        int[] rows = new int[size];
        int[] sessionOfRow = new int[size];
        findKeys(size);
        int taken = 0;
        for (int row = 0; row < size; row++) {
            int session = session(ids[row], times[row], watermark);
            if (session == NONE) {
                late.add(row);
            } else {
                rows[taken] = row;
                sessionOfRow[taken++] = session;
            }
        }
        mergeAbsorbed();
        for (int i = 0; i < taken; i++) {
            sessionOfRow[i] = root(sessionOfRow[i]);
        }
        states.apply(batch, rows, sessionOfRow, taken);
        noteChanges(sessionOfRow, taken);
        releaseAbsorbed();
        forgetKeysWithoutSession(size);
    }

    private void noteChanges(int[] changedSessions, int count) {
        if (changes != null) {
            for (int i = 0; i < count; i++) {
                changes.change(changedSessions[i]);
            }
        }
    }

    private void findKeys(int size) {
        if (ids.length < size) {
            ids = new int[size];
        }
        table.lookup(keys, Rows.first(size), size, ids);
        int before = firstSession.length;
        if (before < table.limit()) {
            firstSession = Arrays.copyOf(firstSession, Capacity.grown(table.limit()));
            Arrays.fill(firstSession, before, firstSession.length, NONE);
        }
    }

    /** The session a row belongs to, made or merged as needed; NONE if the row is late. */
    private int session(int key, long time, long watermark) {
        int found = NONE;
        int before = NONE;
        for (int s = firstSession[key]; s != NONE; ) {
            int next = nextSession[s];
            if (time < ends[s] && time + gap > starts[s]) {
                if (found == NONE) {
                    found = s;
                    tracker.touch(s);
                    starts[s] = Math.min(starts[s], time);
                    ends[s] = Math.max(ends[s], time + gap);
                    before = s;
                } else {
                    absorb(found, s, before);
                }
            } else {
                before = s;
            }
            s = next;
        }
        if (found == NONE && time + gap - 1 > watermark) {
            found = open(key, time, time + gap);
        }
        return found;
    }

    private int open(int key, long start, long end) {
        int session = freeCount > 0 ? free[--freeCount] : limit++;
        reserve();
        starts[session] = start;
        ends[session] = end;
        keyOfSession[session] = key;
        nextSession[session] = firstSession[key];
        firstSession[key] = session;
        mergedInto[session] = NONE;
        dead[session] = false;
        tracker.touch(session);
        queue.add(end, session);
        return session;
    }

    private void reserve() {
        if (starts.length < limit) {
            int capacity = Capacity.grown(limit);
            starts = Arrays.copyOf(starts, capacity);
            ends = Arrays.copyOf(ends, capacity);
            keyOfSession = Arrays.copyOf(keyOfSession, capacity);
            nextSession = Arrays.copyOf(nextSession, capacity);
            mergedInto = Arrays.copyOf(mergedInto, capacity);
            dead = Arrays.copyOf(dead, capacity);
        }
        states.reserve(limit);
        tracker.reserve(limit);
        if (changes != null) {
            changes.reserve(limit);
        }
    }

    /** Merges a session into another of the same key. {@code before} is the session in front of it. */
    private void absorb(int target, int session, int before) {
        tracker.remove(session);
        starts[target] = Math.min(starts[target], starts[session]);
        ends[target] = Math.max(ends[target], ends[session]);
        nextSession[before] = nextSession[session];
        mergedInto[session] = target;
        dead[session] = true;
        if (absorbedCount == absorbed.length) {
            absorbed = Arrays.copyOf(absorbed, absorbedCount * 2);
        }
        absorbed[absorbedCount++] = session;
        if (changes != null) {
            changes.absorb(session);
        }
    }

    private int root(int session) {
        int root = session;
        while (mergedInto[root] != NONE) {
            root = mergedInto[root];
        }
        return root;
    }

    private void mergeAbsorbed() {
        int[] targets = new int[absorbedCount];
        for (int i = 0; i < absorbedCount; i++) {
            targets[i] = root(absorbed[i]);
        }
        states.merge(states, absorbed, targets, absorbedCount);
    }

    private void releaseAbsorbed() {
        states.clear(absorbed, absorbedCount);
        for (int i = 0; i < absorbedCount; i++) {
            mergedInto[absorbed[i]] = NONE;
        }
        absorbedCount = 0;
    }

    /** Late rows may have brought keys that have no session. */
    private void forgetKeysWithoutSession(int size) {
        int[] empty = Arrays.copyOf(ids, size);
        int count = 0;
        for (int i = 0; i < size; i++) {
            empty[count] = ids[i];
            count += firstSession[ids[i]] == NONE ? 1 : 0;
        }
        removeKeys(empty, count);
    }

    private void removeKeys(int[] candidates, int count) {
        Arrays.sort(candidates, 0, count);
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (i == 0 || candidates[i] != candidates[i - 1]) {
                candidates[kept++] = candidates[i];
            }
        }
        if (kept > 0) {
            table.remove(candidates, kept);
        }
    }

    @Override
    public void advance(long watermark, Output out) {
        tables.settle();
        int[] closed = new int[16];
        int count = 0;
        while (!queue.isEmpty() && queue.firstEnd() - 1 <= watermark) {
            int session = queue.poll();
            if (dead[session]) {
                release(session);
            } else if (ends[session] - 1 > watermark) {
                queue.add(ends[session], session);
            } else {
                if (count == closed.length) {
                    closed = Arrays.copyOf(closed, count * 2);
                }
                closed[count++] = session;
            }
        }
        for (int from = 0; changes == null && from < count; from += Batch.TARGET_ROWS) {
            emit(Arrays.copyOfRange(closed, from, Math.min(count, from + Batch.TARGET_ROWS)), out);
        }
        if (changes != null && count > 0) {
            changes.emit(closed, count, sessions, out);
            changes.close(closed, count);
        }
        close(closed, count);
    }

    @Override
    public void emitChanges(Output out) {
        tables.settle();
        if (changes != null) {
            changes.emit(sessions, out);
        }
    }

    /** Emits sessions in the order of their ends. */
    private void emit(int[] sessions, Output out) {
        int[] kept = context.retracts()
                ? Arrays.stream(sessions).filter(s -> states.rows(s) > 0).toArray()
                : sessions;
        if (kept.length > 0) {
            out.emit(batch(kept, kept.length));
        }
    }

    private Batch batch(int[] kept, int count) {
        int[] sessionKeys = new int[count];
        long[] from = new long[count];
        long[] to = new long[count];
        long[] times = new long[count];
        for (int i = 0; i < count; i++) {
            sessionKeys[i] = keyOfSession[kept[i]];
            from[i] = starts[kept[i]];
            to[i] = ends[kept[i]];
            times[i] = to[i] - 1;
        }
        List<Column> columns = new ArrayList<>();
        Collections.addAll(columns, table.columns(sessionKeys, count));
        columns.addAll(states.results(kept, count));
        columns.add(new LongColumn(from, null, count));
        columns.add(new LongColumn(to, null, count));
        return new Batch(count, columns.toArray(new Column[0]), times, null);
    }

    private void close(int[] sessions, int count) {
        tracker.remove(sessions, count);
        int[] emptyKeys = new int[count];
        int empty = 0;
        for (int i = 0; i < count; i++) {
            int session = sessions[i];
            int key = keyOfSession[session];
            unlink(key, session);
            release(session);
            emptyKeys[empty] = key;
            empty += firstSession[key] == NONE ? 1 : 0;
        }
        states.clear(sessions, count);
        removeKeys(emptyKeys, empty);
    }

    private void unlink(int key, int session) {
        if (firstSession[key] == session) {
            firstSession[key] = nextSession[session];
            return;
        }
        int before = firstSession[key];
        while (nextSession[before] != session) {
            before = nextSession[before];
        }
        nextSession[before] = nextSession[session];
    }

    private void release(int session) {
        if (freeCount == free.length) {
            free = Arrays.copyOf(free, Capacity.grown(freeCount + 1L));
        }
        free[freeCount++] = session;
    }

    @Override
    public long nextEnd() {
        return queue.isEmpty() ? Long.MAX_VALUE : queue.firstEnd();
    }

    /** Sessions as rows of state: key, states and end; start is their event time. */
    private final class SessionRows implements StoredRows {
        @Override
        public int limit() {
            return limit;
        }

        @Override
        public void mark(byte[] marks, byte bit) {
            for (int key : table.ids()) {
                for (int s = firstSession[key]; s != NONE; s = nextSession[s]) {
                    marks[s] |= bit;
                }
            }
        }

        @Override
        public Batch copy(int[] some, int count) {
            long[] from = new long[count];
            long[] to = new long[count];
            for (int i = 0; i < count; i++) {
                from[i] = starts[some[i]];
                to[i] = ends[some[i]];
            }
            List<Column> columns = new ArrayList<>();
            Collections.addAll(columns, table.columns(keysOf(some, count), count));
            columns.addAll(states.states(some, count));
            columns.add(new LongColumn(to, null, count));
            return new Batch(count, columns.toArray(new Column[0]), from, null);
        }

        @Override
        public void hash(int[] some, int count, long[] hashes) {
            table.hash(keysOf(some, count), count, hashes);
        }
    }

    private int[] keysOf(int[] some, int count) {
        int[] sessionKeys = new int[count];
        for (int i = 0; i < count; i++) {
            sessionKeys[i] = keyOfSession[some[i]];
        }
        return sessionKeys;
    }

    private void restore(Batch saved) {
        int count = saved.size();
        int keyColumns = context.keyColumns().size();
        keys.load(Arrays.copyOf(saved.columns(), keyColumns), count);
        findKeys(count);
        long[] savedEnds = ((LongColumn) saved.column(saved.width() - 1)).values();
        int[] opened = new int[count];
        for (int i = 0; i < count; i++) {
            opened[i] = open(ids[i], saved.rowtime()[i], savedEnds[i]);
        }
        states.mergeStates(saved, keyColumns, Rows.first(count), opened, count);
        // Any of them may have changed since its row was emitted.
        noteChanges(opened, count);
    }

    /** The session of each key that has grown out of the one that began at a time. */
    private int[] find(Column[] keyColumns, long[] times, int count) {
        keys.load(keyColumns, count);
        findKeys(count);
        int[] found = new int[count];
        for (int i = 0; i < count; i++) {
            int session = firstSession[ids[i]];
            while (session != NONE && !(starts[session] <= times[i] && times[i] < ends[session])) {
                session = nextSession[session];
            }
            found[i] = session;
        }
        return found;
    }

    @Override
    public long bytes() {
        return table.bytes()
                + states.bytes()
                + queue.bytes()
                + (changes == null ? 0 : changes.bytes())
                + HeapSize.of(firstSession)
                + HeapSize.of(nextSession)
                + HeapSize.of(keyOfSession)
                + HeapSize.of(starts)
                + HeapSize.of(ends)
                + HeapSize.of(mergedInto)
                + HeapSize.of(dead)
                + HeapSize.of(free);
    }
}
