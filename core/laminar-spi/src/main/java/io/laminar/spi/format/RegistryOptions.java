package io.laminar.spi.format;

import io.laminar.spi.option.Option;
import java.util.List;

/**
 * Where the schemas of records are kept: a registry that speaks Confluent's API. Formats that use one have these among
 * their own options, so they work with every connector and connectors need not declare them.
 */
public final class RegistryOptions {
    public static final Option ENDPOINT = Option.text(
                    "schema_registry.endpoint", "Address of the schema registry, for example http://host:8081.")
            .asAccess()
            .ofConnection();

    public static final Option API_KEY = Option.text(
                    "schema_registry.api_key", "User name or API key for the schema registry.")
            .asAccess()
            .ofConnection();

    public static final Option API_SECRET = Option.text(
                    "schema_registry.api_secret", "Password or API secret for the schema registry.")
            .asSecret()
            .ofConnection();

    public static final Option SUBJECT =
            Option.text("value.subject", "Under which name the registry keeps the schema; otherwise <topic>-value.");

    public static final List<Option> ALL = List.of(ENDPOINT, API_KEY, API_SECRET, SUBJECT);

    private RegistryOptions() {}

    /** The format with a subject, if its options name none and it is one that uses a registry. */
    public static FormatSpec withSubject(FormatSpec format, String subject) {
        boolean used = Formats.named(format.format()).options().contains(SUBJECT);
        if (!used || format.options().has(SUBJECT)) {
            return format;
        }
        return new FormatSpec(
                format.format(),
                format.schema(),
                format.projection(),
                format.options().with(SUBJECT, subject));
    }
}
