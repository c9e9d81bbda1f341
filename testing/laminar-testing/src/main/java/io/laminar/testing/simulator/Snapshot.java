package io.laminar.testing.simulator;

import java.util.List;
import java.util.Map;

/** A completed checkpoint: the state of each subtask of each node; nodes that had finished are missing. */
public final class Snapshot {

    private final long checkpoint;
    private final Map<Integer, List<SubtaskState>> states;

    Snapshot(long checkpoint, Map<Integer, List<SubtaskState>> states) {
        this.checkpoint = checkpoint;
        this.states = states;
    }

    public long checkpoint() {
        return checkpoint;
    }

    Map<Integer, List<SubtaskState>> states() {
        return states;
    }
}
