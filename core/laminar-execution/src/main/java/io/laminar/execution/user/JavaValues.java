package io.laminar.execution.user;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Decimal;
import io.laminar.spi.type.DataType.ListType;
import io.laminar.spi.type.DataType.MapType;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.DataType.StructType;
import io.laminar.spi.type.Field;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Values as user functions see them, from and to the form of {@link io.laminar.spi.batch.Values}. */
public final class JavaValues {
    private static final long NANOS_PER_MICRO = 1000;

    private JavaValues() {}

    /** A value for a user function; NULL is null. */
    public static @Nullable Object toJava(DataType type, Class<?> wanted, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        if (type instanceof ListType list) {
            List<@Nullable Object> elements = new ArrayList<>();
            ((List<?>) value).forEach(element -> elements.add(toJava(list.element(), Object.class, element)));
            return elements;
        }
        if (type instanceof MapType map) {
            Map<@Nullable Object, @Nullable Object> entries = new LinkedHashMap<>();
            ((Map<?, ?>) value)
                    .forEach((key, content) -> entries.put(
                            toJava(map.key(), Object.class, key), toJava(map.value(), Object.class, content)));
            return entries;
        }
        if (type instanceof StructType struct) {
            Map<String, @Nullable Object> members = new LinkedHashMap<>();
            for (int i = 0; i < struct.fields().size(); i++) {
                Field field = struct.fields().get(i);
                members.put(field.name(), toJava(field.type(), Object.class, ((List<?>) value).get(i)));
            }
            return members;
        }
        return type instanceof Scalar scalar ? scalar(scalar, wanted, value) : value;
    }

    private static Object scalar(Scalar type, Class<?> wanted, Object value) {
        return switch (type) {
            case TINYINT, SMALLINT, INT, BIGINT, FLOAT, DOUBLE -> number(type, wanted, (Number) value);
            case DATE -> LocalDate.ofEpochDay(((Number) value).intValue());
            case TIME -> LocalTime.ofNanoOfDay((Long) value * NANOS_PER_MICRO);
            case TIMESTAMP ->
                wanted == Instant.class
                        ? instant((Long) value)
                        : (Object) LocalDateTime.ofInstant(instant((Long) value), ZoneOffset.UTC);
            case TIMESTAMPTZ -> instant((Long) value);
            case INTERVAL -> Duration.of((Long) value, ChronoUnit.MICROS);
            case INTERVAL_MONTHS ->
                Period.ofMonths(Math.toIntExact((Long) value)).normalized();
            default -> value;
        };
    }

    private static Object number(Scalar type, Class<?> wanted, Number value) {
        if (wanted == Byte.class) {
            return value.byteValue();
        } else if (wanted == Short.class) {
            return value.shortValue();
        } else if (wanted == Long.class) {
            return value.longValue();
        } else if (wanted == Double.class) {
            return value.doubleValue();
        } else if (wanted == Integer.class) {
            return value.intValue();
        }
        return switch (type) {
            case TINYINT -> value.byteValue();
            case SMALLINT -> value.shortValue();
            case FLOAT -> value.floatValue();
            default -> value;
        };
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    /** What a user function gave; null, an empty Optional and a null inside one are NULL. */
    public static @Nullable Object fromJava(DataType type, @Nullable Object given) {
        Object value = given instanceof Optional<?> optional ? optional.orElse(null) : given;
        if (value == null) {
            return null;
        }
        try {
            return converted(type, value);
        } catch (ClassCastException | ArithmeticException e) {
            throw wrong(type, value);
        }
    }

    private static @Nullable Object converted(DataType type, Object value) {
        if (type instanceof ListType list) {
            List<@Nullable Object> elements = new ArrayList<>();
            for (Object element : (Iterable<?>) value) {
                elements.add(fromJava(list.element(), element));
            }
            return elements;
        }
        if (type instanceof MapType map) {
            Map<@Nullable Object, @Nullable Object> entries = new LinkedHashMap<>();
            ((Map<?, ?>) value)
                    .forEach((key, content) -> entries.put(fromJava(map.key(), key), fromJava(map.value(), content)));
            return entries;
        }
        if (type instanceof StructType struct) {
            return members(struct, value);
        }
        if (type instanceof Decimal) {
            return value instanceof BigDecimal ? value : new BigDecimal(((Number) value).toString());
        }
        return switch ((Scalar) type) {
            case BOOLEAN -> (Boolean) value;
            case TINYINT, SMALLINT, INT, BIGINT -> integer((Scalar) type, (Number) value);
            case FLOAT -> (double) ((Number) value).floatValue();
            case DOUBLE -> ((Number) value).doubleValue();
            case TEXT, JSON -> ((CharSequence) value).toString();
            case BYTES -> (byte[]) value;
            case DATE -> Math.toIntExact(((LocalDate) value).toEpochDay());
            case TIME -> ((LocalTime) value).toNanoOfDay() / NANOS_PER_MICRO;
            case TIMESTAMP, TIMESTAMPTZ ->
                value instanceof LocalDateTime local
                        ? micros(local.toInstant(ZoneOffset.UTC))
                        : micros((Instant) value);
            case INTERVAL -> ((Duration) value).toNanos() / NANOS_PER_MICRO;
            case INTERVAL_MONTHS -> ((Period) value).toTotalMonths();
            case NULL -> null;
        };
    }

    private static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    private static Object integer(Scalar type, Number value) {
        if (value instanceof Double || value instanceof Float || value instanceof BigDecimal) {
            throw wrong(type, value);
        }
        long number = value.longValue();
        long bound =
                switch (type) {
                    case TINYINT -> Byte.MAX_VALUE;
                    case SMALLINT -> Short.MAX_VALUE;
                    case INT -> Integer.MAX_VALUE;
                    default -> Long.MAX_VALUE;
                };
        if (number > bound || number < -bound - 1) {
            throw wrong(type, value);
        }
        return type == Scalar.BIGINT ? (Object) number : (Object) (int) number;
    }

    /** The members of a struct: of a map or a record by their names, of a list or an array in order. */
    private static List<@Nullable Object> members(StructType struct, Object value) {
        List<@Nullable Object> members = new ArrayList<>();
        if (value instanceof Map<?, ?> map) {
            for (Field field : struct.fields()) {
                members.add(fromJava(field.type(), map.get(field.name())));
            }
            return members;
        }
        if (value instanceof Record row) {
            return recordMembers(struct, row);
        }
        List<?> row = value instanceof Object[] array ? Arrays.asList(array) : (List<?>) value;
        if (row.size() != struct.fields().size()) {
            throw wrong(struct, value);
        }
        for (int i = 0; i < row.size(); i++) {
            members.add(fromJava(struct.fields().get(i).type(), row.get(i)));
        }
        return members;
    }

    private static List<@Nullable Object> recordMembers(StructType struct, Record row) {
        List<@Nullable Object> members = new ArrayList<>();
        for (Field field : struct.fields()) {
            RecordComponent component = Arrays.stream(row.getClass().getRecordComponents())
                    .filter(c -> c.getName()
                            .toLowerCase(Locale.ROOT)
                            .equals(field.name().toLowerCase(Locale.ROOT)))
                    .findFirst()
                    .orElseThrow(() -> wrong(struct, row));
            try {
                component.getAccessor().setAccessible(true);
                members.add(fromJava(field.type(), component.getAccessor().invoke(row)));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("the record " + row.getClass().getName() + " cannot be read", e);
            }
        }
        return members;
    }

    private static LaminarException wrong(DataType type, Object value) {
        String java = value.getClass().getSimpleName();
        return new LaminarException(
                ErrorCode.FUNCTION_FAILED,
                "a user function gave " + java + " '" + value + "', which is no " + type.sql());
    }

    /**
     * What to throw when a user function has thrown.
     *
     * @param function its name and argument types
     * @param skips whether the row is to be left out
     */
    public static RuntimeException failed(String function, boolean skips, Throwable cause) {
        if (cause instanceof VirtualMachineError fatal && !(cause instanceof StackOverflowError)) {
            throw fatal;
        }
        String detail = cause.getMessage();
        LaminarException failure = new LaminarException(
                ErrorCode.FUNCTION_FAILED,
                function + " failed: " + cause.getClass().getName() + (detail == null ? "" : ": " + detail),
                null,
                null,
                cause);
        return skips ? new RowFailure(failure) : failure;
    }
}
