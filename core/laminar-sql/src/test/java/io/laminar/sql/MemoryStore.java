package io.laminar.sql;

import io.laminar.sql.stored.StoredDeclarations;
import io.laminar.sql.stored.StoredDefinition;
import io.laminar.sql.stored.StoredProfile;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Stored declarations in memory. */
final class MemoryStore implements StoredDeclarations {
    private final Map<String, StoredProfile> profiles = new TreeMap<>();
    private final Map<String, StoredDefinition> tables = new TreeMap<>();
    private final Map<String, StoredDefinition> functions = new TreeMap<>();

    MemoryStore profile(String name, String connector, Map<String, String> options) {
        profiles.put(name, new StoredProfile(name, connector, options));
        return this;
    }

    MemoryStore table(String name, String text) {
        tables.put(name.toLowerCase(Locale.ROOT), new StoredDefinition(name, text));
        return this;
    }

    MemoryStore function(String name, String text) {
        functions.put(name.toLowerCase(Locale.ROOT), new StoredDefinition(name, text));
        return this;
    }

    @Override
    public Optional<StoredProfile> profile(String name) {
        return Optional.ofNullable(profiles.get(name));
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
        return profiles.keySet();
    }

    @Override
    public Collection<String> tableNames() {
        return tables.values().stream().map(StoredDefinition::name).toList();
    }

    @Override
    public Collection<String> functionNames() {
        return functions.values().stream().map(StoredDefinition::name).toList();
    }
}
