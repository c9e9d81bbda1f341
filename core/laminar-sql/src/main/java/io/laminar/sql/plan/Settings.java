package io.laminar.sql.plan;

import io.laminar.plan.PipelineSettings;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.error.NearestName;
import io.laminar.spi.error.Place;
import io.laminar.spi.option.Option;
import io.laminar.spi.option.OptionValues;
import io.laminar.sql.catalog.OptionReader;
import io.laminar.sql.error.Places;
import io.laminar.sql.parser.ddl.SetOption;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The values of SET. */
final class Settings {
    private final Map<String, Object> values = new HashMap<>();
    private final Map<String, Place.Sql> places = new HashMap<>();

    /** @throws LaminarException UNKNOWN_SETTING, INVALID_OPTION */
    void set(String name, String value) {
        Option option = named(name);
        values.put(option.name(), OptionReader.read(option, value));
    }

    /** @throws LaminarException UNKNOWN_SETTING, INVALID_OPTION at its place */
    void set(SetOption statement) {
        Option option;
        try {
            option = named(statement.name());
        } catch (LaminarException e) {
            throw e.at(Places.of(statement.namePosition()));
        }
        try {
            values.put(option.name(), OptionReader.read(option, statement.value()));
            places.put(option.name(), Places.of(statement.value()));
        } catch (LaminarException e) {
            throw e.at(Places.of(statement.value()));
        }
    }

    private static Option named(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        for (Option option : PipelineSettings.ALL) {
            if (option.name().equals(lower) || option.aliases().contains(lower)) {
                return option;
            }
        }
        List<String> names = PipelineSettings.ALL.stream().map(Option::name).toList();
        String hint = NearestName.hint(name, names);
        throw new LaminarException(
                ErrorCode.UNKNOWN_SETTING,
                "there is no setting '" + name + "'",
                hint != null ? hint : "settings are " + String.join(", ", names));
    }

    /** Where the text sets an option; null if it does not. */
    Place.@Nullable Sql place(Option option) {
        return places.get(option.name());
    }

    PipelineSettings toSettings() {
        return new PipelineSettings(new OptionValues(values));
    }
}
