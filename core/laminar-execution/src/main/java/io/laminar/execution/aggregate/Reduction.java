package io.laminar.execution.aggregate;

/**
 * Whether it pays to fold rows before they are exchanged: it does as long as they become clearly fewer. After a while in
 * which it did not, it is tried again, because data change.
 */
public final class Reduction {
    private static final long SAMPLE = 16_384;
    private static final long PAUSE = 1 << 20;

    /** More groups than this for as many rows, and every row costs more here than it saves behind the exchange. */
    private static final double WORTH = 0.5;

    private final long sample;
    private final long pause;
    private long rows;
    private long groups;
    private long passed;
    private boolean folding = true;

    public Reduction() {
        this(SAMPLE, PAUSE);
    }

    /**
     * @param sample rows after which it is decided
     * @param pause rows that are passed on before folding is tried again
     */
    public Reduction(long sample, long pause) {
        this.sample = sample;
        this.pause = pause;
    }

    /** Whether the next rows are to be folded. */
    public boolean folds() {
        return folding;
    }

    /** Whether rows that are being folded have shown already that it does not pay, so that they should leave. */
    public boolean isFutile(long foldedRows, long foldedGroups) {
        return foldedRows >= sample && foldedGroups > WORTH * foldedRows;
    }

    /** Notes what left after folding. */
    public void folded(long foldedRows, long foldedGroups) {
        rows += foldedRows;
        groups += foldedGroups;
        if (rows >= sample) {
            folding = groups <= WORTH * rows;
            rows = 0;
            groups = 0;
        }
    }

    /** Notes rows that were passed on as they came. */
    public void passed(long passedRows) {
        passed += passedRows;
        if (passed >= pause) {
            passed = 0;
            folding = true;
        }
    }
}
