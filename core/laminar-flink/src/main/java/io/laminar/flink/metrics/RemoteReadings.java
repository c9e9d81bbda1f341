package io.laminar.flink.metrics;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a remote cluster shows of a job, sorted by operator and subtask. */
final class RemoteReadings {
    private static final Pattern GAUGE =
            Pattern.compile("(\\d+)\\..*?\\.?([0-9a-f]{32})\\." + Pattern.quote(RemoteMetrics.shown(NodeGauge.NAME)));
    private static final Pattern OF_TASK =
            Pattern.compile("(\\d+)\\.(" + JobLoads.BUSY + '|' + JobLoads.BACKPRESSURED + '|' + LiveFigures.IDLE + ')');
    private static final Pattern OF_CONNECTOR = Pattern.compile(
            "(\\d+)\\.(.+)\\.(" + JobProgress.BAD_RECORDS + '|' + JobLoads.BACKLOG + '|' + LiveFigures.WATERMARK + ')');
    private static final String SOURCE = "Source";

    private final Map<String, TreeMap<Integer, Figures>> operators = new HashMap<>();
    private final Map<String, String> stages = new HashMap<>();
    /** By stage, subtask and name. */
    private final Map<String, Double> others = new HashMap<>();

    static boolean isWanted(String name, int parallelism) {
        Matcher gauge = GAUGE.matcher(name);
        Matcher task = OF_TASK.matcher(name);
        Matcher connector = OF_CONNECTOR.matcher(name);
        Matcher found = gauge.matches() ? gauge : task.matches() ? task : connector.matches() ? connector : null;
        if (found == null || found == connector && !isOfConnector(connector)) {
            return false;
        }
        // Subtasks that went when the job was given fewer are still known for a while.
        return Integer.parseInt(found.group(1)) < parallelism;
    }

    private static boolean isOfConnector(Matcher connector) {
        return connector.group(2).startsWith(SOURCE) || connector.group(3).equals(JobProgress.BAD_RECORDS);
    }

    void add(String stage, String name, String value) {
        Matcher gauge = GAUGE.matcher(name);
        if (gauge.matches()) {
            operators
                    .computeIfAbsent(gauge.group(2), id -> new TreeMap<>())
                    .put(Integer.parseInt(gauge.group(1)), NodeGauge.parse(value));
            stages.put(gauge.group(2), stage);
            return;
        }
        Matcher task = OF_TASK.matcher(name);
        Matcher connector = OF_CONNECTOR.matcher(name);
        if (task.matches()) {
            others.merge(key(stage, task.group(1), task.group(2)), number(value), Double::sum);
        } else if (connector.matches()) {
            String role = connector.group(2).startsWith(SOURCE) ? SOURCE : "";
            others.merge(key(stage, connector.group(1), role + connector.group(3)), number(value), Double::sum);
        }
    }

    private static String key(String stage, String subtask, String name) {
        return stage + ' ' + subtask + ' ' + name;
    }

    private static double number(String value) {
        try {
            double number = Double.parseDouble(value);
            return Double.isNaN(number) ? 0 : number;
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    List<OperatorFigures> of(OperatorLayout layout) {
        Map<PlanOperator, OperatorFigures> found = new LinkedHashMap<>();
        layout.operators().forEach((id, operator) -> {
            TreeMap<Integer, Figures> subtasks = operators.get(id);
            if (subtasks == null) {
                found.putIfAbsent(
                        operator, OperatorFigures.of(operator, "", layout.maxParallelism(operator), List.of()));
                return;
            }
            String stage = stages.getOrDefault(id, "");
            List<Figures> figures = new ArrayList<>();
            subtasks.forEach((index, counted) -> figures.add(complete(stage, index, operator.role(), counted)));
            found.put(operator, OperatorFigures.of(operator, stage, layout.maxParallelism(operator), figures));
        });
        return List.copyOf(found.values());
    }

    private Figures complete(String stage, int subtask, Role role, Figures counted) {
        String index = String.valueOf(subtask);
        Load load = new Load(
                share(stage, index, JobLoads.BUSY),
                share(stage, index, JobLoads.BACKPRESSURED),
                share(stage, index, LiveFigures.IDLE));
        Figures figures = counted.withLoad(load);
        if (role == Role.OPERATOR) {
            return figures;
        }
        String prefix = role == Role.SOURCE ? SOURCE : "";
        Counts counts = figures.counts();
        long bad = others.getOrDefault(key(stage, index, prefix + JobProgress.BAD_RECORDS), 0.0)
                .longValue();
        figures = figures.withCounts(counts.withBad(counts.badRows() + bad));
        if (role == Role.SINK) {
            return figures;
        }
        Double backlog = others.get(key(stage, index, SOURCE + JobLoads.BACKLOG));
        Double watermark = others.get(key(stage, index, SOURCE + LiveFigures.WATERMARK));
        figures = backlog == null ? figures : figures.withBacklog(backlog.longValue());
        return watermark == null ? figures : figures.withWatermark(watermark.longValue());
    }

    private double share(String stage, String subtask, String name) {
        return Math.min(1, others.getOrDefault(key(stage, subtask, name), 0.0) / JobLoads.MILLIS);
    }
}
