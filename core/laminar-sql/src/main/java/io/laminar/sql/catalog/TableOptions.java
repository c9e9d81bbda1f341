package io.laminar.sql.catalog;

import io.laminar.spi.option.Option;
import io.laminar.spi.table.BadDataPolicy;
import java.util.List;

/** The options that all tables have. */
public final class TableOptions {
    public static final Option CONNECTOR =
            Option.text("connector", "The outside system; absent for tables inside the pipeline.");
    public static final Option TYPE =
            Option.choice("type", TableUse.class, "What the table is; absent: what the queries do with it.");
    public static final Option FORMAT = Option.text("format", "How records are encoded.");
    public static final Option CONNECTION_PROFILE =
            Option.text("connection_profile", "A stored profile to start from.");
    public static final Option EVENT_TIME_FIELD = Option.text("event_time_field", "The column with the event time.");
    public static final Option WATERMARK_FIELD =
            Option.text("watermark_field", "A column that says which event times may still come.");
    public static final Option WATERMARK_DELAY = Option.duration(
                    "watermark_delay", "How much later than younger ones rows may come.")
            .withDefault(EventTime.DEFAULT_DELAY);
    public static final Option IDLE_TIMEOUT = Option.duration(
            "idle_timeout", "How long a split may be silent before others stop waiting for it; absent: forever.");
    public static final Option IDLE_MICROS = Option.integer("idle_micros", "As idle_timeout, in microseconds.");
    public static final Option BAD_DATA = Option.choice(
                    "bad_data", BadDataPolicy.class, "What happens to records that cannot be decoded.")
            .withDefault("fail");
    public static final Option BAD_DATA_TABLE =
            Option.text("bad_data.table", "The table that bad records go to, with bad_data = 'dead_letter'.");
    public static final Option FRAMING = Option.choice("framing", List.of("newline"), "What separates records.");
    public static final Option FRAMING_MAX_LENGTH = Option.size("framing.newline.max_length", "The longest record.");

    public static final Option LOOKUP_CACHE_MAX_BYTES = Option.size(
                    "lookup.cache.max_bytes", "What the answers of a lookup table may take in each subtask.")
            .withDefault(64L << 20)
            .asAccess();
    public static final Option LOOKUP_CACHE_TTL = Option.duration(
                    "lookup.cache.ttl", "For how long an answer of a lookup table is good; 0: every batch asks anew.")
            .withDefault(60_000_000L)
            .asAccess();
    public static final Option LOOKUP_ASYNC_CAPACITY = Option.integer(
                    "lookup.async.capacity", "Requests to a lookup table that are under way at the same time.")
            .withDefault(16L)
            .asAccess();
    public static final Option LOOKUP_RETRIES = Option.integer(
                    "lookup.retries", "How often a request to a lookup table that failed is made again.")
            .withDefault(3L)
            .asAccess();
    public static final Option LOOKUP_TIMEOUT = Option.duration(
                    "lookup.timeout", "How long a request to a lookup table may take.")
            .withDefault(10_000_000L)
            .asAccess();

    public static final List<Option> ALL = List.of(
            CONNECTOR,
            TYPE,
            FORMAT,
            CONNECTION_PROFILE,
            EVENT_TIME_FIELD,
            WATERMARK_FIELD,
            WATERMARK_DELAY,
            IDLE_TIMEOUT,
            IDLE_MICROS,
            BAD_DATA,
            BAD_DATA_TABLE,
            FRAMING,
            FRAMING_MAX_LENGTH,
            LOOKUP_CACHE_MAX_BYTES,
            LOOKUP_CACHE_TTL,
            LOOKUP_ASYNC_CAPACITY,
            LOOKUP_RETRIES,
            LOOKUP_TIMEOUT);

    private TableOptions() {}
}
