package io.laminar.sql.catalog;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.error.Place;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The tables and views that statements have declared so far, and the stored tables they used; names ignore case. */
public final class Catalog {
    private final Map<String, CatalogEntry> entries = new LinkedHashMap<>();
    private final Set<String> broken = new HashSet<>();
    private final Set<String> fromStore = new HashSet<>();
    private final StoredObjects stored;

    public Catalog(StoredObjects stored) {
        this.stored = stored;
    }

    /**
     * Adds a table or view.
     *
     * @throws LaminarException DUPLICATE_NAME
     */
    public void add(CatalogEntry entry, Place.Sql place) {
        if (entries.putIfAbsent(key(entry.name()), entry) != null) {
            throw new LaminarException(
                    ErrorCode.DUPLICATE_NAME,
                    "there is already a table or view named '" + entry.name() + "'",
                    place,
                    "choose another name, or DROP the first",
                    null);
        }
    }

    /** Notes a name whose declaration has errors: that it is missing is no error of its own. */
    public void markBroken(String name) {
        broken.add(key(name));
    }

    public boolean isBroken(String name) {
        return broken.contains(key(name));
    }

    public void replace(CatalogEntry entry) {
        entries.put(key(entry.name()), entry);
    }

    public Optional<CatalogEntry> remove(String name) {
        return Optional.ofNullable(entries.remove(key(name)));
    }

    /** What statements have declared or used under a name. */
    public Optional<CatalogEntry> find(String name) {
        return Optional.ofNullable(entries.get(key(name)));
    }

    /**
     * What a query means by a name; a stored table counts as declared from then on.
     *
     * @throws io.laminar.sql.error.CollectedErrors if the stored definition has errors
     */
    public Optional<CatalogEntry> find(String name, Place.Sql use) {
        Optional<CatalogEntry> known = find(name);
        if (known.isPresent() || isBroken(name)) {
            return known;
        }
        Optional<Table> table = stored.table(name, use);
        table.ifPresent(found -> {
            entries.put(key(name), found);
            fromStore.add(key(name));
        });
        return table.map(found -> found);
    }

    /** Whether a name means a stored table. */
    public boolean isStored(String name) {
        return fromStore.contains(key(name));
    }

    /** In the order declared. */
    public Collection<CatalogEntry> entries() {
        return java.util.List.copyOf(entries.values());
    }

    /** The names declared, and those of the store. */
    public Collection<String> names() {
        Set<String> names = new LinkedHashSet<>();
        entries.values().forEach(entry -> names.add(entry.name()));
        names.addAll(stored.tableNames());
        return names;
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
