package io.laminar.sql.catalog;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.error.NearestName;
import io.laminar.spi.error.Place;
import io.laminar.spi.option.Option;
import io.laminar.spi.option.OptionValues;
import io.laminar.sql.error.ErrorCollector;
import io.laminar.sql.error.Places;
import io.laminar.sql.parser.ddl.TableOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The entries of one WITH clause, taken by the declarations that know them. */
final class OptionGroup {
    private final List<TableOption> entries;
    private final ErrorCollector errors;
    private final Set<TableOption> taken = new HashSet<>();
    private final Collection<String> known = new TreeSet<>();

    OptionGroup(List<TableOption> entries, ErrorCollector errors) {
        this.entries = entries;
        this.errors = errors;
        Map<String, TableOption> seen = new HashMap<>();
        for (TableOption entry : entries) {
            if (seen.putIfAbsent(entry.key(), entry) != null) {
                errors.add(new LaminarException(
                        ErrorCode.INVALID_OPTION,
                        "option '" + entry.key() + "' is given twice",
                        Places.of(entry.keyPosition()),
                        null,
                        null));
                taken.add(entry);
            }
        }
    }

    /** The values of these options, checked; {@code place} is where a missing one is missed. */
    OptionValues take(List<Option> options, Place.Sql place) {
        Map<String, Object> values = new HashMap<>();
        Set<String> access = new HashSet<>();
        for (Option option : options) {
            known.add(option.kind() == Option.Kind.PROPERTIES ? option.name() + ".*" : option.name());
            Object value = option.kind() == Option.Kind.PROPERTIES ? takeProperties(option) : take(option);
            if (value != null) {
                values.put(option.name(), value);
                if (option.access()) {
                    access.add(option.name());
                }
            } else if (option.required()) {
                errors.add(new LaminarException(
                        ErrorCode.MISSING_OPTION,
                        "option '" + option.name() + "' is required",
                        place,
                        option.description(),
                        null));
            }
        }
        return new OptionValues(values, access);
    }

    private @Nullable Object take(Option option) {
        List<String> names = new ArrayList<>(option.aliases());
        names.add(0, option.name());
        Object value = null;
        for (TableOption entry : entries) {
            if (!names.contains(entry.key()) || taken.contains(entry)) {
                continue;
            }
            taken.add(entry);
            try {
                value = OptionReader.read(option, entry.value());
            } catch (LaminarException e) {
                errors.add(e.at(Places.of(entry.value())));
                value = option.defaultValue();
            }
        }
        return value;
    }

    private @Nullable Object takeProperties(Option option) {
        Object together = take(option);
        Map<String, String> all = new TreeMap<>();
        if (together instanceof Map<?, ?> entries) {
            entries.forEach((key, value) -> all.put(String.valueOf(key), String.valueOf(value)));
        }
        for (TableOption entry : entries) {
            String key = keyOf(option, entry.key());
            if (key == null || !taken.add(entry)) {
                continue;
            }
            try {
                all.put(key, OptionReader.text(option, entry.value()));
            } catch (LaminarException e) {
                errors.add(e.at(Places.of(entry.value())));
            }
        }
        return all.isEmpty() ? null : all;
    }

    /** What follows the option's name and a dot; null for entries of other options. */
    private static @Nullable String keyOf(Option option, String entry) {
        List<String> names = new ArrayList<>(option.aliases());
        names.add(option.name());
        for (String name : names) {
            if (entry.startsWith(name + ".") && entry.length() > name.length() + 1) {
                return entry.substring(name.length() + 1);
            }
        }
        return null;
    }

    /** Where an option is given. */
    Place.Sql place(Option option, Place.Sql otherwise) {
        for (TableOption entry : entries) {
            if (entry.key().equals(option.name()) || option.aliases().contains(entry.key())) {
                return Places.of(entry.value());
            }
        }
        return otherwise;
    }

    /** Reports the entries that nobody knows. */
    void refuseUnknown(String owner) {
        for (TableOption entry : entries) {
            if (!taken.contains(entry)) {
                String hint = NearestName.hint(entry.key(), known);
                errors.add(new LaminarException(
                        ErrorCode.UNKNOWN_OPTION,
                        owner + " has no option '" + entry.key() + "'",
                        Places.of(entry.keyPosition()),
                        hint != null ? hint : "options are " + String.join(", ", known),
                        null));
            }
        }
    }
}
