package io.laminar.flink.metrics;

import io.laminar.flink.scale.StageLoad;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;

/** How busy the subtasks of jobs are, from Flink's own metrics of tasks and sources. */
public final class JobLoads {
    static final String BUSY = "busyTimeMsPerSecond";
    static final String BACKPRESSURED = "backPressuredTimeMsPerSecond";
    static final String BACKLOG = "pendingRecords";
    static final String READ = NodeCounters.PREFIX + Role.SOURCE + '.' + NodeCounters.ROWS_IN;
    private static final Set<String> NAMES = Set.of(BUSY, BACKPRESSURED, BACKLOG, READ);
    static final double MILLIS = 1000;
    private static final double NANOS = 1e9;

    private record Source(String job, String stage, String name, Metric metric) {}

    /** Rows a stage had read at a time. */
    private record Reading(long rows, long nanos) {}

    private final List<Source> live = new ArrayList<>();
    private final Map<String, Reading> last = new HashMap<>();

    static boolean isWanted(String name) {
        return NAMES.contains(name);
    }

    synchronized void added(String job, String stage, String name, Metric metric) {
        live.add(new Source(job, stage, name, metric));
    }

    synchronized void removed(Metric metric) {
        live.removeIf(source -> source.metric() == metric);
    }

    synchronized void forget(String job) {
        last.keySet().removeIf(key -> key.startsWith(job + '/'));
    }

    /** The loads of a job's stages since the last call, by id of the stage; rates are 0 at the first one. */
    public synchronized Map<String, StageLoad> of(String job, long nanos) {
        Map<String, Sums> stages = new TreeMap<>();
        for (Source source : live) {
            if (source.job().equals(job)) {
                stages.computeIfAbsent(source.stage(), stage -> new Sums()).add(source.name(), value(source.metric()));
            }
        }
        Map<String, StageLoad> loads = new TreeMap<>();
        stages.forEach((stage, sums) -> {
            if (sums.subtasks > 0) {
                loads.put(stage, sums.load(rate(job + '/' + stage, sums.rows, nanos)));
            }
        });
        return loads;
    }

    private double rate(String key, long rows, long nanos) {
        Reading before = last.put(key, new Reading(rows, nanos));
        return before == null || nanos <= before.nanos() || rows < before.rows()
                ? 0
                : (rows - before.rows()) * NANOS / (nanos - before.nanos());
    }

    private static double value(Metric metric) {
        if (metric instanceof Counter counter) {
            return counter.getCount();
        }
        return metric instanceof Gauge<?> gauge && gauge.getValue() instanceof Number number
                ? number.doubleValue()
                : Double.NaN;
    }

    private static final class Sums {
        private int subtasks;
        private double busy;
        private double backpressured;
        private long backlog = -1;
        private long rows;

        void add(String name, double value) {
            if (Double.isNaN(value)) {
                return;
            }
            switch (name) {
                case BUSY -> {
                    subtasks++;
                    busy += value / MILLIS;
                }
                case BACKPRESSURED -> backpressured += value / MILLIS;
                case BACKLOG -> backlog = Math.max(0, backlog) + (long) value;
                default -> rows += (long) value;
            }
        }

        StageLoad load(double rowsPerSecond) {
            return new StageLoad(busy / subtasks, backpressured / subtasks, rowsPerSecond, backlog);
        }
    }
}
