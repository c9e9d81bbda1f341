package io.laminar.execution.state;

import io.laminar.execution.key.Capacity;
import io.laminar.spi.batch.Batch;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Knows which rows of one store have changed since the last snapshot, and which ones a snapshot under way has still to
 * copy. The operator says when rows come, are about to change or are about to go; rows that a snapshot still needs are
 * copied then, the others between batches. A byte per row holds all of this, and two of its bits change their meaning
 * with every snapshot: what had changed is what is now frozen. So to freeze is to swap two bits.
 *
 * <p>Before the first snapshot nothing is kept and nothing costs anything.
 */
public final class RowTracker {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final byte EVEN = 1;
    private static final byte ODD = 2;
    /** Wanted by a snapshot under way although it has not changed. */
    private static final byte UNCHANGED = 4;
    /** In a snapshot on which others are built, so that they have to be told when it goes. */
    private static final byte STORED = 8;

    private final StateTable table;
    private final int number;
    private final StoredRows rows;
    private byte[] marks = new byte[0];
    private boolean tracking;
    private byte changed = EVEN;
    private byte frozen = ODD;
    private boolean anyChanged;
    private boolean anyFrozen;
    /** No row before this one is frozen. */
    private int cursor;
    /** Stored rows that have gone since the last snapshot, and their key groups. */
    private IdList gone = new IdList();

    private IdList goneKeyGroups = new IdList();
    /** The last snapshot, as long as nobody knows whether it counts: changed rows it has copied, and those gone. */
    private IdList lastChanged = new IdList();

    private IdList lastGone = new IdList();
    private IdList lastGoneKeyGroups = new IdList();
    private int[] scratch = new int[0];

    RowTracker(StateTable table, int number, StoredRows rows) {
        this.table = table;
        this.number = number;
        this.rows = rows;
    }

    int number() {
        return number;
    }

    StoredRows rows() {
        return rows;
    }

    /** Makes room for rows with ids below a limit; must be called before such a row is named. */
    public void reserve(int limit) {
        if (tracking && marks.length < limit) {
            marks = Arrays.copyOf(marks, Capacity.grown(limit));
        }
    }

    /** Says that rows are about to change, or have just come. Rows may be named more than once. */
    public void touch(int[] ids, int count) {
        if (!tracking) {
            return;
        }
        byte[] all = marks;
        int mask = EVEN | ODD | UNCHANGED;
        int expected = changed;
        for (int i = 0; i < count; i++) {
            if ((all[ids[i]] & mask) != expected) {
                note(ids, i, count);
                return;
            }
        }
    }

    /** As {@link #touch(int[], int)} for one row. */
    public void touch(int id) {
        if (tracking && (marks[id] & (EVEN | ODD | UNCHANGED)) != changed) {
            note(new int[] {id}, 0, 1);
        }
    }

    private void note(int[] ids, int from, int count) {
        int wanted = frozen | UNCHANGED;
        int[] uncopied = scratch(count - from);
        int number = 0;
        for (int i = from; i < count; i++) {
            int id = ids[i];
            if ((marks[id] & wanted) != 0) {
                // Cleared at once, so that a row named twice is copied once.
                uncopied[number++] = id;
                keep(id);
            }
            marks[id] |= changed;
        }
        anyChanged = true;
        copyOut(uncopied, number);
    }

    /** Says that rows are about to go; none may be named twice. */
    public void remove(int[] ids, int count) {
        if (!tracking || count == 0) {
            return;
        }
        int wanted = frozen | UNCHANGED;
        int[] some = scratch(count);
        int number = 0;
        for (int i = 0; i < count; i++) {
            if ((marks[ids[i]] & wanted) != 0) {
                some[number++] = ids[i];
                keep(ids[i]);
            }
        }
        copyOut(some, number);
        number = 0;
        for (int i = 0; i < count; i++) {
            if ((marks[ids[i]] & STORED) != 0) {
                some[number++] = ids[i];
            }
            marks[ids[i]] = 0;
        }
        if (number > 0) {
            long[] hashes = new long[number];
            rows.hash(some, number, hashes);
            for (int i = 0; i < number; i++) {
                gone.add(some[i]);
                goneKeyGroups.add(table.keyGroup(hashes[i]));
            }
        }
    }

    /** Says that one row is about to go. */
    public void remove(int id) {
        if (tracking) {
            remove(new int[] {id}, 1);
        }
    }

    private int[] scratch(int count) {
        if (scratch.length < count) {
            scratch = new int[Math.max(count, Batch.TARGET_ROWS)];
        }
        return scratch;
    }

    /** Notes that a frozen row is being copied. */
    private void keep(int id) {
        byte mark = marks[id];
        if ((mark & frozen) != 0) {
            lastChanged.add(id);
        }
        marks[id] = (byte) (mark & ~(frozen | UNCHANGED) | (table.isStoring() ? STORED : 0));
    }

    private void copyOut(int[] ids, int count) {
        if (count > 0) {
            table.copied(number, Arrays.copyOf(ids, count), rows.copy(ids, count));
        }
    }

    // Snapshots -----------------------------------------------------------------------------------------------------

    /** Begins to track; what is there counts as changed if {@code asChanged}. */
    void start(boolean asChanged) {
        tracking = true;
        reserve(Math.max(1, rows.limit()));
        if (asChanged) {
            rows.mark(marks, changed);
            anyChanged = true;
        }
    }

    boolean isTracking() {
        return tracking;
    }

    /**
     * Freezes what has changed since the last snapshot that counts.
     *
     * @param lastCounts whether the snapshot before this one does; what it wrote is written again otherwise
     * @param whole whether all other rows are wanted as well
     */
    void freeze(boolean lastCounts, boolean whole) {
        if (!lastCounts) {
            for (int i = 0; i < lastChanged.size(); i++) {
                int id = lastChanged.get(i);
                if ((marks[id] & STORED) != 0) {
                    marks[id] |= changed;
                    anyChanged = true;
                }
            }
            gone.addAll(lastGone);
            goneKeyGroups.addAll(lastGoneKeyGroups);
        }
        lastChanged = new IdList();
        lastGone = gone;
        lastGoneKeyGroups = goneKeyGroups;
        gone = new IdList();
        goneKeyGroups = new IdList();
        byte former = frozen;
        frozen = changed;
        changed = former;
        anyFrozen = anyChanged || whole;
        anyChanged = false;
        cursor = 0;
        if (whole) {
            want();
        } else if (lastGone.size() > 0) {
            table.gone(number, lastGone.toArray(), lastGoneKeyGroups.toArray());
        }
    }

    /** Wants all rows, whether they have changed or not, and does not say that they count from now on. */
    void freezeCopy() {
        anyFrozen = true;
        cursor = 0;
        want();
    }

    private void want() {
        reserve(rows.limit());
        rows.mark(marks, UNCHANGED);
    }

    boolean isFrozen() {
        return anyFrozen;
    }

    /** Copies up to {@code most} frozen rows and returns how many. */
    int copy(int most) {
        if (!anyFrozen) {
            return 0;
        }
        int[] ids = scratch(most);
        int count = 0;
        int wanted = frozen | UNCHANGED;
        long words = wanted * 0x0101010101010101L;
        byte[] all = marks;
        int at = cursor;
        while (at < all.length && count < most) {
            if (at + Long.BYTES <= all.length && ((long) LONGS.get(all, at) & words) == 0) {
                at += Long.BYTES;
                continue;
            }
            if ((all[at] & wanted) != 0) {
                ids[count++] = at;
                keep(at);
            }
            at++;
        }
        cursor = at;
        anyFrozen = at < all.length;
        copyOut(ids, count);
        return count;
    }

    /** Gives up the snapshot under way: what it has not copied of what had changed has still changed. */
    void cancel() {
        if (!anyFrozen) {
            return;
        }
        for (int i = 0; i < marks.length; i++) {
            if ((marks[i] & (frozen | UNCHANGED)) != 0) {
                boolean hadChanged = (marks[i] & frozen) != 0;
                marks[i] = (byte) (marks[i] & ~(frozen | UNCHANGED) | (hadChanged ? changed : 0));
                anyChanged |= hadChanged;
            }
        }
        anyFrozen = false;
    }
}
