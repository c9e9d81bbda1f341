package io.laminar.sql.catalog;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.error.NearestName;
import io.laminar.spi.error.Place;
import io.laminar.spi.function.UserFunction;
import io.laminar.spi.option.Placeholders;
import io.laminar.sql.error.CollectedErrors;
import io.laminar.sql.error.ErrorCollector;
import io.laminar.sql.error.Places;
import io.laminar.sql.function.FunctionCatalog;
import io.laminar.sql.parser.ParseResult;
import io.laminar.sql.parser.PipelineParser;
import io.laminar.sql.parser.ddl.CreateFunction;
import io.laminar.sql.parser.ddl.CreateTable;
import io.laminar.sql.stored.StoredDeclarations;
import io.laminar.sql.stored.StoredDefinition;
import io.laminar.sql.stored.StoredProfile;
import io.laminar.sql.stored.StoredUses;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;

/**
 * Reads what a text uses of the store, and remembers what it was. A stored definition is read as if it stood behind the
 * text, so that its places are its own and errors that come up later find back to where the text needs it.
 */
public final class StoredObjects implements FunctionCatalog.Stored {
    private final TableConnectors connectors;
    private final StoredDeclarations declarations;
    private final Placeholders placeholders;
    private final ErrorCollector errors;
    private int lines;
    private final Set<String> hidden = new HashSet<>();
    private final Set<String> broken = new HashSet<>();
    private final Set<String> profiles = new TreeSet<>();
    private final Set<String> tables = new TreeSet<>();
    private final Set<String> functions = new TreeSet<>();

    /** @param lines of the text */
    public StoredObjects(
            TableConnectors connectors,
            StoredDeclarations declarations,
            Placeholders placeholders,
            ErrorCollector errors,
            int lines) {
        this.connectors = connectors;
        this.declarations = declarations;
        this.placeholders = placeholders;
        this.errors = errors;
        this.lines = lines;
    }

    Placeholders placeholders() {
        return placeholders;
    }

    /** Hides the stored table of a name that the text declares, before or after it uses it. */
    public void hideTable(String name) {
        hidden.add(tableKey(name));
    }

    /** Hides the stored function of a name that the text declares. */
    public void hideFunction(String name) {
        hidden.add(functionKey(name));
    }

    /** What has been used so far. */
    public StoredUses uses() {
        return new StoredUses(profiles, tables, functions);
    }

    /**
     * The profile of a name.
     *
     * @throws LaminarException UNKNOWN_PROFILE, or INVALID_OPTION if there is no store
     */
    public StoredProfile profile(String name) {
        if (declarations == StoredDeclarations.NONE) {
            throw new LaminarException(
                    ErrorCode.INVALID_OPTION,
                    "there is no store of connection profiles here",
                    "write the profile's options into the table");
        }
        StoredProfile profile = declarations.profile(name).orElseThrow(() -> unknownProfile(name));
        profiles.add(profile.name());
        return profile;
    }

    private LaminarException unknownProfile(String name) {
        Collection<String> names = declarations.profileNames();
        String near = NearestName.hint(name, names);
        return new LaminarException(
                ErrorCode.UNKNOWN_PROFILE,
                "there is no connection profile '" + name + "'",
                near != null ? near : names.isEmpty() ? "none is stored" : "there are " + String.join(", ", names));
    }

    // Tables --------------------------------------------------------------------------------------------------------

    public Collection<String> tableNames() {
        return declarations.tableNames();
    }

    /**
     * The stored table of a name, if there is one and the text declares none of that name.
     *
     * @param use where the text needs it
     * @throws CollectedErrors if its definition has errors
     */
    public Optional<Table> table(String name, Place.Sql use) {
        if (hidden.contains(tableKey(name))) {
            return Optional.empty();
        }
        return declarations.table(name).map(definition -> table(definition, use));
    }

    private Table table(StoredDefinition definition, Place.Sql use) {
        String what = "the stored table '" + definition.name() + "'";
        if (!broken.add(tableKey(definition.name()))) {
            throw new CollectedErrors();
        }
        int before = errors.size();
        CreateTable create = statement(definition, what, CreateTable.class, use);
        checkName(create.name(), definition, what);
        if (create.query() != null) {
            throw refused(what + " is declared by a query", "store the columns of the table", Places.of(create.name()));
        }
        Table table = new TableReader(connectors, this, errors)
                .read(create, List.of())
                .orElseThrow(CollectedErrors::new);
        if (table.connection() == null) {
            throw refused(
                    what + " has no connector", "name a connector or a connection_profile", Places.of(create.name()));
        }
        if (errors.size() > before) {
            throw new CollectedErrors();
        }
        broken.remove(tableKey(definition.name()));
        tables.add(definition.name());
        return table;
    }

    // Functions -----------------------------------------------------------------------------------------------------

    @Override
    public Collection<String> functionNames() {
        return declarations.functionNames();
    }

    /**
     * The stored function of a name, compiled, if there is one and the text declares none of that name.
     *
     * @param use where the text needs it
     * @throws CollectedErrors if its definition has errors
     */
    @Override
    public Optional<UserFunction> function(String name, Place.Sql use) {
        if (hidden.contains(functionKey(name))) {
            return Optional.empty();
        }
        return declarations.function(name).map(definition -> function(definition, use));
    }

    private UserFunction function(StoredDefinition definition, Place.Sql use) {
        String what = "the stored function '" + definition.name() + "'";
        if (!broken.add(functionKey(definition.name()))) {
            throw new CollectedErrors();
        }
        int before = errors.size();
        CreateFunction create = statement(definition, what, CreateFunction.class, use);
        checkName(create.name(), definition, what);
        UserFunction function;
        try {
            function = new FunctionReader(errors).read(create);
        } catch (LaminarException e) {
            errors.add(e.at(Places.of(create.name())));
            throw new CollectedErrors();
        }
        if (errors.size() > before) {
            throw new CollectedErrors();
        }
        broken.remove(functionKey(definition.name()));
        functions.add(definition.name());
        return function;
    }

    // Definitions ---------------------------------------------------------------------------------------------------

    private <T extends SqlNode> T statement(StoredDefinition definition, String what, Class<T> kind, Place.Sql use) {
        int first = lines + 1;
        ParseResult parsed = PipelineParser.parseBehind(lines, definition.text());
        lines += 1 + (int) definition.text().chars().filter(c -> c == '\n').count();
        errors.define(first, lines, what, use);
        parsed.errors().forEach(errors::add);
        if (!parsed.errors().isEmpty()) {
            throw new CollectedErrors();
        }
        if (parsed.statements().size() != 1
                || !kind.isInstance(parsed.statements().get(0).node())) {
            String wanted = kind == CreateTable.class ? "CREATE TABLE" : "CREATE FUNCTION";
            throw refused(what + " is not one statement " + wanted, "store one " + wanted, Place.Sql.at(first, 1));
        }
        return kind.cast(parsed.statements().get(0).node());
    }

    private void checkName(SqlIdentifier name, StoredDefinition definition, String what) {
        if (!name.toString().equalsIgnoreCase(definition.name())) {
            throw refused(what + " declares '" + name + "'", "store it under the name it declares", Places.of(name));
        }
    }

    private CollectedErrors refused(String reason, String hint, Place.Sql place) {
        errors.add(new LaminarException(ErrorCode.INVALID_SCHEMA, reason, place, hint, null));
        return new CollectedErrors();
    }

    private static String tableKey(String name) {
        return "table " + name.toLowerCase(Locale.ROOT);
    }

    private static String functionKey(String name) {
        return "function " + name.toLowerCase(Locale.ROOT);
    }
}
