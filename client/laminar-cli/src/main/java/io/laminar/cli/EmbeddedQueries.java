package io.laminar.cli;

import io.laminar.cli.output.OutputFormat;
import io.laminar.cli.output.Preview;
import io.laminar.cli.shell.Queries;
import io.laminar.flink.cluster.ClusterSize;
import io.laminar.flink.operator.BuiltinOperators;
import io.laminar.flink.runtime.JobRequest;
import io.laminar.flink.runtime.RunningJob;
import io.laminar.plan.StreamPlan;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.type.Schema;
import io.laminar.sql.CompiledPipeline;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Runs the statements of a shell in this process; the cluster stays for the next. */
final class EmbeddedQueries implements Queries {
    private static final long REFRESH_MILLIS = 100;

    private final Terminal terminal;
    private final Map<String, String> settings;
    private final @Nullable Integer parallelism;
    private final AtomicReference<@Nullable RunningJob> running = new AtomicReference<>();
    private final AtomicBoolean interrupted = new AtomicBoolean();
    private ClusterSize size;
    private @Nullable ClusterStart cluster;

    EmbeddedQueries(Terminal terminal, Map<String, String> settings, @Nullable Integer parallelism) {
        this.terminal = terminal;
        this.settings = new LinkedHashMap<>(Map.of("updating_flush_interval", REFRESH_MILLIS + " ms"));
        this.settings.putAll(settings);
        this.parallelism = parallelism;
        this.size = ClusterSize.ofSlots(
                parallelism == null ? Math.max(2, Runtime.getRuntime().availableProcessors()) : parallelism);
    }

    /** Starts the cluster in the background: it takes a second, in which the user types. */
    void warmUp() {
        cluster = ClusterStart.begin(size);
    }

    @Override
    public String place() {
        return "here, in this process";
    }

    @Override
    public void check(SqlSource text) {
        List<LaminarException> errors = Planning.validate(text, settings);
        if (!errors.isEmpty()) {
            throw new SqlFailure(text, errors, errors.get(0));
        }
    }

    @Override
    public void explain(SqlSource text) {
        Explanations.print(compiled(text), terminal.out());
    }

    private CompiledPipeline compiled(SqlSource text) {
        CompiledPipeline pipeline = Planning.compile(text, settings);
        pipeline.warnings().forEach(warning -> terminal.err().println("warning: " + warning));
        return pipeline;
    }

    @Override
    public void run(SqlSource text, boolean writes, OutputFormat format, int liveHeight) throws InterruptedException {
        interrupted.set(false);
        StreamPlan plan = compiled(text).plan();
        if (plan.sinks().isEmpty()) {
            return;
        }
        JobRequest request = JobRequest.of("sql", plan, BuiltinOperators.INSTANCE, null);
        if (parallelism != null) {
            request = request.withSettings(request.settings().withParallelism(parallelism));
        }
        ClusterSize needed = ClusterSize.of(plan, request.settings());
        ClusterStart start = cluster(needed);
        int width = terminal.outIsTerminal() ? terminal.width() : 0;
        try (Preview preview = new Preview(format, terminal.out(), width, liveHeight, () -> {})) {
            preview.listen(plan);
            RunningJob job = start.runtime(size).submit(request);
            running.set(job);
            if (interrupted.get()) {
                cancel(job);
            }
            await(job, preview, writes);
        } finally {
            running.set(null);
        }
    }

    private ClusterStart cluster(ClusterSize needed) {
        ClusterStart start = cluster;
        if (start != null && !size.holds(needed)) {
            start.close();
            start = null;
        }
        if (start == null) {
            size = size.holds(needed) ? size : needed;
            start = ClusterStart.begin(size);
            cluster = start;
        }
        return start;
    }

    private void await(RunningJob job, Preview preview, boolean writes) throws InterruptedException {
        ScheduledExecutorService refresher = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "rows");
            thread.setDaemon(true);
            return thread;
        });
        var refreshing = refresher.scheduleWithFixedDelay(
                () -> {
                    preview.flush();
                    if (preview.isClosed()) {
                        interrupt();
                    }
                },
                REFRESH_MILLIS,
                REFRESH_MILLIS,
                TimeUnit.MILLISECONDS);
        try {
            job.await();
        } catch (LaminarException e) {
            if (!interrupted.get()) {
                preview.show();
                throw e;
            }
        } finally {
            refreshing.cancel(false);
            refresher.shutdownNow();
            refresher.awaitTermination(1, TimeUnit.MINUTES);
        }
        if (!writes) {
            preview.finish();
        } else {
            terminal.err().println(job.progress().rowsIn() + " rows read");
        }
    }

    @Override
    public void interrupt() {
        interrupted.set(true);
        RunningJob job = running.get();
        if (job != null) {
            // In a thread of its own: signals may not wait for it.
            Thread stopper = new Thread(() -> cancel(job), "stop");
            stopper.setDaemon(true);
            stopper.start();
        }
    }

    private void cancel(RunningJob job) {
        try {
            job.cancel();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (LaminarException e) {
            terminal.err().println(e.describe());
        }
    }

    @Override
    public List<Column> columns(String declarations, String table) {
        SqlSource text =
                new SqlSource("<columns>", declarations + "SELECT * FROM \"" + table.replace("\"", "\"\"") + "\";");
        Schema schema =
                Planning.compile(text, settings).plan().sinks().get(0).table().schema();
        return schema.fields().stream()
                .map(field -> new Column(field.name(), field.type().sql() + (field.nullable() ? "" : " NOT NULL")))
                .toList();
    }

    @Override
    public List<String> stored() {
        return List.of();
    }

    @Override
    public void close() {
        if (cluster != null) {
            cluster.close();
        }
    }
}
