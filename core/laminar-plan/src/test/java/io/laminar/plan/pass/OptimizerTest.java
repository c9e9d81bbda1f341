package io.laminar.plan.pass;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.plan.StreamPlan;
import io.laminar.plan.node.SinkNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OptimizerTest {
    private static final Path MODULE = root().resolve("core/laminar-plan");
    private static final String PACKAGE = "java/io/laminar/plan/pass";

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("core/laminar-plan"))) {
            folder = folder.getParent();
        }
        return folder;
    }

    private static List<String> texts(Path folder) throws IOException {
        List<String> texts = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                texts.add(Files.readString(file));
            }
        }
        return texts;
    }

    /** The names of all classes that are passes. */
    private static List<String> passes() throws IOException {
        List<String> passes = new ArrayList<>();
        try (Stream<Path> files = Files.list(MODULE.resolve("src/main").resolve(PACKAGE))) {
            for (Path file : files.sorted().toList()) {
                if (Files.readString(file).contains(" implements PlanPass {")) {
                    passes.add(file.getFileName().toString().replace(".java", ""));
                }
            }
        }
        assertTrue(passes.contains("RepeatPasses"), passes.toString());
        return passes;
    }

    @Test
    void everyPassIsInTheDesignAndInATest() throws IOException {
        String design = Files.readString(root().resolve("docs/design/planner.md"));
        List<String> tests = texts(MODULE.resolve("src/test").resolve(PACKAGE));
        List<String> missing = new ArrayList<>();
        for (String pass : passes()) {
            if (!design.contains("`" + pass + "`")) {
                missing.add(pass + " in planner.md");
            }
            if (tests.stream().noneMatch(text -> text.contains("new " + pass + "("))) {
                missing.add(pass + " in a test");
            }
        }
        assertEquals(List.of(), missing);
    }

    @Test
    void passesAreRepeatedUntilNothingChanges() {
        StreamPlan plan = Plans.into(Plans.events());
        PlanPass upToThree = before -> {
            List<SinkNode> sinks = new ArrayList<>(before.sinks());
            if (sinks.size() < 3) {
                sinks.add(sinks.get(0));
            }
            return new StreamPlan(sinks, before.settings());
        };
        StreamPlan after = new RepeatPasses(List.of(upToThree)).apply(plan);
        assertEquals(3, after.sinks().size());
        assertEquals(after, new RepeatPasses(List.of(upToThree)).apply(after));
    }
}
