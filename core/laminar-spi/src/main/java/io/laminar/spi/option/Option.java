package io.laminar.spi.option;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One option of a connector, format or pipeline. The declaration serves validation, error messages, the generated
 * reference and forms.
 *
 * @param name as written in WITH, for example {@code source.regex_pattern}
 * @param defaultValue in the form {@link Kind} names; null when the option has no default
 * @param choices the values allowed, for {@link Kind#CHOICE}; empty otherwise
 * @param aliases other names that mean the same
 * @param access whether it says how the outside system is reached, or how fast, and nothing about what is there: a job
 *     goes on from its saved state whatever becomes of such an option
 * @param connection whether it is about the outside system as a whole, so that a connection profile says it once for many
 *     tables
 */
public record Option(
        String name,
        Kind kind,
        boolean required,
        @Nullable Object defaultValue,
        List<String> choices,
        List<String> aliases,
        boolean secret,
        boolean access,
        boolean connection,
        String description)
        implements Serializable {

    /** What values an option takes, and the Java form of a value that has been read. */
    public enum Kind {
        /** String. */
        TEXT,
        /** Long. */
        INTEGER,
        /** Double. */
        NUMBER,
        /** Boolean. */
        BOOLEAN,
        /** Long, in microseconds; written as an interval ({@code '5 seconds'}). */
        DURATION,
        /** Long, in bytes; written with a unit ({@code '128 MB'}) or plain. */
        SIZE,
        /** String, one of the choices. */
        CHOICE,
        /** List of String; written as an array or separated by commas. */
        TEXT_LIST,
        /** Map of String to String; each entry is written as an option of its own, {@code name.key = 'value'}. */
        PROPERTIES
    }

    public static Option text(String name, String description) {
        return of(name, Kind.TEXT, description);
    }

    public static Option integer(String name, String description) {
        return of(name, Kind.INTEGER, description);
    }

    public static Option number(String name, String description) {
        return of(name, Kind.NUMBER, description);
    }

    public static Option bool(String name, String description) {
        return of(name, Kind.BOOLEAN, description);
    }

    public static Option duration(String name, String description) {
        return of(name, Kind.DURATION, description);
    }

    public static Option size(String name, String description) {
        return of(name, Kind.SIZE, description);
    }

    public static Option textList(String name, String description) {
        return of(name, Kind.TEXT_LIST, description);
    }

    /** Any number of entries {@code name.key = 'value'}, or all in one: {@code name = 'key=value, key=value'}. */
    public static Option properties(String name, String description) {
        return of(name, Kind.PROPERTIES, description);
    }

    public static Option choice(String name, List<String> choices, String description) {
        return new Option(
                name, Kind.CHOICE, false, null, List.copyOf(choices), List.of(), false, false, false, description);
    }

    /** The names of an enum's constants in lower case as choices. */
    public static <E extends Enum<E>> Option choice(String name, Class<E> constants, String description) {
        List<String> names = java.util.Arrays.stream(constants.getEnumConstants())
                .map(c -> c.name().toLowerCase(Locale.ROOT))
                .toList();
        return choice(name, names, description);
    }

    private static Option of(String name, Kind kind, String description) {
        return new Option(name, kind, false, null, List.of(), List.of(), false, false, false, description);
    }

    /** This option, which must then be given. */
    public Option asRequired() {
        return new Option(name, kind, true, null, choices, aliases, secret, access, connection, description);
    }

    /** This option with the value it has when it is not given. */
    public Option withDefault(Object value) {
        return new Option(name, kind, required, value, choices, aliases, secret, access, connection, description);
    }

    public Option withAliases(String... others) {
        return new Option(
                name, kind, required, defaultValue, choices, List.of(others), secret, access, connection, description);
    }

    /** This option, whose value is never shown. Secrets are about access. */
    public Option asSecret() {
        return new Option(name, kind, required, defaultValue, choices, aliases, true, true, connection, description);
    }

    /** This option, which only says how to get at what is there. */
    public Option asAccess() {
        return new Option(name, kind, required, defaultValue, choices, aliases, secret, true, connection, description);
    }

    /** This option, which belongs to connection profiles; a table may still say it itself. */
    public Option ofConnection() {
        return new Option(name, kind, required, defaultValue, choices, aliases, secret, access, true, description);
    }
}
