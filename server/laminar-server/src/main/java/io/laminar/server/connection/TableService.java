package io.laminar.server.connection;

import io.laminar.connector.Connectors;
import io.laminar.metadata.Metadata;
import io.laminar.metadata.Page;
import io.laminar.metadata.Profile;
import io.laminar.metadata.StoredTable;
import io.laminar.server.api.Collection;
import io.laminar.server.api.NewTable;
import io.laminar.server.api.TableResource;
import io.laminar.server.planning.QueryPlanner;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.option.Option;
import io.laminar.spi.option.Placeholders;
import io.laminar.sql.PipelineErrors;
import io.laminar.sql.TableDefinition;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Connection tables. */
public final class TableService {
    private final Metadata metadata;
    private final QueryPlanner planner;

    public TableService(Metadata metadata, QueryPlanner planner) {
        this.metadata = metadata;
        this.planner = planner;
    }

    public Collection<TableResource> page(Page.Request request) {
        return Collection.of(metadata.tables().page(request), this::resource);
    }

    /** @throws LaminarException NOT_FOUND */
    public TableResource get(String id) {
        return resource(metadata.tables().get(id));
    }

    /** @throws LaminarException NAME_TAKEN; all errors of the definition as PipelineErrors */
    public TableResource create(NewTable wanted) {
        TableDefinition definition = planner.table(wanted.definition());
        refuseSecrets(wanted.definition(), definition);
        String profile = definition
                .profile()
                .flatMap(name -> metadata.profiles().named(name))
                .map(Profile::id)
                .orElse(null);
        return resource(metadata.tables().create(definition.name(), profile, wanted.definition()));
    }

    /** Definitions are shown to everybody who may look; secrets belong into profiles. */
    private static void refuseSecrets(String text, TableDefinition definition) {
        String lower = text.toLowerCase(Locale.ROOT);
        for (Option option : Connectors.named(definition.connector()).options()) {
            Object value =
                    option.secret() ? definition.source().options().asMap().get(option.name()) : null;
            if (value instanceof String secret
                    && lower.contains(option.name())
                    && text.contains("'" + secret.replace("'", "''") + "'")
                    && !Placeholders.isIn(secret)) {
                throw new LaminarException(
                        ErrorCode.INVALID_OPTION,
                        "option '" + option.name() + "' is secret, and the definition of a table is shown",
                        "put it into a connection profile, or write {{ NAME }} for a variable of the environment");
            }
        }
    }

    /** @throws LaminarException NOT_FOUND, IN_USE */
    public void delete(String id) {
        metadata.tables().delete(id);
    }

    private TableResource resource(StoredTable table) {
        String profile = profileName(table.profile());
        TableDefinition definition;
        try {
            definition = planner.table(table.definition());
        } catch (PipelineErrors e) {
            // Its profile has changed: that is told where it is used.
            return new TableResource(
                    table.id(), table.name(), profile, "", List.of(), table.definition(), List.of(), table.created());
        }
        return new TableResource(
                table.id(),
                table.name(),
                profile,
                definition.connector(),
                definition
                        .use()
                        .map(use -> List.of(use.name().toLowerCase(Locale.ROOT)))
                        .orElseGet(() -> definition.uses().stream()
                                .map(use -> use.name().toLowerCase(Locale.ROOT))
                                .sorted()
                                .toList()),
                table.definition(),
                TableResource.columns(definition.schema()),
                table.created());
    }

    private @Nullable String profileName(@Nullable String id) {
        return id == null
                ? null
                : metadata.profiles().find(id).map(Profile::name).orElse(null);
    }
}
