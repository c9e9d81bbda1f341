package io.laminar.execution.state;

import java.io.DataInput;
import java.io.IOException;

/** Gives back what {@link StateWriter} took. */
public interface StateReader {

    /** Reads one part of the state. */
    interface Section {
        void read(int keyGroup, DataInput in) throws IOException;
    }

    /** Reads the part of the state that all subtasks have. */
    interface SharedSection {
        void read(DataInput in) throws IOException;
    }

    /** Shows the state of every key group of this subtask that has any. */
    void forEachKeyGroup(Section section);

    /** Shows what was written by {@link StateWriter#shared}, if anything was. */
    default void shared(SharedSection section) {}
}
