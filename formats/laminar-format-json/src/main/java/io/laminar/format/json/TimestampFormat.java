package io.laminar.format.json;

/** How timestamps are written: {@code json.timestamp_format}. Both textual forms are read whichever is set. */
enum TimestampFormat {
    /** {@code "2001-01-31T13:45:00"}, with {@code Z} for TIMESTAMPTZ. */
    RFC3339,
    /** Milliseconds since 1970 as a number. */
    UNIX_MILLIS,
    /** Seconds since 1970 as a number. */
    UNIX_SECONDS,
    /** {@code "2001-01-31 13:45:00"}. */
    SQL
}
