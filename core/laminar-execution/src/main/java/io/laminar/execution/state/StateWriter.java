package io.laminar.execution.state;

import java.io.DataOutput;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Takes the state of one subtask. */
public interface StateWriter {

    /** Writes one part of the state. */
    interface Section {
        void write(DataOutput out) throws IOException;
    }

    /**
     * Writes the state of one key group; at most once per key group. Key groups without state are left out.
     *
     * @throws UncheckedIOException if the state cannot be stored
     */
    void keyGroup(int keyGroup, Section section);

    /**
     * Writes state that is the same in all subtasks, because every one got the same rows; at most once. Only that of
     * one subtask is kept, and all get it back.
     *
     * @throws UncheckedIOException if the state cannot be stored
     * @throws IllegalStateException if there is no place for such state
     */
    default void shared(Section section) {
        throw new IllegalStateException("there is no place for state that all subtasks share");
    }
}
