package io.laminar.execution.spill;

import io.laminar.execution.key.KeyGroupRange;
import io.laminar.execution.operator.OperatorContext;
import io.laminar.spi.function.EvaluationContext;
import java.nio.file.Path;
import java.util.TreeMap;

/**
 * The surroundings of the operator of a slice. Its key groups are those of the subtask, each cut into {@code 2^depth}
 * finer ones; its clock stands still at the past while rows are taken that have waited.
 */
final class SliceContext implements OperatorContext {
    /** Groups of the finest kind over all subtasks. */
    private static final int MOST_GROUPS = 1 << 18;

    static final long NO_WAKE = Long.MAX_VALUE;

    private final OperatorContext outer;
    private int depth;
    private int first;
    private int last;
    private long clock = Long.MIN_VALUE;
    /** When the operator wants to be woken, and when it said so. */
    private final TreeMap<Long, Long> wakes = new TreeMap<>();

    SliceContext(OperatorContext outer) {
        this(outer, 0, outer.keyGroups().first(), outer.keyGroups().last());
    }

    private SliceContext(OperatorContext outer, int depth, int first, int last) {
        this.outer = outer;
        this.depth = depth;
        this.first = first;
        this.last = last;
    }

    /** A part of the groups, with the same clock and wakes. */
    SliceContext part(int from, int to) {
        SliceContext part = new SliceContext(outer, depth, from, to);
        part.clock = clock;
        part.wakes.putAll(wakes);
        return part;
    }

    /** Other groups, with the clock of the machine and no wakes. */
    SliceContext at(int ofDepth, int from, int to) {
        return new SliceContext(outer, ofDepth, from, to);
    }

    /** Whether all groups are among these, which are not finer. */
    boolean isWithin(int ofDepth, int from, int to) {
        int steps = depth - ofDepth;
        return steps >= 0 && first >> steps >= from && last >> steps <= to;
    }

    /** Takes over the wakes of another slice. */
    void wakesOf(SliceContext other) {
        other.wakes.forEach((time, asked) -> wakes.merge(time, asked, Math::min));
    }

    int depth() {
        return depth;
    }

    int first() {
        return first;
    }

    int last() {
        return last;
    }

    int groups() {
        return last - first + 1;
    }

    /** The group of the subtask that a group belongs to. */
    int keyGroup(int group) {
        return group >> depth;
    }

    /** Whether groups can be cut into finer ones. */
    boolean isFinest() {
        return (long) maxParallelism() * 2 > MOST_GROUPS;
    }

    /** Cuts groups until there are at least so many, as far as they can be cut. */
    void refine(int wanted) {
        while (groups() < wanted && !isFinest()) {
            depth++;
            first *= 2;
            last = last * 2 + 1;
        }
    }

    // Time ----------------------------------------------------------------------------------------------------------

    /** Sets the clock; {@link Long#MIN_VALUE} for that of the machine. */
    void clock(long time) {
        clock = time;
    }

    long nextWake() {
        return wakes.isEmpty() ? NO_WAKE : wakes.firstKey();
    }

    /** Forgets the wakes up to a time; false if there are none. */
    boolean wake(long now) {
        if (wakes.isEmpty() || wakes.firstKey() > now) {
            return false;
        }
        wakes.headMap(now, true).clear();
        return true;
    }

    /**
     * Forgets all wakes, for an operator that is about to be restored and asks again; and sets the clock to when the
     * next one was asked for, so that the operator asks for the same time.
     */
    void askAgain() {
        clock = wakes.isEmpty() ? Long.MIN_VALUE : wakes.firstEntry().getValue();
        wakes.clear();
    }

    @Override
    public long now() {
        return clock == Long.MIN_VALUE ? outer.now() : clock;
    }

    @Override
    public void wakeAt(long time) {
        wakes.merge(time, now(), Math::min);
        if (clock == Long.MIN_VALUE) {
            outer.wakeAt(time);
        }
    }

    /** Nobody with keyed state calls things outside that answer later. */
    @Override
    public void wake() {
        throw new IllegalStateException("operators that wait for answers have no slices");
    }

    // What is the same for all slices
    // ----------------------------------------------------------------------------------

    @Override
    public int subtask() {
        return outer.subtask();
    }

    @Override
    public int parallelism() {
        return outer.parallelism();
    }

    @Override
    public int maxParallelism() {
        return outer.maxParallelism() << depth;
    }

    @Override
    public KeyGroupRange keyGroups() {
        return new KeyGroupRange(first, last);
    }

    @Override
    public EvaluationContext evaluation() {
        return outer.evaluation();
    }

    @Override
    public void count(String metric, long amount) {
        outer.count(metric, amount);
    }

    @Override
    public Path temporaryFolder() {
        return outer.temporaryFolder();
    }
}
