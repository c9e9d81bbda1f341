package io.laminar.execution.snapshot;

import java.io.IOException;

/** The state of a subtask as it was at one moment. Every one is either written or dropped. */
public interface FrozenState {

    /**
     * Writes what earlier snapshots have not. May be called by any thread, once; waits for parts of the state that have
     * still to be copied.
     *
     * @throws IOException if it cannot be stored
     */
    StateIndex write(StateFiles files, Compression compression) throws IOException, InterruptedException;

    /**
     * Says what to call when {@link StateSource#copy} was {@link StateSource.Progress#FULL} and is not any more. It is
     * called by the thread that writes.
     */
    void whenRoom(Runnable call);

    /** Says that it will not be written, or not to the end; {@link #write} fails then. May be called by any thread. */
    void drop();
}
