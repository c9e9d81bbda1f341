package io.laminar.sql.parser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Long texts take time in proportion; deep ones give an error. */
@Timeout(30)
class LargeTextTest {

    private static final int DEEP = 10_000;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT (;1;)",
                "SELECT f(;1;)",
                "SELECT a[;1;]",
                "SELECT [;1;]",
                "SELECT (SELECT ;1;)",
                "SELECT CASE WHEN ;a; THEN 1 END",
                "SELECT * FROM (;t;)",
                "SELECT * FROM (SELECT * FROM ;t;)",
                "(;SELECT 1;)",
                "SELECT a IN (;1;)",
                "SELECT CAST(;a; AS INT)",
                "SELECT coalesce(a, ;b;)",
                "SELECT 1 FROM t GROUP BY GROUPING SETS (;a;)",
                "CREATE TABLE t (a ARRAY<;INT;>)",
                "CREATE TABLE t (a STRUCT<b ;INT;>)",
                "SELECT x::MAP<TEXT, ;INT;>",
                "CREATE TABLE t WITH (a = [;1;])",
                "WITH a AS (;SELECT 1;) SELECT 1",
                "SELECT * FROM t MATCH_RECOGNIZE (PATTERN ((;A;)) DEFINE A AS true)",
                "SELECT INTERVAL (;1;) DAY"
            })
    void deepNestingIsAnError(String shape) {
        String[] parts = shape.split(";");
        int opening = parts[0].lastIndexOf(' ') < 0 ? 0 : startOfRepeated(parts[0]);
        String head = parts[0].substring(0, opening);
        String repeated = parts[0].substring(opening);
        String close = parts[2];
        LaminarException error = onlyError(head + repeated.repeat(DEEP) + parts[1] + close.repeat(DEEP));
        assertEquals(ErrorCode.SYNTAX, error.code());
        assertTrue(error.reason().contains("nested"), error::describe);
    }

    /** The part of the shape's opening that repeats: from its last word before a bracket, or a whole SELECT. */
    private static int startOfRepeated(String opening) {
        for (String unit : List.of(
                "(SELECT * FROM ",
                "(SELECT ",
                "CASE WHEN ",
                "CAST(",
                "coalesce(a, ",
                "f(",
                "a[",
                "GROUPING SETS (",
                "ARRAY<",
                "STRUCT<b ",
                "MAP<TEXT, ",
                "[",
                "(")) {
            if (opening.endsWith(unit)) {
                return opening.length() - unit.length();
            }
        }
        throw new IllegalArgumentException(opening);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(",
                "[",
                "f(",
                "SELECT (",
                "CASE WHEN ",
                "NOT ",
                "- ",
                "EXISTS (",
                "x::ARRAY<",
                "{",
                "a[",
                "FINAL "
            })
    void openEndsAreAnError(String piece) {
        LaminarException error = onlyError("SELECT " + piece.repeat(DEEP));
        assertTrue(error.code() == ErrorCode.SYNTAX, error::describe);
    }

    @Test
    void chainsOfTypesAndJoinsAreBounded() {
        assertTrue(onlyError("SELECT a::INT" + "[]".repeat(DEEP)).reason().contains("nested"));
        assertTrue(onlyError("SELECT 1 FROM a" + " JOIN b ON true".repeat(DEEP))
                .reason()
                .contains("joins"));
        assertTrue(onlyError("SELECT 1 FROM a" + ", b".repeat(DEEP)).reason().contains("joins"));
        assertTrue(
                onlyError("SELECT 1" + " UNION SELECT 1".repeat(DEEP)).reason().contains("operators"));
    }

    @Test
    void smallStacksGiveAnErrorToo() throws InterruptedException {
        String sql = "SELECT " + "(".repeat(190) + "1" + ")".repeat(190);
        List<ParseResult> results = new java.util.concurrent.CopyOnWriteArrayList<>();
        Thread small = new Thread(null, () -> results.add(PipelineParser.parseAll(sql)), "small", 64 * 1024);
        small.start();
        small.join();
        ParseResult result = results.get(0);
        assertTrue(result.errors().isEmpty() || result.errors().get(0).reason().contains("nested"), result::toString);
    }

    @Test
    void nestingThatPeopleWriteParses() {
        assertEquals(
                1,
                PipelineParser.parse("SELECT " + "(".repeat(150) + "1" + ")".repeat(150))
                        .size());
        assertEquals(
                1,
                PipelineParser.parse("SELECT * FROM ".repeat(1) + "(SELECT * FROM ".repeat(60) + "t" + ")".repeat(60))
                        .size());
    }

    @Test
    void longConditionsMakeLowTrees() {
        String condition = IntStream.range(0, 20_000)
                .mapToObj(i -> "a = " + i + " AND b BETWEEN 1 AND 2 AND NOT c LIKE 'x' ESCAPE '!'")
                .collect(Collectors.joining(" OR "));
        ParsedStatement statement =
                PipelineParser.parse("SELECT * FROM t WHERE " + condition).get(0);
        String text = LaminarDialect.format(statement.node());
        assertEquals(1, PipelineParser.parse(text).size());
    }

    @Test
    void chainsTooLongToWalkAreAnError() {
        String sum = IntStream.range(0, 50_000).mapToObj(i -> "a" + i).collect(Collectors.joining(" + "));
        LaminarException error = onlyError("SELECT " + sum);
        assertTrue(error.reason().contains("operators in one expression"), error::describe);
    }

    @Test
    void manyRowsParse() {
        String rows = IntStream.range(0, 50_000)
                .mapToObj(i -> "(" + i + ", 'name " + i + "', " + i + ".5, TIMESTAMP '2024-01-01 00:00:00')")
                .collect(Collectors.joining(",\n"));
        assertEquals(1, PipelineParser.parse("INSERT INTO t VALUES " + rows).size());
    }

    @Test
    void manyStatementsParseAndErrorsStaySeparate() {
        String sql = IntStream.range(0, 5_000)
                .mapToObj(i -> i % 10 == 7
                        ? "SELECT a" + i + ", FROM t;"
                        : "CREATE TABLE t" + i + " (a INT, b TEXT) WITH (connector = 'x');")
                .collect(Collectors.joining("\n"));
        ParseResult result = PipelineParser.parseAll(sql);
        assertEquals(4_500, result.statements().size());
        assertEquals(500, result.errors().size());
    }

    @Test
    void longTokensParse() {
        String million = "x".repeat(1_000_000);
        assertEquals(1, PipelineParser.parse("SELECT '" + million + "'").size());
        assertEquals(1, PipelineParser.parse("SELECT 1 /* " + million + " */").size());
        assertEquals(
                1,
                PipelineParser.parse("CREATE FUNCTION f() RETURNS INT LANGUAGE java AS $$" + million + "$$")
                        .size());
        assertEquals(1, PipelineParser.parse("SELECT " + "a.".repeat(100) + "b").size());
    }

    private static LaminarException onlyError(String sql) {
        ParseResult result = PipelineParser.parseAll(sql);
        assertEquals(1, result.errors().size(), () -> result.errors().toString());
        return result.errors().get(0);
    }
}
