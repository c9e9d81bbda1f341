package io.laminar.execution.spill;

import io.laminar.execution.key.KeyGroupRange;
import io.laminar.execution.operator.Operator;
import io.laminar.execution.snapshot.RestoredState;
import io.laminar.execution.snapshot.SectionReader;
import io.laminar.execution.snapshot.StateFile;
import io.laminar.execution.snapshot.StateFiles;
import io.laminar.execution.snapshot.StateIndex;
import io.laminar.spi.batch.Batch;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads what any number of subtasks wrote. What was one slice, or one operator, stays by itself, since others had not
 * come equally far; it is cut if it is large. One is read after the other, and those that find no place go to disk.
 */
final class SliceRestore {
    /** Heap that a byte of state takes, about. */
    private static final long HEAP_PER_BYTE = 2;

    /** Bytes on the way to disk up to which they stay in memory. */
    private static final long IN_MEMORY = 1 << 20;

    private final Slices slices;
    private final Supplier<Operator> factory;
    private final List<List<Integer>> keys;
    private final RestoredState state;
    private final long allowed;
    private final long largest;
    private final SliceContext whole;

    /**
     * What was one operator.
     *
     * @param place with all groups that it had
     * @param index its state; null if there was none
     * @param waiting rows that waited, and at which position
     */
    private record Piece(
            SliceIndex.Place place,
            @Nullable StateIndex index,
            StateFiles files,
            @Nullable StateIndex waiting,
            int at) {
        /** Its first group among the finest of {@code depth}. */
        long first(int depth) {
            return (long) place.first() << depth - place.depth();
        }
    }

    /** @param whole the context of all groups of the subtask */
    SliceRestore(
            Slices slices,
            Supplier<Operator> factory,
            List<List<Integer>> keys,
            SliceContext whole,
            RestoredState state,
            long allowed,
            long smallest) {
        this.slices = slices;
        this.factory = factory;
        this.keys = keys;
        this.whole = whole;
        this.state = state;
        this.allowed = allowed;
        this.largest = Math.max(allowed / 8, smallest);
    }

    /** Whether all of it was the state of one operator and perhaps can be that again. */
    boolean isWhole(boolean canSpill) {
        long bytes = 0;
        for (RestoredState.Part part : state.parts()) {
            if (part.index().form() == StateIndex.Form.SLICES) {
                return false;
            }
            bytes += part.index().plain(state.range());
        }
        return !canSpill || bytes * HEAP_PER_BYTE <= allowed;
    }

    /** Reads everything; returns the watermark. */
    long read() {
        try {
            List<Piece> pieces = new ArrayList<>();
            long watermark = Long.MAX_VALUE;
            for (RestoredState.Part part : state.parts()) {
                watermark = Math.min(watermark, add(part, pieces));
            }
            int deepest = pieces.stream().mapToInt(p -> p.place().depth()).max().orElse(0);
            pieces.sort(Comparator.comparingLong(piece -> piece.first(deepest)));
            List<Slice> all = new ArrayList<>();
            List<List<Slice>> ofPieces = new ArrayList<>();
            int next = whole.first();
            for (Piece piece : pieces) {
                List<SliceContext> contexts = cut(piece);
                SliceContext first = contexts.get(0);
                int begin = first.keyGroup(first.first());
                if (begin > next) {
                    all.add(empty(next, begin - 1));
                }
                SliceContext last = contexts.get(contexts.size() - 1);
                next = last.keyGroup(last.last()) + 1;
                List<Slice> made = new ArrayList<>();
                for (SliceContext context : contexts) {
                    Slice slice = slices.newSlice(context);
                    slice.restoredAt(piece.place().delivered(), piece.place().reached());
                    made.add(slice);
                }
                ofPieces.add(made);
                all.addAll(made);
            }
            if (next <= whole.last()) {
                all.add(empty(next, whole.last()));
            }
            slices.replace(all);
            for (int i = 0; i < pieces.size(); i++) {
                for (Slice slice : ofPieces.get(i)) {
                    load(pieces.get(i), slice);
                }
            }
            for (int i = 0; i < pieces.size(); i++) {
                takeOver(pieces.get(i), ofPieces.get(i));
            }
            return state.parts().isEmpty() ? Long.MIN_VALUE : watermark;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long add(RestoredState.Part part, List<Piece> pieces) throws IOException {
        StateIndex index = part.index();
        if (index.form() != StateIndex.Form.SLICES) {
            if (intersects(0, index.range().first(), index.range().last())) {
                pieces.add(new Piece(
                        new SliceIndex.Place(
                                0, index.range().first(), index.range().last(), Long.MIN_VALUE, Long.MIN_VALUE),
                        index,
                        part.files(),
                        null,
                        0));
            }
            return Long.MIN_VALUE;
        }
        SliceIndex sliced = SliceIndex.of(index.head());
        for (int i = 0; i < sliced.slices().size(); i++) {
            SliceIndex.Entry entry = sliced.slices().get(i);
            SliceIndex.Place place = entry.place();
            if (intersects(place.depth(), place.first(), place.last())) {
                pieces.add(new Piece(place, entry.state(), part.files(), sliced.waiting(), i));
            }
        }
        return sliced.watermark();
    }

    private boolean intersects(int depth, int first, int last) {
        return first >> depth <= whole.last() && last >> depth >= whole.first();
    }

    /** The groups of a piece that belong to the subtask, in parts that are not too large. */
    private List<SliceContext> cut(Piece piece) {
        SliceIndex.Place place = piece.place();
        int depth = place.depth();
        int first = Math.max(place.first(), whole.first() << depth);
        int last = Math.min(place.last(), (whole.last() + 1 << depth) - 1);
        long bytes = piece.index() == null ? 0 : piece.index().plain(new KeyGroupRange(first, last));
        int groups = last - first + 1;
        int parts = (int) Math.min(groups, 1 + bytes * HEAP_PER_BYTE / largest);
        List<SliceContext> contexts = new ArrayList<>();
        for (int i = 0; i < parts; i++) {
            int from = first + (int) ((long) groups * i / parts);
            int to = first + (int) ((long) groups * (i + 1) / parts) - 1;
            contexts.add(whole.at(depth, from, to));
        }
        return contexts;
    }

    private Slice empty(int first, int last) {
        Slice slice = slices.newSlice(whole.at(0, first, last));
        slice.open(factory.get());
        return slice;
    }

    private void load(Piece piece, Slice slice) {
        StateIndex index = piece.index();
        if (index == null) {
            slice.open(factory.get());
        } else {
            slice.restore(
                    factory.get(),
                    new RestoredState(
                            slice.context().keyGroups(),
                            List.of(new RestoredState.Part(index, piece.files())),
                            List.of(),
                            state.compression()));
        }
        slices.fit();
    }

    /** Gives rows that waited to what has become of the slice that they waited for. */
    private void takeOver(Piece piece, List<Slice> made) throws IOException {
        StateIndex index = piece.waiting();
        if (index == null) {
            return;
        }
        SpillFile file = new SpillFile(slices.folder(), IN_MEMORY);
        KeyGroupRange position = new KeyGroupRange(piece.at(), piece.at());
        SectionReader sections = new SectionReader(index, position, state.compression());
        long bytes = 0;
        for (StateFile stored : index.files()) {
            sections.read(stored, piece.files(), (at, content) -> file.append(out -> out.write(content)));
            bytes += index.live(stored, position);
        }
        file.finish();
        if (bytes > 0) {
            try (WaitingRows.Reader reader = new WaitingRows.Reader(new DataInputStream(file.read(0)), -1)) {
                route(piece, made, reader);
            }
        }
        file.release();
    }

    private void route(Piece piece, List<Slice> made, WaitingRows.Reader reader) throws IOException {
        SliceIndex.Place place = piece.place();
        List<SliceContext> contexts = new ArrayList<>();
        List<@Nullable Slice> targets = new ArrayList<>();
        SliceContext first = made.get(0).context();
        SliceContext last = made.get(made.size() - 1).context();
        // Made finer when it went to disk, perhaps; its bounds are the same.
        int firstGroup = first.first() >> first.depth() - place.depth();
        int lastGroup = last.last() >> last.depth() - place.depth();
        if (firstGroup > place.first()) {
            contexts.add(whole.at(place.depth(), place.first(), firstGroup - 1));
            targets.add(null);
        }
        List<Slice> now = slices.all().stream()
                .filter(slice -> slice.context().isWithin(place.depth(), firstGroup, lastGroup))
                .toList();
        for (Slice slice : now) {
            contexts.add(slice.context());
            targets.add(slice);
        }
        if (lastGroup < place.last()) {
            contexts.add(whole.at(place.depth(), lastGroup + 1, place.last()));
            targets.add(null);
        }
        SliceRouter router = new SliceRouter(contexts);
        while (reader.next()) {
            Batch batch = reader.batch();
            if (batch != null) {
                router.split(batch, keys.get(reader.input()), (at, rows) -> {
                    Slice slice = targets.get(at);
                    if (slice != null) {
                        slice.waitWith(reader.input(), rows, reader.watermark(), reader.time());
                        slice.waiting().toFileAbove(IN_MEMORY);
                    }
                });
            }
        }
    }
}
