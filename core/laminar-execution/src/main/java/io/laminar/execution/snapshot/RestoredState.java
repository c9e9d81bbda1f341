package io.laminar.execution.snapshot;

import io.laminar.execution.key.KeyGroupRange;
import java.util.List;

/**
 * State to go on with.
 *
 * @param range key groups wanted
 * @param parts what former subtasks wrote
 * @param shared what all of them shared; empty if there was nothing
 * @param compression how sections were made smaller
 */
public record RestoredState(KeyGroupRange range, List<Part> parts, List<byte[]> shared, Compression compression) {

    /** What one former subtask wrote. */
    public record Part(StateIndex index, StateFiles files) {}

    public RestoredState {
        parts = List.copyOf(parts);
        shared = List.copyOf(shared);
    }
}
