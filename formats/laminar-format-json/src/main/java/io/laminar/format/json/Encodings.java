package io.laminar.format.json;

import io.laminar.spi.option.OptionValues;

/** How values that JSON has no form of its own for are written. */
record Encodings(TimestampFormat timestamps, DecimalEncoding decimals) {
    /** In keys of objects everything is text. */
    static final Encodings KEYS = new Encodings(TimestampFormat.RFC3339, DecimalEncoding.NUMBER);

    static Encodings of(OptionValues options) {
        return new Encodings(
                options.choice(JsonFormat.TIMESTAMP_FORMAT, TimestampFormat.class),
                options.choice(JsonFormat.DECIMAL_ENCODING, DecimalEncoding.class));
    }
}
