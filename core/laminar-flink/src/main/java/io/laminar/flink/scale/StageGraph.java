package io.laminar.flink.scale;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.flink.runtime.rest.messages.JobPlanInfo;
import org.jspecify.annotations.Nullable;

/** The stages of a job, in the order of rows. */
public record StageGraph(List<Stage> stages) {
    private static final String ONE_TO_ONE = "FORWARD";
    /** What stands between the operators in a stage's name, as in {@code a -> (b, c -> d)}. */
    private static final Pattern BETWEEN = Pattern.compile("\\s*(?:->|[(),])\\s*");

    public StageGraph {
        stages = List.copyOf(stages);
    }

    /** What a cluster knows of one vertex. */
    public record Vertex(String id, String name, int parallelism, int maxParallelism) {}

    /**
     * The graph of a job as its cluster shows it.
     *
     * @param singles ids of the stages that always have one subtask
     */
    public static StageGraph of(JobPlanInfo.Plan plan, List<Vertex> vertices, Set<String> singles) {
        Map<String, Set<String>> inputs = new HashMap<>();
        Map<String, Set<String>> tied = new HashMap<>();
        for (JobPlanInfo.Plan.Node node : plan.getNodes()) {
            // What comes over REST leaves out the empty list of a source.
            Collection<JobPlanInfo.Plan.Node.Input> read =
                    Objects.requireNonNullElse(node.getInputs(), List.<JobPlanInfo.Plan.Node.Input>of());
            for (JobPlanInfo.Plan.Node.Input input : read) {
                inputs.computeIfAbsent(node.getId(), id -> new HashSet<>()).add(input.getId());
                if (ONE_TO_ONE.equals(input.getShipStrategy())) {
                    tied.computeIfAbsent(node.getId(), id -> new HashSet<>()).add(input.getId());
                    tied.computeIfAbsent(input.getId(), id -> new HashSet<>()).add(node.getId());
                }
            }
        }
        return new StageGraph(vertices.stream()
                .map(vertex -> new Stage(
                        vertex.id(),
                        vertex.name(),
                        vertex.parallelism(),
                        vertex.maxParallelism(),
                        singles.contains(vertex.id()),
                        inputs.getOrDefault(vertex.id(), Set.of()),
                        tied.getOrDefault(vertex.id(), Set.of())))
                .toList());
    }

    /**
     * The number of subtasks of every stage, by id, after a change somebody asks for.
     *
     * @throws LaminarException RESCALE_REFUSED if that is not possible, and why
     */
    public Map<String, Integer> change(Parallelisms wanted) {
        Map<String, Integer> named = named(wanted);
        Map<String, Integer> result = new LinkedHashMap<>();
        for (Stage stage : stages) {
            Integer own = named.get(stage.id());
            if (own != null) {
                result.put(stage.id(), own);
            } else if (wanted.everywhere() != null && !isSingle(stage)) {
                result.put(stage.id(), check(stage, wanted.everywhere()));
            } else {
                result.put(stage.id(), stage.parallelism());
            }
        }
        return result;
    }

    /**
     * What is asked for of stages by name, as far as they can have it, and for the stages tied to those. What was asked of
     * another plan may name stages that this one does not have, or that must have one subtask in it: that means nothing.
     */
    public Map<String, Integer> fitting(Map<String, Integer> byStage) {
        Map<String, Integer> numbers = new LinkedHashMap<>();
        byStage.forEach((name, number) -> {
            List<Stage> found = matching(name);
            if (found.size() == 1 && !isSingle(found.get(0))) {
                for (Stage one : together(found.get(0))) {
                    numbers.merge(one.id(), Math.min(number, one.maxParallelism()), Math::max);
                }
            }
        });
        return numbers;
    }

    /** What is asked for by name, and for the stages tied to those. */
    private Map<String, Integer> named(Parallelisms wanted) {
        Map<String, Integer> named = new HashMap<>();
        Map<String, String> askedAs = new HashMap<>();
        new TreeMap<>(wanted.byStage()).forEach((name, parallelism) -> {
            Stage stage = find(name);
            check(stage, parallelism);
            for (Stage one : together(stage)) {
                if (isSingle(one) && parallelism != 1) {
                    throw refused(
                            "'" + name + "' has one subtask at every parallelism, because all of its rows have to meet",
                            "leave it out");
                }
                Integer other = named.put(one.id(), parallelism);
                String before = askedAs.put(one.id(), name);
                if (other != null && !other.equals(parallelism)) {
                    throw refused(
                            "'" + before + "' and '" + name + "' pass rows one to one, so they have the same number of"
                                    + " subtasks: not " + other + " and " + parallelism,
                            "give both the same number");
                }
            }
        });
        return named;
    }

    /** A stage and all that are tied to it, directly or through others. */
    public List<Stage> together(Stage stage) {
        Map<String, Stage> found = new LinkedHashMap<>();
        List<Stage> waiting = new ArrayList<>(List.of(stage));
        while (!waiting.isEmpty()) {
            Stage next = waiting.remove(waiting.size() - 1);
            if (found.put(next.id(), next) == null) {
                next.tied().forEach(id -> waiting.add(byId(id)));
            }
        }
        return List.copyOf(found.values());
    }

    /** Whether a stage, or one it is tied to, always has one subtask. */
    public boolean isSingle(Stage stage) {
        return together(stage).stream().anyMatch(Stage::single);
    }

    public Stage byId(String id) {
        return stages.stream()
                .filter(stage -> stage.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no stage " + id));
    }

    private Stage find(String name) {
        List<Stage> found = matching(name);
        if (found.size() == 1) {
            return found.get(0);
        }
        List<String> choice = (found.isEmpty() ? stages : found)
                .stream()
                        .map(stage ->
                                stage.id().substring(0, Math.min(8, stage.id().length())) + " (" + stage.shortName()
                                        + ")")
                        .toList();
        throw refused(
                found.isEmpty() ? "there is no operator '" + name + "'" : "there are several operators '" + name + "'",
                "there are " + String.join(", ", choice));
    }

    private List<Stage> matching(String name) {
        return stages.stream()
                .filter(stage -> !name.isEmpty() && (stage.id().startsWith(name) || isNamed(stage, name)))
                .toList();
    }

    private static boolean isNamed(Stage stage, String name) {
        return stage.name().equals(name) || BETWEEN.splitAsStream(stage.name()).anyMatch(name::equals);
    }

    private static int check(Stage stage, int parallelism) {
        if (parallelism < 1 || parallelism > stage.maxParallelism()) {
            throw refused(
                    "'" + stage.shortName() + "' can have 1 to " + stage.maxParallelism() + " subtasks, not "
                            + parallelism,
                    null);
        }
        return parallelism;
    }

    private static LaminarException refused(String reason, @Nullable String hint) {
        return new LaminarException(ErrorCode.RESCALE_REFUSED, reason, null, hint, null);
    }
}
