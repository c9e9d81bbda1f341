package io.laminar.sql.catalog;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.error.Place;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The tables and views that statements have declared so far; names ignore case. */
public final class Catalog {
    private final Map<String, CatalogEntry> entries = new LinkedHashMap<>();
    private final Set<String> broken = new HashSet<>();

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

    public Optional<CatalogEntry> find(String name) {
        return Optional.ofNullable(entries.get(key(name)));
    }

    /** In the order declared. */
    public Collection<CatalogEntry> entries() {
        return java.util.List.copyOf(entries.values());
    }

    public Collection<String> names() {
        return entries.values().stream().map(CatalogEntry::name).toList();
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
