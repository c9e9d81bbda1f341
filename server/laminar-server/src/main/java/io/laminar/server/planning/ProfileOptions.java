package io.laminar.server.planning;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.laminar.connector.Connector;
import io.laminar.connector.Connectors;
import io.laminar.metadata.Secrets;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.option.Option;
import io.laminar.spi.option.Placeholders;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The options of profiles: checked against the declarations of their connectors, sealed where they are secret, masked where
 * they are shown.
 */
public final class ProfileOptions {
    /** What is shown instead of a secret; sent back, it leaves the secret as it is. */
    public static final String MASK = "***";

    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final TypeReference<TreeMap<String, String>> TEXTS = new TypeReference<>() {};

    /** Properties of clients that are handed through are not declared one by one; these have secrets. */
    private static final Pattern SECRET_NAME =
            Pattern.compile("password|secret|token|jaas|credential|private[._-]?key");

    /** A URL with something in it that is not for everybody: a user, or parameters that may be passwords. */
    private static final Pattern SECRET_URL = Pattern.compile("://[^/]*@|[?&;](user|password|token|key|secret)=");

    private final Secrets secrets;

    public ProfileOptions(Secrets secrets) {
        this.secrets = secrets;
    }

    /**
     * Options as they are stored.
     *
     * @param profile name of the profile, which the secrets are bound to
     * @throws LaminarException UNKNOWN_CONNECTOR, INVALID_OPTION
     */
    public String seal(String profile, String connector, Map<String, String> options) {
        Connector known = Connectors.named(connector);
        Map<String, String> sealed = new TreeMap<>();
        options.forEach((name, value) -> {
            boolean secret = isSecret(known, name, value);
            if (secret && value.equals(MASK)) {
                throw new LaminarException(
                        ErrorCode.INVALID_OPTION,
                        "option '" + name + "': '" + MASK + "' only stands for a secret",
                        "send the secret itself");
            }
            sealed.put(name, secret ? secrets.seal(value, purpose(profile, name)) : value);
        });
        return write(sealed);
    }

    /** Whether an option is declared secret, or may have something secret in it. */
    private static boolean isSecret(Connector connector, String name, String value) {
        String lower = name.toLowerCase(Locale.ROOT);
        return connector.options().stream().anyMatch(option -> option.secret() && isCalled(option, name))
                || SECRET_NAME.matcher(lower).find()
                || SECRET_URL.matcher(value.toLowerCase(Locale.ROOT)).find();
    }

    private static boolean isCalled(Option option, String name) {
        return option.name().equals(name) || option.aliases().contains(name);
    }

    private static String purpose(String profile, String option) {
        return "profile " + profile + ", " + option;
    }

    /** Options as they are used. */
    public Map<String, String> open(String profile, String stored) {
        Map<String, String> opened = new TreeMap<>();
        read(stored)
                .forEach((name, value) -> opened.put(
                        name, Secrets.isSealed(value) ? secrets.open(value, purpose(profile, name)) : value));
        return opened;
    }

    /** Options as they are shown: of secrets only placeholders. */
    public Map<String, String> mask(String profile, String stored) {
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
    public Map<String, String> changed(String profile, String stored, Map<String, String> change) {
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
