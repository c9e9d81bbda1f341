package io.laminar.sql.error;

/** Ends the planning of a statement whose errors have been collected already. */
public final class CollectedErrors extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CollectedErrors() {
        super("the errors are in the collector", null, false, false);
    }
}
