package io.laminar.execution.snapshot;

import org.jspecify.annotations.Nullable;

/**
 * What takes the snapshots of one subtask's operator. A snapshot counts once {@link #completed} says so: until then the
 * next one builds on what is known to be complete, so a snapshot that fails, or that nobody ever hears of again, loses
 * nothing. All methods are called by the operator's thread.
 */
public interface StateSource {

    /**
     * State that is the same in all subtasks, if there is any; called right before {@link #freeze}.
     *
     * @param wanted whether this subtask is the one whose bytes are kept
     */
    byte @Nullable [] shared(boolean wanted);

    /** Fixes the state as it is now. */
    FrozenState freeze(long snapshot, Reuse reuse);

    /** How far the copying of frozen state has come. */
    enum Progress {
        /** Everything has been copied. */
        DONE,
        /** More can be copied. */
        MORE,
        /** More is left, but what has been copied has to be stored first: {@link FrozenState#whenRoom} tells when. */
        FULL
    }

    /** Whether frozen state has not been copied yet. */
    boolean isCopying();

    /** Copies a part of frozen state, as far as that takes about a millisecond. */
    Progress copy();

    /** Copies all frozen state. */
    void copyAll();

    /** Learns that a snapshot has been stored everywhere and will be kept. */
    void completed(long snapshot);

    /** Learns that a snapshot has been given up. */
    void aborted(long snapshot);

    /** Reads state written by any number of subtasks. */
    void restore(RestoredState state);
}
