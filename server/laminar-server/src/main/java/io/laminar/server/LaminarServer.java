package io.laminar.server;

import io.laminar.flink.logs.JobLogs;
import io.laminar.flink.runtime.EmbeddedLimits;
import io.laminar.flink.runtime.JobRuntime;
import io.laminar.metadata.Metadata;
import io.laminar.metadata.Secrets;
import io.laminar.server.access.Access;
import io.laminar.server.connection.Probing;
import io.laminar.server.connection.ProfileService;
import io.laminar.server.connection.SchemaService;
import io.laminar.server.connection.TableService;
import io.laminar.server.function.FunctionService;
import io.laminar.server.http.HttpServer;
import io.laminar.server.http.Routes;
import io.laminar.server.http.ServerParts;
import io.laminar.server.job.JobObserver;
import io.laminar.server.job.JobResources;
import io.laminar.server.job.JobService;
import io.laminar.server.job.JobSupervisor;
import io.laminar.server.pipeline.PipelineService;
import io.laminar.server.pipeline.PreviewService;
import io.laminar.server.planning.QueryPlanner;
import io.laminar.server.planning.StoredCatalog;
import io.laminar.server.reference.HealthChecks;
import io.laminar.server.reference.Reference;
import io.laminar.server.settings.ServerOptions;
import io.laminar.server.settings.ServerSettings;
import io.laminar.server.telemetry.PrometheusPage;
import io.laminar.server.telemetry.Traces;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.option.Placeholders;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The platform in one process: the API, the jobs, and, unless there is another, the cluster they run on. */
public final class LaminarServer implements AutoCloseable {
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final ServerSettings settings;
    private @Nullable HttpServer http;
    private @Nullable Runnable warmUp;
    private Access.@Nullable Issued firstToken;

    private LaminarServer(ServerSettings settings) {
        this.settings = settings;
    }

    /**
     * Starts everything; returns when requests are answered and the pipelines that are meant to run are being started.
     *
     * @param version of Laminar
     * @throws LaminarException what is in the way
     */
    public static LaminarServer start(ServerSettings settings, String version) throws InterruptedException {
        LaminarServer server = new LaminarServer(settings);
        try {
            server.start(version);
            return server;
        } catch (RuntimeException | InterruptedException e) {
            server.close();
            throw e;
        }
    }

    private void start(String version) throws InterruptedException {
        Path data = opened(DataFolder.open(settings.dataFolder())).path();
        InstantSource clock = InstantSource.system();
        Metadata metadata = opened(Metadata.open(settings.metadata(), clock));
        Secrets secrets = secrets(data);
        Optional<String> url = settings.values().findText(ServerOptions.CLUSTER_URL);
        JobRuntime cluster = opened(
                url.isPresent() ? JobRuntime.connect(url.get()) : JobRuntime.elastic(EmbeddedLimits.ofThisProcess()));
        JobLogs logs = url.isPresent()
                ? null
                : opened(JobLogs.start(data.resolve("logs").resolve("jobs")));
        QueryPlanner planner = new QueryPlanner(new StoredCatalog(metadata, secrets), Placeholders.of(System.getenv()));
        PipelineService pipelines = new PipelineService(metadata, planner, settings.stateFolder());
        Traces traces = traces(metadata, version);
        JobSupervisor jobs = opened(new JobSupervisor(
                metadata.jobs(),
                cluster,
                url.isEmpty(),
                settings.values().integer(ServerOptions.JOB_RESTARTS),
                new JobResources(),
                pipelines::ended,
                traces == null ? JobObserver.NONE : traces.observer()));
        if (traces != null) {
            traces.watch(jobs.records());
        }
        pipelines.resume(jobs);
        if (url.isEmpty() && jobs.active() == 0) {
            warmUp = new WarmUp(planner, cluster);
        }
        PreviewService previews = new PreviewService(planner, cluster);
        Access access = new Access(metadata.tokens(), clock, !settings.needsTokens());
        http = opened(Routes.serve(
                new ServerParts(
                        metadata,
                        access,
                        new HealthChecks(metadata, cluster),
                        new Reference(version),
                        new ProfileService(metadata, secrets, planner),
                        new TableService(metadata, planner),
                        new Probing(metadata, secrets, planner, previews),
                        new SchemaService(metadata, secrets, planner),
                        new FunctionService(metadata, planner),
                        pipelines,
                        previews,
                        new JobService(metadata.jobs(), jobs, logs),
                        new PrometheusPage(metadata, jobs.records(), version),
                        planner),
                settings,
                clock));
        // Not before it listens: a token that nobody was shown would lock everybody out.
        firstToken = settings.needsTokens() ? access.first() : null;
    }

    /** @return null if nobody wants them */
    private @Nullable Traces traces(Metadata metadata, String version) {
        return settings.values()
                .findText(ServerOptions.OTLP_ENDPOINT)
                .map(endpoint -> opened(Traces.to(endpoint, metadata, version)))
                .orElse(null);
    }

    private <T extends AutoCloseable> T opened(T part) {
        parts.push(part);
        return part;
    }

    private Secrets secrets(Path data) {
        return settings.values()
                .findText(ServerOptions.SECRETS_KEY)
                .map(Secrets::withKey)
                .orElseGet(() -> Secrets.withKeyIn(data.resolve("secrets.key")));
    }

    /**
     * Runs a job that does nothing, in the background, so that the first pipeline need not wait for everything to be
     * loaded that running one takes. Does nothing if there are jobs already, or jobs run elsewhere.
     */
    public void warmUp() {
        Runnable job = warmUp;
        if (job != null) {
            Thread thread = new Thread(job, "warm up");
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** The port it listens on. */
    public int port() {
        return java.util.Objects.requireNonNull(http).port();
    }

    /** The text of the token that was made for a new store; it cannot be had again. */
    public Optional<String> firstToken() {
        return Optional.ofNullable(firstToken).map(Access.Issued::text);
    }

    /** Ends everything, the last first: no more requests, then the jobs save their state, then their cluster. */
    @Override
    public void close() {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                org.slf4j.LoggerFactory.getLogger(LaminarServer.class).warn("not everything could be ended", e);
            }
        }
    }
}
