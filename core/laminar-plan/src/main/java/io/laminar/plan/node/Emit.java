package io.laminar.plan.node;

import java.io.Serializable;

/** When an aggregation emits. */
public sealed interface Emit extends Serializable {

    /** Which row kinds leave. */
    ChangelogMode mode();

    /** Once: when the window closes, or without a window when the input ends. The result only appends. */
    record Final() implements Emit {
        @Override
        public ChangelogMode mode() {
            return ChangelogMode.APPEND;
        }
    }

    /**
     * Changes, consolidated over {@code interval} microseconds of processing time; 0: after every batch.
     *
     * @param upserts whether the row before an update is left out, because whoever gets the update finds it by its key
     */
    record Changes(long interval, boolean upserts) implements Emit {

        /** Changes that take the row before back. */
        public Changes(long interval) {
            this(interval, false);
        }

        @Override
        public ChangelogMode mode() {
            return upserts ? ChangelogMode.UPSERT : ChangelogMode.RETRACT;
        }

        /** Says nothing of {@link #upserts}: names of saved state are made of this text, and either way it is the same. */
        @Override
        public String toString() {
            return "Changes[interval=" + interval + "]";
        }
    }
}
