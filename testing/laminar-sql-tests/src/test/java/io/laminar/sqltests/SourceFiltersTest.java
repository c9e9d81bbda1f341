package io.laminar.sqltests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.plan.StreamPlan;
import io.laminar.plan.explain.ExplainTree;
import io.laminar.plan.node.SinkNode;
import io.laminar.spi.batch.BatchBuilder;
import io.laminar.spi.batch.LongBuilder;
import io.laminar.spi.format.FileFormat;
import io.laminar.spi.format.FileWriter;
import io.laminar.spi.format.FormatSpec;
import io.laminar.spi.format.Formats;
import io.laminar.spi.option.OptionValues;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import io.laminar.testing.slt.Engine;
import io.laminar.testing.slt.FlinkRuns;
import io.laminar.testing.text.Changelog;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a source leaves out changes no result on Flink: neither the rows, nor which of them are late. */
class SourceFiltersTest {
    private static final int PARTS = 10;
    private static final int PART = 500;
    private static final long HOUR = 3_600_000_000L;
    private static final long START = 1_704_067_200_000_000L;
    private static final Schema SCHEMA = Schema.of(
            new Field("id", Scalar.BIGINT), new Field("part", Scalar.BIGINT), new Field("at", Scalar.TIMESTAMP, false));

    @TempDir
    static Path folder;

    private static FlinkRuns flink;

    /**
     * Row groups of 500 rows and less. The times of the second part are an hour ahead, so that rows behind it are late;
     * those of the last one are a day ahead.
     */
    @BeforeAll
    static void write() throws IOException {
        flink = new FlinkRuns();
        FormatSpec spec = new FormatSpec(
                "parquet", SCHEMA, List.of(0, 1, 2), new OptionValues(Map.of("parquet.row_group_size", 1_000L)));
        FileFormat format = (FileFormat) Formats.named("parquet");
        try (OutputStream out = Files.newOutputStream(folder.resolve("events.parquet"))) {
            FileWriter writer = format.create(out, spec);
            for (int part = 0; part < PARTS; part++) {
                BatchBuilder rows = new BatchBuilder(SCHEMA, PART);
                for (int i = 0; i < PART; i++) {
                    long id = (long) part * PART + i;
                    long ahead = part == 1 ? HOUR : part == PARTS - 1 ? 24 * HOUR : 0;
                    ((LongBuilder) rows.column(0)).append(id);
                    ((LongBuilder) rows.column(1)).append(part);
                    ((LongBuilder) rows.column(2)).append(START + id * 1_000 + ahead);
                    rows.endRow(0);
                }
                writer.write(rows.build());
            }
            writer.finish();
        }
    }

    @AfterAll
    static void stop() {
        flink.close();
    }

    private static StreamPlan plan(String sql) {
        return Engine.laminar().compiler().apply(sql);
    }

    private static StreamPlan query(String query) {
        return plan("""
                CREATE TABLE events (id BIGINT, part BIGINT, at TIMESTAMP NOT NULL, file TEXT METADATA FROM 'filename',
                    WATERMARK FOR at)
                  WITH (connector = 'filesystem', path = '%s', format = 'parquet');
                """.formatted(folder) + query + ";");
    }

    private static List<String> rows(StreamPlan plan) {
        return rows(plan, plan.sinks().get(0));
    }

    private static List<String> rows(StreamPlan plan, SinkNode sink) {
        Changelog changelog = new Changelog(sink.schema(), List.of());
        flink.run(plan, true, 1).get(sink.table().name()).forEach(changelog::apply);
        assertEquals(List.of(), changelog.contradictions());
        return changelog.rows();
    }

    /** Runs a query with a condition that the source uses, and with one that means the same and that it cannot use. */
    private static List<String> same(String query, String condition, String hidden) {
        StreamPlan pushed = query(query.formatted(condition));
        StreamPlan whole = query(query.formatted(hidden));
        assertTrue(ExplainTree.of(pushed).contains(", filter ["), ExplainTree.of(pushed));
        assertFalse(ExplainTree.of(whole).contains(", filter ["), ExplainTree.of(whole));
        List<String> rows = rows(pushed);
        assertEquals(rows(whole), rows);
        return rows;
    }

    @Test
    void theSameRowsAreLate() {
        String windows =
                "SELECT w.end AS e, count(*) AS n FROM (SELECT *, tumble(INTERVAL '1 s') AS w FROM events) WHERE"
                        + " %s GROUP BY w";
        List<String> rows = same(windows, "part IN (0, 4)", "coalesce(part, -1) IN (0, 4)");
        assertEquals(1, rows.size(), "the rows of the fifth group are late: " + rows);
        assertEquals(1, same(windows, "id >= 4600", "coalesce(id, -1) >= 4600").size());
    }

    @Test
    void rowsThatCannotBeLate() {
        assertEquals(
                List.of("1000"),
                same(
                        "SELECT count(*) AS n FROM events WHERE %s",
                        "part BETWEEN 3 AND 4", "coalesce(part, -1) BETWEEN 3 AND 4"));
    }

    @Test
    void filesAreLeftOutByTheirNames() {
        assertEquals(
                List.of("0"),
                same(
                        "SELECT count(*) AS n FROM events WHERE %s",
                        "file = 'other.parquet'", "coalesce(file, '') = 'other.parquet'"));
    }

    @Test
    void queriesThatShareAScan() {
        String queries = "SELECT count(*) AS n FROM events WHERE %s;"
                + "SELECT w.end AS e, count(*) AS n FROM (SELECT *, tumble(INTERVAL '1 s') AS w FROM events)"
                + " WHERE %s GROUP BY w";
        StreamPlan pushed = query(queries.formatted("part = 4 AND id >= 0", "part IN (0, 9)"));
        StreamPlan whole = query(queries.formatted("coalesce(part, -1) = 4", "coalesce(part, -1) IN (0, 9)"));
        String text = ExplainTree.of(pushed);
        assertTrue(text.contains(", filter [part in (4, 0, 9)]"), text);
        assertEquals(2, text.split("Source:", -1).length, "one scan: " + text);
        assertFalse(ExplainTree.of(whole).contains(", filter ["), ExplainTree.of(whole));
        assertEquals(List.of("500"), rows(pushed, pushed.sinks().get(0)));
        List<String> windows = rows(pushed, pushed.sinks().get(1));
        assertEquals(rows(whole, whole.sinks().get(1)), windows);
        assertEquals(2, windows.size(), windows.toString());
    }
}
