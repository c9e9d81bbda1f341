package io.laminar.sql;

import io.laminar.spi.function.FunctionCategory;
import io.laminar.spi.function.FunctionDeclaration;
import io.laminar.spi.function.FunctionKind;
import io.laminar.spi.function.FunctionProvider;
import io.laminar.spi.function.NullHandling;
import io.laminar.spi.function.Signature;
import io.laminar.spi.function.Volatility;
import java.util.Arrays;
import java.util.List;

/** A few functions, so that planning is tested without the engine. */
public final class TestFunctions implements FunctionProvider {
    @Override
    public List<FunctionDeclaration> functions() {
        return List.of(
                aggregate("count", "count() -> bigint", "count(any) -> bigint"),
                aggregate(
                        "sum",
                        "sum(tinyint) -> bigint",
                        "sum(smallint) -> bigint",
                        "sum(int) -> bigint",
                        "sum(bigint) -> decimal(38)",
                        "sum(decimal) -> decimal(38)",
                        "sum(double) -> double"),
                aggregate("avg", "avg(decimal) -> decimal(38, 6)", "avg(double) -> double"),
                aggregate("min", "min(T) -> T"),
                aggregate("max", "max(T) -> T"),
                aggregate("string_agg", "string_agg(text, text) -> text"),
                scalar("upper", "upper(text) -> text"),
                scalar("date_trunc", "date_trunc(text, timestamp) -> timestamp"),
                scalar("extract", "extract(text, timestamp) -> bigint"),
                scalar("date_bin", "date_bin(interval, timestamp) -> timestamp"),
                scalar("regexp_like", "regexp_like(text, text) -> boolean", "regexp_like(text, text, text) -> boolean"),
                scalar("json_get_json", "json_get_json(json, text) -> json", "json_get_json(json, bigint) -> json"),
                scalar("json_get_str", "json_get_str(json, text) -> text", "json_get_str(json, bigint) -> text"),
                scalar("btrim", "btrim(text) -> text", "btrim(text, text) -> text"),
                scalar("strpos", "strpos(text, text) -> bigint"),
                scalar("now", "now() -> timestamptz"),
                random());
    }

    private static FunctionDeclaration random() {
        FunctionDeclaration steady = scalar("random", "random() -> double");
        return new FunctionDeclaration(
                steady.name(),
                steady.aliases(),
                steady.kind(),
                steady.category(),
                steady.signatures(),
                Volatility.VOLATILE,
                steady.nulls(),
                steady.description(),
                steady.examples());
    }

    private static FunctionDeclaration scalar(String name, String... signatures) {
        return declare(name, FunctionKind.SCALAR, signatures);
    }

    private static FunctionDeclaration aggregate(String name, String... signatures) {
        return declare(name, FunctionKind.AGGREGATE, signatures);
    }

    private static FunctionDeclaration declare(String name, FunctionKind kind, String... signatures) {
        return new FunctionDeclaration(
                name,
                List.of(),
                kind,
                FunctionCategory.TEXT,
                Arrays.stream(signatures).map(Signature::parse).toList(),
                Volatility.IMMUTABLE,
                NullHandling.RETURNS_NULL,
                "For tests.",
                List.of());
    }
}
