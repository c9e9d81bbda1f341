package io.laminar.testing.slt;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * One attempt of a run.
 *
 * @param parallelism subtasks
 * @param checkpointAt number of events before the barrier
 * @param killAt number of events before the kill; at least {@code checkpointAt}
 * @param settled whether the kill waits until the checkpoint is complete
 */
record Stage(int parallelism, int checkpointAt, int killAt, boolean settled) {

    /** The attempts of a mode; the last one is never killed. */
    static List<Stage> of(SltMode mode, int events) {
        Random random = new Random((mode.seed() * 31 + events) * 0x9E3779B97F4A7C15L);
        List<Stage> stages = new ArrayList<>();
        switch (mode.kind()) {
            case STRAIGHT -> stages.add(last(1, events));
            case KILL -> {
                int from = 0;
                int kills = 1 + random.nextInt(3);
                for (int i = 0; i < kills; i++) {
                    int checkpointAt = from + random.nextInt(events - from + 1);
                    int killAt = checkpointAt + random.nextInt(events - checkpointAt + 1);
                    stages.add(new Stage(2, checkpointAt, killAt, random.nextBoolean()));
                    from = checkpointAt;
                }
                stages.add(last(2, events));
            }
            case RESCALE -> {
                for (int i = 0; i < 3; i++) {
                    int at = events * (i + 1) / 4;
                    stages.add(new Stage(i + 1, at, at, true));
                }
                stages.add(last(1, events));
            }
        }
        return stages;
    }

    private static Stage last(int parallelism, int events) {
        return new Stage(parallelism, events, Integer.MAX_VALUE, true);
    }

    boolean isLast() {
        return killAt == Integer.MAX_VALUE;
    }
}
