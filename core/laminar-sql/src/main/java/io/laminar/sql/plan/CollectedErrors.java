package io.laminar.sql.plan;

/** Ends the planning of a statement whose errors have been collected already. */
final class CollectedErrors extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CollectedErrors() {
        super("the errors are in the collector", null, false, false);
    }
}
