package io.laminar.execution.spill;

import io.laminar.execution.operator.Operator;
import io.laminar.execution.operator.OperatorContext;
import io.laminar.execution.operator.Output;
import io.laminar.execution.snapshot.RestoredState;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BatchEncoder;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The slices of an operator: one, until the state takes more memory than it may. Which of them are in memory is decided
 * here. A slice comes in when rows that wait for it are worth it, or have waited for long enough; the one goes out to
 * which the fewest rows come for the memory it takes.
 */
final class Slices {
    /** Into how many parts the memory is divided for slices: how large one may be, and how large it is made. */
    private static final int CUT_ABOVE = 4;

    private static final int CUT_INTO = 8;
    /** Part of the memory above which state that is in one piece is cut: that takes some bytes more for each row. */
    private static final double WHOLE_ABOVE = 0.9;
    /** Parts of its own that a slice is written in, so that it can be cut. */
    private static final int GROUPS = 8;

    private static final int MORE_GROUPS = 64;
    /** Of the memory: what waiting rows may take, and what of them stays when they are written away. */
    private static final int WAITING_ABOVE = 4;

    private static final int WAITING_KEPT = 16;
    /** How much less active than others the slice may be that came in last, and still be the one to stay. */
    private static final double NEWCOMER = 0.75;
    /** Part of the memory by which state may have grown when its size is looked at again. */
    private static final int GROWTH = 16;

    private static final int FIRST_CHECK = 1 << 11;

    private final Supplier<Operator> factory;
    private final boolean canSpill;
    private final StateMemory.Share share;
    private final SpillSettings settings;
    private final OperatorContext outer;
    private final SpillFolder folder;
    private final BatchEncoder encoder = new BatchEncoder();
    private final List<List<Integer>> keys;
    private final SliceWork work;
    private final SliceSources sources;
    private List<Slice> all = new ArrayList<>();
    private @Nullable SliceRouter router;
    private @Nullable Slice newcomer;
    private long watermark = Long.MIN_VALUE;
    /** Rows that have come. */
    private long position;

    private int unchecked;
    /** Rows after which the size of the state is looked at: fewer where each makes it much larger. */
    private int checkAfter;

    private long lastUsed;

    /** @param keys by input: the columns whose values tell keys apart; empty if the state cannot be cut by key */
    Slices(
            Supplier<Operator> factory,
            List<List<Integer>> keys,
            StateMemory.Share share,
            SpillSettings settings,
            OperatorContext outer) {
        this.factory = factory;
        this.keys = keys;
        this.canSpill = !keys.isEmpty();
        this.share = share;
        this.settings = settings;
        this.outer = outer;
        this.folder =
                new SpillFolder(settings.folder().isEmpty() ? outer.temporaryFolder() : Path.of(settings.folder()));
        this.sources = new SliceSources(folder);
        this.checkAfter = Math.min(FIRST_CHECK, settings.checkRows());
        this.work = new SliceWork(this, factory, keys, settings, outer);
    }

    /** Begins with one slice of everything. */
    void open() {
        if (!settings.folder().isEmpty()) {
            folder.removeLeft();
        }
        Slice whole = newSlice(new SliceContext(outer));
        whole.open(factory.get());
        all.add(whole);
    }

    /** A slice without anything in it. */
    Slice newSlice(SliceContext context) {
        return new Slice(context, newWaiting(), sources);
    }

    WaitingRows newWaiting() {
        return new WaitingRows(folder, encoder);
    }

    SpillFolder folder() {
        return folder;
    }

    List<Slice> all() {
        return all;
    }

    /** Goes on with other slices; the old ones have been let go. */
    void replace(List<Slice> replacement) {
        all = replacement;
        router = null;
        newcomer = null;
    }

    boolean canSpill() {
        return canSpill;
    }

    long watermark() {
        return watermark;
    }

    /** Bytes that the state may take now. */
    long allowed() {
        return share.allowed();
    }

    // Input ---------------------------------------------------------------------------------------------------------

    void process(int input, Batch batch, Output out) {
        split(input, batch, (slice, rows) -> give(slice, input, rows, out));
        position += batch.size();
        unchecked += batch.size();
        if (unchecked >= checkAfter) {
            long used = fit();
            checkAfter = checkAfter(used - lastUsed, unchecked);
            lastUsed = used();
            unchecked = 0;
            work.bringInOne(out);
            work.join(out);
        }
    }

    private int checkAfter(long growth, int rows) {
        long perRow = Math.max(1, growth / rows);
        long most = Math.min(2L * checkAfter, settings.checkRows());
        return (int) Math.max(1, Math.min(most, allowed() / GROWTH / perRow));
    }

    /** Rows that may be taken before the size of the state is looked at again. */
    int checkAfter() {
        return checkAfter;
    }

    /** Takes the rows of a slice. */
    interface Target {
        void take(Slice slice, Batch rows);
    }

    /** Hands the rows of a batch to their slices. */
    void split(int input, Batch batch, Target target) {
        if (all.size() == 1) {
            target.take(all.get(0), batch);
        } else {
            router().split(batch, keys.get(input), (slice, rows) -> target.take(all.get(slice), rows));
        }
    }

    private void give(Slice slice, int input, Batch rows, Output out) {
        boolean wasBehind = slice.isBehind();
        long now = outer.now();
        slice.cameTo(rows.size(), position);
        slice.process(input, rows, watermark, now, out);
        if (!wasBehind && slice.isBehind()) {
            wakeAfterDelay(now);
        }
    }

    void wakeAfterDelay(long from) {
        if (settings.delay() > 0) {
            outer.wakeAt(from + settings.delay());
        }
    }

    private SliceRouter router() {
        SliceRouter known = router;
        if (known == null) {
            known = new SliceRouter(all.stream().map(Slice::context).toList());
            router = known;
        }
        return known;
    }

    /** @param time at most the last watermark that came, or that was there when the state was written */
    void watermark(long time, Output out) {
        if (time < watermark) {
            return;
        }
        watermark = time;
        long now = outer.now();
        for (Slice slice : all) {
            boolean wasBehind = slice.isBehind();
            slice.watermark(time, now, out);
            if (!wasBehind && slice.isBehind()) {
                wakeAfterDelay(now);
            }
        }
    }

    /** The watermark up to which nothing is missing of what is emitted. */
    long reached() {
        long least = watermark;
        for (Slice slice : all) {
            least = Math.min(least, slice.reached());
        }
        return least;
    }

    void tick(long now, Output out) {
        for (Slice slice : all) {
            slice.tick(now, out);
        }
        if (settings.delay() == 0) {
            work.settle(out);
        } else {
            work.bringInOne(out);
        }
        long next = Slice.NEVER;
        for (Slice slice : all) {
            long wake = slice.context().nextWake();
            long since = slice.since(now);
            next = Math.min(next, slice.isLoaded() || wake == SliceContext.NO_WAKE ? wake : wake + settings.delay());
            next = Math.min(next, since == Slice.NEVER ? since : since + settings.delay());
        }
        if (next != Slice.NEVER) {
            outer.wakeAt(Math.max(next, now));
        }
    }

    void flush(Output out) {
        for (Slice slice : all) {
            if (slice.isLoaded() && slice.waiting().isEmpty()) {
                slice.operator().flush(out);
            }
        }
        if (settings.delay() == 0) {
            work.settle(out);
        }
    }

    SliceWork work() {
        return work;
    }

    // Memory --------------------------------------------------------------------------------------------------------

    /** Heap that state and waiting rows take, as it was when they were last looked at. */
    long used() {
        long used = waitingHeap();
        for (Slice slice : all) {
            used += slice.isLoaded() ? slice.bytes() : 0;
        }
        return used;
    }

    /** Looks at the size of everything in memory. */
    long measure() {
        for (Slice slice : all) {
            slice.measure();
        }
        return used();
    }

    private long waitingHeap() {
        long heap = 0;
        for (Slice slice : all) {
            heap += slice.waiting().heap();
        }
        return heap;
    }

    /** Makes the state fit into what it may take; returns what it took before. */
    long fit() {
        long allowed = share.allowed();
        long used = measure();
        if (!canSpill) {
            share.report(used, true);
            if (used > allowed && share.isTooMuch()) {
                throw tooLarge(used, "is not kept by key, so that it cannot be spilled to disk");
            }
            return used;
        }
        long before = used;
        if (waitingHeap() > allowed / WAITING_ABOVE) {
            writeWaiting(allowed / WAITING_KEPT);
            used = used();
        }
        makeRoom(used, all.size() == 1 ? (long) (WHOLE_ABOVE * allowed) : allowed, null);
        share.report(used(), false);
        return before;
    }

    /** Writes slices until {@code used} is not above a limit; one of them is to stay. */
    void makeRoom(long used, long limit, @Nullable Slice staying) {
        long now = used;
        while (now > limit) {
            Slice leaving = leastActive(staying);
            if (leaving == null) {
                return;
            }
            now -= leaving.bytes();
            putOut(leaving);
        }
    }

    /** Says which slice came in last. */
    void newcomer(Slice slice) {
        newcomer = slice;
    }

    private @Nullable Slice leastActive(@Nullable Slice staying) {
        Slice least = null;
        double leastScore = 0;
        for (Slice slice : all) {
            if (!slice.isLoaded() || slice == staying || slice.isBehind()) {
                continue;
            }
            double score = slice.activity(position) / Math.max(1, slice.bytes()) * (slice == newcomer ? NEWCOMER : 1);
            if (least == null || score < leastScore) {
                least = slice;
                leastScore = score;
            }
        }
        return least;
    }

    private void writeWaiting(long kept) {
        List<Slice> most = new ArrayList<>(all);
        most.sort((a, b) -> Long.compare(b.waiting().heap(), a.waiting().heap()));
        long heap = waitingHeap();
        for (Slice slice : most) {
            if (heap <= kept) {
                return;
            }
            heap -= slice.waiting().heap();
            slice.waiting().toFile();
        }
    }

    /** Writes a slice to disk, and cuts it if it is large. */
    List<Slice> putOut(Slice slice) {
        long allowed = share.allowed();
        boolean large = slice.measure() > Math.max(allowed / CUT_ABOVE, settings.smallest());
        slice.save(folder, large ? MORE_GROUPS : GROUPS);
        if (slice == newcomer) {
            newcomer = null;
        }
        if (slice.context().nextWake() != SliceContext.NO_WAKE) {
            outer.wakeAt(slice.context().nextWake() + settings.delay());
        }
        SliceState state = slice.state();
        if (!large || state == null) {
            return List.of(slice);
        }
        List<Slice> parts = cut(slice, state);
        if (parts.size() == 1) {
            checkHotKey(slice);
            return parts;
        }
        int at = all.indexOf(slice);
        List<Slice> replacement = new ArrayList<>(all);
        replacement.remove(at);
        replacement.addAll(at, parts);
        slice.cutUp();
        replace(replacement);
        return parts;
    }

    /** The parts of a slice on disk, large enough to be worth it. */
    List<Slice> cut(Slice slice, SliceState state) {
        long target = Math.max(share.allowed() / CUT_INTO, settings.smallest() / 2);
        return SliceCut.cut(slice, state, target, this::newWaiting);
    }

    private void checkHotKey(Slice slice) {
        if (slice.context().isFinest() && slice.bytes() > share.most()) {
            throw tooLarge(slice.bytes(), "is that of one key, or of few, and has to be in memory as a whole");
        }
    }

    private LaminarException tooLarge(long bytes, String why) {
        return new LaminarException(
                ErrorCode.LIMIT_EXCEEDED,
                "the state of an operator takes " + (bytes >> 20) + " MB, more than the "
                        + (share.most() >> 20)
                        + " MB that state may take, and " + why,
                "SET state_memory to more, give the process more heap, or let the query keep less");
    }

    /** Reads state that was written by any number of subtasks. */
    void restore(RestoredState state) {
        SliceRestore restore = new SliceRestore(
                this, factory, keys, new SliceContext(outer), state, share.allowed(), settings.smallest());
        if (restore.isWhole(canSpill)) {
            if (restoreWhole(state)) {
                fit();
                return;
            }
            Slice fresh = newSlice(new SliceContext(outer));
            replace(new ArrayList<>(List.of(fresh)));
            fresh.open(factory.get());
        }
        all.get(0).drop();
        watermark = restore.read();
        outer.wakeAt(outer.now());
    }

    /** Reads state into the one slice there is, or gives that up if there is too much of it. */
    private boolean restoreWhole(RestoredState state) {
        Slice whole = all.get(0);
        if (!canSpill) {
            whole.restoreOpen(state);
            return true;
        }
        long most = (long) (WHOLE_ABOVE * share.allowed());
        try {
            whole.restoreOpen(LimitedRestore.of(state, () -> whole.measure() <= most));
            return true;
        } catch (LimitedRestore.TooMuch e) {
            whole.close();
            return false;
        }
    }

    void close() {
        all.forEach(Slice::close);
        folder.close();
        share.close();
    }
}
