package io.laminar.testing.chaos;

import java.util.ArrayList;
import java.util.List;

/** How the rows of one sink compare with the answers. */
final class Verdict {
    private static final int SHOWN = 10;

    private final String sink;
    private final long expected;
    private final List<String> examples = new ArrayList<>();
    private long rows;
    private long lost;
    private long doubled;
    private long wrong;

    Verdict(String sink, long expected) {
        this.sink = sink;
        this.expected = expected;
    }

    void row() {
        rows++;
    }

    void lost(long count, String row) {
        lost += count;
        show("lost " + row);
    }

    void doubled(long count, String row) {
        doubled += count;
        show("doubled " + row);
    }

    void wrong(String row) {
        wrong++;
        show("wrong " + row);
    }

    private void show(String text) {
        if (examples.size() < SHOWN) {
            examples.add(text);
        }
    }

    String sink() {
        return sink;
    }

    long expected() {
        return expected;
    }

    long rows() {
        return rows;
    }

    long lost() {
        return lost;
    }

    long doubled() {
        return doubled;
    }

    long wrong() {
        return wrong;
    }

    List<String> examples() {
        return List.copyOf(examples);
    }

    boolean isExact() {
        return lost == 0 && doubled == 0 && wrong == 0 && rows == expected;
    }

    @Override
    public String toString() {
        return sink + ": " + rows + " of " + expected + " rows, lost " + lost + ", doubled " + doubled + ", wrong "
                + wrong + (examples.isEmpty() ? "" : " " + examples);
    }
}
