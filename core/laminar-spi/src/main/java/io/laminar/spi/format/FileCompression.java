package io.laminar.spi.format;

import io.laminar.spi.option.Option;
import java.util.List;

/** The option of record formats that says how files of such records are compressed when they are written. */
public final class FileCompression {

    private FileCompression() {}

    /** {@code <format>.compression}. */
    public static Option option(String format) {
        return Option.choice(
                        format + ".compression",
                        List.of("none", "gzip", "zstd"),
                        "How files are compressed that a sink writes into a folder.")
                .withDefault("none");
    }
}
