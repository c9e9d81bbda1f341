package io.laminar.sql.stored;

import java.util.Set;

/** The names of what a text uses of the store, directly or through another stored declaration. */
public record StoredUses(Set<String> profiles, Set<String> tables, Set<String> functions) {
    public static final StoredUses NONE = new StoredUses(Set.of(), Set.of(), Set.of());

    public StoredUses {
        profiles = Set.copyOf(profiles);
        tables = Set.copyOf(tables);
        functions = Set.copyOf(functions);
    }
}
