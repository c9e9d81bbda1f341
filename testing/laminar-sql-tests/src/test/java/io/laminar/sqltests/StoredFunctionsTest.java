package io.laminar.sqltests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.flink.catalog.ConnectorCatalog;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.error.Place;
import io.laminar.spi.function.UserFunction;
import io.laminar.sql.CompiledPipeline;
import io.laminar.sql.Definitions;
import io.laminar.sql.PipelineCompiler;
import io.laminar.sql.PipelineErrors;
import io.laminar.sql.PlannerContext;
import io.laminar.sql.stored.StoredDeclarations;
import io.laminar.sql.stored.StoredDefinition;
import io.laminar.sql.stored.StoredProfile;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** User functions that are stored and used by name; here because compiling them takes the whole of Laminar. */
class StoredFunctionsTest {
    private static final String TABLE =
            "CREATE TABLE t (a BIGINT, b TEXT) WITH (connector = 'test', bounded = 'true');\n";

    private final Map<String, StoredDefinition> functions = new TreeMap<>();
    private final Map<String, StoredDefinition> tables = new TreeMap<>();
    private final PlannerContext context =
            PlannerContext.of(new ConnectorCatalog()).withStored(new Store());

    private final class Store implements StoredDeclarations {
        @Override
        public Optional<StoredProfile> profile(String name) {
            return Optional.empty();
        }

        @Override
        public Optional<StoredDefinition> table(String name) {
            return Optional.ofNullable(tables.get(name.toLowerCase(Locale.ROOT)));
        }

        @Override
        public Optional<StoredDefinition> function(String name) {
            return Optional.ofNullable(functions.get(name.toLowerCase(Locale.ROOT)));
        }

        @Override
        public Collection<String> profileNames() {
            return List.of();
        }

        @Override
        public Collection<String> tableNames() {
            return tables.keySet();
        }

        @Override
        public Collection<String> functionNames() {
            return functions.keySet();
        }
    }

    StoredFunctionsTest() {
        store(
                "twice",
                "CREATE FUNCTION twice(x BIGINT) RETURNS BIGINT LANGUAGE java AS $$\n"
                        + "  public static long eval(long x) { return 2 * x; }\n$$;");
        store(
                "spread",
                "CREATE AGGREGATE FUNCTION spread(v BIGINT) RETURNS BIGINT LANGUAGE java AS $$\n"
                        + "  public static Long eval(java.util.List<Long> v) { return (long) v.size(); }\n$$");
        store(
                "words",
                "CREATE TABLE FUNCTION words(line TEXT) RETURNS STRUCT<word TEXT> LANGUAGE java AS $$\n"
                        + "  public record Word(String word) {}\n"
                        + "  public static java.util.List<Word> eval(String line) { return java.util.List.of(); }\n$$");
        store(
                "broken",
                "CREATE FUNCTION broken(x BIGINT) RETURNS BIGINT LANGUAGE java AS $$\n"
                        + "  public static long eval(long x) {\n    return y;\n  }\n$$");
    }

    private void store(String name, String text) {
        functions.put(name, new StoredDefinition(name, text));
    }

    private CompiledPipeline compile(String sql) {
        return PipelineCompiler.compile(TABLE + sql, context);
    }

    @Test
    void functionsOfAllKindsAreUsedByName() {
        assertEquals(
                Set.of("twice"),
                compile("SELECT TWICE(a), twice(twice(a)) FROM t").uses().functions());
        assertEquals(
                Set.of("spread", "twice"),
                compile("SELECT spread(twice(a)) FROM t GROUP BY b").uses().functions());
        assertEquals(
                Set.of("words"),
                compile("SELECT w.word FROM t, LATERAL TABLE(words(b)) AS w")
                        .uses()
                        .functions());
    }

    @Test
    void aStoredTableUsesAStoredFunction() {
        tables.put(
                "doubled",
                new StoredDefinition(
                        "doubled",
                        "CREATE TABLE doubled (a BIGINT, b BIGINT GENERATED ALWAYS AS (twice(a)))"
                                + " WITH (connector = 'test', bounded = 'true')"));
        CompiledPipeline pipeline = compile("SELECT b FROM doubled");
        assertEquals(Set.of("twice"), pipeline.uses().functions());
        assertEquals(Set.of("doubled"), pipeline.uses().tables());
        tables.put(
                "doubled",
                new StoredDefinition(
                        "doubled",
                        "CREATE TABLE doubled (a BIGINT,\n b BIGINT GENERATED ALWAYS AS (broken(a)))"
                                + " WITH (connector = 'test', bounded = 'true')"));
        List<LaminarException> errors = PipelineCompiler.validate(TABLE + "SELECT b FROM doubled", context);
        assertEquals(new Place.Sql(2, 15, 2, 21), errors.get(0).place());
        assertTrue(
                errors.get(0)
                        .reason()
                        .startsWith("in the stored table 'doubled', line 2, column 32: in the stored function 'broken',"
                                + " line 3, column 12: "),
                errors::toString);
    }

    @Test
    void theTextsOwnFunctionsAndLaminarsWin() {
        CompiledPipeline pipeline = compile("CREATE FUNCTION twice(x TEXT) RETURNS TEXT LANGUAGE java AS $$"
                + " public static String eval(String x) { return x + x; } $$; SELECT twice(b) FROM t");
        assertEquals(Set.of(), pipeline.uses().functions());
        store("upper", "nonsense");
        assertEquals(Set.of(), compile("SELECT upper(b) FROM t").uses().functions());
    }

    @Test
    void errorsOfStoredFunctionsAreWhereTheTextCallsThem() {
        List<LaminarException> errors =
                PipelineCompiler.validate(TABLE + "SELECT a,\n  broken(a) FROM t;\nSELECT broken(a) FROM t", context);
        assertEquals(1, errors.size(), errors::toString);
        assertEquals(ErrorCode.FUNCTION_NOT_COMPILED, errors.get(0).code());
        assertEquals(new Place.Sql(3, 3, 3, 11), errors.get(0).place());
        assertTrue(
                errors.get(0).reason().startsWith("in the stored function 'broken', line 3, column 12: "),
                errors::toString);
    }

    @Test
    void unknownFunctionsProposeStoredOnes() {
        List<LaminarException> errors = PipelineCompiler.validate(TABLE + "SELECT twise(a) FROM t", context);
        assertEquals("did you mean 'twice'?", errors.get(0).hint());
    }

    @Test
    void aDefinitionIsReadAndCompiled() {
        UserFunction function = Definitions.function(functions.get("twice").text(), context);
        assertEquals("twice", function.name());
        PipelineErrors errors = assertThrows(
                PipelineErrors.class,
                () -> Definitions.function(functions.get("broken").text(), context));
        assertEquals(new Place.Sql(3, 12, 3, 12), errors.errors().get(0).place());
        assertThrows(PipelineErrors.class, () -> Definitions.function("SELECT 1", context));
        PipelineErrors taken = assertThrows(
                PipelineErrors.class,
                () -> Definitions.function(functions.get("twice").text().replace("twice", "upper"), context));
        assertEquals(ErrorCode.DUPLICATE_NAME, taken.errors().get(0).code());
    }
}
