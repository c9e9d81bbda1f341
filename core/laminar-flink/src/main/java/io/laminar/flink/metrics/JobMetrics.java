package io.laminar.flink.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;

/**
 * What the jobs of one embedded cluster have counted so far. Flink's reporter ({@link JobMetricsReporter}) tells it of
 * counters as they come and go; the last value of those that went is kept, so that totals are right after the end.
 */
public final class JobMetrics {
    /** The cluster's metrics by the name in its configuration. */
    private static final Map<String, JobMetrics> BY_CLUSTER = new ConcurrentHashMap<>();

    private record Source(String job, String node, String name, Metric metric) {}

    private final List<Source> live = new ArrayList<>();
    private final Map<String, Long> gone = new TreeMap<>();
    private final JobLoads loads = new JobLoads();
    private final LiveFigures figures = new LiveFigures();

    public static JobMetrics open(String cluster) {
        return BY_CLUSTER.computeIfAbsent(cluster, name -> new JobMetrics());
    }

    public static void close(String cluster) {
        BY_CLUSTER.remove(cluster);
    }

    synchronized void added(String job, String node, String name, Metric metric) {
        live.add(new Source(job, node, name, metric));
        if (isState(name)) {
            // The task starts anew, after a failure: what it had is no more.
            gone.remove(key(job, node, name));
        }
    }

    private static boolean isState(String name) {
        return name.endsWith('.' + NodeCounters.STATE_BYTES) || name.endsWith('.' + NodeCounters.SPILLED_BYTES);
    }

    synchronized void removed(Metric metric) {
        live.removeIf(source -> {
            if (source.metric() != metric) {
                return false;
            }
            if (metric instanceof Counter || isState(source.name())) {
                gone.merge(key(source.job(), source.node(), source.name()), value(metric), Long::sum);
            } else if (!source.name().startsWith(NodeCounters.PREFIX)) {
                gone.put(key(source.job(), source.node(), source.name()), value(metric));
            }
            return true;
        });
    }

    /** How busy jobs are. */
    public JobLoads loads() {
        return loads;
    }

    /** What the operators of jobs do. */
    public LiveFigures figures() {
        return figures;
    }

    /** Forgets a job that has ended. */
    public synchronized void forget(String job) {
        gone.keySet().removeIf(key -> key.startsWith(job + '\n'));
        loads.forget(job);
        figures.forget(job);
    }

    /** A snapshot of one job. */
    public synchronized JobProgress progress(String job) {
        Map<String, Long> totals = new TreeMap<>();
        String prefix = job + '\n';
        gone.forEach((key, value) -> {
            if (key.startsWith(prefix)) {
                totals.merge(key.substring(prefix.length()), value, Long::sum);
            }
        });
        long watermark = Long.MAX_VALUE;
        boolean reached = false;
        for (Source source : live) {
            if (!source.job().equals(job)) {
                continue;
            }
            if (source.name().equals(NodeCounters.PREFIX + Role.SINK + '.' + NodeCounters.WATERMARK)) {
                watermark = Math.min(watermark, value(source.metric()));
                reached = true;
            } else if (!source.name().endsWith(NodeCounters.WATERMARK)) {
                totals.merge(key(source.node(), source.name()), value(source.metric()), Long::sum);
            }
        }
        return JobProgress.of(totals, reached ? watermark : Long.MIN_VALUE);
    }

    private static long value(Metric metric) {
        if (metric instanceof Counter counter) {
            return counter.getCount();
        }
        return metric instanceof Gauge<?> gauge && gauge.getValue() instanceof Number number ? number.longValue() : 0;
    }

    private static String key(String... parts) {
        return String.join("\n", parts);
    }
}
