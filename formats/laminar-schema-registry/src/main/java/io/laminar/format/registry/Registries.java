package io.laminar.format.registry;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.format.RegistryOptions;
import io.laminar.spi.option.OptionValues;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The registries that tables name; one client for each in a process. */
public final class Registries {
    private static final Map<Address, RegistryClient> CLIENTS = new ConcurrentHashMap<>();

    private Registries() {}

    private record Address(
            String endpoint, @Nullable String key, @Nullable String secret) {}

    /**
     * The registry that a table's options name.
     *
     * @throws LaminarException MISSING_OPTION or INVALID_OPTION
     */
    public static RegistryClient of(OptionValues options) {
        if (!options.has(RegistryOptions.ENDPOINT)) {
            throw new LaminarException(
                    ErrorCode.MISSING_OPTION,
                    "records with the id of their schema need schema_registry.endpoint",
                    "schema_registry.endpoint = 'http://host:8081'");
        }
        Address address = new Address(
                options.text(RegistryOptions.ENDPOINT),
                (String) options.find(RegistryOptions.API_KEY).orElse(null),
                (String) options.find(RegistryOptions.API_SECRET).orElse(null));
        return CLIENTS.computeIfAbsent(address, a -> client(a, Backoff.DEFAULT));
    }

    private static RegistryClient client(Address address, Backoff backoff) {
        return new RegistryClient(
                new RegistryHttp(endpoints(address.endpoint()), address.key(), address.secret(), backoff));
    }

    /** Addresses separated by commas. */
    private static List<URI> endpoints(String text) {
        List<URI> endpoints = new ArrayList<>();
        for (String part : text.split(",")) {
            endpoints.add(endpoint(part.strip()));
        }
        return endpoints;
    }

    private static URI endpoint(String text) {
        try {
            URI uri = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
            boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (http && uri.getHost() != null) {
                return uri;
            }
        } catch (IllegalArgumentException notAnAddress) {
            // Refused below, like an address of another kind.
        }
        throw new LaminarException(
                ErrorCode.INVALID_OPTION,
                "schema_registry.endpoint: '" + text + "' is no address of a registry",
                "schema_registry.endpoint = 'http://host:8081'");
    }

    /**
     * The name under which the registry keeps the schema of a table's records.
     *
     * @throws LaminarException MISSING_OPTION when neither the table nor its connector says it
     */
    public static String subject(OptionValues options) {
        return knownSubject(options)
                .orElseThrow(() -> new LaminarException(
                        ErrorCode.MISSING_OPTION,
                        "value.subject has to say under which name the registry keeps the schema",
                        "value.subject = 'orders-value'"));
    }

    /** The same, if anyone says it. */
    public static Optional<String> knownSubject(OptionValues options) {
        return options.find(RegistryOptions.SUBJECT).map(String.class::cast);
    }
}
