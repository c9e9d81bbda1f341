package io.laminar.server.job;

import io.laminar.flink.runtime.JobRuntime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The jobs that can be seen: those that run, and the last that have ended. */
public final class JobRecords implements AutoCloseable {
    private static final int ENDED = 50;

    private final JobRuntime runtime;
    private final Map<String, JobRecord> running = new LinkedHashMap<>();
    private final Map<String, JobRecord> ended = new LinkedHashMap<>();

    JobRecords(JobRuntime runtime) {
        this.runtime = runtime;
    }

    synchronized void started(String id, JobRecord record) {
        running.put(id, record);
    }

    /** Keeps what can be seen of a job that has ended, and forgets the oldest. */
    synchronized void ended(String id) {
        JobRecord record = running.remove(id);
        if (record == null) {
            return;
        }
        if (record.output() != null) {
            record.output().end();
        }
        ended.put(id, record);
        var oldest = ended.entrySet().iterator();
        while (ended.size() > ENDED) {
            JobRecord forgotten = oldest.next().getValue();
            oldest.remove();
            forgotten.close();
            runtime.forget(forgotten.job().id());
        }
    }

    public synchronized Optional<JobRecord> find(String id) {
        JobRecord record = running.get(id);
        return Optional.ofNullable(record != null ? record : ended.get(id));
    }

    /** Those that run, by id. */
    public synchronized Map<String, JobRecord> running() {
        return Map.copyOf(running);
    }

    @Override
    public synchronized void close() {
        running.values().forEach(JobRecord::close);
        ended.values().forEach(JobRecord::close);
    }
}
