package io.laminar.server.planning;

import io.laminar.metadata.Metadata;
import io.laminar.metadata.Page;
import io.laminar.metadata.Profile;
import io.laminar.metadata.Secrets;
import io.laminar.metadata.StoredFunction;
import io.laminar.metadata.StoredTable;
import io.laminar.sql.stored.StoredDeclarations;
import io.laminar.sql.stored.StoredDefinition;
import io.laminar.sql.stored.StoredProfile;
import io.laminar.sql.stored.StoredUses;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** What queries use by name: the store, as the planner asks for it. */
public final class StoredCatalog implements StoredDeclarations {
    private static final int PROPOSED = 1000;

    private final Metadata metadata;
    private final ProfileOptions options;

    public StoredCatalog(Metadata metadata, Secrets secrets) {
        this.metadata = metadata;
        this.options = new ProfileOptions(secrets);
    }

    @Override
    public Optional<StoredProfile> profile(String name) {
        return metadata.profiles().named(name).map(this::opened);
    }

    private StoredProfile opened(Profile profile) {
        return new StoredProfile(profile.name(), profile.connector(), options.open(profile.name(), profile.options()));
    }

    @Override
    public Optional<StoredDefinition> table(String name) {
        return metadata.tables().named(name).map(table -> new StoredDefinition(table.name(), table.definition()));
    }

    @Override
    public Optional<StoredDefinition> function(String name) {
        return metadata.functions()
                .named(name)
                .map(function -> new StoredDefinition(function.name(), function.definition()));
    }

    @Override
    public Collection<String> profileNames() {
        return metadata.profiles().page(Page.Request.first(PROPOSED)).data().stream()
                .map(Profile::name)
                .toList();
    }

    @Override
    public Collection<String> tableNames() {
        return metadata.tables().page(Page.Request.first(PROPOSED)).data().stream()
                .map(StoredTable::name)
                .toList();
    }

    @Override
    public Collection<String> functionNames() {
        return metadata.functions().page(Page.Request.first(PROPOSED)).data().stream()
                .map(StoredFunction::name)
                .toList();
    }

    /** The ids of what a query uses. */
    public Set<String> ids(StoredUses uses) {
        Set<String> ids = new LinkedHashSet<>();
        uses.profiles().forEach(name -> metadata.profiles().named(name).ifPresent(one -> ids.add(one.id())));
        uses.tables().forEach(name -> metadata.tables().named(name).ifPresent(one -> ids.add(one.id())));
        uses.functions().forEach(name -> metadata.functions().named(name).ifPresent(one -> ids.add(one.id())));
        return ids;
    }
}
