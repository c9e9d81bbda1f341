package io.laminar.execution.user;

import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Decimal;
import io.laminar.spi.type.DataType.ListType;
import io.laminar.spi.type.DataType.MapType;
import io.laminar.spi.type.DataType.Scalar;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which Java types a value of a SQL type may arrive in, and in which a result may leave. */
final class JavaTypeRules {

    private JavaTypeRules() {}

    /** The types an argument may arrive in, the usual one first. A primitive says that the function is not for NULL. */
    static List<Class<?>> arguments(DataType type) {
        if (type instanceof Decimal) {
            return List.of(BigDecimal.class);
        }
        if (type instanceof ListType) {
            return List.of(List.class);
        }
        if (type instanceof Scalar scalar) {
            return switch (scalar) {
                case BOOLEAN -> List.of(boolean.class, Boolean.class);
                case TINYINT ->
                    List.of(
                            byte.class,
                            Byte.class,
                            short.class,
                            Short.class,
                            int.class,
                            Integer.class,
                            long.class,
                            Long.class);
                case SMALLINT -> List.of(short.class, Short.class, int.class, Integer.class, long.class, Long.class);
                case INT -> List.of(int.class, Integer.class, long.class, Long.class);
                case BIGINT -> List.of(long.class, Long.class);
                case FLOAT -> List.of(float.class, Float.class, double.class, Double.class);
                case DOUBLE -> List.of(double.class, Double.class);
                case TEXT, JSON -> List.of(String.class);
                case BYTES -> List.of(byte[].class);
                case DATE -> List.of(LocalDate.class);
                case TIME -> List.of(LocalTime.class);
                case TIMESTAMP -> List.of(LocalDateTime.class, Instant.class);
                case TIMESTAMPTZ -> List.of(Instant.class);
                case INTERVAL -> List.of(Duration.class);
                case INTERVAL_MONTHS -> List.of(Period.class);
                case NULL -> List.of(Object.class);
            };
        }
        // Structs too: by member names.
        return List.of(Map.class);
    }

    /** The types a result may leave in, the usual one first. */
    static List<Class<?>> results(DataType type) {
        if (type instanceof Decimal) {
            return List.of(BigDecimal.class, BigInteger.class, Long.class, Integer.class, long.class, int.class);
        }
        if (type instanceof ListType) {
            return List.of(List.class);
        }
        if (type instanceof MapType) {
            return List.of(Map.class);
        }
        if (type instanceof Scalar scalar) {
            return switch (scalar) {
                case TINYINT -> List.of(byte.class, Byte.class);
                case SMALLINT -> List.of(short.class, Short.class, byte.class, Byte.class);
                case INT -> List.of(int.class, Integer.class, short.class, Short.class, byte.class, Byte.class);
                case BIGINT ->
                    List.of(
                            long.class,
                            Long.class,
                            int.class,
                            Integer.class,
                            short.class,
                            Short.class,
                            byte.class,
                            Byte.class);
                case FLOAT -> List.of(float.class, Float.class);
                case DOUBLE -> List.of(double.class, Double.class, float.class, Float.class, int.class, Integer.class);
                default -> arguments(type);
            };
        }
        return List.of(Map.class, List.class, Object[].class, Record.class);
    }

    /** The class behind {@code Optional<X>}, otherwise the class of a type itself. */
    static Class<?> content(Type type) {
        if (type instanceof ParameterizedType generic && generic.getRawType() == Optional.class) {
            return raw(generic.getActualTypeArguments()[0]);
        }
        return raw(type);
    }

    /** A type without its parameters. */
    static Class<?> raw(Type type) {
        if (type instanceof Class<?> plain) {
            return plain;
        }
        return type instanceof ParameterizedType generic ? raw(generic.getRawType()) : Object.class;
    }

    static boolean isOptional(Type type) {
        return raw(type) == Optional.class;
    }

    /** Whether an argument may arrive so. */
    static boolean takes(DataType type, Type java) {
        return content(java) == Object.class || arguments(type).contains(content(java));
    }

    /** Whether a result may leave so. */
    static boolean gives(DataType type, Type java) {
        Class<?> content = content(java);
        return content == Object.class
                || results(type).stream()
                        .anyMatch(known -> known == content || !known.isPrimitive() && known.isAssignableFrom(content));
    }

    /** The names of types, for a message. */
    static String names(List<Class<?>> types) {
        return types.stream().map(Class::getSimpleName).collect(Collectors.joining(" or "));
    }

    static String names(Class<?>[] types) {
        return Arrays.stream(types).map(Class::getSimpleName).collect(Collectors.joining(", ", "(", ")"));
    }
}
