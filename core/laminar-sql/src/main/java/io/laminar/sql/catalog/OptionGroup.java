package io.laminar.sql.catalog;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.error.NearestName;
import io.laminar.spi.error.Place;
import io.laminar.spi.format.Format;
import io.laminar.spi.format.Formats;
import io.laminar.spi.option.Option;
import io.laminar.spi.option.OptionValues;
import io.laminar.spi.option.Placeholders;
import io.laminar.sql.error.ErrorCollector;
import io.laminar.sql.error.Places;
import io.laminar.sql.parser.ddl.TableOption;
import io.laminar.sql.stored.StoredProfile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** The entries of one WITH clause and of the profile it names, taken by the declarations that know them. */
final class OptionGroup {
    private final List<Entry> entries = new ArrayList<>();
    private final Placeholders placeholders;
    private final ErrorCollector errors;
    private final Set<Entry> taken = new HashSet<>();
    private final Collection<String> known = new TreeSet<>();

    /**
     * One option as given.
     *
     * @param profile the profile it is from; null if it stands in the clause itself
     */
    private record Entry(
            String key,
            SqlNode value,
            SqlParserPos keyPosition,
            @Nullable String profile) {
        boolean names(Option option) {
            return key.equals(option.name()) || option.aliases().contains(key);
        }

        LaminarException located(LaminarException error, SqlParserPos position) {
            if (profile == null) {
                return error.at(Places.of(position));
            }
            String reason = "in the connection profile '" + profile + "': " + error.reason();
            return new LaminarException(error.code(), reason, Places.of(position), error.hint(), error.getCause());
        }
    }

    OptionGroup(List<TableOption> options, Placeholders placeholders, ErrorCollector errors) {
        this.placeholders = placeholders;
        this.errors = errors;
        Set<String> seen = new HashSet<>();
        for (TableOption option : options) {
            Entry entry = new Entry(option.key(), option.value(), option.keyPosition(), null);
            entries.add(entry);
            if (!seen.add(option.key())) {
                errors.add(entry.located(
                        new LaminarException(ErrorCode.INVALID_OPTION, "option '" + option.key() + "' is given twice"),
                        option.keyPosition()));
                taken.add(entry);
            }
        }
    }

    /** Adds what the clause does not say itself; it is found where the clause names the profile. */
    void addBelow(StoredProfile profile, Place.Sql place) {
        SqlParserPos position = new SqlParserPos(place.line(), place.column(), place.endLine(), place.endColumn());
        List<Entry> below = new ArrayList<>();
        Map<String, String> options = new TreeMap<>(profile.options());
        options.put(TableOptions.CONNECTOR.name(), profile.connector());
        options.forEach((key, value) ->
                below.add(new Entry(key, SqlLiteral.createCharString(value, position), position, profile.name())));
        entries.addAll(0, below);
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
        Object value = null;
        Entry last = last(option);
        for (Entry entry : entries) {
            if (entry.names(option) && taken.add(entry) && entry.equals(last)) {
                try {
                    value = OptionReader.read(option, entry.value(), placeholders);
                } catch (LaminarException e) {
                    errors.add(entry.located(e, entry.value().getParserPosition()));
                    value = option.defaultValue();
                }
            }
        }
        return value;
    }

    /** The entry that counts: those of the clause come after those of the profile. */
    private @Nullable Entry last(Option option) {
        Entry last = null;
        for (Entry entry : entries) {
            last = entry.names(option) && !taken.contains(entry) ? entry : last;
        }
        return last;
    }

    /** What the profile says together and key by key, and over it what the clause says. */
    private @Nullable Object takeProperties(Option option) {
        Map<String, String> all = new TreeMap<>();
        List<Entry> inOrder = new ArrayList<>();
        entries.stream().filter(entry -> entry.profile() != null).forEach(inOrder::add);
        for (boolean together : new boolean[] {true, false}) {
            entries.stream()
                    .filter(entry -> entry.profile() == null && entry.names(option) == together)
                    .forEach(inOrder::add);
        }
        for (Entry entry : inOrder) {
            String key = keyOf(option, entry.key());
            if ((key == null && !entry.names(option)) || !taken.add(entry)) {
                continue;
            }
            try {
                if (key != null) {
                    all.put(key, placeholders.resolve(OptionReader.text(option, entry.value())));
                } else if (OptionReader.read(option, entry.value(), placeholders) instanceof Map<?, ?> together) {
                    together.forEach((name, value) -> all.put(String.valueOf(name), String.valueOf(value)));
                }
            } catch (LaminarException e) {
                errors.add(entry.located(e, entry.value().getParserPosition()));
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
        Place.Sql place = otherwise;
        for (Entry entry : entries) {
            place = entry.names(option) ? Places.of(entry.value()) : place;
        }
        return place;
    }

    /** Reports the entries that nobody knows. */
    void refuseUnknown(String owner) {
        for (Entry entry : entries) {
            if (taken.contains(entry) || (entry.profile() != null && isOfAnyFormat(entry.key()))) {
                continue;
            }
            String hint = NearestName.hint(entry.key(), known);
            errors.add(entry.located(
                    new LaminarException(
                            ErrorCode.UNKNOWN_OPTION,
                            owner + " has no option '" + entry.key() + "'",
                            hint != null ? hint : "options are " + String.join(", ", known)),
                    entry.keyPosition()));
        }
    }

    /** A profile is for tables of all formats, and may say for each how it gets at schemas. */
    private static boolean isOfAnyFormat(String key) {
        for (Format format : Formats.all()) {
            for (Option option : format.options()) {
                if (option.name().equals(key) || option.aliases().contains(key)) {
                    return true;
                }
            }
        }
        return false;
    }
}
