package io.laminar.execution.window;

import io.laminar.execution.key.Capacity;
import io.laminar.execution.key.Rows;
import io.laminar.execution.memory.HeapSize;
import io.laminar.execution.operator.Output;
import io.laminar.execution.row.HeldRows;
import io.laminar.execution.row.SlotChanges;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.LongColumn;
import io.laminar.spi.batch.RowKind;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * What has been emitted of sessions that are still open, and what has changed since. A session that was merged into
 * another takes its row back.
 */
final class SessionChanges {
    private static final int NONE = -1;

    /** The sessions themselves. */
    interface Sessions {
        /** The rows of sessions as they are now, with their event times. */
        Batch rows(int[] sessions, int count);

        /** Whether a session has rows. */
        boolean isAlive(int session);
    }

    private final int keyColumns;
    private final HeldRows rows;
    private final SlotChanges changes = new SlotChanges();
    /** By session: the slot of the row that was emitted. */
    private int[] shown = new int[0];

    private boolean[] changed = new boolean[0];
    private int[] changedSessions = new int[16];
    private int changedCount;
    /** Slots whose rows are shown no more: until the next changes go out, those of sessions that are no more. */
    private int[] gone = new int[16];

    private int goneCount;

    SessionChanges(WindowContext context) {
        List<Field> fields = new ArrayList<>();
        for (DataType type : context.keyTypes()) {
            fields.add(new Field("key", type));
        }
        context.calls().forEach(call -> fields.add(new Field(call.function(), call.type())));
        fields.add(new Field("start", Scalar.TIMESTAMP, false));
        fields.add(new Field("end", Scalar.TIMESTAMP, false));
        keyColumns = context.keyTypes().size();
        rows = new HeldRows(new Schema(fields));
    }

    /** Makes room for sessions below {@code sessions}. */
    void reserve(int sessions) {
        if (shown.length < sessions) {
            int former = shown.length;
            shown = Arrays.copyOf(shown, Capacity.grown(sessions));
            Arrays.fill(shown, former, shown.length, NONE);
            changed = Arrays.copyOf(changed, shown.length);
        }
    }

    void change(int session) {
        if (!changed[session]) {
            changed[session] = true;
            if (changedCount == changedSessions.length) {
                changedSessions = Arrays.copyOf(changedSessions, Capacity.grown(changedCount + 1L));
            }
            changedSessions[changedCount++] = session;
        }
    }

    /** Says that a session is part of another from now on. */
    void absorb(int session) {
        changed[session] = false;
        if (shown[session] != NONE) {
            addGone(shown[session]);
            shown[session] = NONE;
        }
    }

    private void addGone(int slot) {
        if (goneCount == gone.length) {
            gone = Arrays.copyOf(gone, goneCount * 2);
        }
        gone[goneCount++] = slot;
    }

    /** Emits all changes. */
    void emit(Sessions sessions, Output out) {
        int[] all = Arrays.copyOf(changedSessions, changedCount);
        changedCount = 0;
        emit(all, all.length, sessions, out);
    }

    /** Emits the changes of some sessions, and first of all rows of those that are no more. */
    void emit(int[] some, int count, Sessions sessions, Output out) {
        for (int i = 0; i < goneCount; i++) {
            changes.add(gone[i], RowKind.DELETE);
        }
        int[] alive = new int[count];
        int number = 0;
        for (int i = 0; i < count; i++) {
            int session = some[i];
            if (!changed[session]) {
                continue;
            }
            changed[session] = false;
            if (sessions.isAlive(session)) {
                alive[number++] = session;
            } else if (shown[session] != NONE) {
                changes.add(shown[session], RowKind.DELETE);
                addGone(shown[session]);
                shown[session] = NONE;
            }
        }
        if (number > 0) {
            compare(alive, number, sessions.rows(alive, number));
        }
        changes.emit(rows, out);
        for (int i = 0; i < goneCount; i++) {
            rows.giveBack(gone[i]);
        }
        goneCount = 0;
    }

    private void compare(int[] alive, int count, Batch now) {
        int[] slots = new int[count];
        for (int i = 0; i < count; i++) {
            slots[i] = rows.claim();
        }
        rows.put(now, Rows.first(count), slots, count);
        for (int i = 0; i < count; i++) {
            int before = shown[alive[i]];
            if (before == NONE) {
                changes.add(slots[i], RowKind.INSERT);
            } else if (rows.same(before, slots[i])) {
                addGone(slots[i]);
                continue;
            } else {
                changes.add(before, RowKind.UPDATE_BEFORE);
                changes.add(slots[i], RowKind.UPDATE_AFTER);
                addGone(before);
            }
            shown[alive[i]] = slots[i];
        }
    }

    /** Forgets sessions that have closed. */
    void close(int[] sessions, int count) {
        for (int i = 0; i < count; i++) {
            int session = sessions[i];
            changed[session] = false;
            if (shown[session] != NONE) {
                rows.giveBack(shown[session]);
                shown[session] = NONE;
            }
        }
    }

    /** What was emitted of sessions, as rows of state: key, results, start and end. */
    List<Supplier<Batch>> shown() {
        int[] slots = new int[shown.length];
        int count = 0;
        for (int slot : shown) {
            slots[count] = slot;
            count += slot == NONE ? 0 : 1;
        }
        return pieces(slots, count);
    }

    /** Rows that have to be taken back. */
    List<Supplier<Batch>> gone() {
        return pieces(Arrays.copyOf(gone, goneCount), goneCount);
    }

    private List<Supplier<Batch>> pieces(int[] slots, int count) {
        List<Supplier<Batch>> pieces = new ArrayList<>();
        for (int from = 0; from < count; from += Batch.TARGET_ROWS) {
            int[] some = Arrays.copyOfRange(slots, from, Math.min(count, from + Batch.TARGET_ROWS));
            pieces.add(() -> batch(some, some.length));
        }
        return pieces;
    }

    private Batch batch(int[] slots, int count) {
        return new Batch(count, rows.gather(slots, count), rows.times(slots, count), null);
    }

    /** Says which session a row of a key and a start was emitted of. */
    interface Finder {
        int[] find(Column[] keys, long[] starts, int count);
    }

    void restoreShown(Batch emitted, Finder finder) {
        int count = emitted.size();
        long[] starts = ((LongColumn) emitted.column(emitted.width() - 2)).values();
        int[] sessions = finder.find(Arrays.copyOf(emitted.columns(), keyColumns), starts, count);
        int[] slots = claim(emitted);
        for (int i = 0; i < count; i++) {
            shown[sessions[i]] = slots[i];
        }
    }

    void restoreGone(Batch emitted) {
        for (int slot : claim(emitted)) {
            addGone(slot);
        }
    }

    private int[] claim(Batch batch) {
        int[] slots = new int[batch.size()];
        for (int i = 0; i < slots.length; i++) {
            slots[i] = rows.claim();
        }
        rows.put(batch, Rows.first(slots.length), slots, slots.length);
        return slots;
    }

    /** Heap that this takes, nearly. */
    long bytes() {
        return rows.bytes()
                + HeapSize.of(shown)
                + HeapSize.of(changed)
                + HeapSize.of(changedSessions)
                + HeapSize.of(gone);
    }
}
