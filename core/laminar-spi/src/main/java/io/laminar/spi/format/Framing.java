package io.laminar.spi.format;

import io.laminar.spi.option.Option;
import io.laminar.spi.option.OptionValues;
import java.util.List;

/**
 * How a stream of bytes is cut into records: options that all tables have. They come among the options of the
 * connector, which hands them on to decoders by {@link #into}.
 */
public final class Framing {
    /** Bytes a record may have unless the table says otherwise. */
    public static final long DEFAULT_MAX_LENGTH = 64L << 20;

    public static final Option FRAMING = Option.choice(
                    "framing", List.of("newline"), "How records are told apart in a file or message.")
            .withDefault("newline");

    public static final Option MAX_LENGTH = Option.size(
                    "framing.newline.max_length", "Longest record, in bytes; a longer one is a bad record.")
            .withDefault(DEFAULT_MAX_LENGTH);

    public static final List<Option> OPTIONS = List.of(FRAMING, MAX_LENGTH);

    private Framing() {}

    /** The format with the framing that is set among a connector's options. */
    public static FormatSpec into(FormatSpec format, OptionValues connector) {
        OptionValues values = format.options();
        for (Option option : OPTIONS) {
            if (connector.has(option)) {
                values = values.with(option, connector.find(option).orElseThrow());
            }
        }
        return new FormatSpec(format.format(), format.schema(), format.projection(), values);
    }

    /** The longest record a table takes, in bytes. */
    public static int maxLength(OptionValues options) {
        return (int) Math.min(options.size(MAX_LENGTH), Integer.MAX_VALUE - 64);
    }
}
