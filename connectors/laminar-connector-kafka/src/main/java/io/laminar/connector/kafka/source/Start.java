package io.laminar.connector.kafka.source;

import io.laminar.connector.kafka.KafkaOptions;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.text.TemporalText;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Where reading starts without a checkpoint, as {@code source.offset} says it. */
public sealed interface Start extends Serializable {
    String TIMESTAMP = "timestamp:";
    String OFFSETS = "offsets:";
    long MICROS_PER_MILLI = 1_000;

    /** At the first record that there is. */
    record Earliest() implements Start {}

    /** Behind the last record that is there when the job starts. */
    record Latest() implements Start {}

    /** Where the consumer group is; from the start in partitions it has not read. */
    record Group() implements Start {}

    /** At the first record with this time, in milliseconds, or a later one. */
    record Timestamp(long millis) implements Start {}

    /**
     * At these offsets, from the start in other partitions.
     *
     * @param byPartition by {@code partition} or {@code topic/partition}
     */
    record Offsets(Map<String, Long> byPartition) implements Start {
        public Offsets {
            byPartition = Map.copyOf(byPartition);
        }
    }

    /** @throws LaminarException INVALID_OPTION */
    static Start of(String text) {
        String value = text.strip();
        String lower = value.toLowerCase(Locale.ROOT);
        if (lower.startsWith(TIMESTAMP)) {
            return new Timestamp(millis(value.substring(TIMESTAMP.length()).strip(), text));
        } else if (lower.startsWith(OFFSETS)) {
            return new Offsets(offsets(value.substring(OFFSETS.length()), text));
        }
        return switch (lower) {
            case "earliest" -> new Earliest();
            case "latest" -> new Latest();
            case "group" -> new Group();
            default -> throw invalid(text);
        };
    }

    private static long millis(String time, String text) {
        if (time.chars().allMatch(Character::isDigit) && !time.isEmpty()) {
            return Long.parseLong(time);
        }
        byte[] bytes = time.getBytes(StandardCharsets.UTF_8);
        long micros = TemporalText.parseTimestamp(bytes, 0, bytes.length);
        if (bytes.length == 0 || micros == TemporalText.INVALID) {
            throw invalid(text);
        }
        return Math.floorDiv(micros, MICROS_PER_MILLI);
    }

    private static Map<String, Long> offsets(String list, String text) {
        Map<String, Long> offsets = new HashMap<>();
        for (String entry : list.split(",", -1)) {
            String[] parts = entry.strip().split("=", 2);
            if (parts.length < 2
                    || !parts[0].strip().matches("([^/]+/)?\\d+")
                    || !parts[1].strip().matches("\\d+")) {
                throw invalid(text);
            }
            offsets.put(parts[0].strip(), Long.parseLong(parts[1].strip()));
        }
        return offsets;
    }

    private static LaminarException invalid(String text) {
        return new LaminarException(
                ErrorCode.INVALID_OPTION,
                "option '" + KafkaOptions.OFFSET.name() + "': '" + text + "' says no place to start",
                KafkaOptions.OFFSET.description());
    }
}
