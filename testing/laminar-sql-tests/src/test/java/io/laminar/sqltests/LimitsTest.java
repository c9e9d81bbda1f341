package io.laminar.sqltests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.plan.StreamPlan;
import io.laminar.plan.node.SinkNode;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.testing.slt.Engine;
import io.laminar.testing.slt.FlinkRuns;
import io.laminar.testing.text.Changelog;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records, rows and keys of unusual shape go through files, exchanges and state on Flink, at parallelism 2. */
class LimitsTest {
    private static final int LONG_TEXT = 10 << 20;
    private static final int COLUMNS = 1_000;

    private static FlinkRuns flink;

    @TempDir
    private Path folder = Path.of("");

    @BeforeAll
    static void start() {
        flink = new FlinkRuns();
    }

    @AfterAll
    static void stop() {
        flink.close();
    }

    private List<String> run(String sql) {
        StreamPlan plan = Engine.laminar().compiler().apply(sql.replace("$folder", folder.toString()));
        SinkNode sink = plan.sinks().get(0);
        Changelog changelog = new Changelog(sink.schema(), List.of());
        flink.run(plan, true).values().forEach(rows -> rows.forEach(changelog::apply));
        assertEquals(List.of(), changelog.contradictions());
        List<String> rows = new ArrayList<>(changelog.rows());
        rows.sort(null);
        return rows;
    }

    private BufferedWriter input(String name) throws IOException {
        return Files.newBufferedWriter(folder.resolve(name));
    }

    @Test
    void recordsOfTenMegabytes() throws IOException {
        try (BufferedWriter out = input("long.json")) {
            for (int i = 0; i < 4; i++) {
                out.write("{\"id\":" + i + ",\"text\":\"" + "abcdefghé".repeat(LONG_TEXT / 10) + i + "\"}\n");
                out.write("{\"id\":" + i + ",\"text\":\"short\"}\n");
            }
        }
        List<String> rows = run("""
                CREATE TABLE t (id INT, text TEXT) WITH (
                  connector = 'single_file', path = '$folder/long.json', format = 'json',
                  framing.newline.max_length = '64 MB');
                SELECT id, max(octet_length(text)) AS longest, right(max(text), 2) AS tail, count(DISTINCT text) AS n
                FROM t GROUP BY id;
                """);
        int bytes = LONG_TEXT / 10 * 10 + 1;
        assertEquals(
                IntStream.range(0, 4).mapToObj(i -> i + " " + bytes + " rt 2").toList(), rows);
    }

    @Test
    void rowsOfAThousandColumns() throws IOException {
        List<String> names = IntStream.range(0, COLUMNS).mapToObj(c -> "c" + c).toList();
        try (BufferedWriter out = input("wide.json")) {
            for (int row = 0; row < 50; row++) {
                int r = row;
                out.write(IntStream.range(0, COLUMNS)
                        .mapToObj(c -> "\"c" + c + "\":" + (c == 0 ? r % 2 : (r + c) % 7 == 0 ? "null" : r * c))
                        .collect(Collectors.joining(",", "{", "}\n")));
            }
        }
        String columns = names.stream().map(c -> c + " BIGINT").collect(Collectors.joining(", "));
        String sums = names.stream().skip(1).map(c -> "sum(" + c + ") AS " + c).collect(Collectors.joining(", "));
        String total = IntStream.range(0, COLUMNS / 100)
                .mapToObj(hundred ->
                        names.stream().skip(hundred * 100L).limit(100).collect(Collectors.joining(" + ")))
                .collect(Collectors.joining(") + (", "(", ") - c0"));
        List<String> rows = run("CREATE TABLE t (" + columns
                + ") WITH (connector = 'single_file', path = '$folder/wide.json', format = 'json');\n"
                + "SELECT c0, " + total + " AS total FROM (SELECT c0, " + sums + " FROM t GROUP BY c0);");
        List<String> expected = new ArrayList<>();
        for (int group = 0; group < 2; group++) {
            long sum = 0;
            for (int row = group; row < 50; row += 2) {
                for (int c = 1; c < COLUMNS; c++) {
                    sum += (row + c) % 7 == 0 ? 0 : (long) row * c;
                }
            }
            expected.add(group + " " + sum);
        }
        assertEquals(expected, rows);
    }

    /** What is too long for the stack of a thread is refused, by the parser or the planner. */
    @ParameterizedTest
    @ValueSource(ints = {500, 1_000, 1_500, 2_000, 5_000})
    void aSumOfManyTerms(int terms) {
        String sum = String.join(" + ", Collections.nCopies(terms, "counter"));
        String sql = "CREATE TABLE t (counter BIGINT) WITH (connector = 'impulse', event_rate = 1); SELECT " + sum
                + " AS s FROM t;";
        try {
            Engine.laminar().compiler().apply(sql);
        } catch (LaminarException refusal) {
            assertTrue(
                    refusal.code() == ErrorCode.LIMIT_EXCEEDED || refusal.code() == ErrorCode.SYNTAX,
                    refusal::toString);
        }
    }

    /** Nine of ten rows have one key, in an aggregation and on one side of a join. */
    @Test
    void aHotKey() throws IOException {
        int count = 200_000;
        try (BufferedWriter out = input("hot.json")) {
            for (int i = 0; i < count; i++) {
                out.write("{\"k\":" + (i % 10 == 0 ? i : -1) + ",\"v\":" + i + "}\n");
            }
        }
        List<String> rows = run("""
                CREATE TABLE t (k BIGINT, v BIGINT)
                  WITH (connector = 'single_file', path = '$folder/hot.json', format = 'json');
                SELECT hot, count(*) AS n, sum(n) AS rows, sum(s) AS s, sum(m) AS m FROM (
                  SELECT g.k = -1 AS hot, g.n AS n, g.s AS s, t.v AS m
                  FROM (SELECT k, count(*) AS n, sum(v) AS s, max(v) AS m FROM t GROUP BY k) g
                  JOIN t ON t.k = g.k AND t.v = g.m) GROUP BY hot;
                """);
        long cold = 0;
        long all = 0;
        for (long i = 0; i < count; i++) {
            all += i;
            cold += i % 10 == 0 ? i : 0;
        }
        assertEquals(
                List.of(
                        "false " + count / 10 + " " + count / 10 + " " + cold + " " + cold,
                        "true 1 " + count / 10 * 9 + " " + (all - cold) + " " + (count - 1)),
                rows);
    }
}
