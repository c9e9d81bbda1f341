package io.laminar.execution.match;

import io.laminar.execution.memory.HeapSize;
import java.util.Arrays;

/**
 * The rows of one partition that are kept, and the search in them. Rows are numbered from 0 for the first of the
 * partition; those kept are without gaps.
 */
final class MatchPartition {
    /** There is no match so far. */
    static final int NOTHING = -2;
    /** The match so far has no rows. */
    static final int EMPTY = -1;

    /** Bytes of an object of this class. */
    private static final int OBJECT = 136;

    final int id;

    private int[] handles = new int[4];
    /** Variables that a row can have, as bits, as far as that is known without the rows before. */
    private long[] variables = new long[4];

    private int from;
    private int size;
    /** Number of the first row kept. */
    private long first;

    /** Rows before this one have their {@link #variables}. */
    long known;
    /** Where a match is looked for. */
    long start;
    /** Whether the search at {@link #start} is going on; then: */
    boolean open;
    /** the next row it looks at, */
    long next;
    /** its threads, by preference: the instruction they stand before and the last entry of their history, */
    int[] instructions = new int[2];

    int[] entries = new int[2];
    int threads;
    /** and the last entry of the match found so far. */
    int best = NOTHING;
    /** Number of entries in its histories. */
    int held;
    /** Matches so far. */
    long matches;
    /** Event time at which what has been decided last became certain. */
    long decided = Long.MIN_VALUE;

    /** Whether threads wait to hear whether they can take the row: for each, the entry it would get, and the question. */
    boolean waiting;

    int[] candidates = new int[2];
    int[] questions = new int[2];

    /** Whether the search has been put on the list of this round. */
    boolean listed;
    /** The time for which a timer is set. */
    long timer = Long.MAX_VALUE;

    MatchPartition(int id) {
        this.id = id;
    }

    /** Number behind the last row. */
    long end() {
        return first + size;
    }

    long first() {
        return first;
    }

    int size() {
        return size;
    }

    private int position(long row) {
        return from + (int) (row - first);
    }

    int handle(long row) {
        return handles[position(row)];
    }

    /** As {@link #handle}; -1 for rows that do not exist. */
    int handleOrNone(long row) {
        return row < first || row >= first + size ? -1 : handles[position(row)];
    }

    long variables(long row) {
        return variables[position(row)];
    }

    void setVariables(long row, long bits) {
        variables[position(row)] = bits;
    }

    /** Adds a row. */
    void add(int handle) {
        if (from + size == handles.length) {
            makeRoom();
        }
        handles[from + size] = handle;
        size++;
    }

    private void makeRoom() {
        if (from > size) {
            System.arraycopy(handles, from, handles, 0, size);
            System.arraycopy(variables, from, variables, 0, size);
        } else {
            int length = Math.max(4, size + (size >> 1) + 1);
            int[] grownHandles = new int[length];
            long[] grownVariables = new long[length];
            System.arraycopy(handles, from, grownHandles, 0, size);
            System.arraycopy(variables, from, grownVariables, 0, size);
            handles = grownHandles;
            variables = grownVariables;
        }
        from = 0;
    }

    /** A row has moved in the store. */
    void moved(int sequence, int handle) {
        handles[from + (sequence - (int) first)] = handle;
    }

    /** Forgets the rows before one. */
    void trim(long row, RowStore store) {
        while (first < row && size > 0) {
            store.release(handles[from]);
            from++;
            first++;
            size--;
        }
        if (size == 0) {
            first = Math.max(first, row);
            from = 0;
        }
    }

    /** Takes up a partition that has been written away; rows are added afterwards. */
    void resume(long firstRow) {
        first = firstRow;
    }

    void reserveThreads(int count) {
        if (instructions.length < count) {
            int length = Math.max(count, instructions.length * 2);
            instructions = Arrays.copyOf(instructions, length);
            entries = Arrays.copyOf(entries, length);
        }
    }

    void reserveCandidates(int count) {
        if (candidates.length < count) {
            int length = Math.max(count, candidates.length * 2);
            candidates = Arrays.copyOf(candidates, length);
            questions = Arrays.copyOf(questions, length);
        }
    }

    /** Heap that the partition takes, without its rows and histories. */
    long bytes() {
        return OBJECT
                + HeapSize.of(handles)
                + HeapSize.of(variables)
                + HeapSize.of(instructions)
                + HeapSize.of(entries)
                + HeapSize.of(candidates)
                + HeapSize.of(questions);
    }
}
