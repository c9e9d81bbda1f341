package io.laminar.execution.match;

import io.laminar.execution.key.Capacity;
import io.laminar.execution.memory.HeapSize;
import java.util.Arrays;

/**
 * What threads have matched: entries, each for one row and linked to the one before. Threads that have split share what
 * they had in common. Entries are counted by who holds them and used again.
 */
final class MatchHistory {
    static final int NONE = -1;
    private static final int HIDDEN = 1 << 8;
    private static final int VARIABLE = HIDDEN - 1;

    /** Sets of variables whose rows are looked for in histories. */
    private final long[] sets;

    private int[] parents = new int[16];
    /** Position of the row in the match. */
    private int[] rows = new int[16];

    private int[] variables = new int[16];
    private int[] holders = new int[16];
    /** By set: the last entry with one of its variables, and the first row with one; {@link #NONE} without. */
    private final int[][] last;

    private final int[][] firstRow;
    private final Ints free = new Ints();
    private int freeCount;
    private int limit;

    MatchHistory(long[] sets) {
        this.sets = sets;
        this.last = new int[sets.length][16];
        this.firstRow = new int[sets.length][16];
    }

    /** All entries are below this. */
    int limit() {
        return limit;
    }

    /** An entry behind another one, held once. */
    int add(int parent, int variable, boolean hidden, MatchPartition owner) {
        int entry = freeCount > 0 ? free.get(--freeCount) : grow();
        parents[entry] = parent;
        rows[entry] = parent == NONE ? 0 : rows[parent] + 1;
        variables[entry] = variable | (hidden ? HIDDEN : 0);
        holders[entry] = 1;
        for (int s = 0; s < sets.length; s++) {
            boolean member = (sets[s] >>> variable & 1) != 0;
            last[s][entry] = member ? entry : parent == NONE ? NONE : last[s][parent];
            int before = parent == NONE ? NONE : firstRow[s][parent];
            firstRow[s][entry] = before != NONE || !member ? before : rows[entry];
        }
        hold(parent);
        owner.held++;
        return entry;
    }

    private int grow() {
        if (limit == parents.length) {
            int length = Capacity.grown(limit + 1L);
            parents = Arrays.copyOf(parents, length);
            rows = Arrays.copyOf(rows, length);
            variables = Arrays.copyOf(variables, length);
            holders = Arrays.copyOf(holders, length);
            for (int s = 0; s < sets.length; s++) {
                last[s] = Arrays.copyOf(last[s], length);
                firstRow[s] = Arrays.copyOf(firstRow[s], length);
            }
        }
        return limit++;
    }

    void hold(int entry) {
        if (entry >= 0) {
            holders[entry]++;
        }
    }

    /** Lets an entry go, and with the last holder the entries that only it held. */
    void release(int entry, MatchPartition owner) {
        int at = entry;
        while (at >= 0 && --holders[at] == 0) {
            if (freeCount < free.size()) {
                free.values()[freeCount] = at;
            } else {
                free.add(at);
            }
            freeCount++;
            owner.held--;
            at = parents[at];
        }
    }

    int parent(int entry) {
        return parents[entry];
    }

    /** Position of the entry's row in the match. */
    int row(int entry) {
        return rows[entry];
    }

    int variable(int entry) {
        return variables[entry] & VARIABLE;
    }

    /** Whether the entry's row is not given out. */
    boolean isHidden(int entry) {
        return (variables[entry] & HIDDEN) != 0;
    }

    /** Number of rows up to an entry. */
    int length(int entry) {
        return entry < 0 ? 0 : rows[entry] + 1;
    }

    /** The position of a set, to look for its rows. */
    int set(long wanted) {
        for (int s = 0; s < sets.length; s++) {
            if (sets[s] == wanted) {
                return s;
            }
        }
        throw new IllegalArgumentException("variables " + wanted + " are not followed");
    }

    /** The row of a set, {@code offset} rows before its last one; {@link #NONE} if there is none. */
    int lastRow(int set, int entry, int offset) {
        int at = last[set][entry];
        for (int i = 0; i < offset && at != NONE; i++) {
            at = parents[at] == NONE ? NONE : last[set][parents[at]];
        }
        return at == NONE ? NONE : rows[at];
    }

    /** The row of a set, {@code offset} rows behind its first one; {@link #NONE} if there is none. */
    int firstRow(int set, int entry, int offset) {
        if (offset == 0) {
            return firstRow[set][entry];
        }
        int count = 0;
        for (int at = last[set][entry]; at != NONE; at = parents[at] == NONE ? NONE : last[set][parents[at]]) {
            count++;
        }
        return offset < count ? lastRow(set, entry, count - 1 - offset) : NONE;
    }

    /** The entry of a row that comes at or before another one. */
    int entryAt(int entry, int row) {
        int at = entry;
        while (rows[at] > row) {
            at = parents[at];
        }
        return at;
    }

    /** Heap that the entries take, nearly. */
    long bytes() {
        // Four arrays, and two for each set.
        return (4L + 2L * sets.length) * HeapSize.of(parents) + free.bytes();
    }
}
