package io.laminar.server.telemetry;

import io.laminar.flink.metrics.Figures;
import io.laminar.flink.metrics.JobFigures;
import io.laminar.flink.metrics.OperatorFigures;
import io.laminar.metadata.Job;
import io.laminar.metadata.Metadata;
import io.laminar.metadata.Pipeline;
import io.laminar.server.job.JobRecords;
import io.laminar.server.job.JobState;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/** All figures of the server and its jobs, read when somebody asks. */
public final class PrometheusPage {
    private static final double MICROS = 1e6;

    private final Metadata metadata;
    private final JobRecords records;
    private final String version;

    public PrometheusPage(Metadata metadata, JobRecords records, String version) {
        this.metadata = metadata;
        this.records = records;
        this.version = version;
    }

    /** The figures of a job, and what they are told by. */
    private record Look(Labels labels, JobFigures figures) {}

    record Counter(String help, ToLongFunction<Figures> value) {}

    record Gauge(String help, ToDoubleFunction<Figures> value) {}

    static final Map<String, Counter> COUNTERS = new LinkedHashMap<>();
    static final Map<String, Gauge> GAUGES = new LinkedHashMap<>();

    static {
        COUNTERS.put("rows_in", new Counter("Rows that came in", figures -> figures.counts()
                .rowsIn()));
        COUNTERS.put("rows_out", new Counter("Rows handed on", figures -> figures.counts()
                .rowsOut()));
        COUNTERS.put("bytes_in", new Counter("Bytes of rows that came in", figures -> figures.counts()
                .bytesIn()));
        COUNTERS.put("bytes_out", new Counter("Bytes of rows handed on", figures -> figures.counts()
                .bytesOut()));
        COUNTERS.put("late_rows", new Counter("Rows that were too late", figures -> figures.counts()
                .lateRows()));
        COUNTERS.put("bad_rows", new Counter("Records that could not be read", figures -> figures.counts()
                .badRows()));
        GAUGES.put("busy_ratio", new Gauge("Share of time with work", figures -> figures.load()
                .busy()));
        GAUGES.put("backpressured_ratio", new Gauge("Share of time waiting for those behind", figures -> figures.load()
                .backpressured()));
        GAUGES.put("state_bytes", new Gauge("Heap taken by state", figures -> (double) figures.stateBytes()));
        GAUGES.put("spilled_bytes", new Gauge("State on local disk", figures -> (double) figures.spilledBytes()));
        GAUGES.put(
                "watermark_lag_seconds",
                new Gauge("Watermark behind the clock", figures -> seconds(figures.watermarkLag())));
        GAUGES.put("source_lag_records", new Gauge("Records that wait outside", figures -> known(figures.backlog())));
        GAUGES.put(
                "latency_p99_seconds",
                new Gauge(
                        "Event time to sink, 99th percentile",
                        figures -> seconds(figures.latency().p99())));
    }

    private static double seconds(long micros) {
        return micros < 0 ? Double.NaN : micros / MICROS;
    }

    private static double known(long value) {
        return value < 0 ? Double.NaN : (double) value;
    }

    /** In the text format of Prometheus. */
    public String text() {
        MetricSnapshots.Builder all = MetricSnapshots.builder();
        all.metricSnapshot(InfoSnapshot.builder()
                .name("laminar_build")
                .help("The version that runs")
                .dataPoint(InfoSnapshot.InfoDataPointSnapshot.builder()
                        .labels(Labels.of("version", version))
                        .build())
                .build());
        all.metricSnapshot(GaugeSnapshot.builder()
                .name("laminar_memory_used_bytes")
                .help("Heap in use")
                .dataPoint(point(
                        (double) ManagementFactory.getMemoryMXBean()
                                .getHeapMemoryUsage()
                                .getUsed(),
                        Labels.EMPTY))
                .build());
        GaugeSnapshot.Builder states =
                GaugeSnapshot.builder().name("laminar_jobs").help("Jobs that are not over, by state");
        Map<String, Job> jobs = new HashMap<>();
        Map<String, Integer> counts = new LinkedHashMap<>();
        JobState.NOT_ENDED.forEach(state -> counts.put(state, 0));
        for (Job job : metadata.jobs().allIn(JobState.NOT_ENDED)) {
            jobs.put(job.id(), job);
            counts.merge(job.state(), 1, Integer::sum);
        }
        counts.forEach((state, count) -> states.dataPoint(point(count, Labels.of("state", state))));
        all.metricSnapshot(states.build());
        operators(jobs, all);
        return write(all.build());
    }

    private void operators(Map<String, Job> jobs, MetricSnapshots.Builder all) {
        List<Look> looks = new ArrayList<>();
        records.running().forEach((id, record) -> {
            Job job = jobs.get(id);
            JobFigures figures = record.figures().latest().orElse(null);
            if (job != null && figures != null) {
                String name = metadata.pipelines()
                        .find(job.pipeline())
                        .map(Pipeline::name)
                        .orElse("");
                looks.add(new Look(Labels.of("pipeline", name, "job", id), figures));
            }
        });
        COUNTERS.forEach((name, counter) -> {
            CounterSnapshot.Builder snapshot =
                    CounterSnapshot.builder().name("laminar_operator_" + name).help(counter.help());
            looks.forEach(look -> look.figures()
                    .operators()
                    .forEach(operator -> snapshot.dataPoint(CounterSnapshot.CounterDataPointSnapshot.builder()
                            .value((double) counter.value().applyAsLong(operator.total()))
                            .labels(labels(look.labels(), operator))
                            .build())));
            all.metricSnapshot(snapshot.build());
        });
        GAUGES.forEach((name, gauge) -> {
            GaugeSnapshot.Builder snapshot =
                    GaugeSnapshot.builder().name("laminar_operator_" + name).help(gauge.help());
            looks.forEach(look -> look.figures().operators().forEach(operator -> {
                double value = gauge.value().applyAsDouble(operator.total());
                if (!Double.isNaN(value)) {
                    snapshot.dataPoint(point(value, labels(look.labels(), operator)));
                }
            }));
            all.metricSnapshot(snapshot.build());
        });
        job("checkpoints_total", "Completed checkpoints", look -> (double) look.checkpoints(), looks, all);
        job("checkpoint_bytes", "Size of the last checkpoint", look -> (double) look.lastCheckpointBytes(), looks, all);
        job(
                "checkpoint_seconds",
                "Duration of the last checkpoint",
                look -> look.lastCheckpoint() == null
                        ? 0
                        : look.lastCheckpoint().toMillis() / 1000.0,
                looks,
                all);
    }

    private static void job(
            String name,
            String help,
            ToDoubleFunction<JobFigures> value,
            List<Look> looks,
            MetricSnapshots.Builder all) {
        boolean counts = name.endsWith("_total");
        if (counts) {
            CounterSnapshot.Builder snapshot = CounterSnapshot.builder()
                    .name("laminar_job_" + name.replace("_total", ""))
                    .help(help);
            looks.forEach(look -> snapshot.dataPoint(CounterSnapshot.CounterDataPointSnapshot.builder()
                    .value(value.applyAsDouble(look.figures()))
                    .labels(look.labels())
                    .build()));
            all.metricSnapshot(snapshot.build());
            return;
        }
        GaugeSnapshot.Builder snapshot =
                GaugeSnapshot.builder().name("laminar_job_" + name).help(help);
        looks.forEach(look -> snapshot.dataPoint(point(value.applyAsDouble(look.figures()), look.labels())));
        all.metricSnapshot(snapshot.build());
    }

    private static Labels labels(Labels job, OperatorFigures operator) {
        return job.add("operator", operator.operator().id())
                .add("name", operator.operator().name());
    }

    private static GaugeSnapshot.GaugeDataPointSnapshot point(double value, Labels labels) {
        return GaugeSnapshot.GaugeDataPointSnapshot.builder()
                .value(value)
                .labels(labels)
                .build();
    }

    private static String write(MetricSnapshots snapshots) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            PrometheusTextFormatWriter.create().write(out, snapshots);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
