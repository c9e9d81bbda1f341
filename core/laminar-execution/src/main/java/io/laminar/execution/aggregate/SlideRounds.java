package io.laminar.execution.aggregate;

import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.ColumnBuilder;
import io.laminar.spi.type.DataType;
import java.util.List;

/**
 * A {@link Slide} cut into rounds in which no group has more than one result, so that any aggregate can take a round in
 * few calls: the more groups, the fewer rounds.
 */
final class SlideRounds {
    private final Slide slide;
    /** Results by round. */
    private final int[] order;

    private final int[] ends;
    private int[] rows = new int[16];
    private int[] groups = new int[16];

    SlideRounds(Slide slide, int limit) {
        this.slide = slide;
        int[] seen = new int[limit];
        int[] rounds = new int[slide.count()];
        int last = 0;
        for (int i = 0; i < slide.count(); i++) {
            rounds[i] = seen[slide.groups()[i]]++;
            last = Math.max(last, rounds[i]);
        }
        int[] next = new int[last + 2];
        for (int i = 0; i < slide.count(); i++) {
            next[rounds[i] + 1]++;
        }
        for (int round = 0; round <= last; round++) {
            next[round + 1] += next[round];
        }
        order = new int[slide.count()];
        for (int i = 0; i < slide.count(); i++) {
            order[next[rounds[i]]++] = i;
        }
        ends = java.util.Arrays.copyOf(next, last + 1);
    }

    /** Applies rows, all of which are counted, to their groups. */
    interface Change {
        void apply(int[] rows, int[] groups, int count);
    }

    /** The results of some calls that share what is changed. */
    Column[] results(Change leave, Change enter, List<Accumulator> calls, List<DataType> types) {
        ColumnBuilder[] builders = new ColumnBuilder[calls.size()];
        for (int c = 0; c < builders.length; c++) {
            builders[c] = ColumnBuilder.of(types.get(c), slide.count());
        }
        int from = 0;
        for (int to : ends) {
            change(leave, slide.leftEnds(), from, to);
            change(enter, slide.enteredEnds(), from, to);
            for (int i = from; i < to; i++) {
                groups[i - from] = slide.groups()[order[i]];
            }
            for (int c = 0; c < builders.length; c++) {
                Column results = calls.get(c).result(groups, to - from);
                for (int i = 0; i < to - from; i++) {
                    builders[c].appendFrom(results, i);
                }
            }
            from = to;
        }
        int[] positions = new int[slide.count()];
        for (int i = 0; i < positions.length; i++) {
            positions[order[i]] = i;
        }
        Column[] columns = new Column[builders.length];
        for (int c = 0; c < columns.length; c++) {
            columns[c] = builders[c].build().gather(positions, positions.length);
        }
        return columns;
    }

    private void change(Change change, int[] rowEnds, int from, int to) {
        int count = 0;
        for (int i = from; i < to; i++) {
            int result = order[i];
            int first = result == 0 ? 0 : rowEnds[result - 1];
            reserve(count + rowEnds[result] - first + to - from);
            for (int row = first; row < rowEnds[result]; row++) {
                rows[count] = row;
                groups[count++] = slide.groups()[result];
            }
        }
        reserve(to - from);
        if (count > 0) {
            change.apply(rows, groups, count);
        }
    }

    private void reserve(int count) {
        if (rows.length < count) {
            rows = java.util.Arrays.copyOf(rows, count + (count >> 1));
            groups = java.util.Arrays.copyOf(groups, rows.length);
        }
    }
}
