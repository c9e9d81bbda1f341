package io.laminar.cli;

import io.laminar.connector.Connector;
import io.laminar.spi.option.Option;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Lays out reference texts. */
final class Reference {
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final int NAME_WIDTH = 28;

    private final PrintStream out;

    Reference(PrintStream out) {
        this.out = out;
    }

    void heading(String text) {
        out.println(text);
    }

    /** A name and what it is; a long name gets a line of its own. */
    void entry(String name, String description) {
        if (name.length() < NAME_WIDTH) {
            out.println("  " + name + " ".repeat(NAME_WIDTH - name.length()) + description);
        } else {
            out.println("  " + name);
            out.println("  " + " ".repeat(NAME_WIDTH) + description);
        }
    }

    void options(List<Option> options) {
        for (Option option : options) {
            StringBuilder text = new StringBuilder(option.description());
            text.append(" [").append(kind(option));
            if (option.required()) {
                text.append(", required");
            }
            if (option.secret()) {
                text.append(", secret");
            }
            if (option.connection()) {
                text.append(", of the connection");
            }
            Object value = option.defaultValue();
            if (value != null) {
                text.append(", default ").append(value(option, value));
            }
            text.append(']');
            if (!option.aliases().isEmpty()) {
                text.append(" also: ").append(String.join(", ", option.aliases()));
            }
            entry(option.name(), text.toString());
        }
    }

    /** What tables of a connector can do, in words. */
    static String capabilities(Connector connector) {
        return connector.capabilities().stream()
                .sorted()
                .map(capability -> capability.name().toLowerCase(Locale.ROOT).replace('_', ' '))
                .collect(Collectors.joining(", "));
    }

    /** What values an option takes. */
    static String kind(Option option) {
        return option.kind() == Option.Kind.CHOICE
                ? String.join(" | ", option.choices())
                : option.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** A value as it is written. */
    static String value(Option option, Object value) {
        if (option.kind() == Option.Kind.DURATION && value instanceof Long micros) {
            if (micros == 0) {
                return "0";
            }
            return micros % MICROS_PER_SECOND == 0
                    ? "'" + micros / MICROS_PER_SECOND + " s'"
                    : "'" + micros / 1000.0 + " ms'";
        }
        return String.valueOf(value);
    }
}
