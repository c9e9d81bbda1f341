package io.laminar.sql;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.error.Place;
import io.laminar.spi.function.UserFunction;
import io.laminar.spi.option.OptionValues;
import io.laminar.sql.catalog.Connection;
import io.laminar.sql.catalog.Descriptors;
import io.laminar.sql.catalog.FunctionReader;
import io.laminar.sql.catalog.ProfileReader;
import io.laminar.sql.catalog.StoredObjects;
import io.laminar.sql.catalog.Table;
import io.laminar.sql.catalog.TableReader;
import io.laminar.sql.error.CollectedErrors;
import io.laminar.sql.error.ErrorCollector;
import io.laminar.sql.error.Places;
import io.laminar.sql.parser.ParseResult;
import io.laminar.sql.parser.PipelineParser;
import io.laminar.sql.parser.ddl.CreateFunction;
import io.laminar.sql.parser.ddl.CreateTable;
import io.laminar.sql.stored.StoredProfile;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.calcite.sql.SqlNode;

/** Texts of one declaration, as they are stored. */
public final class Definitions {

    private Definitions() {}

    /**
     * Reads one CREATE TABLE with a connector. Its expressions (generated columns, the watermark) and whether the outside
     * system has what it names are checked when a query uses it: {@link PipelineCompiler#validate} of the text and a
     * {@code SELECT * FROM} it does that.
     *
     * @throws PipelineErrors with all errors of the text
     */
    public static TableDefinition table(String sql, PlannerContext context) {
        ErrorCollector errors = new ErrorCollector();
        return checked(errors, () -> {
            CreateTable create = statement(sql, errors, CreateTable.class, "CREATE TABLE");
            if (create.query() != null) {
                throw new LaminarException(
                        ErrorCode.INVALID_SCHEMA,
                        "a table that a query fills cannot be stored",
                        Places.of(create.name()),
                        "list its columns",
                        null);
            }
            StoredObjects stored = new StoredObjects(
                    context.connectors(), context.stored(), context.placeholders(), errors, lines(sql));
            Table table = new TableReader(context.connectors(), stored, errors)
                    .read(create, List.of())
                    .orElseThrow(CollectedErrors::new);
            Connection connection = table.connection();
            if (connection == null) {
                throw new LaminarException(
                        ErrorCode.INVALID_SCHEMA,
                        "table '" + table.name() + "' has no connector",
                        Places.of(create.name()),
                        "name a connector or a connection_profile in WITH (...)",
                        null);
            }
            return new TableDefinition(
                    table.name(),
                    connection.connector().name(),
                    stored.uses().profiles().stream().findFirst(),
                    Optional.ofNullable(connection.use()),
                    connection.connector().uses(),
                    table.schema(),
                    Descriptors.of(table, connection, false),
                    Descriptors.of(table, connection, true));
        });
    }

    /**
     * Reads and compiles one CREATE FUNCTION.
     *
     * @throws PipelineErrors with all errors of the text
     */
    public static UserFunction function(String sql, PlannerContext context) {
        ErrorCollector errors = new ErrorCollector();
        return checked(errors, () -> {
            CreateFunction create = statement(sql, errors, CreateFunction.class, "CREATE FUNCTION");
            String name = create.name().getSimple();
            if (context.functions().find(name).isPresent()) {
                throw new LaminarException(
                        ErrorCode.DUPLICATE_NAME,
                        "there is a function '" + name + "' already",
                        Places.of(create.name()),
                        "functions of Laminar cannot be replaced; choose another name",
                        null);
            }
            return new FunctionReader(errors).read(create);
        });
    }

    /**
     * Reads the options of a connection profile, those by which formats reach a schema registry among them: what
     * connections are tried and asked with.
     *
     * @throws PipelineErrors with all errors; none has a place. One of code MISSING_VARIABLE says that the environment
     *     here has no value for a placeholder
     */
    public static OptionValues profile(StoredProfile profile, PlannerContext context) {
        ErrorCollector errors = new ErrorCollector();
        return checked(errors, () -> new ProfileReader(
                        context.connectors().named(profile.connector()), context.placeholders(), errors)
                .read(profile));
    }

    private static <T extends SqlNode> T statement(String sql, ErrorCollector errors, Class<T> kind, String statement) {
        ParseResult parsed = PipelineParser.parseAll(sql);
        parsed.errors().forEach(errors::add);
        if (!errors.isEmpty()) {
            throw new CollectedErrors();
        }
        boolean one = parsed.statements().size() == 1;
        if (!one || !kind.isInstance(parsed.statements().get(0).node())) {
            Place place = parsed.statements().isEmpty()
                    ? Place.Sql.at(1, 1)
                    : parsed.statements().get(one ? 0 : 1).place();
            throw new LaminarException(
                    ErrorCode.INVALID_QUERY,
                    "a stored definition is one statement " + statement,
                    place,
                    "leave everything else out",
                    null);
        }
        return kind.cast(parsed.statements().get(0).node());
    }

    private static <T> T checked(ErrorCollector errors, Supplier<T> reading) {
        T read = null;
        try {
            read = reading.get();
        } catch (LaminarException e) {
            errors.add(e);
        } catch (CollectedErrors e) {
            // They are thrown below.
        }
        if (!errors.isEmpty()) {
            throw new PipelineErrors(errors.all());
        }
        return Objects.requireNonNull(read);
    }

    static int lines(String sql) {
        return 1 + (int) sql.chars().filter(c -> c == '\n').count();
    }
}
