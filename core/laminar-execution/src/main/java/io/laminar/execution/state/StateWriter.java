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
}
