package io.laminar.sql.parser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.error.Place;
import io.laminar.sql.parser.ddl.CreateFunction;
import io.laminar.sql.parser.ddl.CreateTable;
import io.laminar.sql.parser.ddl.CreateView;
import io.laminar.sql.parser.ddl.DropObject;
import io.laminar.sql.parser.ddl.EmitQuery;
import io.laminar.sql.parser.ddl.Explain;
import io.laminar.sql.parser.ddl.SetOption;
import io.laminar.sql.parser.ddl.TableColumn;
import java.util.List;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlInsert;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.util.SqlShuttle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PipelineParserTest {

    private static SqlNode only(String sql) {
        List<ParsedStatement> statements = PipelineParser.parse(sql);
        assertEquals(1, statements.size());
        return statements.get(0).node();
    }

    @Test
    void createTableHasItsParts() {
        CreateTable table = assertInstanceOf(CreateTable.class, only("""
                CREATE TEMPORARY TABLE IF NOT EXISTS events (
                  Id BIGINT NOT NULL PRIMARY KEY,
                  topic TEXT METADATA,
                  part INT METADATA FROM 'partition',
                  day TEXT GENERATED ALWAYS AS (f(at)) VIRTUAL,
                  at TIMESTAMP,
                  PRIMARY KEY (Id, day),
                  WATERMARK FOR at AS at - INTERVAL '5 seconds'
                ) WITH (connector = 'kafka', "value.format" = 'json', value.x.y = [1, 2]) PARTITIONED BY (day)
                """));
        assertTrue(table.temporary() && table.ifNotExists());
        assertEquals("events", table.name().toString());
        assertEquals(5, table.columns().size());
        TableColumn id = table.columns().get(0);
        assertTrue(id.notNull() && id.primaryKey());
        assertEquals("Id", id.name().getSimple());
        assertEquals(TableColumn.Origin.PHYSICAL, id.origin());
        assertNull(id.metadataKey());
        assertEquals("topic", table.columns().get(1).metadataKey());
        assertEquals("partition", table.columns().get(2).metadataKey());
        TableColumn day = table.columns().get(3);
        assertEquals(TableColumn.Origin.VIRTUAL, day.origin());
        assertEquals("`f`(`at`)", String.valueOf(day.expression()));
        assertEquals(
                List.of("Id", "day"),
                table.primaryKey().stream().map(SqlIdentifier::getSimple).toList());
        assertEquals("at", table.watermark().column().getSimple());
        assertEquals(SqlKind.MINUS, table.watermark().expression().getKind());
        assertEquals(
                List.of("connector", "value.format", "value.x.y"),
                table.options().stream().map(o -> o.key()).toList());
        assertEquals("kafka", ((SqlLiteral) table.options().get(0).value()).toValue());
        assertEquals(
                SqlKind.ARRAY_VALUE_CONSTRUCTOR, table.options().get(2).value().getKind());
        assertEquals("day", table.partitionedBy().get(0).toString());
        assertNull(table.query());
    }

    @Test
    void createFunctionKnowsWhereItsCodeStarts() {
        CreateFunction function = assertInstanceOf(
                CreateFunction.class,
                only("CREATE OR REPLACE AGGREGATE FUNCTION f(a DOUBLE NOT NULL, b TEXT) RETURNS DOUBLE\n"
                        + "LANGUAGE java WITH (x = 1) AS $body$int $$;$body$"));
        assertEquals(CreateFunction.Kind.AGGREGATE, function.kind());
        assertTrue(function.replace());
        assertEquals(
                List.of(true, false),
                function.parameters().stream().map(p -> p.notNull()).toList());
        assertEquals("java", function.language().getSimple());
        assertEquals("int $$;", function.body().text());
        assertEquals(2, function.body().firstLine());
        assertEquals(37, function.body().firstColumn());
        assertEquals(Boolean.TRUE, function.returns().getNullable());
    }

    @Test
    void otherStatementsHaveTheirParts() {
        CreateView view =
                assertInstanceOf(CreateView.class, only("CREATE OR REPLACE VIEW v (a) AS SELECT 1 EMIT FINAL"));
        assertTrue(view.replace());
        assertEquals(EmitQuery.Mode.FINAL, ((EmitQuery) view.query()).mode());
        SetOption set = assertInstanceOf(SetOption.class, only("SET a.b = 5"));
        assertEquals("a.b", set.name());
        assertEquals("5", set.value().toString());
        Explain explain = assertInstanceOf(Explain.class, only("EXPLAIN (FORMAT Json) INSERT INTO t SELECT 1"));
        assertEquals(Explain.Format.JSON, explain.format());
        assertInstanceOf(SqlInsert.class, explain.statement());
        DropObject drop = assertInstanceOf(DropObject.class, only("DROP VIEW IF EXISTS v"));
        assertTrue(drop.ifExists());
        assertEquals(DropObject.Kind.VIEW, drop.kind());
        SqlInsert insert = assertInstanceOf(SqlInsert.class, only("INSERT INTO t SELECT 1 EMIT EVERY '90 s'"));
        EmitQuery emit = assertInstanceOf(EmitQuery.class, insert.getSource());
        assertEquals("INTERVAL '90' SECOND", emit.interval().toString());
        assertInstanceOf(SqlSelect.class, emit.query());
    }

    @Test
    void nodesSurviveShuttlesAndCopies() {
        for (var file : Corpus.files()) {
            for (ParsedStatement statement : PipelineParser.parse(Corpus.read(file))) {
                if (statement.node() instanceof SqlCall call && !(call instanceof SqlBasicCall)) {
                    SqlNode copy = call.clone(call.getParserPosition());
                    assertEquals(LaminarDialect.format(call), LaminarDialect.format(copy));
                }
            }
        }
        SqlNode renamed = only("SELECT a FROM t EMIT CHANGES").accept(new SqlShuttle() {
            @Override
            public SqlNode visit(SqlIdentifier id) {
                return new SqlIdentifier("z", id.getParserPosition());
            }
        });
        assertEquals("SELECT \"z\"\nFROM \"z\"\nEMIT CHANGES", LaminarDialect.format(renamed));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "a::int + b::int * 2 ; \"a\" :: INTEGER + \"b\" :: INTEGER * 2",
                "-a::int ; - \"a\" :: INTEGER",
                "j -> 'a' ->> 'b' = 'c' ; \"j\" -> 'a' ->> 'b' = 'c'",
                "(j -> ('a' ->> 'b')) ; \"j\" -> ('a' ->> 'b')",
                "(a || j) ->> 'b' ; (\"a\" || \"j\") ->> 'b'",
                "a || j ->> 'b' ; \"a\" || \"j\" ->> 'b'",
                "(j ->> 'n')::int ; (\"j\" ->> 'n') :: INTEGER",
                "(a OR b) AND c ; (\"a\" OR \"b\") AND \"c\"",
                "INTERVAL '1 hour 30 minutes' ; INTERVAL '90' MINUTE",
                "INTERVAL '1 year 6 months' ; INTERVAL '18' MONTH",
                "INTERVAL '500 ms' ; INTERVAL '0.5' SECOND",
                "INTERVAL '86401 s' ; INTERVAL '86401' SECOND(5)",
                "INTERVAL '100' SECOND ; INTERVAL '100' SECOND(3)",
                "1_000 ; 1000",
                "0xff ; 255",
                "[a, 1] ; ARRAY[\"a\", 1]"
            })
    void expressionsBindAsInPostgres(String sql, String expected) {
        assertEquals(expected, LaminarDialect.format(PipelineParser.parseExpression(sql)));
    }

    @Test
    void specialOperators() {
        assertEquals(SqlLibraryOperators.INFIX_CAST, operator("a::int"));
        assertEquals(SqlLibraryOperators.TRY_CAST, operator("TRY_CAST(a AS INT)"));
        assertEquals(SqlLibraryOperators.ILIKE, operator("a ILIKE 'x'"));
        assertEquals(SqlStdOperatorTable.POSIX_REGEX_CASE_INSENSITIVE, operator("a ~* 'x'"));
        assertEquals(SqlStdOperatorTable.EQUALS, operator("a == b"));
        assertEquals(SqlStdOperatorTable.ITEM, operator("a[1]"));
        assertEquals(SqlStdOperatorTable.ARRAY_VALUE_CONSTRUCTOR, operator("[1]"));
        assertEquals(JsonOperators.GET, operator("a -> 'b'"));
        assertEquals(JsonOperators.GET_TEXT, operator("a ->> 'b'"));
        assertEquals(JsonOperators.HAS_KEY, operator("a ? 'b'"));
        assertEquals("tumble", operator("tumble(INTERVAL '1 minute')").getName());
    }

    private static org.apache.calcite.sql.SqlOperator operator(String sql) {
        return ((SqlCall) PipelineParser.parseExpression(sql)).getOperator();
    }

    @Test
    void statementsKnowTheirPlaceAndText() {
        List<ParsedStatement> statements = PipelineParser.parse("-- a\nSELECT 1 ;\r\n\r\n  SELECT\t'x;\ny'\n  AS a; ;");
        assertEquals(2, statements.size());
        assertEquals(new Place.Sql(2, 1, 2, 8), statements.get(0).place());
        assertEquals("SELECT 1", statements.get(0).text());
        assertEquals(new Place.Sql(4, 3, 6, 6), statements.get(1).place());
        assertEquals("SELECT\t'x;\ny'\n  AS a", statements.get(1).text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ";", " ;; \n", "-- nothing", "/* nothing */", "\ufeff", "-- a\n/* b */ ; -- c"})
    void emptyTextsHaveNoStatements(String sql) {
        assertTrue(PipelineParser.parse(sql).isEmpty());
    }

    @Test
    void namesKeepTheirSpelling() {
        SqlSelect select = (SqlSelect) only("SELECT Timestamp, `b C`, \"dE\" FROM MyTable");
        assertEquals("Timestamp", select.getSelectList().get(0).toString());
        assertEquals("b C", select.getSelectList().get(1).toString());
        assertEquals("dE", select.getSelectList().get(2).toString());
        assertEquals("MyTable", select.getFrom().toString());
    }

    @Test
    void windowIsANameUnlessItStartsTheClause() {
        SqlSelect named = (SqlSelect) only("SELECT sum(a) OVER w FROM t WINDOW w AS (ORDER BY b)");
        assertEquals(1, named.getWindowList().size());
        SqlSelect alias = (SqlSelect) only("SELECT window.a FROM t window");
        assertEquals(0, alias.getWindowList().size());
        assertEquals(SqlKind.AS, alias.getFrom().getKind());
    }

    @Test
    void theFirstErrorIsThrownWithTheOthers() {
        LaminarException error = assertThrows(
                LaminarException.class, () -> PipelineParser.parse("SELECT 1; SELECT ,; SELECT 2; FOO; SELECT (1;"));
        assertEquals(ErrorCode.SYNTAX, error.code());
        assertEquals(18, ((Place.Sql) error.place()).column());
        assertEquals(2, error.getSuppressed().length);
        ParseResult result = PipelineParser.parseAll("SELECT 1; SELECT ,; SELECT 2; FOO; SELECT (1;");
        assertEquals(2, result.statements().size());
        assertEquals(3, result.errors().size());
    }

    @Test
    void expressionsAreWholeTexts() {
        assertEquals(SqlKind.PLUS, PipelineParser.parseExpression("a + 1").getKind());
        for (String wrong : List.of("", "a b", "a;", "SELECT 1", "a +", "/* a")) {
            LaminarException error = assertThrows(LaminarException.class, () -> PipelineParser.parseExpression(wrong));
            assertEquals(ErrorCode.SYNTAX, error.code(), wrong);
            assertFalse(error.reason().isBlank());
        }
    }
}
