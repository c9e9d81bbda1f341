package io.laminar.execution.sort;

import io.laminar.execution.key.SortKeyRows;
import io.laminar.execution.memory.HeapSize;
import io.laminar.plan.node.RankFunction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** The best rows of one partition in order. Keeps only those whose rank is wanted. */
final class RankedRows {

    /**
     * A row as bytes, with its sort key.
     *
     * @param arrival when it came, to tell it from rows with the same key
     * @param partition that it belongs to
     * @param number by which its window knows it
     */
    record Entry(byte[] key, byte[] row, long arrival, int partition, int number) {
        boolean isBehind(Entry other) {
            int order = Arrays.compareUnsigned(key, other.key);
            return order > 0 || order == 0 && arrival > other.arrival;
        }
    }

    private final RankFunction function;
    private final long last;
    private final List<Entry> entries = new ArrayList<>();

    RankedRows(RankFunction function, long last) {
        this.function = function;
        this.last = last;
    }

    /** The rows in order. */
    List<Entry> entries() {
        return entries;
    }

    /** Whether a row with the key of row {@code row} would get a rank that is wanted. */
    boolean wants(SortKeyRows keys, int row) {
        if (entries.size() < last) {
            return true;
        }
        int order = keys.compare(row, entries.get(entries.size() - 1).key());
        // A row like the last one shares its rank, unless ranks are given in order of arrival.
        return order < 0 || order == 0 && function != RankFunction.ROW_NUMBER || function == RankFunction.DENSE_RANK;
    }

    /**
     * Puts a row behind those with the same key that came before it.
     *
     * @param gone learns which rows are not wanted any more
     */
    void add(Entry entry, Consumer<Entry> gone) {
        int low = 0;
        int high = entries.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (entry.isBehind(entries.get(middle))) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        entries.add(low, entry);
        trim(gone);
    }

    private void trim(Consumer<Entry> gone) {
        if (entries.size() <= last) {
            return;
        }
        int keep =
                switch (function) {
                    case ROW_NUMBER -> (int) last;
                    case RANK -> endOfTies((int) last - 1);
                    case DENSE_RANK -> endOfDense();
                };
        if (keep < entries.size()) {
            List<Entry> rest = entries.subList(keep, entries.size());
            rest.forEach(gone);
            rest.clear();
        }
    }

    /** Where the rows end that have the same key as the one at {@code position}. */
    private int endOfTies(int position) {
        int end = position + 1;
        while (end < entries.size() && sameKey(position, end)) {
            end++;
        }
        return end;
    }

    private int endOfDense() {
        int end = 0;
        for (long rank = 1; rank <= last && end < entries.size(); rank++) {
            end = endOfTies(end);
        }
        return end;
    }

    private boolean sameKey(int left, int right) {
        return Arrays.equals(entries.get(left).key(), entries.get(right).key());
    }

    /** The ranks of all rows in order. */
    long[] ranks() {
        long[] ranks = new long[entries.size()];
        for (int i = 0; i < ranks.length; i++) {
            boolean tie = i > 0 && sameKey(i - 1, i);
            ranks[i] = switch (function) {
                case ROW_NUMBER -> i + 1;
                case RANK -> tie ? ranks[i - 1] : i + 1;
                case DENSE_RANK -> i == 0 ? 1 : tie ? ranks[i - 1] : ranks[i - 1] + 1;
            };
        }
        return ranks;
    }

    /** Heap that the rows take, nearly. */
    long bytes() {
        return 4L * HeapSize.HEADER
                + HeapSize.sampled(
                        entries.size(),
                        entries::get,
                        entry -> HeapSize.REFERENCE
                                + 3L * HeapSize.HEADER
                                + HeapSize.of(entry.key())
                                + HeapSize.of(entry.row()));
    }
}
