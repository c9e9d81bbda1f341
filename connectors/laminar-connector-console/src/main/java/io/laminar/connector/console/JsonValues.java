package io.laminar.connector.console;

import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.Values;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Scalar;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values of rows in the few Java types that JSON knows: Boolean, Integer, Long, Double, BigDecimal, String, List, Map
 * with names as keys, null. Times and intervals are text as ISO 8601 has them, bytes are base 64; NaN and the infinities
 * are text too.
 */
final class JsonValues {
    private static final long NANOS = 1000;

    private JsonValues() {}

    static @Nullable Object read(DataType type, Column column, int row) {
        return value(type, Values.read(type, column, row));
    }

    private static @Nullable Object value(DataType type, @Nullable Object value) {
        if (value == null) {
            return null;
        } else if (type instanceof DataType.ListType list) {
            List<@Nullable Object> elements = new ArrayList<>();
            ((List<?>) value).forEach(element -> elements.add(value(list.element(), element)));
            return elements;
        } else if (type instanceof DataType.StructType struct) {
            Map<String, @Nullable Object> members = new LinkedHashMap<>();
            List<?> values = (List<?>) value;
            for (int i = 0; i < values.size(); i++) {
                members.put(
                        struct.fields().get(i).name(),
                        value(struct.fields().get(i).type(), values.get(i)));
            }
            return members;
        } else if (type instanceof DataType.MapType map) {
            Map<String, @Nullable Object> entries = new LinkedHashMap<>();
            ((Map<?, ?>) value)
                    .forEach((key, entry) ->
                            entries.put(String.valueOf(value(map.key(), key)), value(map.value(), entry)));
            return entries;
        }
        return type instanceof Scalar scalar ? scalar(scalar, value) : value;
    }

    private static Object scalar(Scalar type, Object value) {
        return switch (type) {
            case DATE -> LocalDate.ofEpochDay((Integer) value).toString();
            case TIME -> LocalTime.ofNanoOfDay((Long) value * NANOS).toString();
            case TIMESTAMP ->
                instant((Long) value).atOffset(ZoneOffset.UTC).toLocalDateTime().toString();
            case TIMESTAMPTZ -> instant((Long) value).toString();
            case INTERVAL -> Duration.of((Long) value, ChronoUnit.MICROS).toString();
            case INTERVAL_MONTHS ->
                Period.ofMonths(Math.toIntExact((Long) value)).normalized().toString();
            case BYTES -> Base64.getEncoder().encodeToString((byte[]) value);
            case FLOAT, DOUBLE -> {
                double number = (Double) value;
                if (!Double.isFinite(number)) {
                    yield String.valueOf(number);
                }
                yield type == Scalar.FLOAT
                        ? (Object) new BigDecimal(Float.toString((float) number)).doubleValue()
                        : value;
            }
            default -> value;
        };
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
