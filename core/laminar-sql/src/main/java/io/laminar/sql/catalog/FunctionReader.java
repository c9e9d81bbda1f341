package io.laminar.sql.catalog;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.function.AsyncCalls;
import io.laminar.spi.function.UserFunction;
import io.laminar.spi.function.UserFunction.Kind;
import io.laminar.spi.function.UserFunction.Parameter;
import io.laminar.spi.function.UserFunctionCompiler;
import io.laminar.spi.function.UserFunctionText;
import io.laminar.spi.option.Option;
import io.laminar.spi.option.OptionValues;
import io.laminar.spi.option.Placeholders;
import io.laminar.sql.error.ErrorCollector;
import io.laminar.sql.error.Places;
import io.laminar.sql.parser.ddl.CreateFunction;
import io.laminar.sql.parser.ddl.FunctionParameter;
import io.laminar.sql.type.TypeSpecs;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.UUID;

/** Reads CREATE FUNCTION and has the program text compiled. */
public final class FunctionReader {
    private static final Option ORDERED = Option.bool("ordered", "Whether rows leave in the order in which they came.")
            .withDefault(AsyncCalls.DEFAULT.ordered());
    private static final Option TIMEOUT =
            Option.duration("timeout", "After this time a call has failed.").withDefault(AsyncCalls.DEFAULT.timeout());
    private static final Option CONCURRENCY = Option.integer(
                    "concurrency", "Calls that a subtask has under way at the same time.")
            .withDefault((long) AsyncCalls.DEFAULT.concurrency());
    private static final Option RETRIES = Option.integer("retries", "How often a call that failed is tried again.")
            .withDefault((long) AsyncCalls.DEFAULT.retries());
    private static final List<Option> ASYNC = List.of(ORDERED, TIMEOUT, CONCURRENCY, RETRIES);

    private final UUID pipeline = UUID.randomUUID();
    private final ErrorCollector errors;

    public FunctionReader(ErrorCollector errors) {
        this.errors = errors;
    }

    /**
     * The function, compiled.
     *
     * @throws LaminarException with its place in the SQL text
     */
    public UserFunction read(CreateFunction create) {
        List<Parameter> parameters = new ArrayList<>();
        for (FunctionParameter parameter : create.parameters()) {
            parameters.add(new Parameter(parameter.name().getSimple(), TypeSpecs.read(parameter.type())));
        }
        UserFunctionText text = new UserFunctionText(
                pipeline,
                create.name().getSimple().toLowerCase(Locale.ROOT),
                Kind.valueOf(create.kind().name()),
                parameters,
                TypeSpecs.read(create.returns()),
                calls(create),
                create.body().text(),
                create.body().firstLine(),
                create.body().firstColumn());
        return compiler(create).compile(text);
    }

    private AsyncCalls calls(CreateFunction create) {
        OptionGroup group = new OptionGroup(create.options(), Placeholders.NONE, errors);
        boolean async = create.kind() == CreateFunction.Kind.ASYNC;
        OptionValues values = group.take(async ? ASYNC : List.of(), Places.of(create.name()));
        group.refuseUnknown("a function of this kind");
        return new AsyncCalls(
                values.bool(ORDERED),
                positive(create, TIMEOUT, values.duration(TIMEOUT)),
                (int) Math.min(Integer.MAX_VALUE, positive(create, CONCURRENCY, values.integer(CONCURRENCY))),
                (int) Math.min(Integer.MAX_VALUE, Math.max(0, values.integer(RETRIES))));
    }

    private static long positive(CreateFunction create, Option option, long value) {
        if (value > 0) {
            return value;
        }
        throw new LaminarException(
                ErrorCode.INVALID_OPTION,
                "option '" + option.name() + "' must be more than 0",
                Places.of(create.name()),
                option.description(),
                null);
    }

    private static UserFunctionCompiler compiler(CreateFunction create) {
        String language = create.language().getSimple().toLowerCase(Locale.ROOT);
        List<String> known = new ArrayList<>();
        for (UserFunctionCompiler compiler :
                ServiceLoader.load(UserFunctionCompiler.class, FunctionReader.class.getClassLoader())) {
            if (compiler.language().equals(language)) {
                return compiler;
            }
            known.add(compiler.language());
        }
        throw new LaminarException(
                ErrorCode.UNSUPPORTED_SQL,
                "functions are not written in '" + language + "'",
                Places.of(create.language()),
                "LANGUAGE " + String.join(", ", known),
                null);
    }
}
