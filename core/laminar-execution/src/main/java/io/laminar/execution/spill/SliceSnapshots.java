package io.laminar.execution.spill;

import io.laminar.execution.key.KeyGroupRange;
import io.laminar.execution.snapshot.FrozenState;
import io.laminar.execution.snapshot.RestoredState;
import io.laminar.execution.snapshot.Reuse;
import io.laminar.execution.snapshot.StateChain;
import io.laminar.execution.snapshot.StateIndex;
import io.laminar.execution.snapshot.StateSource;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Snapshots of an operator in slices. As long as there is one slice, its snapshots are those of the operator. Otherwise
 * every slice in memory has a chain of its own; a slice on disk is stored from there, and not again as long as it stays
 * where it is.
 */
final class SliceSnapshots implements StateSource {
    private final Slices slices;
    private final KeyGroupRange range;
    /** With, by what lies on disk, where it has been stored. */
    private final StateChain<IdentityHashMap<SliceState, StateIndex>> chain = new StateChain<>();
    /** What the last snapshot has still to copy, in the order in which it writes it. */
    private final List<StateSource> copying = new ArrayList<>();

    private long files;
    private boolean restored;

    SliceSnapshots(Slices slices, KeyGroupRange range) {
        this.slices = slices;
        this.range = range;
    }

    /** Whether all state is that of one operator that is up to date. */
    private boolean isWhole() {
        if (slices.all().size() != 1) {
            return false;
        }
        Slice only = slices.all().get(0);
        return only.isLoaded() && !only.isBehind() && only.context().depth() == 0;
    }

    @Override
    public byte @Nullable [] shared(boolean wanted) {
        // Operators that share state have no keys by which it could be cut.
        return isWhole() ? slices.all().get(0).source().shared(wanted) : null;
    }

    @Override
    public FrozenState freeze(long snapshot, Reuse reuse) {
        if (isWhole()) {
            StateSource source = slices.all().get(0).source();
            FrozenState frozen = source.freeze(snapshot, reuse);
            copying.clear();
            copying.add(source);
            return frozen;
        }
        if (reuse == Reuse.NONE) {
            chain.alone(snapshot);
        }
        StateChain.Link<IdentityHashMap<SliceState, StateIndex>> base =
                reuse == Reuse.BACKWARD_AND_FORWARD ? chain.base() : null;
        IdentityHashMap<SliceState, StateIndex> stored = base == null ? new IdentityHashMap<>() : base.known();
        List<FrozenSlices.Part> parts = new ArrayList<>();
        copying.clear();
        for (Slice slice : slices.all()) {
            parts.add(part(slice, snapshot, reuse, stored));
        }
        return new FrozenSlices(snapshot, range, slices.watermark(), parts, reuse == Reuse.NONE ? null : chain);
    }

    private FrozenSlices.Part part(
            Slice slice, long snapshot, Reuse reuse, IdentityHashMap<SliceState, StateIndex> stored) {
        FrozenState frozen = null;
        SliceState onDisk = slice.state();
        if (slice.isLoaded() && slice.hasTables()) {
            frozen = slice.source().freeze(snapshot, reuse);
            copying.add(slice.source());
        } else if (slice.isLoaded()) {
            onDisk = slice.copy(slices.folder());
        } else if (onDisk != null) {
            onDisk.retain();
        }
        StateIndex known = onDisk == null ? null : stored.get(onDisk);
        if (onDisk != null && known != null) {
            onDisk.release();
        }
        return new FrozenSlices.Part(
                slice.place(),
                slice.context().keyGroups(),
                "disk" + files++ + "-",
                frozen,
                onDisk,
                known,
                slice.waiting().isEmpty() ? null : slice.waiting().freeze());
    }

    @Override
    public boolean isCopying() {
        // Slices that have gone to disk meanwhile must not be kept in memory here.
        copying.removeIf(source -> !source.isCopying());
        return !copying.isEmpty();
    }

    @Override
    public Progress copy() {
        if (!isCopying()) {
            return Progress.DONE;
        }
        Progress progress = copying.get(0).copy();
        return progress == Progress.DONE && isCopying() ? Progress.MORE : progress;
    }

    @Override
    public void copyAll() {
        copying.forEach(StateSource::copyAll);
        copying.clear();
    }

    @Override
    public void completed(long snapshot) {
        chain.completed(snapshot);
        sources().forEach(source -> source.completed(snapshot));
    }

    @Override
    public void aborted(long snapshot) {
        chain.aborted(snapshot);
        sources().forEach(source -> source.aborted(snapshot));
    }

    private List<StateSource> sources() {
        return slices.all().stream().filter(Slice::isLoaded).map(Slice::source).toList();
    }

    @Override
    public void restore(RestoredState state) {
        slices.restore(state);
        restored = true;
    }

    /** Whether state has been restored since this was asked for the last time. */
    boolean takeRestored() {
        boolean was = restored;
        restored = false;
        return was;
    }
}
