package io.laminar.flink.runtime;

import io.laminar.flink.cluster.Folders;
import io.laminar.flink.cluster.TemporaryFolder;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.rpc.RpcSystem;
import org.jspecify.annotations.Nullable;

/**
 * Runs every job in a small Flink cluster of its own inside this process, as large as the job needs, which ends with the
 * job. Jobs have no memory or threads in common, and what a job had is gone with its cluster.
 */
final class ElasticRuntime implements JobRuntime {
    private final RoomBudget budget;
    private final Map<String, Hosted> jobs = new LinkedHashMap<>();
    /**
     * Clusters that are not gone yet, also those of forgotten jobs: while one of them ends, its threads still need classes of
     * the RPC system, and without them Flink ends the process. By their temporary folders.
     */
    private final Map<Path, CompletableFuture<Void>> clusters = new HashMap<>();

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(daemons("checkpoints"));
    private final ExecutorService closer = Executors.newCachedThreadPool(daemons("end of a cluster"));
    /** One for all clusters: to load its classes takes most of the start of a cluster. */
    private @Nullable RpcSystem rpc;

    private boolean closed;

    /** A job and the cluster it has or had. */
    private record Hosted(RunningJob job, String name, Instant started, EmbeddedRuntime cluster) {}

    ElasticRuntime(EmbeddedLimits limits) {
        this.budget = new RoomBudget(limits);
    }

    private static ThreadFactory daemons(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    @Override
    public RunningJob submit(JobRequest request) {
        StateFolder state = request.state() == null ? null : StateFolder.open(request.state());
        Path temporary = null;
        try {
            temporary = TemporaryFolder.create();
            JobGraphs.Draft draft = JobGraphs.draft(request, state, temporary);
            JobRoom room = JobRoom.of(draft);
            budget.take(room);
            try {
                return start(draft.begin(request, state), request, state, temporary, room);
            } catch (RuntimeException e) {
                budget.give(room);
                throw e;
            }
        } catch (IOException e) {
            throw refused(state, temporary, TemporaryFolder.unusable(e));
        } catch (RuntimeException e) {
            throw refused(state, temporary, e);
        }
    }

    private static RuntimeException refused(
            @Nullable StateFolder state, @Nullable Path temporary, RuntimeException why) {
        if (state != null) {
            state.close();
        }
        if (temporary != null) {
            Folders.delete(temporary);
        }
        return why;
    }

    private RunningJob start(
            JobGraphs.Draft draft, JobRequest request, @Nullable StateFolder state, Path temporary, JobRoom room) {
        synchronized (jobs) {
            refuseIfClosed();
            clusters.put(temporary, new CompletableFuture<>());
        }
        EmbeddedRuntime cluster = null;
        try {
            cluster = EmbeddedRuntime.start(temporary, room, timer, rpc());
            RunningJob job = cluster.submit(draft, request, state);
            synchronized (jobs) {
                refuseIfClosed();
                jobs.put(job.id(), new Hosted(job, request.name(), Instant.now(), cluster));
            }
            EmbeddedRuntime ending = cluster;
            CompletableFuture<?> unused = CompletableFuture.anyOf(job.end(), job.abandoned())
                    .whenCompleteAsync((end, failure) -> end(ending, temporary, room), closer);
            return job;
        } catch (RuntimeException e) {
            try {
                if (cluster != null) {
                    cluster.close();
                }
            } finally {
                gone(temporary);
            }
            throw e;
        }
    }

    /** Called with the lock of {@link #jobs}. */
    private void refuseIfClosed() {
        if (closed) {
            throw new LaminarException(ErrorCode.JOB_FAILED, "the cluster has been closed");
        }
    }

    private void end(EmbeddedRuntime cluster, Path temporary, JobRoom room) {
        try {
            cluster.close();
        } finally {
            budget.give(room);
            gone(temporary);
        }
    }

    private void gone(Path temporary) {
        CompletableFuture<Void> cluster;
        synchronized (jobs) {
            cluster = clusters.remove(temporary);
        }
        if (cluster != null) {
            cluster.complete(null);
        }
    }

    private synchronized RpcSystem rpc() {
        RpcSystem known = rpc;
        if (known == null) {
            known = RpcSystem.load(new Configuration());
            rpc = known;
        }
        return known;
    }

    private List<Hosted> hosted() {
        synchronized (jobs) {
            return List.copyOf(jobs.values());
        }
    }

    @Override
    public List<JobSummary> jobs() throws InterruptedException {
        List<JobSummary> all = new ArrayList<>();
        for (Hosted hosted : hosted()) {
            String state = hosted.job.state().name().toLowerCase(Locale.ROOT);
            all.add(new JobSummary(hosted.job.id(), hosted.name, state, hosted.started));
        }
        all.sort(Comparator.comparing(JobSummary::started).reversed());
        return List.copyOf(all);
    }

    @Override
    public RunningJob find(String id) {
        Map<String, RunningJob> known = new LinkedHashMap<>();
        hosted().forEach(hosted -> known.put(hosted.job.id(), hosted.job));
        return Objects.requireNonNull(known.get(JobSummary.find(List.copyOf(known.keySet()), id)));
    }

    @Override
    public void forget(String id) {
        synchronized (jobs) {
            Hosted hosted = jobs.get(id);
            if (hosted != null && hosted.job.isDone()) {
                jobs.remove(id);
            }
        }
    }

    /** All clusters end at once: each takes a moment. */
    @Override
    public void close() {
        List<CompletableFuture<?>> ends = new ArrayList<>();
        synchronized (jobs) {
            closed = true;
            ends.addAll(clusters.values());
        }
        for (Hosted hosted : hosted()) {
            ends.add(CompletableFuture.runAsync(hosted.cluster::close, closer));
        }
        CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new))
                .handle((done, failed) -> true)
                .join();
        timer.shutdownNow();
        closer.shutdown();
        synchronized (this) {
            if (rpc != null) {
                rpc.close();
            }
        }
    }
}
