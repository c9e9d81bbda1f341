package io.laminar.sql.function;

import io.laminar.spi.error.Place;
import io.laminar.spi.function.FunctionDeclaration;
import io.laminar.spi.function.FunctionProvider;
import io.laminar.spi.function.UserFunction;
import java.util.Collection;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.TreeSet;

/** The declared functions by name and alias. */
public final class FunctionCatalog {
    private static final Stored NOTHING = new Stored() {
        @Override
        public Optional<UserFunction> function(String name, Place.Sql use) {
            return Optional.empty();
        }

        @Override
        public Collection<String> functionNames() {
            return java.util.List.of();
        }
    };

    private static final FunctionCatalog INSTALLED = load();

    private final Map<String, FunctionDeclaration> byName = new TreeMap<>();

    private final Map<String, UserFunction> declared = new TreeMap<>();

    private final Stored stored;

    /** Functions that are known by name without being declared. */
    public interface Stored {

        /** @throws io.laminar.sql.error.CollectedErrors if its definition has errors */
        Optional<UserFunction> function(String name, Place.Sql use);

        Collection<String> functionNames();
    }

    private FunctionCatalog(Stored stored) {
        this.stored = stored;
    }

    /** The functions on the class path. */
    public static FunctionCatalog installed() {
        return INSTALLED;
    }

    private static FunctionCatalog load() {
        FunctionCatalog catalog = new FunctionCatalog(NOTHING);
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

    /** A catalog of the same functions, to which a pipeline adds its own. */
    public FunctionCatalog forPipeline(Stored stored) {
        FunctionCatalog catalog = new FunctionCatalog(stored);
        catalog.byName.putAll(byName);
        return catalog;
    }

    /** Adds a function that a user declared, in the place of one of that name. */
    public void declare(UserFunction function) {
        declared.put(function.name().toLowerCase(Locale.ROOT), function);
    }

    /** Forgets a function that a user declared; false if there is none. */
    public boolean drop(String name) {
        return declared.remove(name.toLowerCase(Locale.ROOT)) != null;
    }

    /** The function that a user declared under a name. */
    public Optional<UserFunction> declared(String name) {
        return Optional.ofNullable(declared.get(name.toLowerCase(Locale.ROOT)));
    }

    /**
     * The function of a user that a call means; a stored one counts as declared from then on.
     *
     * @param use where the call stands
     */
    public Optional<UserFunction> declared(String name, Place.Sql use) {
        Optional<UserFunction> known = declared(name);
        if (known.isPresent() || find(name).isPresent()) {
            return known;
        }
        Optional<UserFunction> found = stored.function(name, use);
        found.ifPresent(this::declare);
        return found;
    }

    /** Names and aliases in order. */
    public Collection<String> names() {
        Collection<String> names = new TreeSet<>(byName.keySet());
        names.addAll(declared.keySet());
        names.addAll(stored.functionNames());
        return Collections.unmodifiableCollection(names);
    }
}
