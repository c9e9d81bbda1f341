package io.laminar.execution.spill;

import io.laminar.execution.operator.Operator;
import io.laminar.execution.operator.Output;
import io.laminar.execution.snapshot.RestoredState;
import io.laminar.execution.snapshot.StateIndex;
import io.laminar.execution.snapshot.StateSource;
import io.laminar.execution.snapshot.WholeState;
import io.laminar.execution.state.StateReader;
import io.laminar.execution.state.StateTable;
import io.laminar.execution.state.StateTables;
import io.laminar.execution.state.WholeTables;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BatchConcat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An operator for some of the groups of a subtask, with its state in memory or on disk. On disk it lags behind: rows
 * wait for it, with the watermarks and the times at which they came, and are given to it in the same way later.
 */
final class Slice {
    /** A time that does not come. */
    static final long NEVER = Long.MAX_VALUE;

    private final SliceContext context;
    private final WaitingRows waiting;
    private final SliceSources sources;
    private @Nullable Operator operator;
    /** What takes snapshots of the operator in memory. */
    private @Nullable StateSource source;

    private @Nullable SliceState state;
    /** Heap that the state takes, or took when it was last in memory. */
    private long bytes;
    /** The last watermark that the operator has seen. */
    private long delivered = Long.MIN_VALUE;
    /** The watermark up to which nothing is missing of what the slice emits. */
    private long reached = Long.MIN_VALUE;
    /** A watermark before this one makes the operator emit nothing. */
    private long idleUntil = Long.MIN_VALUE;
    /** Processing time since when there is something to do for the operator on disk. */
    private long since = NEVER;

    /** Rows that came, the older ones counting less, as of a number of rows that came to all slices. */
    private double activity;

    private long activityAt;

    Slice(SliceContext context, WaitingRows waiting, SliceSources sources) {
        this.context = context;
        this.waiting = waiting;
        this.sources = sources;
    }

    SliceContext context() {
        return context;
    }

    WaitingRows waiting() {
        return waiting;
    }

    @Nullable
    SliceState state() {
        return state;
    }

    /** The operator, which is in memory. */
    Operator operator() {
        return Objects.requireNonNull(operator, "not in memory");
    }

    /** What takes snapshots of the operator, which is in memory. */
    StateSource source() {
        return Objects.requireNonNull(source, "not in memory");
    }

    /** Whether the operator, which is in memory, tells what changes. */
    boolean hasTables() {
        return operator().tables() != null;
    }

    /** Which slice it is, and how far it has come. */
    SliceIndex.Place place() {
        return new SliceIndex.Place(context.depth(), context.first(), context.last(), delivered, reached);
    }

    boolean isLoaded() {
        return operator != null;
    }

    /** Whether rows, a watermark or a time wait for the operator. */
    boolean isBehind() {
        return since != NEVER || !waiting.isEmpty();
    }

    /** Processing time since when something waits; {@link #NEVER} if nothing does. */
    long since(long now) {
        long wake = context.nextWake();
        return isLoaded() || wake > now ? since : Math.min(since, wake);
    }

    long reached() {
        return reached;
    }

    /** The last watermark that the operator has seen. */
    long delivered() {
        return delivered;
    }

    /** Says how far it had come when its state was written. */
    void restoredAt(long seen, long emitted) {
        delivered = seen;
        reached = emitted;
    }

    /** Heap that the state takes, or would take. */
    long bytes() {
        return bytes;
    }

    /** Looks at the size of the state. */
    long measure() {
        if (operator != null) {
            bytes = operator.stateBytes();
        }
        return bytes;
    }

    // Activity ------------------------------------------------------------------------------------------------------

    private static final double HALF_LIFE = 1 << 20;

    void cameTo(int rows, long position) {
        activity = activity(position) + rows;
        activityAt = position;
    }

    /** Rows that have come lately. */
    double activity(long position) {
        return position == activityAt ? activity : activity * Math.pow(0.5, (position - activityAt) / HALF_LIFE);
    }

    // Input ---------------------------------------------------------------------------------------------------------

    /** Takes rows, now or later. */
    void process(int input, Batch batch, long watermark, long now, Output out) {
        Operator loaded = operator;
        if (loaded != null && waiting.isEmpty()) {
            loaded.process(input, batch, out);
            return;
        }
        since = Math.min(since, now);
        waiting.add(input, batch, watermark, now, context.nextWake());
    }

    /** Takes a row that waited for another slice, or in another process. */
    void waitWith(int input, Batch batch, long watermark, long time) {
        since = Math.min(since, context.now());
        if (waiting.isEmpty()) {
            waiting.mark(watermark, time);
        }
        waiting.add(input, batch, watermark, time, SliceContext.NO_WAKE);
    }

    void watermark(long time, long now, Output out) {
        Operator loaded = operator;
        if (!waiting.isEmpty()) {
            return;
        }
        if (loaded != null) {
            deliver(loaded, time, out);
        } else if (time >= idleUntil) {
            since = Math.min(since, now);
        } else if (since == NEVER) {
            reached = time;
        }
    }

    private void deliver(Operator loaded, long time, Output out) {
        if (time > delivered) {
            delivered = time;
            loaded.watermark(time, out);
        }
        reached = Math.max(reached, time);
    }

    /** Wakes the operator if it is in memory and has asked for it. */
    void tick(long now, Output out) {
        Operator loaded = operator;
        if (loaded != null && waiting.isEmpty() && context.wake(now)) {
            loaded.tick(now, out);
        }
    }

    // Memory and disk -----------------------------------------------------------------------------------------------

    /** Takes a new operator. */
    void open(Operator fresh) {
        fresh.open(context);
        operator = fresh;
        source = sources.of(fresh, context);
        bytes = fresh.stateBytes();
    }

    /** Takes a new operator and gives it the state of a snapshot. */
    void restore(Operator fresh, RestoredState from) {
        open(fresh);
        restoreOpen(from);
    }

    /** Gives the operator in memory, which is new, the state of a snapshot. */
    void restoreOpen(RestoredState from) {
        boolean whole = from.parts().stream().anyMatch(part -> part.index().form() == StateIndex.Form.WHOLE);
        (whole ? new WholeState(operator(), context.keyGroups()) : source()).restore(from);
        measure();
    }

    /** Takes a new operator and gives it the state that is on disk. */
    void load(Operator fresh) {
        SliceState saved = state;
        if (saved == null) {
            restore(fresh, section -> {}, false);
            return;
        }
        restore(
                fresh,
                section -> {
                    saved.expect(fresh);
                    saved.read(section);
                },
                !saved.sections().isEmpty());
        saved.release();
        state = null;
    }

    /** Takes a new operator and gives it state, if there is any. */
    void restore(Operator fresh, StateReader reader, boolean any) {
        context.askAgain();
        fresh.open(context);
        if (any) {
            fresh.restore(reader);
        }
        context.clock(Long.MIN_VALUE);
        operator = fresh;
        source = sources.of(fresh, context);
        bytes = fresh.stateBytes();
    }

    /**
     * Writes the state and lets the operator go.
     *
     * @param groups into how many parts the state can at least be cut afterwards
     */
    void save(SpillFolder folder, int groups) {
        Operator leaving = operator();
        endCopying();
        measure();
        context.refine(groups);
        SliceState saved = copy(folder);
        idleUntil = saved.idleUntil();
        state = saved.sections().isEmpty() ? null : saved;
        leaving.close();
        operator = null;
        source = null;
    }

    /** Writes the state of the operator in memory, which goes on. */
    SliceState copy(SpillFolder folder) {
        SpillFile file = new SpillFile(folder, 0);
        SliceState.Writer writer = new SliceState.Writer(file, delivered);
        StateTables tables = operator().tables();
        List<Long> rows = List.of();
        if (tables == null) {
            operator().snapshot(writer);
        } else {
            rows = tables.tables().stream().map(StateTable::rows).toList();
            // Snapshots that are still being written know the key groups that the tables were opened with.
            WholeTables.write(tables, context.keyGroups(), context.maxParallelism(), writer);
        }
        return new SliceState(context.depth(), operator().idleUntil(), rows, writer.finish());
    }

    /** Copies what a snapshot still wants of the operator in memory. */
    private void endCopying() {
        if (source != null && source.isCopying()) {
            source.copyAll();
        }
    }

    /** Takes state that lies on disk, of which nothing is known but its size. */
    void adopt(SliceState saved, long heap) {
        state = saved;
        idleUntil = saved.idleUntil();
        bytes = heap;
    }

    /** Lets the state go, which its parts have taken. */
    void cutUp() {
        state = null;
        drop();
    }

    /** Lets operator and state go, after what a snapshot still wants has been copied. */
    void drop() {
        endCopying();
        close();
    }

    /** Lets operator and state go. */
    void close() {
        if (operator != null) {
            operator.close();
            operator = null;
            source = null;
        }
        if (state != null) {
            state.release();
            state = null;
        }
        waiting.clear();
        since = NEVER;
        bytes = 0;
    }

    /**
     * A part of a slice on disk without waiting rows.
     *
     * @param from its first group
     * @param to its last
     * @param part its state
     * @param heap that its state would take
     */
    Slice part(int from, int to, SliceState part, long heap, WaitingRows rows) {
        Slice slice = new Slice(context.part(from, to), rows, sources);
        slice.adopt(part, heap);
        slice.delivered =
                part.sections().isEmpty() ? delivered : part.sections().get(0).watermark();
        slice.reached = reached;
        slice.since = since;
        slice.activity = activity
                * part.sections().size()
                / Math.max(1, state == null ? 1 : state.sections().size());
        slice.activityAt = activityAt;
        return slice;
    }

    // Catching up ---------------------------------------------------------------------------------------------------

    /**
     * Gives the operator the rows that have waited for it, as they came.
     *
     * @param most bytes of state at which to stop
     * @param checkRows rows after which to look at the size of the state
     * @return whether all have been given; otherwise the reader stands where it has to go on
     */
    boolean replay(WaitingRows.Reader reader, long most, int checkRows, Output out) throws IOException {
        List<List<Batch>> held = List.of(new ArrayList<>(), new ArrayList<>());
        int[] counts = new int[held.size()];
        int unchecked = 0;
        while (reader.next()) {
            Batch batch = reader.batch();
            if (batch == null) {
                give(held, counts, out);
                advance(reader.watermark(), reader.time(), out);
                continue;
            }
            int input = reader.input();
            if (counts[input] + batch.size() > Batch.TARGET_ROWS) {
                give(held.get(input), input, out);
                counts[input] = 0;
            }
            held.get(input).add(batch);
            counts[input] += batch.size();
            unchecked += batch.size();
            if (unchecked >= checkRows) {
                unchecked = 0;
                give(held, counts, out);
                if (measure() > most) {
                    return false;
                }
            }
        }
        give(held, counts, out);
        return true;
    }

    private void give(List<List<Batch>> held, int[] counts, Output out) {
        for (int input = 0; input < counts.length; input++) {
            give(held.get(input), input, out);
            counts[input] = 0;
        }
    }

    private void give(List<Batch> batches, int input, Output out) {
        if (!batches.isEmpty()) {
            operator().process(input, BatchConcat.of(batches), out);
            batches.clear();
        }
    }

    /** Lets time go on to where it was when the next rows came. */
    private void advance(long watermark, long time, Output out) {
        context.clock(time);
        if (context.wake(time)) {
            operator().tick(time, out);
        }
        deliver(operator(), watermark, out);
    }

    /** Ends catching up: nothing waits any more. */
    void caughtUp(long watermark, Output out) {
        waiting.clear();
        context.clock(Long.MIN_VALUE);
        since = NEVER;
        tick(context.now(), out);
        deliver(operator(), watermark, out);
        measure();
    }

    /** Goes back to the present although rows wait, which go elsewhere. */
    void interrupted() {
        waiting.clear();
        context.clock(Long.MIN_VALUE);
        since = NEVER;
    }
}
