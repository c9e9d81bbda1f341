package io.laminar.flink.metrics;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.jspecify.annotations.Nullable;

/** The counters of the jobs of one embedded cluster by operator and subtask. What ended tasks have counted is kept. */
public final class LiveFigures {
    static final String IDLE = "idleTimeMsPerSecond";
    /** Of sources: what they hand on. Other operators tell by their {@link NodeGauge}. */
    static final String WATERMARK = "currentOutputWatermark";

    private static final Set<String> OF_TASKS = Set.of(JobLoads.BUSY, JobLoads.BACKPRESSURED, IDLE);
    private static final Set<String> OF_OPERATORS =
            Set.of(NodeGauge.NAME, JobProgress.BAD_RECORDS, JobLoads.BACKLOG, WATERMARK);

    private final Map<String, JobNodes> jobs = new HashMap<>();

    /**
     * Where a metric is.
     *
     * @param operator Flink's id; empty for metrics of a whole task
     */
    record Position(String job, String stage, String operator, int subtask) {
        static @Nullable Position of(Map<String, String> variables) {
            String job = variables.get("<job_id>");
            String subtask = variables.get("<subtask_index>");
            return job == null || subtask == null
                    ? null
                    : new Position(
                            job,
                            variables.getOrDefault("<task_id>", ""),
                            variables.getOrDefault("<operator_id>", ""),
                            Integer.parseInt(subtask));
        }
    }

    private static final class JobNodes {
        /** By stage or operator. */
        private final Map<String, Map<Integer, Subtask>> subtasks = new HashMap<>();

        private final Map<String, String> stages = new HashMap<>();

        Map<Integer, Subtask> of(String id) {
            return subtasks.computeIfAbsent(id, any -> new TreeMap<>());
        }
    }

    /** The metrics of a subtask of a stage or an operator by name, and what earlier ones counted. */
    private static final class Subtask {
        private final Map<String, Metric> live = new HashMap<>();
        private Counts gone = Counts.NONE;
        private Figures last = Figures.NONE;

        private Figures figures() {
            Figures now = live.get(NodeGauge.NAME) instanceof NodeGauge gauge ? gauge.figures() : Figures.NONE;
            Counts counts = now.counts();
            now = now.withCounts(counts.withBad(counts.badRows() + (long) value(JobProgress.BAD_RECORDS, 0)))
                    .withBacklog((long) value(JobLoads.BACKLOG, -1));
            return live.containsKey(WATERMARK) ? now.withWatermark((long) value(WATERMARK, 0)) : now;
        }

        private double value(String name, double otherwise) {
            Metric metric = live.get(name);
            if (metric instanceof Counter counter) {
                return counter.getCount();
            }
            return metric instanceof Gauge<?> gauge && gauge.getValue() instanceof Number number
                    ? number.doubleValue()
                    : otherwise;
        }

        private void remove(String name, Metric metric) {
            if (live.get(name) != metric) {
                return;
            }
            if (name.equals(NodeGauge.NAME) || name.equals(JobProgress.BAD_RECORDS)) {
                Figures now = figures();
                Counts counted = now.counts();
                long own = name.equals(NodeGauge.NAME) && metric instanceof NodeGauge gauge
                        ? gauge.figures().counts().badRows()
                        : counted.badRows();
                gone = gone.plus(name.equals(NodeGauge.NAME) ? counted.withBad(own) : Counts.NONE.withBad(own));
                last = name.equals(NodeGauge.NAME) ? now : last;
            }
            live.remove(name);
        }

        private Load load() {
            return new Load(share(JobLoads.BUSY), share(JobLoads.BACKPRESSURED), share(IDLE));
        }

        private double share(String name) {
            double millis = value(name, 0);
            return Double.isNaN(millis) ? 0 : Math.min(1, millis / JobLoads.MILLIS);
        }
    }

    static boolean isWanted(String name, Position position) {
        return (position.operator().isEmpty() ? OF_TASKS : OF_OPERATORS).contains(name);
    }

    synchronized void added(Position position, String name, Metric metric) {
        JobNodes job = jobs.computeIfAbsent(position.job(), id -> new JobNodes());
        String id = position.operator().isEmpty() ? position.stage() : position.operator();
        job.of(id)
                .computeIfAbsent(position.subtask(), any -> new Subtask())
                .live
                .put(name, metric);
        job.stages.put(id, position.stage());
    }

    synchronized void removed(Position position, String name, Metric metric) {
        JobNodes job = jobs.get(position.job());
        String id = position.operator().isEmpty() ? position.stage() : position.operator();
        Subtask subtask = job == null ? null : job.of(id).get(position.subtask());
        if (subtask != null) {
            subtask.remove(name, metric);
        }
    }

    synchronized void forget(String job) {
        jobs.remove(job);
    }

    /**
     * What the operators of a job have counted until now.
     *
     * @param layout the operators of the plan
     */
    public synchronized List<OperatorFigures> of(String job, OperatorLayout layout) {
        JobNodes nodes = jobs.getOrDefault(job, new JobNodes());
        List<OperatorFigures> result = new ArrayList<>();
        Map<PlanOperator, List<String>> parts = new LinkedHashMap<>();
        layout.operators().forEach((id, operator) -> parts.computeIfAbsent(operator, any -> new ArrayList<>())
                .add(id));
        parts.forEach((operator, ids) -> {
            TreeMap<Integer, Figures> subtasks = new TreeMap<>();
            String stage = "";
            for (String id : ids) {
                stage = stage.isEmpty() ? nodes.stages.getOrDefault(id, "") : stage;
                Map<Integer, Subtask> loads = nodes.of(stage);
                figures(nodes.of(id)).forEach((index, figures) -> {
                    Subtask task = loads.get(index);
                    Figures loaded = task == null ? figures : figures.withLoad(task.load());
                    subtasks.merge(index, loaded, Figures::withPart);
                });
            }
            result.add(OperatorFigures.of(
                    operator, stage, layout.maxParallelism(operator), List.copyOf(subtasks.values())));
        });
        return result;
    }

    /** Those that run; if none does, all that ran last. What subtasks counted that are no more is with the first. */
    private static NavigableMap<Integer, Figures> figures(Map<Integer, Subtask> subtasks) {
        boolean running = subtasks.values().stream().anyMatch(subtask -> !subtask.live.isEmpty());
        TreeMap<Integer, Figures> figures = new TreeMap<>();
        Counts vanished = Counts.NONE;
        for (Map.Entry<Integer, Subtask> entry : subtasks.entrySet()) {
            Subtask subtask = entry.getValue();
            if (running && subtask.live.isEmpty()) {
                vanished = vanished.plus(subtask.gone);
            } else {
                Figures now = running ? subtask.figures() : subtask.last.withCounts(Counts.NONE);
                figures.put(entry.getKey(), now.withCounts(now.counts().plus(subtask.gone)));
            }
        }
        if (!figures.isEmpty()) {
            Figures first = figures.firstEntry().getValue();
            figures.put(figures.firstKey(), first.withCounts(first.counts().plus(vanished)));
        }
        return figures;
    }
}
