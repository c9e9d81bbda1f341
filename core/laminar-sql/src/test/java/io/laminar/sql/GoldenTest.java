package io.laminar.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.laminar.plan.StreamPlan;
import io.laminar.plan.explain.ExplainTree;
import io.laminar.plan.pass.Optimizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Texts and what becomes of them: the plan, or the errors. A case of {@code src/test/resources/golden/*.txt} is a line
 * {@code === name}, the SQL, a line {@code --->}, and what is expected. The text before the first case is put before
 * every SQL. Errors tell their place in the SQL of the case. {@code LAMINAR_GOLDEN=write} in the environment writes the answers in, for
 * review.
 */
class GoldenTest {
    private static final Path FOLDER = Path.of("src/test/resources/golden");
    private static final boolean WRITE = "write".equals(System.getenv("LAMINAR_GOLDEN"));
    private static final String CASE = "=== ";
    private static final String ANSWER = "--->";

    private record Case(String name, String sql, String expected) {}

    @TestFactory
    Stream<DynamicTest> cases() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().toList().stream().flatMap(GoldenTest::cases);
        }
    }

    private static Stream<DynamicTest> cases(Path file) {
        String common;
        List<Case> cases;
        try {
            String text = Files.readString(file);
            int first = text.indexOf(CASE);
            common = text.substring(0, first);
            cases = read(text.substring(first));
            if (WRITE) {
                write(file, common, cases);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return cases.stream()
                .map(c -> DynamicTest.dynamicTest(
                        file.getFileName() + ": " + c.name(),
                        () -> assertEquals(c.expected(), WRITE ? c.expected() : answer(common, c.sql()))));
    }

    private static List<Case> read(String text) {
        List<Case> cases = new ArrayList<>();
        for (String part : text.split("(?m)^" + CASE, -1)) {
            if (part.isBlank()) {
                continue;
            }
            int line = part.indexOf('\n');
            int answer = part.indexOf("\n" + ANSWER + "\n");
            String sql = part.substring(line + 1, answer < 0 ? part.length() : answer)
                    .strip();
            String expected = answer < 0
                    ? ""
                    : part.substring(answer + ANSWER.length() + 2).strip();
            cases.add(new Case(part.substring(0, line).strip(), sql, expected));
        }
        return cases;
    }

    private static void write(Path file, String common, List<Case> cases) throws IOException {
        StringBuilder out = new StringBuilder(common);
        for (Case c : cases) {
            out.append(CASE)
                    .append(c.name())
                    .append('\n')
                    .append(c.sql())
                    .append('\n')
                    .append(ANSWER)
                    .append('\n');
            out.append(answer(common, c.sql())).append("\n\n");
        }
        Files.writeString(file, out.toString().strip() + "\n");
    }

    /** The common part is put on one line above the SQL, so that the first line of the SQL is line 2. */
    private static String answer(String common, String sql) {
        String text = common.replace('\n', ' ') + "\n" + sql;
        try {
            CompiledPipeline pipeline = PipelineCompiler.compile(text, PlannerContext.of(new TestConnectors()));
            StringBuilder out = new StringBuilder(explain(pipeline.plan()));
            pipeline.explained().forEach(e -> out.append("explained as ")
                    .append(e.format())
                    .append(":\n")
                    .append(explain(e.plan())));
            pipeline.warnings().forEach(w -> out.append("warning: ").append(w).append('\n'));
            return out.toString().strip();
        } catch (PipelineErrors e) {
            return String.valueOf(e.getMessage()).strip();
        }
    }

    /** Optimizing a plan a second time changes nothing. */
    private static String explain(StreamPlan plan) {
        String text = ExplainTree.of(plan);
        assertEquals(text, ExplainTree.of(Optimizer.optimize(plan)));
        return text;
    }
}
