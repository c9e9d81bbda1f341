package io.laminar.benchmark.laminar;

import io.laminar.spi.batch.Batch;
import java.util.List;

/** The batches that the source of the running Laminar job replays. All but the last have {@link Batch#TARGET_ROWS}. */
final class ReplayedBatches {
    private static volatile List<Batch> batches = List.of();

    private ReplayedBatches() {}

    static void set(List<Batch> replacement) {
        batches = List.copyOf(replacement);
    }

    static List<Batch> get() {
        return batches;
    }

    static long events() {
        return batches.stream().mapToLong(Batch::size).sum();
    }
}
