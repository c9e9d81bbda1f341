package io.laminar.execution.spill;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Cuts slices on disk into smaller ones, whole sections at a time. */
final class SliceCut {

    private SliceCut() {}

    /**
     * The parts of a slice for which no rows wait.
     *
     * @param target heap that a part should take at most
     * @return the parts in order; the slice alone if its state is in one section
     */
    static List<Slice> cut(Slice slice, SliceState state, long target, Supplier<WaitingRows> waiting) {
        List<SliceState.Section> sections = state.sections();
        double heapPerByte = slice.bytes() / (double) Math.max(1, state.bytes());
        List<Integer> starts = new ArrayList<>(List.of(0));
        double heap = 0;
        for (int i = 0; i < sections.size(); i++) {
            double more = sections.get(i).bytes() * heapPerByte;
            boolean sameGroup =
                    i > 0 && sections.get(i).group() == sections.get(i - 1).group();
            boolean asFar =
                    i == 0 || sections.get(i).watermark() == sections.get(i - 1).watermark();
            if (i > 0 && !sameGroup && (!asFar || heap > 0 && heap + more > target)) {
                starts.add(i);
                heap = 0;
            }
            heap += more;
        }
        if (starts.size() == 1) {
            return List.of(slice);
        }
        List<Slice> parts = new ArrayList<>();
        for (int p = 0; p < starts.size(); p++) {
            int from = starts.get(p);
            boolean isLast = p + 1 == starts.size();
            int to = isLast ? sections.size() : starts.get(p + 1);
            int first = p == 0 ? slice.context().first() : sections.get(from).group();
            int last = isLast ? slice.context().last() : sections.get(to).group() - 1;
            SliceState part = state.part(from, to);
            parts.add(slice.part(first, last, part, (long) (part.bytes() * heapPerByte), waiting.get()));
        }
        return parts;
    }
}
