package io.laminar.execution.state;

import io.laminar.spi.batch.Batch;

/** Takes what a snapshot consists of, bit by bit. Called by the operator's thread. */
public interface CopiedState {

    /** Rows as they were when the snapshot was taken, in place of what earlier snapshots have of them. */
    void rows(StateTable table, int store, int[] ids, Batch rows);

    /** Rows that earlier snapshots have and that are not there any more, unless {@link #rows} has them. */
    void gone(StateTable table, int store, int[] ids, int[] keyGroups);

    /** Rows that were held when the snapshot was taken. */
    void held(HeldTable table, Batch rows);

    /** Says that nothing more comes. */
    void end();
}
