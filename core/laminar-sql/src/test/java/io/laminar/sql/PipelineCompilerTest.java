package io.laminar.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.plan.PipelineSettings;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.error.Place;
import io.laminar.sql.function.FunctionCatalog;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PipelineCompilerTest {
    private static final String TABLE = "CREATE TABLE t (a INT) WITH (connector = 'batch');\n";

    private final PlannerContext context = PlannerContext.of(new TestConnectors());

    @Test
    void errorsKnowTheirPlaceInTheWholeText() {
        List<LaminarException> errors =
                PipelineCompiler.validate(TABLE + "SELECT a,\n  bb FROM t;\nSELECT upper(a, 'x') FROM t;", context);
        assertEquals(2, errors.size());
        assertEquals(ErrorCode.UNKNOWN_COLUMN, errors.get(0).code());
        assertEquals(new Place.Sql(3, 3, 3, 4), errors.get(0).place());
        assertEquals(ErrorCode.WRONG_ARGUMENTS, errors.get(1).code());
        assertEquals(new Place.Sql(4, 8, 4, 20), errors.get(1).place());
    }

    @Test
    void compileThrowsAllErrors() {
        PipelineErrors errors = assertThrows(
                PipelineErrors.class,
                () -> PipelineCompiler.compile(TABLE + "SELECT b FROM t; SELECT c FROM u;", context));
        assertEquals(
                List.of(ErrorCode.UNKNOWN_COLUMN, ErrorCode.UNKNOWN_TABLE),
                errors.errors().stream().map(LaminarException::code).toList());
    }

    @Test
    void declarationsAloneAreValidButNothingToRun() {
        assertEquals(List.of(), PipelineCompiler.validate(TABLE, context));
        PipelineErrors errors = assertThrows(PipelineErrors.class, () -> PipelineCompiler.compile(TABLE, context));
        assertEquals(ErrorCode.EMPTY_PIPELINE, errors.errors().get(0).code());
    }

    @Test
    void settingsOfTheTextComeBeforeThoseOfTheContext() {
        PlannerContext given = new PlannerContext(
                new TestConnectors(),
                FunctionCatalog.installed(),
                Map.of("parallelism", "3", "updating_ttl", "1 hour"));
        PipelineSettings settings = PipelineCompiler.compile(TABLE + "SET parallelism = 2; SELECT a FROM t;", given)
                .plan()
                .settings();
        assertEquals(2, settings.values().integer(PipelineSettings.PARALLELISM));
        assertEquals(3_600_000_000L, settings.values().duration(PipelineSettings.UPDATING_TTL));
    }

    @Test
    void unknownSettingOfTheContextIsAnError() {
        PlannerContext given =
                new PlannerContext(new TestConnectors(), FunctionCatalog.installed(), Map.of("paralelism", "3"));
        LaminarException error =
                PipelineCompiler.validate(TABLE + "SELECT a FROM t;", given).get(0);
        assertEquals(ErrorCode.UNKNOWN_SETTING, error.code());
        assertTrue(String.valueOf(error.hint()).contains("parallelism"));
    }
}
