package io.laminar.testing.simulator;

import io.laminar.spi.batch.Batch;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** What a sink was given: exactly once, since only what a completed checkpoint covers counts. */
final class SinkLog {

    private final List<Batch> committed = new ArrayList<>();
    private final TreeMap<Long, List<Batch>> prepared = new TreeMap<>();
    private final List<List<Batch>> open = new ArrayList<>();

    SinkLog(int subtasks) {
        for (int i = 0; i < subtasks; i++) {
            open.add(new ArrayList<>());
        }
    }

    void write(int subtask, Batch batch) {
        open.get(subtask).add(batch);
    }

    void prepare(int subtask, long checkpoint) {
        prepared.computeIfAbsent(checkpoint, c -> new ArrayList<>()).addAll(open.get(subtask));
        open.get(subtask).clear();
    }

    void commit(long checkpoint) {
        prepared.headMap(checkpoint, true).values().forEach(committed::addAll);
        prepared.headMap(checkpoint, true).clear();
    }

    /** Commits everything: at the end of a job that ended. */
    void commitAll() {
        commit(Long.MAX_VALUE);
        open.forEach(rows -> {
            committed.addAll(rows);
            rows.clear();
        });
    }

    List<Batch> committed() {
        return committed;
    }
}
