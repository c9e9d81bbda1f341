package io.laminar.sql.catalog;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.error.NearestName;
import io.laminar.spi.format.Format;
import io.laminar.spi.format.Formats;
import io.laminar.spi.option.Option;
import io.laminar.spi.option.OptionValues;
import io.laminar.spi.option.Placeholders;
import io.laminar.sql.error.ErrorCollector;
import io.laminar.sql.stored.StoredProfile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads the options of a connection profile by themselves, without a table. */
public final class ProfileReader {
    private final List<Option> options;
    private final Placeholders placeholders;
    private final ErrorCollector errors;
    private final Map<String, Object> values = new HashMap<>();
    private final Set<String> access = new HashSet<>();

    /** @param connector the one of the profile */
    public ProfileReader(TableConnector connector, Placeholders placeholders, ErrorCollector errors) {
        this.options = options(connector);
        this.placeholders = placeholders;
        this.errors = errors;
    }

    /** The options of the connector, and those by which formats reach a registry. */
    private static List<Option> options(TableConnector connector) {
        List<Option> options = new ArrayList<>(connector.options());
        if (connector.formatNeed() != FormatNeed.NONE) {
            for (Format format : Formats.all()) {
                format.options().stream()
                        .filter(option -> option.connection() && !options.contains(option))
                        .forEach(options::add);
            }
        }
        return options;
    }

    /** The values; errors are collected and have no place. */
    public OptionValues read(StoredProfile profile) {
        new TreeMap<>(profile.options()).forEach(this::read);
        for (Option option : options) {
            if (option.connection() && option.required() && !values.containsKey(option.name())) {
                errors.add(new LaminarException(
                        ErrorCode.MISSING_OPTION, "option '" + option.name() + "' is required", option.description()));
            }
        }
        return new OptionValues(values, access);
    }

    private void read(String key, String text) {
        try {
            for (Option option : options) {
                String entry = entry(option, key);
                if (key.equals(option.name()) || option.aliases().contains(key)) {
                    put(option, OptionReader.resolved(option, text, placeholders));
                    return;
                } else if (option.kind() == Option.Kind.PROPERTIES && !entry.isEmpty()) {
                    put(option, Map.of(entry, placeholders.resolve(text)));
                    return;
                }
            }
            Set<String> names = new TreeSet<>();
            options.forEach(option -> names.add(option.name()));
            String near = NearestName.hint(key, names);
            throw new LaminarException(
                    ErrorCode.UNKNOWN_OPTION,
                    "there is no option '" + key + "'",
                    near != null ? near : "options are " + String.join(", ", names));
        } catch (LaminarException e) {
            errors.add(e);
        }
    }

    /** What follows the option's name, or another of its names, and a dot. */
    private static String entry(Option option, String key) {
        List<String> names = new ArrayList<>(option.aliases());
        names.add(option.name());
        for (String name : names) {
            if (key.startsWith(name + ".")) {
                return key.substring(name.length() + 1);
            }
        }
        return "";
    }

    private void put(Option option, Object value) {
        if (value instanceof Map<?, ?> entries && values.get(option.name()) instanceof Map<?, ?> before) {
            Map<Object, Object> all = new TreeMap<>(before);
            all.putAll(entries);
            values.put(option.name(), all);
        } else {
            values.put(option.name(), value);
        }
        if (option.access()) {
            access.add(option.name());
        }
    }
}
