package io.laminar.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.plan.StreamPlan;
import io.laminar.plan.explain.ExplainTree;
import io.laminar.plan.explain.PlanGraph;
import io.laminar.plan.node.PlanNode;
import io.laminar.plan.node.SourceNode;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.error.Place;
import io.laminar.spi.option.Placeholders;
import io.laminar.spi.table.TableDescriptor;
import io.laminar.sql.stored.StoredProfile;
import io.laminar.sql.stored.StoredUses;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class StoredDeclarationsTest {
    private final MemoryStore store = new MemoryStore()
            .profile(
                    "door",
                    "locked",
                    Map.of("password", "hunter2", "port", "7", "client.a", "1", "client.b", "2", "path", "p"))
            .table("Events", "CREATE TABLE Events (a INT, b TEXT) WITH (connection_profile = 'door', path = 'e');")
            .table("results", "CREATE TABLE results (a INT) WITH (connector = 'log')");

    private final PlannerContext context =
            PlannerContext.of(new TestConnectors()).withStored(store);

    private CompiledPipeline compile(String sql) {
        return PipelineCompiler.compile(sql, context);
    }

    private static TableDescriptor source(StreamPlan plan) {
        PlanNode node = plan.sinks().get(0);
        while (!(node instanceof SourceNode)) {
            node = node.inputs().get(0);
        }
        return ((SourceNode) node).table();
    }

    private Map<String, Object> options(String with) {
        return source(compile("CREATE TABLE t (a INT) WITH (" + with + "); SELECT a FROM t;")
                        .plan())
                .options()
                .asMap();
    }

    private LaminarException error(String sql) {
        List<LaminarException> errors = PipelineCompiler.validate(sql, context);
        assertEquals(1, errors.size(), errors::toString);
        return errors.get(0);
    }

    // Profiles ------------------------------------------------------------------------------------------------------

    @Test
    void optionsOfTheProfileComeBelowThoseOfTheTable() {
        assertEquals(
                Map.of("password", "hunter2", "port", 7L, "client", Map.of("a", "1", "b", "2"), "path", "p"),
                options("connection_profile = 'door'"));
        assertEquals(
                Map.of("password", "x", "port", 8L, "client", Map.of("a", "1", "b", "3"), "path", "p"),
                options("connector = 'locked', connection_profile = 'door', password = 'x', door = 8, client.b = 3"));
        assertEquals(
                Map.of("a", "5", "b", "2"),
                options("connection_profile = 'door', client = 'a=5'").get("client"));
    }

    @Test
    void theConnectorMustBeThatOfTheProfile() {
        LaminarException error =
                error("CREATE TABLE t (a INT) WITH (connector = 'stream', connection_profile = 'door')");
        assertEquals(ErrorCode.INVALID_OPTION, error.code());
        assertEquals(42, ((Place.Sql) error.place()).column());
        assertTrue(error.reason().contains("connector 'locked', not 'stream'"), error::describe);
    }

    @Test
    void unknownProfileNamesTheNearest() {
        LaminarException error = error("CREATE TABLE t (a INT) WITH (connection_profile = 'dor', path = 'p')");
        assertEquals(ErrorCode.UNKNOWN_PROFILE, error.code());
        assertEquals(new Place.Sql(1, 51, 1, 55), error.place());
        assertEquals("did you mean 'door'?", error.hint());
    }

    @Test
    void withoutAStoreThereAreNoProfiles() {
        List<LaminarException> errors = PipelineCompiler.validate(
                "CREATE TABLE t (a INT) WITH (connection_profile = 'door')", PlannerContext.of(new TestConnectors()));
        assertEquals(1, errors.size());
        assertEquals(
                "there is no store of connection profiles here", errors.get(0).reason());
    }

    @Test
    void errorsOfProfilesAreWhereTheTextNamesThem() {
        store.profile("odd", "locked", Map.of("passwort", "s3cret", "port", "north"));
        List<LaminarException> errors =
                PipelineCompiler.validate("CREATE TABLE t (a INT) WITH (connection_profile = 'odd')", context);
        assertEquals(1, errors.size());
        assertEquals(new Place.Sql(1, 51, 1, 55), errors.get(0).place());
        assertTrue(
                errors.get(0).reason().startsWith("in the connection profile 'odd': option 'port': 'north'"),
                errors::toString);
        store.profile("odd", "locked", Map.of("passwort", "s3cret"));
        LaminarException unknown = error("CREATE TABLE t (a INT) WITH (connection_profile = 'odd')");
        assertEquals(ErrorCode.UNKNOWN_OPTION, unknown.code());
        assertEquals("did you mean 'password'?", unknown.hint());
        assertFalse(unknown.describe().contains("s3cret"));
    }

    @Test
    void secretsAreInNoMessageAndInNoPlan() {
        store.profile("odd", "locked", Map.of("pin", "s3cret", "client", "s3cret"));
        for (LaminarException error : PipelineCompiler.validate(
                "CREATE TABLE t (a INT) WITH (connection_profile = 'odd');"
                        + " CREATE TABLE u (a INT) WITH (connector = 'locked', pin = 's3cret', client = 's3cret')",
                context)) {
            assertFalse(error.describe().contains("s3cret"), error::describe);
        }
        CompiledPipeline pipeline = compile("EXPLAIN SELECT a FROM events; EXPLAIN (FORMAT JSON) SELECT a FROM events;"
                + " INSERT INTO results SELECT a FROM events;");
        for (CompiledPipeline.Explained explained : pipeline.explained()) {
            for (String shown : List.of(
                    ExplainTree.of(explained.plan()),
                    PlanGraph.of(explained.plan()).json(),
                    PlanGraph.of(explained.plan()).dot())) {
                assertFalse(shown.contains("hunter2"), shown);
            }
        }
        TableDescriptor table = source(pipeline.plan());
        assertEquals("hunter2", table.options().asMap().get("password"));
        assertFalse(table.toString().contains("hunter2"), table::toString);
        assertFalse(store.profile("door").orElseThrow().toString().contains("hunter2"));
    }

    @Test
    void aProfileIsReadByItself() {
        PlannerContext with = context.withPlaceholders(Placeholders.of(Map.of("PW", "geheim")));
        assertEquals(
                Map.of("password", "geheim", "port", 7L, "client", Map.of("a", "1", "b", "2", "c", "3")),
                Definitions.profile(
                                new StoredProfile(
                                        "p",
                                        "locked",
                                        Map.of(
                                                "password",
                                                "{{PW}}",
                                                "door",
                                                "7",
                                                "client",
                                                "a=1,b=2",
                                                "client.c",
                                                "3")),
                                with)
                        .asMap());
        PipelineErrors errors = assertThrows(
                PipelineErrors.class,
                () -> Definitions.profile(
                        new StoredProfile(
                                "p", "locked", Map.of("pasword", "s3cret", "pin", "s3cret", "path", "{{ NO }}")),
                        with));
        assertEquals(
                Set.of(ErrorCode.UNKNOWN_OPTION, ErrorCode.INVALID_OPTION, ErrorCode.MISSING_VARIABLE),
                errors.errors().stream().map(LaminarException::code).collect(Collectors.toSet()));
        assertFalse(errors.getMessage().contains("s3cret"), errors::getMessage);
    }

    // Placeholders --------------------------------------------------------------------------------------------------

    @Test
    void placeholdersAreValuesOfTheEnvironment() {
        store.profile("env", "locked", Map.of("password", "{{ PW }}", "port", "{{PORT}}", "client.k", "<{{ PW }}>"));
        PlannerContext with = context.withPlaceholders(Placeholders.of(Map.of("PW", "geheim$1", "PORT", "99")));
        StreamPlan plan = PipelineCompiler.compile(
                        "CREATE TABLE t (a INT) WITH (connection_profile = 'env', path = '/{{ PORT }}/x');"
                                + " SELECT a FROM t",
                        with)
                .plan();
        assertEquals(
                Map.of("password", "geheim$1", "port", 99L, "client", Map.of("k", "<geheim$1>"), "path", "/99/x"),
                source(plan).options().asMap());
    }

    @Test
    void aMissingVariableIsAnErrorWithItsPlace() {
        LaminarException own = error("CREATE TABLE t (a INT) WITH (connector = 'locked', path = '{{ WHERE }}')");
        assertEquals(ErrorCode.MISSING_VARIABLE, own.code());
        assertEquals(59, ((Place.Sql) own.place()).column());
        store.profile("env", "locked", Map.of("password", "{{ PW }}"));
        LaminarException profile = error("CREATE TABLE t (a INT) WITH (connection_profile = 'env')");
        assertEquals("in the connection profile 'env': the environment has no variable 'PW'", profile.reason());
    }

    @Test
    void messagesShowPlaceholdersAndNotTheirValues() {
        PlannerContext with = context.withPlaceholders(Placeholders.of(Map.of("PORT", "s3cret")));
        List<LaminarException> errors = PipelineCompiler.validate(
                "CREATE TABLE t (a INT) WITH (connector = 'locked', port = '{{ PORT }}')", with);
        assertEquals(1, errors.size());
        assertTrue(errors.get(0).reason().contains("'{{ PORT }}' is no integer"), errors::toString);
        assertFalse(errors.get(0).describe().contains("s3cret"));
    }

    // Tables --------------------------------------------------------------------------------------------------------

    @Test
    void storedTablesAreReadAndWritten() {
        CompiledPipeline pipeline = compile("INSERT INTO RESULTS SELECT a FROM eVents WHERE b = 'x'");
        TableDescriptor table = source(pipeline.plan());
        assertEquals("e", table.options().asMap().get("path"));
        assertEquals("results", pipeline.plan().sinks().get(0).table().name());
        assertEquals(new StoredUses(Set.of("door"), Set.of("Events", "results"), Set.of()), pipeline.uses());
    }

    @Test
    void theTextsOwnTablesWin() {
        CompiledPipeline pipeline = compile("CREATE TABLE events (a INT) WITH (connector = 'batch', path = 'own');"
                + " CREATE VIEW results AS SELECT a FROM events; SELECT a FROM results");
        assertEquals("own", source(pipeline.plan()).options().asMap().get("path"));
        assertEquals(StoredUses.NONE, pipeline.uses());
        // Also before they are declared, where they are not known yet.
        assertEquals(
                ErrorCode.UNKNOWN_TABLE,
                error("SELECT a FROM events; CREATE TABLE events (a INT) WITH (connector = 'batch')")
                        .code());
    }

    @Test
    void storedTablesArePartOfJoinsViewsAndSubqueries() {
        CompiledPipeline pipeline = compile("CREATE VIEW v AS SELECT a FROM events;"
                + " SELECT v.a FROM v JOIN events e ON e.a = v.a WHERE v.a IN (SELECT a FROM events)");
        assertEquals(Set.of("Events"), pipeline.uses().tables());
    }

    @Test
    void storedTablesTakeLateAndBadRows() {
        store.table("late", "CREATE TABLE late (a INT) WITH (connector = 'log')")
                .table(
                        "bad",
                        "CREATE TABLE bad (source TEXT NOT NULL, twice TEXT GENERATED ALWAYS AS (source || source) STORED)"
                                + " WITH (connector = 'log')")
                .table(
                        "risky",
                        "CREATE TABLE risky (a INT, at TIMESTAMP, WATERMARK FOR at)"
                                + " WITH (connector = 'stream', bad_data = 'dead_letter', bad_data.table = 'bad')");
        CompiledPipeline pipeline = compile("SET late_rows = 'late'; INSERT INTO results"
                + " SELECT count(*)::INT FROM risky GROUP BY tumble(INTERVAL '1 minute')");
        assertEquals(Set.of("late", "bad", "risky", "results"), pipeline.uses().tables());
        assertEquals(3, pipeline.plan().sinks().size());
    }

    @Test
    void unknownTablesProposeStoredOnes() {
        assertEquals("did you mean 'Events'?", error("SELECT a FROM event").hint());
    }

    @Test
    void errorsOfStoredTablesAreWhereTheTextUsesThem() {
        store.table("broken", "CREATE TABLE broken (\n  a INTT,\n  b WRONG\n) WITH (connector = 'stream')");
        List<LaminarException> errors =
                PipelineCompiler.validate("SELECT 1;\nSELECT a FROM broken;\nSELECT b FROM broken", context);
        assertEquals(2, errors.size(), errors::toString);
        for (LaminarException error : errors) {
            assertEquals(ErrorCode.UNKNOWN_TYPE, error.code());
            assertEquals(new Place.Sql(2, 15, 2, 20), error.place());
        }
        assertTrue(
                errors.get(0).reason().startsWith("in the stored table 'broken', line 2, column 5: "),
                errors::toString);
    }

    @Test
    void errorsThatComeUpInPlanningFindBackToo() {
        store.table(
                        "late_error",
                        "CREATE TABLE late_error (\n  a INT,\n  b INT GENERATED ALWAYS AS (a + nope)\n)"
                                + " WITH (connector = 'stream')")
                .table("gone", "CREATE TABLE gone (a INT)\n WITH (connector = 'stream', path = 'refused')");
        LaminarException expression = error("SELECT b FROM late_error");
        assertEquals(ErrorCode.UNKNOWN_COLUMN, expression.code());
        assertEquals(new Place.Sql(1, 15, 1, 24), expression.place());
        assertTrue(
                expression.reason().startsWith("in the stored table 'late_error', line 3, column 34: "),
                expression::describe);
        LaminarException refused = error("SELECT a\nFROM gone");
        assertEquals(new Place.Sql(2, 6, 2, 9), refused.place());
        assertEquals("in the stored table 'gone', line 1, column 14: there is no file 'refused'", refused.reason());
    }

    @Test
    void aDefinitionIsOneTableOfItsNameWithAConnector() {
        store.table("two", "CREATE TABLE two (a INT) WITH (connector = 'log'); SELECT 1")
                .table("select", "SELECT 1")
                .table("other", "CREATE TABLE another (a INT) WITH (connector = 'log')")
                .table("memory", "CREATE TABLE memory (a INT)")
                .table("filled", "CREATE TABLE filled WITH (connector = 'log') AS SELECT 1 AS a")
                .table("syntax", "CREATE TABLE syntax (a INT");
        for (String name : List.of("two", "other", "memory", "filled")) {
            LaminarException error = error("SELECT a FROM " + name);
            assertEquals(ErrorCode.INVALID_SCHEMA, error.code(), error::describe);
            assertEquals(15, ((Place.Sql) error.place()).column(), error::describe);
        }
        assertEquals(ErrorCode.INVALID_SCHEMA, error("SELECT a FROM \"select\"").code());
        LaminarException syntax = error("SELECT a FROM syntax");
        assertEquals(ErrorCode.SYNTAX, syntax.code());
        assertEquals(new Place.Sql(1, 15, 1, 20), syntax.place());
    }

    @Test
    void storedTablesAreNotDropped() {
        assertEquals(
                ErrorCode.IN_USE,
                error("SELECT a FROM events; DROP TABLE events").code());
        assertEquals(ErrorCode.UNKNOWN_TABLE, error("DROP TABLE events").code());
    }

    // Definitions ---------------------------------------------------------------------------------------------------

    @Test
    void aTablesDefinitionIsRead() {
        TableDefinition table = Definitions.table(
                "CREATE TABLE t (a INT, b INT GENERATED ALWAYS AS (a + 1) STORED) WITH (connection_profile = 'door')",
                context);
        assertEquals("t", table.name());
        assertEquals("locked", table.connector());
        assertEquals("door", table.profile().orElseThrow());
        assertEquals(List.of("a", "b"), table.schema().names());
        assertEquals(List.of("a"), table.source().schema().names());
        assertEquals(List.of("a", "b"), table.sink().schema().names());
    }

    @Test
    void errorsOfDefinitionsHaveTheirOwnPlace() {
        PipelineErrors errors = assertThrows(
                PipelineErrors.class,
                () -> Definitions.table("CREATE TABLE t (a NOPE)\nWITH (connector = 'log', x = 1)", context));
        assertEquals(
                List.of(Place.Sql.at(1, 17).line(), 2),
                errors.errors().stream()
                        .map(e -> ((Place.Sql) e.place()).line())
                        .toList());
        for (String text : List.of("", "SELECT 1", "CREATE TABLE t (a INT); SELECT 1", "CREATE TABLE t (a INT)")) {
            assertThrows(PipelineErrors.class, () -> Definitions.table(text, context), text);
        }
    }
}
