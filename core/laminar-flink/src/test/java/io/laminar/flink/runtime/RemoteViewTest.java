package io.laminar.flink.runtime;

import static io.laminar.flink.runtime.JobPlans.counted;
import static io.laminar.flink.runtime.JobPlans.counts;
import static io.laminar.flink.runtime.JobPlans.filter;
import static io.laminar.flink.runtime.JobPlans.plan;
import static io.laminar.flink.runtime.JobPlans.request;
import static io.laminar.flink.runtime.JobPlans.source;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.flink.cluster.ClusterSize;
import io.laminar.flink.metrics.JobFigures;
import io.laminar.flink.metrics.OperatorFigures;
import io.laminar.flink.metrics.Role;
import io.laminar.flink.testing.Script;
import io.laminar.flink.translate.RemoteLayout;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is asked of a cluster over HTTP. The cluster is in this process, so that scripts reach its jobs. */
@Timeout(180)
class RemoteViewTest {
    private static final Clock CLOCK = Clock.systemUTC();

    @TempDir
    private Path temporary = Path.of("");

    private MiniCluster cluster;
    private RestClusterClient<String> client;

    @BeforeEach
    void start() throws Exception {
        ClusterSize size = ClusterSize.ofSlots(2);
        Configuration configuration =
                ClusterConfiguration.of("RemoteViewTest", new JobRoom(size.slots(), size.network()), temporary);
        configuration.set(MetricOptions.METRIC_FETCHER_UPDATE_INTERVAL, Duration.ofMillis(100));
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                temporary.resolve("checkpoints").toUri().toString());
        cluster = new MiniCluster(new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumSlotsPerTaskManager(size.slots())
                .withRandomPorts()
                .build());
        cluster.start();
        URI address = cluster.getRestAddress().get();
        Configuration remote = new Configuration();
        remote.set(RestOptions.ADDRESS, address.getHost());
        remote.set(RestOptions.PORT, address.getPort());
        client = new RestClusterClient<>(remote, "test");
    }

    @AfterEach
    void close() throws Exception {
        client.close();
        cluster.close();
    }

    private RunningJob submit(JobRequest request, StateFolder state) throws Exception {
        JobRequest wide = request.withSettings(request.settings().withChained(false));
        JobGraphs.Draft draft = JobGraphs.remote(wide, state, new RemoteLayout(null));
        if (state != null) {
            state.runsOn("http://nowhere:1", draft.graph().getJobID().toHexString());
        }
        client.submitJob(draft.graph()).get();
        return new RunningJob(
                client,
                draft.graph().getJobID(),
                new RemoteView(client, draft.graph().getJobID()),
                state,
                state == null ? null : state.savepoints(),
                null,
                List.of());
    }

    @Test
    void operatorsCheckpointsAndStateAreThoseOfTheJob(TestInfo info) throws Exception {
        Script script = new Script(500, 2, -1).register(info.getDisplayName());
        var reached = script.readTo(400);
        RunningJob job = submit(request(plan(counted(filter(source(info))), info), 2, null), null);
        assertTrue(job.awaitRunning(Duration.ofSeconds(60)));
        reached.get(60, TimeUnit.SECONDS);
        JobFigures now = job.figures(CLOCK);
        while (now.total().counts().rowsIn() < 800
                || now.operators().get(3).total().counts().rowsIn() < 400
                || now.operators().stream().anyMatch(one -> one.parallelism() < 2)) {
            now = job.figures(CLOCK);
        }
        assertEquals(
                List.of(Role.SOURCE, Role.OPERATOR, Role.OPERATOR, Role.OPERATOR, Role.SINK),
                now.operators().stream().map(one -> one.operator().role()).toList());
        for (OperatorFigures one : now.operators()) {
            assertEquals(2, one.parallelism(), one.operator().toString());
        }
        assertEquals(800 * 32, now.operators().get(0).total().counts().bytesOut());
        assertEquals(400, now.operators().get(1).total().counts().rowsOut());
        while (job.progress().watermark() < 300_000_000 || job.progress().stateBytes() == 0) {
            Thread.onSpinWait();
        }
        job.checkpoint();
        // Flink answers with what it knew up to REFRESH_INTERVAL ago
        Optional<Checkpoint> completed = Optional.empty();
        while (completed.isEmpty()) {
            completed = job.checkpoints().stream()
                    .filter(one -> one.state() == Checkpoint.State.COMPLETED)
                    .findFirst();
        }
        Checkpoint checkpoint = completed.get();
        CheckpointDetails details = job.checkpoint(checkpoint.id()).orElseThrow();
        assertEquals(2, details.stages().size());
        details.stages().forEach(stage -> {
            assertEquals(2, stage.subtasks().size());
            assertTrue(stage.operators().size() >= 2, stage.toString());
            assertNotNull(stage.subtasks().get(0).sync());
        });
        assertFalse(job.checkpoint(1_000_000).isPresent());
        job.stop(StopMode.IMMEDIATE);
        assertEquals(JobState.STOPPED, job.state());
    }

    @Test
    void failuresAreRemembered(TestInfo info) throws Exception {
        new Script(2000, 1, -1).register(info.getDisplayName());
        RunningJob job = submit(request(plan(filter(source(info)), info), 2, null), null);
        JobEnd end = job.end().get(60, TimeUnit.SECONDS);
        assertEquals(JobState.FAILED, end.state());
        assertEquals(ErrorCode.DIVISION_BY_ZERO, end.failure().code());
        JobFailure last = job.failures().get(0);
        assertTrue(last.reason().contains("1013 divided by zero"), last.toString());
        assertEquals(ErrorCode.DIVISION_BY_ZERO, last.code());
        assertTrue(String.valueOf(last.stage()).contains("filter-project"), last.toString());
        assertTrue(last.subtask() == 0 || last.subtask() == 1, last.toString());
    }

    /** The process that started the job was killed; the folder is taken again and keeps the state as if it had not. */
    @Test
    void aJobIsFoundAgainWithItsStateFolder(TestInfo info, @TempDir Path folder) throws Exception {
        Script script = new Script(300, 2, -1).register(info.getDisplayName());
        var reached = script.readTo(100);
        StateFolder state = StateFolder.open(folder.toString());
        RunningJob job = submit(request(plan(counted(source(info)), info), 2, folder), state);
        reached.get(60, TimeUnit.SECONDS);
        assertThrows(LaminarException.class, () -> StateFolder.reopen(folder.toString(), job.id()));
        job.leave();
        LaminarException other =
                assertThrows(LaminarException.class, () -> StateFolder.reopen(folder.toString(), "another"));
        assertEquals(ErrorCode.STATE_MISMATCH, other.code());
        StateFolder again = StateFolder.reopen(folder.toString(), job.id());
        assertEquals(state.savepoints(), again.savepoints());
        RunningJob found = new RunningJob(
                client,
                JobID.fromHexString(job.id()),
                new RemoteView(client, JobID.fromHexString(job.id())),
                again,
                again.savepoints(),
                null,
                List.of());
        found.stop(StopMode.CHECKPOINT);
        assertEquals(JobState.STOPPED, found.state());
        try (JobRuntime runtime = JobRuntime.start(2)) {
            var unused = script.readTo(300);
            JobRequest request = request(plan(counted(source(info)), info), 2, folder);
            assertEquals(RunningJob.End.FINISHED, runtime.submit(request).await());
        }
        assertEquals(counts(300, 2), counts(script));
    }
}
