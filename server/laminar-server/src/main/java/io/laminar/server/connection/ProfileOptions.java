package io.laminar.server.connection;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.laminar.connector.Connector;
import io.laminar.connector.Connectors;
import io.laminar.metadata.Secrets;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.error.NearestName;
import io.laminar.spi.option.Option;
import io.laminar.spi.option.Placeholders;
import io.laminar.sql.catalog.OptionReader;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The options of profiles: checked against the declarations of their connectors, sealed where they are secret, masked where
 * they are shown.
 */
final class ProfileOptions {
    /** What is shown instead of a secret; sent back, it leaves the secret as it is. */
    static final String MASK = "***";

    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final TypeReference<TreeMap<String, String>> TEXTS = new TypeReference<>() {};

    /** Client properties that are handed through are not declared one by one; these have secrets. */
    private static final Pattern SECRET_PROPERTY =
            Pattern.compile("password|secret|token|jaas|credential|api[._-]?key|private[._-]?key");

    private final Secrets secrets;

    ProfileOptions(Secrets secrets) {
        this.secrets = secrets;
    }

    /**
     * Options as they are stored.
     *
     * @param profile name of the profile, which the secrets are bound to
     * @throws LaminarException UNKNOWN_CONNECTOR, UNKNOWN_OPTION, INVALID_OPTION
     */
    String seal(String profile, String connector, Map<String, String> options) {
        Connector known = Connectors.named(connector);
        Map<String, String> sealed = new TreeMap<>();
        options.forEach((name, value) -> {
            Option option = declared(known, name);
            check(option, name, value);
            sealed.put(name, isSecret(option, name) ? secrets.seal(value, purpose(profile, name)) : value);
        });
        return write(sealed);
    }

    private static void check(Option option, String name, String value) {
        if (value.equals(MASK) && isSecret(option, name)) {
            throw new LaminarException(
                    ErrorCode.INVALID_OPTION, "option '" + name + "': '" + MASK + "' only stands for a secret", "send it");
        }
        if (option.name().equals(name) && !Placeholders.isIn(value)) {
            OptionReader.read(option, value);
        }
    }

    private static Option declared(Connector connector, String name) {
        return find(connector, name).orElseThrow(() -> {
            List<String> names = connector.options().stream().map(Option::name).toList();
            String hint = NearestName.hint(name, names);
            return new LaminarException(
                    ErrorCode.UNKNOWN_OPTION,
                    "connector '" + connector.name() + "' has no option '" + name + "'",
                    hint != null ? hint : "it has " + String.join(", ", names));
        });
    }

    /** The option of a name; for {@code properties.x} the one that takes any number of entries. */
    private static Optional<Option> find(Connector connector, String name) {
        return connector.options().stream()
                .filter(option -> option.name().equals(name)
                        || option.aliases().contains(name)
                        || option.kind() == Option.Kind.PROPERTIES && name.startsWith(option.name() + "."))
                .findFirst();
    }

    private static boolean isSecret(Option option, String name) {
        return option.secret()
                || option.kind() == Option.Kind.PROPERTIES
                        && SECRET_PROPERTY.matcher(name.toLowerCase(Locale.ROOT)).find();
    }

    private static String purpose(String profile, String option) {
        return "profile " + profile + ", " + option;
    }

    /** Options as they are used. */
    Map<String, String> open(String profile, String stored) {
        Map<String, String> opened = new TreeMap<>();
        read(stored)
                .forEach((name, value) -> opened.put(
                        name, Secrets.isSealed(value) ? secrets.open(value, purpose(profile, name)) : value));
        return opened;
    }

    /** Options as they are shown: of secrets only placeholders. */
    Map<String, String> mask(String profile, String stored) {
        Map<String, String> masked = new TreeMap<>();
        read(stored).forEach((name, value) -> masked.put(name, shown(profile, name, value)));
        return masked;
    }

    private String shown(String profile, String name, String value) {
        if (!Secrets.isSealed(value)) {
            return value;
        }
        String secret = secrets.open(value, purpose(profile, name));
        boolean onlyPlaceholder = Placeholders.isIn(secret)
                && secret.replaceAll("\\{\\{[^}]*}}", "").isBlank();
        return onlyPlaceholder ? secret : MASK;
    }

    /** The options after a change: null takes one away, the mask leaves it as it is. */
    Map<String, String> changed(String profile, String stored, Map<String, String> change) {
        Map<String, String> options = open(profile, stored);
        change.forEach((name, value) -> {
            if (value == null) {
                options.remove(name);
            } else if (!value.equals(MASK) || !options.containsKey(name)) {
                options.put(name, value);
            }
        });
        return options;
    }

    private static Map<String, String> read(String json) {
        try {
            return MAPPER.readValue(json, TEXTS);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the options of a profile in the store", e);
        }
    }

    private static String write(Map<String, String> options) {
        try {
            return MAPPER.writeValueAsString(options);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
