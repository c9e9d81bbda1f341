package io.laminar.sqltests;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.plan.StreamPlan;
import io.laminar.plan.node.SourceNode;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BatchBuilder;
import io.laminar.spi.batch.Values;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import io.laminar.testing.simulator.SimulatedJob;
import io.laminar.testing.slt.Engine;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What operators say of the size of their state, against the heap that is in use because of it. */
class StateSizeTest {
    private static final double TOLERANCE = 0.25;
    private static final long ENOUGH = 12 << 20;
    private static final int MOST_ROWS = 1 << 19;
    private static final int VALUES = 1 << 18;

    /** Rows of {@code r} have other keys than those of {@code t}, so that joins keep them and emit nothing. */
    private static final String TABLES = """
            CREATE TABLE t (k BIGINT, g TEXT, v BIGINT, x DOUBLE, d DECIMAL(30, 2), s TEXT, at TIMESTAMP,
              WATERMARK FOR at) WITH (connector = 'test');
            CREATE TABLE r (k BIGINT, g TEXT, v BIGINT, s TEXT, at TIMESTAMP, WATERMARK FOR at)
              WITH (connector = 'test');
            CREATE TABLE b (k BIGINT, s TEXT) WITH (connector = 'test', bounded = 'true');
            CREATE TABLE c (k BIGINT, s TEXT, v BIGINT) WITH (connector = 'test', format = 'debezium_json');
            SET updating_flush_interval = '1 hour';
            """;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT k, count(*) AS n, sum(v) AS s FROM t GROUP BY k",
                "SELECT k, min(v) AS a, max(x) AS b, avg(x) AS c, sum(d) AS d, stddev(x) AS e FROM t GROUP BY k",
                "SELECT s, count(*) AS n, bool_or(v > 3) AS b, bit_and(v) AS c FROM t GROUP BY s",
                "SELECT k, g, corr(x, v) AS n, min(s) AS m FROM t GROUP BY k, g",
                "SELECT g, count(DISTINCT v) AS n, count(DISTINCT s) AS m FROM t GROUP BY g",
                "SELECT g, array_agg(s) AS a, median(x) AS b FROM t GROUP BY g",
                "SELECT k, first_value(s) AS a, arg_max(v, x) AS b FROM t GROUP BY k",
                "SELECT k % 2000 AS m, approx_distinct(v) AS a, approx_median(x) AS b FROM t GROUP BY k % 2000",
                "SELECT k, sum(n) AS s FROM (SELECT k, g, min(n) AS n FROM (SELECT k, g, s, count(*) AS n FROM t"
                        + " GROUP BY k, g, s) GROUP BY k, g) GROUP BY k",
                "SELECT k, count(*) AS n, max(v) AS m FROM t GROUP BY k, tumble(INTERVAL '10 s')",
                "SELECT k, count(*) AS n, max(v) AS m FROM t GROUP BY k, hop(INTERVAL '5 s', INTERVAL '20 s')",
                "SELECT k, count(*) AS n FROM t GROUP BY k, session(INTERVAL '1 s')",
                "SELECT k, count(*) AS n FROM t GROUP BY k, tumble(INTERVAL '10 s') EMIT EVERY INTERVAL '1 hour'",
                "SELECT * FROM t QUALIFY ROW_NUMBER() OVER (PARTITION BY k ORDER BY v DESC) <= 3",
                "SELECT * FROM c QUALIFY ROW_NUMBER() OVER (PARTITION BY k % 100 ORDER BY v DESC) <= 3",
                "SELECT * FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY window, k ORDER BY v) AS n FROM"
                        + " (SELECT tumble(INTERVAL '1 hour') AS window, k, s, v FROM t)) WHERE n <= 5",
                "SELECT * FROM t QUALIFY ROW_NUMBER() OVER (PARTITION BY k ORDER BY at) = 1",
                "SELECT * FROM t QUALIFY ROW_NUMBER() OVER (PARTITION BY k ORDER BY at DESC) = 1",
                "SELECT t.k, t.s, r.s AS z FROM t JOIN r ON t.k = r.k",
                "SELECT c.k, c.s, r.s AS z FROM c JOIN r ON c.k = r.k",
                "SELECT t.k, r.s FROM t LEFT JOIN r ON t.k = r.k AND r.at BETWEEN t.at AND t.at + INTERVAL '1 hour'",
                "SELECT t.k, r.s FROM t ASOF JOIN r MATCH_CONDITION t.at >= r.at ON t.k = r.k",
                "SELECT t.k, r.s FROM t ASOF JOIN r MATCH_CONDITION t.at <= r.at ON t.k = r.k",
                "SELECT p.s, a.s AS z FROM (SELECT k, s, tumble(INTERVAL '10 s') AS w FROM t) p JOIN"
                        + " (SELECT k, s, tumble(INTERVAL '10 s') AS w FROM r) a ON p.k = a.k AND p.w = a.w",
                "SELECT k, sum(v) OVER (PARTITION BY k ORDER BY at ROWS 3 PRECEDING) AS n, s FROM t",
                "SELECT k, max(v) OVER (PARTITION BY k ORDER BY at ROWS 3 PRECEDING) AS n, x, g FROM t",
                "SELECT * FROM t MATCH_RECOGNIZE (PARTITION BY k ORDER BY at MEASURES a.s AS s PATTERN (a b+)"
                        + " DEFINE b AS v > a.v)",
                "SELECT k, s FROM t INTERSECT SELECT k, s FROM r",
                "SELECT k, s FROM b ORDER BY k, s",
            })
    void isWithinAQuarterOfWhatIsInUse(String query) {
        StreamPlan plan = Engine.laminar().compiler().apply(TABLES + query + ";");
        // What is made once, whatever the size of the state, is made here.
        try (SimulatedJob job = job(plan)) {
            feed(job, 1);
        }
        SimulatedJob[] job = {job(plan)};
        feed(job[0], ENOUGH);
        long estimate = job[0].stateBytes();
        long with = used();
        job[0].close();
        job[0] = null;
        // Compared with the heap right after the job has gone, not with that before it: what other tests in this
        // process left and what goes while the job runs would be taken for negative state.
        long measured = with - used();
        String sizes = query + ": " + estimate + " bytes estimated, " + measured + " in use";
        assertTrue(Math.abs(estimate - measured) <= TOLERANCE * measured, sizes);
    }

    private static SimulatedJob job(StreamPlan plan) {
        SimulatedJob.Options options = new SimulatedJob.Options(1, 7, 0);
        return new SimulatedJob(plan, options, Engine.laminar().operators(), null);
    }

    /** Feeds all sources until there is so much state. */
    private static void feed(SimulatedJob job, long bytes) {
        Random random = new Random(11);
        for (int fed = 0; job.stateBytes() < bytes && fed < MOST_ROWS; fed += Batch.TARGET_ROWS) {
            for (SourceNode source : job.sources()) {
                job.feed(source, 0, rows(source, fed, random));
                job.run();
            }
        }
    }

    private static Batch rows(SourceNode source, int from, Random random) {
        Schema schema = source.schema();
        BatchBuilder builder = new BatchBuilder(schema, Batch.TARGET_ROWS);
        int side = source.table().name().equals("r") ? 1 : 0;
        for (int row = from; row < from + Batch.TARGET_ROWS; row++) {
            for (int c = 0; c < schema.size(); c++) {
                Values.append(schema.type(c), builder.column(c), value(schema.field(c), row, side, random));
            }
            builder.endRow(0);
        }
        return builder.build();
    }

    private static Object value(Field field, int row, int side, Random random) {
        return switch (field.name()) {
            case "k" -> 2L * random.nextInt(VALUES) + side;
            case "g" -> "group " + random.nextInt(50);
            case "s" -> "a text with number " + random.nextInt(VALUES) + (side == 0 ? "" : "!");
            case "v" -> (long) random.nextInt(VALUES);
            case "x" -> random.nextDouble();
            case "d" -> new java.math.BigDecimal(random.nextInt()).movePointLeft(2);
            case "at" -> row * 250L;
            default -> throw new IllegalArgumentException(field.name());
        };
    }

    /** Heap in use once everything that is not needed has gone. */
    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 2; i++) {
            System.gc();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }
}
