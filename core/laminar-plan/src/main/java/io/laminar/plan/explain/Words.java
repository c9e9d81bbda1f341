package io.laminar.plan.explain;

/**
 * A node in a few words.
 *
 * @param state what the node keeps between rows; empty for nothing
 * @param kept how long it keeps what does not change; empty for as long as it needs it
 */
record Words(String name, String details, String state, String kept) {

    /** What is kept, and for how long. */
    String stateText() {
        return kept.isEmpty() ? state : state + ", kept " + kept;
    }
}
