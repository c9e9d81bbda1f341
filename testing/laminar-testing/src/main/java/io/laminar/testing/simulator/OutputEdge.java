package io.laminar.testing.simulator;

import io.laminar.execution.exchange.BatchPartitioner;
import io.laminar.spi.batch.Batch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The way from one task to the subtasks of one reader. */
final class OutputEdge {

    private final Batch.Lane lane;
    private final List<Channel> targets;
    private final @Nullable BatchPartitioner partitioner;

    /**
     * @param targets one channel per subtask of the reader; one only where rows stay in their subtask. Rows of a single
     *     subtask all go to the first
     * @param partitioner which subtask gets a row; null where rows stay
     */
    OutputEdge(Batch.Lane lane, List<Channel> targets, @Nullable BatchPartitioner partitioner) {
        this.lane = lane;
        this.targets = List.copyOf(targets);
        this.partitioner = partitioner;
    }

    void emit(Batch emitted) {
        if (emitted.lane() != lane || emitted.size() == 0) {
            return;
        }
        Batch batch = lane == Batch.Lane.MAIN
                ? emitted
                : new Batch(emitted.size(), emitted.columns(), emitted.rowtime(), emitted.kinds());
        if (partitioner == null) {
            targets.get(0).put(new Element.Rows(batch));
        } else {
            partitioner.split(batch, (subtask, part) -> targets.get(subtask).put(new Element.Rows(part)));
        }
    }

    void broadcast(Element element) {
        targets.forEach(t -> t.put(element));
    }

    boolean hasRoom() {
        return targets.stream().allMatch(Channel::hasRoom);
    }
}
