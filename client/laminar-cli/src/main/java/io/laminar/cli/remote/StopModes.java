package io.laminar.cli.remote;

/** The ways of stopping, as the server knows them. */
final class StopModes {
    static final String TEXT = "checkpoint (default): after a savepoint; graceful: when all that was read is done;"
            + " immediate: without a savepoint; force: at once, whatever happens.";

    private StopModes() {}
}
