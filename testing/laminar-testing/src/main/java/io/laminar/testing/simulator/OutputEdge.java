package io.laminar.testing.simulator;

import io.laminar.plan.node.Distribution;
import io.laminar.spi.batch.Batch;
import java.util.List;

/** The way from one task to the subtasks of one reader. */
final class OutputEdge {

    private final Batch.Lane lane;
    private final Distribution distribution;
    private final List<Channel> targets;
    private final Partitioner partitioner;
    private int next;

    /** @param targets one channel per subtask of the reader; one only where rows stay in their subtask */
    OutputEdge(Batch.Lane lane, Distribution distribution, List<Channel> targets, Partitioner partitioner) {
        this.lane = lane;
        this.distribution = distribution;
        this.targets = List.copyOf(targets);
        this.partitioner = partitioner;
    }

    void emit(Batch batch) {
        if (batch.lane() != lane || batch.size() == 0) {
            return;
        }
        if (targets.size() == 1) {
            targets.get(0).put(new Element.Rows(batch));
        } else if (distribution instanceof Distribution.Keyed keyed) {
            Batch[] parts = partitioner.partition(batch, keyed.columns(), targets.size());
            for (int target = 0; target < parts.length; target++) {
                if (parts[target].size() > 0) {
                    targets.get(target).put(new Element.Rows(parts[target]));
                }
            }
        } else if (distribution instanceof Distribution.Broadcast) {
            targets.forEach(t -> t.put(new Element.Rows(batch)));
        } else {
            targets.get(next).put(new Element.Rows(batch));
            next = (next + 1) % targets.size();
        }
    }

    void broadcast(Element element) {
        targets.forEach(t -> t.put(element));
    }

    boolean hasRoom() {
        return targets.stream().allMatch(Channel::hasRoom);
    }
}
