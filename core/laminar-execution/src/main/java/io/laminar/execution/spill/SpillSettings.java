package io.laminar.execution.spill;

import java.io.Serializable;

/**
 * How state is spilled.
 *
 * @param delay microseconds that rows may wait for state on disk; more of them are then worth reading it. 0: until the
 *     next watermark or checkpoint
 * @param smallest bytes of state below which a slice is not cut any more
 * @param checkRows rows after which the size of the state is looked at again
 * @param folder on a local disk; empty for the temporary folder of the process
 */
public record SpillSettings(long delay, long smallest, int checkRows, String folder) implements Serializable {
    public static final SpillSettings DEFAULT = new SpillSettings(30_000_000, 1 << 20, 1 << 15, "");

    public SpillSettings withDelay(long replacement) {
        return new SpillSettings(replacement, smallest, checkRows, folder);
    }

    public SpillSettings withFolder(String replacement) {
        return new SpillSettings(delay, smallest, checkRows, replacement);
    }
}
