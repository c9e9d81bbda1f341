package io.laminar.sql.function;

import io.laminar.spi.function.FunctionDeclaration;
import io.laminar.spi.function.FunctionProvider;
import java.util.Collection;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** The declared functions by name and alias. */
public final class FunctionCatalog {
    private static final FunctionCatalog INSTALLED = load();

    private final Map<String, FunctionDeclaration> byName = new TreeMap<>();

    private FunctionCatalog() {}

    /** The functions on the class path. */
    public static FunctionCatalog installed() {
        return INSTALLED;
    }

    private static FunctionCatalog load() {
        FunctionCatalog catalog = new FunctionCatalog();
        ServiceLoader<FunctionProvider> providers =
                ServiceLoader.load(FunctionProvider.class, FunctionCatalog.class.getClassLoader());
        for (FunctionProvider provider : providers) {
            provider.functions().forEach(catalog::add);
        }
        return catalog;
    }

    private void add(FunctionDeclaration function) {
        byName.put(function.name().toLowerCase(Locale.ROOT), function);
        for (String alias : function.aliases()) {
            byName.putIfAbsent(alias.toLowerCase(Locale.ROOT), function);
        }
    }

    public Optional<FunctionDeclaration> find(String name) {
        return Optional.ofNullable(byName.get(name.toLowerCase(Locale.ROOT)));
    }

    /** Names and aliases in order. */
    public Collection<String> names() {
        return Collections.unmodifiableCollection(byName.keySet());
    }
}
