package io.laminar.sql.stored;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What is stored under names: connection profiles, tables and functions. Names of tables and functions ignore case. Asked
 * while a text is compiled, by one thread; what a text declares itself is never asked for.
 */
public interface StoredDeclarations {
    /** No store at all: profiles are refused, and nothing else is known. */
    StoredDeclarations NONE = new StoredDeclarations() {
        @Override
        public Optional<StoredProfile> profile(String name) {
            return Optional.empty();
        }

        @Override
        public Optional<StoredDefinition> table(String name) {
            return Optional.empty();
        }

        @Override
        public Optional<StoredDefinition> function(String name) {
            return Optional.empty();
        }

        @Override
        public Collection<String> profileNames() {
            return List.of();
        }

        @Override
        public Collection<String> tableNames() {
            return List.of();
        }

        @Override
        public Collection<String> functionNames() {
            return List.of();
        }
    };

    Optional<StoredProfile> profile(String name);

    Optional<StoredDefinition> table(String name);

    Optional<StoredDefinition> function(String name);

    /** Names to propose when one is unknown. */
    Collection<String> profileNames();

    /** Names to propose when one is unknown. */
    Collection<String> tableNames();

    /** Names to propose when one is unknown. */
    Collection<String> functionNames();
}
