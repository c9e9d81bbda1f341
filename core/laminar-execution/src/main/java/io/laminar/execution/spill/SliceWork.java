package io.laminar.execution.spill;

import io.laminar.execution.operator.Operator;
import io.laminar.execution.operator.OperatorContext;
import io.laminar.execution.operator.Output;
import io.laminar.spi.batch.Batch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is done for slices on disk: they come in and take the rows that have waited for them. */
final class SliceWork {
    /** Of the memory: what is filled while there is room. */
    private static final double FILL = 0.75;
    /** Of the memory: what is left when a slice that is on disk shall come in. */
    private static final double ROOM = 0.9;

    /** Bytes of rows for a byte of state that make it worth to read it. */
    private static final int WORTH = 3;
    /** Part of the memory, below which all state becomes one slice again. */
    private static final int JOIN_BELOW = 8;

    private final Slices slices;
    private final Supplier<Operator> factory;
    private final List<List<Integer>> keys;
    private final SpillSettings settings;
    private final OperatorContext outer;

    SliceWork(
            Slices slices,
            Supplier<Operator> factory,
            List<List<Integer>> keys,
            SpillSettings settings,
            OperatorContext outer) {
        this.slices = slices;
        this.factory = factory;
        this.keys = keys;
        this.settings = settings;
        this.outer = outer;
    }

    /** Brings in one slice, if that is worth it now. */
    void bringInOne(Output out) {
        if (slices.all().size() == 1
                && slices.all().get(0).isLoaded()
                && !slices.all().get(0).isBehind()) {
            return;
        }
        long now = outer.now();
        long allowed = slices.allowed();
        long used = slices.used();
        Slice chosen = null;
        long chosenBytes = 0;
        Slice oldest = oldest(now);
        if (oldest != null && settings.delay() > 0 && now - oldest.since(now) >= settings.delay()) {
            chosen = oldest;
        } else {
            for (Slice slice : slices.all()) {
                long bytes = slice.waiting().bytes();
                if (bytes > chosenBytes && (isWorth(slice) || fits(slice, used, allowed))) {
                    chosen = slice;
                    chosenBytes = bytes;
                }
            }
        }
        if (chosen != null) {
            bringIn(chosen, out);
            slices.fit();
        }
    }

    /** Whether so many rows wait that it costs little, beside taking them, to read the state and write it again. */
    private boolean isWorth(Slice slice) {
        SliceState state = slice.state();
        long bytes = slice.waiting().bytes();
        return bytes > 0
                && !slice.isLoaded()
                && bytes >= Math.max(state == null ? 0 : WORTH * state.bytes(), settings.smallest());
    }

    private boolean fits(Slice slice, long used, long allowed) {
        return !slice.isLoaded() && used + expected(slice) <= FILL * allowed;
    }

    /** Bytes that a slice takes when it has come in and taken its rows. */
    private static long expected(Slice slice) {
        return slice.bytes() + slice.waiting().bytes();
    }

    /** Brings a slice up to date, in memory. Afterwards it may have been cut, if it has grown too large. */
    private void bringIn(Slice slice, Output out) {
        long allowed = slices.allowed();
        if (!slice.isLoaded()) {
            slices.makeRoom(slices.used(), (long) (ROOM * allowed) - expected(slice), slice);
            slice.load(factory.get());
            outer.count("state_loads", 1);
            slices.newcomer(slice);
        }
        if (!slice.waiting().isEmpty()) {
            boolean cuts = !slice.context().isFinest() || slice.context().groups() > 1;
            try (WaitingRows.Reader reader = slice.waiting().read()) {
                if (!slice.replay(
                        reader,
                        cuts ? Math.max(allowed / 2, settings.smallest()) : Long.MAX_VALUE,
                        slices.checkAfter(),
                        out)) {
                    cut(slice, reader);
                    return;
                }
            } catch (IOException e) {
                throw slices.folder().unreadable(e);
            }
        }
        slice.caughtUp(slices.watermark(), out);
        long wake = slice.context().nextWake();
        if (wake != SliceContext.NO_WAKE) {
            outer.wakeAt(wake);
        }
    }

    /** Cuts a slice that has grown too large while it took rows; the others wait for the parts. */
    private void cut(Slice slice, WaitingRows.Reader rest) throws IOException {
        WaitingRows left = slices.newWaiting();
        long time = rest.time();
        long mark = rest.watermark();
        left.mark(mark, time);
        while (rest.next()) {
            Batch batch = rest.batch();
            if (batch == null) {
                left.mark(rest.watermark(), rest.time());
            } else {
                left.add(rest.input(), batch, rest.watermark(), rest.time(), SliceContext.NO_WAKE);
            }
            if (left.heap() > settings.smallest()) {
                left.toFile();
            }
        }
        slice.interrupted();
        List<Slice> parts = slices.putOut(slice);
        SliceRouter among = new SliceRouter(parts.stream().map(Slice::context).toList());
        long now = outer.now();
        try (WaitingRows.Reader reader = left.read()) {
            while (reader.next()) {
                Batch batch = reader.batch();
                if (batch != null) {
                    among.split(batch, keys.get(reader.input()), (part, rows) -> parts.get(part)
                            .process(reader.input(), rows, reader.watermark(), reader.time(), nothing -> {}));
                }
            }
        }
        left.clear();
        for (Slice part : parts) {
            part.watermark(slices.watermark(), now, nothing -> {});
            if (part.isBehind()) {
                slices.wakeAfterDelay(now);
            }
        }
    }

    /** Gives operators in memory the rows that wait for them, and all of them the watermark. */
    void catchUp(Output out) {
        for (Slice slice : List.copyOf(slices.all())) {
            if (slice.isLoaded()) {
                bringIn(slice, out);
            }
        }
    }

    /** Makes one slice of all again when the state has become small. */
    void join(Output out) {
        if (slices.all().size() == 1) {
            return;
        }
        long bytes = 0;
        for (Slice slice : slices.all()) {
            bytes += slice.bytes();
            if (slice.isBehind() || slice.delivered() != slices.all().get(0).delivered()) {
                return;
            }
        }
        if (bytes > slices.allowed() / JOIN_BELOW) {
            return;
        }
        for (Slice slice : List.copyOf(slices.all())) {
            if (slice.isLoaded()) {
                slice.save(slices.folder(), 1);
            }
        }
        List<Slice> parts = slices.all();
        SliceContext context = new SliceContext(outer);
        parts.forEach(slice -> context.wakesOf(slice.context()));
        Slice whole = slices.newSlice(context);
        boolean any = parts.stream().anyMatch(s -> s.state() != null);
        whole.restore(
                factory.get(),
                section -> parts.forEach(s -> {
                    SliceState state = s.state();
                    if (state != null) {
                        state.read(section);
                    }
                }),
                any);
        parts.forEach(Slice::drop);
        slices.replace(new ArrayList<>(List.of(whole)));
        whole.caughtUp(slices.watermark(), out);
    }

    /** Does everything that has been put off. */
    void settle(Output out) {
        long now = outer.now();
        for (Slice behind = oldest(now); behind != null; behind = oldest(now)) {
            bringIn(behind, out);
        }
        slices.fit();
    }

    private @Nullable Slice oldest(long now) {
        Slice oldest = null;
        for (Slice slice : slices.all()) {
            if (slice.isBehind() || slice.since(now) != Slice.NEVER) {
                oldest = oldest == null || slice.since(now) < oldest.since(now) ? slice : oldest;
            }
        }
        return oldest;
    }

    void finish(Output out) {
        if (slices.all().size() == 1 && slices.all().get(0).isLoaded()) {
            slices.all().get(0).operator().finish(out);
            return;
        }
        // What was on disk is not written again: nothing can come for it.
        while (!slices.all().isEmpty()) {
            Slice slice = slices.all().stream()
                    .filter(Slice::isLoaded)
                    .findFirst()
                    .orElse(slices.all().get(0));
            bringIn(slice, out);
            // Otherwise it has been cut on the way.
            if (slice.isLoaded()) {
                slice.operator().finish(out);
                slice.drop();
                List<Slice> left = new ArrayList<>(slices.all());
                left.remove(slice);
                slices.replace(left);
            }
        }
    }
}
