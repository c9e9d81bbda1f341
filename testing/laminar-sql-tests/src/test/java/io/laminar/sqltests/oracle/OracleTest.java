package io.laminar.sqltests.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.sqltests.Repository;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Final rows equal DuckDB's, query by query. */
class OracleTest {

    private static final long SEED = Long.getLong("laminar.oracle.seed", 20011L);
    private static final int QUERIES = Integer.getInteger("laminar.oracle.queries", 400);

    private static final Map<RandomQueries, PassedOver> PASSED_OVER = new EnumMap<>(RandomQueries.class);

    private static DuckDb duck;
    private static FlightsOnLaminar laminar;

    @BeforeAll
    static void load() throws SQLException {
        duck = new DuckDb(Repository.root().resolve("examples/data/flights.ndjson"));
        laminar = new FlightsOnLaminar(Repository.root().resolve("examples/data/flights.ndjson"));
    }

    @AfterAll
    static void close() throws SQLException {
        PASSED_OVER.forEach((generator, passedOver) -> passedOver.print(generator));
        duck.close();
    }

    static List<PickedQueries.Pair> picked() {
        return PickedQueries.ALL;
    }

    @ParameterizedTest
    @MethodSource("picked")
    void pickedQueries(PickedQueries.Pair pair) throws SQLException {
        ResultRows expected = duck.query(pair.duck());
        assertTrue(expected.size() > 0, "a query without rows shows nothing");
        assertEquals("", laminar.query(pair.laminar(), SEED).difference(expected), pair.laminar());
    }

    static List<PickedQueries.Pair> timedJoins() {
        return TimedJoinQueries.ALL;
    }

    @ParameterizedTest
    @MethodSource("timedJoins")
    void joinsBoundedByTime(PickedQueries.Pair pair) throws SQLException {
        pickedQueries(pair);
    }

    @ParameterizedTest
    @EnumSource
    void randomQueries(RandomQueries generator) throws SQLException {
        List<String> failures = new ArrayList<>();
        int queries = generator.share(QUERIES);
        PassedOver passedOver = new PassedOver(queries);
        PASSED_OVER.put(generator, passedOver);
        int rows = 0;
        for (long seed = SEED; seed < SEED + queries + passedOver.count(); seed++) {
            PickedQueries.Pair pair = generator.draw(seed);
            ResultRows expected;
            try {
                expected = duck.query(pair.duck());
            } catch (SQLException e) {
                passedOver.add("seed " + seed + ", DuckDB: " + pair.duck(), e);
                duck.reload();
                continue;
            }
            rows += expected.size();
            String difference = difference(pair.laminar(), seed, expected);
            if (!difference.isEmpty()) {
                failures.add("seed " + seed + ": " + pair.laminar() + "\n  " + difference);
            }
        }
        assertTrue(rows > queries, "the queries drawn from seed " + SEED + " select next to nothing");
        assertEquals(
                "",
                String.join("\n", failures),
                failures.size() + " of " + queries + " queries from seed " + SEED + " differ");
    }

    private static String difference(String sql, long seed, ResultRows expected) {
        try {
            return laminar.query(sql, seed).difference(expected);
        } catch (RuntimeException e) {
            return e.toString();
        }
    }

    /** No kind of query is rare: of 2,000 queries at least 20 have it. */
    @Test
    void allKindsAreDrawn(TestReporter report) {
        Map<String, Integer> kinds = RandomQueries.kinds(SEED, 2000);
        report.publishEntry("queries of 2000 that have", kinds.toString());
        kinds.forEach((kind, count) -> assertTrue(count >= 20, kind + " is in " + count + " queries only"));
    }
}
