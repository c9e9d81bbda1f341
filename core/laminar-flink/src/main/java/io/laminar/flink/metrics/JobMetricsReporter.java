package io.laminar.flink.metrics;

import java.util.Map;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/** Passes the metrics of Laminar's operators, and those of checkpoints, to {@link JobMetrics}. */
public final class JobMetricsReporter implements MetricReporter {
    /** Key of the reporter's configuration: the cluster's name for {@link JobMetrics#open}. */
    public static final String CLUSTER = "cluster";

    private final JobMetrics metrics;

    private JobMetricsReporter(JobMetrics metrics) {
        this.metrics = metrics;
    }

    /** Found by Flink through its service file. */
    public static final class Factory implements MetricReporterFactory {
        @Override
        public MetricReporter createMetricReporter(java.util.Properties properties) {
            return new JobMetricsReporter(JobMetrics.open(properties.getProperty(CLUSTER)));
        }
    }

    @Override
    public void open(MetricConfig config) {}

    @Override
    public void close() {}

    @Override
    public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
        Map<String, String> variables = group.getAllVariables();
        String job = variables.get("<job_id>");
        if (job != null && isWanted(name)) {
            metrics.added(job, variables.getOrDefault("<operator_id>", ""), name, metric);
        }
        LiveFigures.Position position = LiveFigures.Position.of(variables);
        if (position != null && LiveFigures.isWanted(name, position)) {
            metrics.figures().added(position, name, metric);
        }
        if (job != null && JobLoads.isWanted(name)) {
            metrics.loads().added(job, variables.getOrDefault("<task_id>", ""), name, metric);
        }
    }

    @Override
    public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {
        if (isWanted(name)) {
            metrics.removed(metric);
        }
        LiveFigures.Position position = LiveFigures.Position.of(group.getAllVariables());
        if (position != null && LiveFigures.isWanted(name, position)) {
            metrics.figures().removed(position, name, metric);
        }
        if (JobLoads.isWanted(name)) {
            metrics.loads().removed(metric);
        }
    }

    private static boolean isWanted(String name) {
        return name.startsWith(NodeCounters.PREFIX) && !name.equals(NodeGauge.NAME)
                || name.equals(JobProgress.BAD_RECORDS)
                || name.equals(JobProgress.COMPLETED)
                || name.equals(JobProgress.FAILED)
                || name.equals(JobProgress.BYTES);
    }
}
