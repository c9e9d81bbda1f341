package io.laminar.testing.slt;

import java.util.ArrayList;
import java.util.List;

/**
 * One way to run a case in the simulator.
 *
 * @param batchSize rows that are fed together
 * @param seed of interleavings and of the points where checkpoints and kills happen
 * @param spilling whether state may take next to no memory, so that it is written and read all the time
 */
record SltMode(Kind kind, int batchSize, long seed, boolean spilling) {

    enum Kind {
        /** From start to end without a fault, one subtask. */
        STRAIGHT,
        /** Two subtasks, killed and restored at seeded points. */
        KILL,
        /** Checkpoint and restore with 1, 2, 3 and again 1 subtasks. */
        RESCALE
    }

    private static final int[] BATCH_SIZES = {1, 4096};
    private static final int KILL_SEEDS = 2;

    /** All modes with state in memory; {@code seed} moves every seeded point. */
    static List<SltMode> all(long seed) {
        List<SltMode> modes = new ArrayList<>();
        for (int batchSize : BATCH_SIZES) {
            modes.add(new SltMode(Kind.STRAIGHT, batchSize, seed, false));
            for (int i = 0; i < KILL_SEEDS; i++) {
                modes.add(new SltMode(Kind.KILL, batchSize, seed + i, false));
            }
            modes.add(new SltMode(Kind.RESCALE, batchSize, seed, false));
        }
        return modes;
    }

    /** Modes with state on disk; enough for a case that is one of many. */
    static List<SltMode> spilling(long seed) {
        return List.of(new SltMode(Kind.KILL, 1, seed, true), new SltMode(Kind.RESCALE, 4096, seed, true));
    }

    /** All modes with state on disk. */
    static List<SltMode> allSpilling(long seed) {
        return all(seed).stream()
                .map(mode -> new SltMode(mode.kind, mode.batchSize, mode.seed, true))
                .toList();
    }

    /** The mode in which the order of changes is certain. */
    boolean isExact() {
        return kind == Kind.STRAIGHT && batchSize == 1 && !spilling;
    }

    @Override
    public String toString() {
        return kind.name().toLowerCase(java.util.Locale.ROOT) + ", batches of " + batchSize + ", seed " + seed
                + (spilling ? ", spilling" : "");
    }
}
