package io.laminar.testing.simulator;

import io.laminar.execution.key.KeyGroupRange;
import io.laminar.execution.snapshot.Compression;
import io.laminar.execution.snapshot.RestoredState;
import io.laminar.execution.snapshot.StateIndex;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one subtask wrote at a checkpoint.
 *
 * @param files those that the index names
 * @param shared what all subtasks share, where this is the subtask that writes it
 */
record SubtaskState(StateIndex index, MemoryFiles files, byte @Nullable [] shared) {

    boolean isEmpty() {
        return index.isEmpty() && shared == null;
    }

    /** The key groups of a range out of the states of several subtasks, and what one of {@code all} wrote for all. */
    static RestoredState restored(List<SubtaskState> states, List<SubtaskState> all, KeyGroupRange range) {
        return new RestoredState(
                range,
                states.stream()
                        .map(state -> new RestoredState.Part(copied(state.index()), state.files()))
                        .toList(),
                all.stream().map(SubtaskState::shared).filter(Objects::nonNull).toList(),
                Compression.NONE);
    }

    /** The index as it comes out of its bytes. */
    private static StateIndex copied(StateIndex index) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            index.write(out);
            return StateIndex.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
