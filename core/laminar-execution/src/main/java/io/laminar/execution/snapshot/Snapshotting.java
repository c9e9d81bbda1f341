package io.laminar.execution.snapshot;

/** An operator that takes the snapshots of its state in its own way. */
public interface Snapshotting {

    /** What takes them; the same object every time. The operator is open. */
    StateSource states();
}
