package io.laminar.connector.storage;

import io.laminar.spi.option.Option;
import io.laminar.spi.option.OptionValues;
import java.io.Serializable;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How an object store is reached, where it differs from what the process finds in its environment.
 *
 * @param endpoint URL of a store other than Amazon's
 * @param accessKey null: the environment's credentials
 * @param pathStyle whether the bucket stands in the path of URLs instead of the host; null: with an endpoint of one's own
 * @param retryMicros how long reading and writing go on trying while the store does not answer
 */
public record StorageSettings(
        @Nullable String endpoint,
        @Nullable String region,
        @Nullable String accessKey,
        @Nullable String secretKey,
        @Nullable String sessionToken,
        @Nullable Boolean pathStyle,
        long retryMicros)
        implements Serializable {
    public static final Option ENDPOINT = Option.text(
                    "storage.endpoint", "URL of an object store other than Amazon's, as in http://localhost:9000.")
            .asAccess()
            .ofConnection();
    public static final Option REGION = Option.text("storage.region", "The region of the bucket.")
            .asAccess()
            .ofConnection();
    public static final Option ACCESS_KEY = Option.text(
                    "storage.access_key", "Who asks; without it the credentials of the environment are used.")
            .asAccess()
            .ofConnection();
    public static final Option SECRET_KEY = Option.text("storage.secret_key", "The secret of the access key.")
            .asSecret()
            .ofConnection();
    public static final Option SESSION_TOKEN = Option.text(
                    "storage.session_token", "The token of credentials that are good for a time.")
            .asSecret()
            .ofConnection();
    public static final Option PATH_STYLE = Option.bool(
                    "storage.path_style",
                    "Whether the bucket stands in the path of URLs; otherwise only with an endpoint of one's own.")
            .asAccess()
            .ofConnection();

    private static final long DEFAULT_RETRY_MICROS = 30_000_000;

    public static final Option RETRY_TIMEOUT = Option.duration(
                    "storage.retry_timeout",
                    "How long reading and writing go on trying while the store does not answer.")
            .withDefault(DEFAULT_RETRY_MICROS)
            .asAccess()
            .ofConnection();

    public static final List<Option> OPTIONS =
            List.of(ENDPOINT, REGION, ACCESS_KEY, SECRET_KEY, SESSION_TOKEN, PATH_STYLE, RETRY_TIMEOUT);

    /** Nothing but the environment. */
    public static final StorageSettings ENVIRONMENT = environment(null, null, null, null, null);

    /** What a process was configured with beside its environment. */
    public static StorageSettings environment(
            @Nullable String endpoint,
            @Nullable String region,
            @Nullable String accessKey,
            @Nullable String secretKey,
            @Nullable Boolean pathStyle) {
        return new StorageSettings(endpoint, region, accessKey, secretKey, null, pathStyle, DEFAULT_RETRY_MICROS);
    }

    public static StorageSettings of(OptionValues options) {
        return new StorageSettings(
                text(options, ENDPOINT),
                text(options, REGION),
                text(options, ACCESS_KEY),
                text(options, SECRET_KEY),
                text(options, SESSION_TOKEN),
                (Boolean) options.find(PATH_STYLE).orElse(null),
                options.duration(RETRY_TIMEOUT));
    }

    private static @Nullable String text(OptionValues options, Option option) {
        return (String) options.find(option).orElse(null);
    }

    public boolean usePathStyle() {
        return pathStyle != null ? pathStyle : endpoint != null;
    }

    /** A name for these settings that says nothing of the secrets; the same settings always have the same. */
    String id() {
        int hash = Objects.hash(endpoint, region, accessKey, secretKey, sessionToken, pathStyle, retryMicros);
        return "laminar" + HexFormat.of().toHexDigits(hash);
    }

    /** The setting that is given twice or not whole, as a reason for a refusal. */
    public Optional<String> fault() {
        if ((accessKey == null) != (secretKey == null)) {
            return Optional.of("storage.access_key and storage.secret_key go together");
        }
        return sessionToken != null && accessKey == null
                ? Optional.of("storage.session_token goes with an access key")
                : Optional.empty();
    }

    @Override
    public String toString() {
        return "storage " + endpoint + " as " + (accessKey == null ? "the environment says" : accessKey);
    }
}
