package io.laminar.benchmark.nexmark;

/** The table that query 13 looks up: a text for each number. */
public final class SideInput {
    public static final int ROWS = 10_000;

    private SideInput() {}

    public static String value(long key) {
        return "value " + key;
    }
}
