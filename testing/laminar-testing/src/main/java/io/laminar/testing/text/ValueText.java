package io.laminar.testing.text;

import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Scalar;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes values in one canonical form, so that equal values have equal texts. Values are in the form of {@link
 * io.laminar.spi.batch.Values}. Doubles are shown with 12 significant digits: how rows were spread over batches and
 * subtasks may change the order of additions, and with it the last digits.
 */
public final class ValueText {

    private static final MathContext DOUBLE_DIGITS = new MathContext(12);
    private static final MathContext FLOAT_DIGITS = new MathContext(7);
    private static final Pattern BARE = Pattern.compile("[^\\s'\\[\\](){},#]+");
    private static final long SECOND = 1_000_000L;
    private static final long DAY = 86_400 * SECOND;

    private ValueText() {}

    public static String render(DataType type, @Nullable Object value) {
        if (value == null) {
            return "NULL";
        }
        if (type instanceof DataType.Decimal) {
            return ((BigDecimal) value).toPlainString();
        } else if (type instanceof DataType.ListType list) {
            StringJoiner out = new StringJoiner(", ", "[", "]");
            ((List<?>) value).forEach(element -> out.add(render(list.element(), element)));
            return out.toString();
        } else if (type instanceof DataType.MapType map) {
            StringJoiner out = new StringJoiner(", ", "{", "}");
            for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
                out.add(render(map.key(), entry.getKey()) + ": " + render(map.value(), entry.getValue()));
            }
            return out.toString();
        } else if (type instanceof DataType.StructType struct) {
            StringJoiner out = new StringJoiner(", ", "(", ")");
            List<?> members = (List<?>) value;
            for (int i = 0; i < members.size(); i++) {
                out.add(render(struct.fields().get(i).type(), members.get(i)));
            }
            return out.toString();
        }
        return scalar((Scalar) type, value);
    }

    private static String scalar(Scalar type, Object value) {
        return switch (type) {
            case BOOLEAN, TINYINT, SMALLINT, INT, BIGINT -> value.toString();
            case FLOAT -> number(((Number) value).doubleValue(), FLOAT_DIGITS);
            case DOUBLE -> number(((Number) value).doubleValue(), DOUBLE_DIGITS);
            case TEXT -> text((String) value);
            case JSON -> quoted((String) value);
            case BYTES -> "\\x" + HexFormat.of().formatHex((byte[]) value);
            case DATE -> LocalDate.ofEpochDay((Integer) value).toString();
            case TIME -> time((Long) value);
            case TIMESTAMP -> timestamp((Long) value);
            case TIMESTAMPTZ -> timestamp((Long) value) + "Z";
            case INTERVAL -> interval((Long) value);
            case INTERVAL_MONTHS -> value + "mo";
            case NULL -> "NULL";
        };
    }

    private static String number(double value, MathContext digits) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return Double.toString(value);
        }
        BigDecimal rounded = new BigDecimal(value).round(digits).stripTrailingZeros();
        if (rounded.signum() == 0) {
            return "0";
        }
        int magnitude = rounded.precision() - rounded.scale();
        return magnitude > 16 || magnitude < -4 ? rounded.toString() : rounded.toPlainString();
    }

    private static String text(String value) {
        boolean bare = BARE.matcher(value).matches() && !value.equals("NULL");
        return bare ? value : quoted(value);
    }

    private static String quoted(String value) {
        return "'"
                + value.replace("\\", "\\\\")
                        .replace("'", "''")
                        .replace("\n", "\\n")
                        .replace("\t", "\\t")
                        .replace("\r", "\\r")
                + "'";
    }

    private static String time(long micros) {
        LocalTime time = LocalTime.ofNanoOfDay(micros * 1000);
        String text = time.toString();
        return text.length() == 5 ? text + ":00" : text;
    }

    /** A time of the epoch day is written without its date. */
    private static String timestamp(long micros) {
        long day = Math.floorDiv(micros, DAY);
        String time = time(Math.floorMod(micros, DAY));
        return day == 0 ? time : LocalDate.ofEpochDay(day) + "T" + time;
    }

    private static String interval(long micros) {
        if (micros == Long.MIN_VALUE) {
            return Long.toString(micros) + "us";
        }
        long size = Math.abs(micros);
        long seconds = size / SECOND;
        String text = "%d:%02d:%02d".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60);
        long fraction = size % SECOND;
        if (fraction != 0) {
            text += "." + "%06d".formatted(fraction).replaceAll("0+$", "");
        }
        return micros < 0 ? "-" + text : text;
    }

    /** Microseconds of a timestamp as {@link #render} writes it, with or without date. */
    static long parseTimestamp(String text) {
        String plain = text.endsWith("Z") ? text.substring(0, text.length() - 1) : text;
        LocalDateTime at;
        if (plain.indexOf('T') > 0 || plain.indexOf(' ') > 0) {
            at = LocalDateTime.parse(plain.replace(' ', 'T'));
        } else if (plain.indexOf(':') < 0) {
            at = LocalDate.parse(plain).atStartOfDay();
        } else {
            at = LocalTime.parse(plain).atDate(LocalDate.EPOCH);
        }
        return ChronoUnit.MICROS.between(LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC), at);
    }

    static long parseInterval(String text) {
        boolean negative = text.startsWith("-");
        String[] parts = (negative ? text.substring(1) : text).split(":", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("an interval is written as H:MM:SS, not " + text);
        }
        long minutes = Long.parseLong(parts[0]) * 60 + Long.parseLong(parts[1]);
        long micros = minutes * 60 * SECOND
                + new BigDecimal(parts[2]).movePointRight(6).longValueExact();
        return negative ? -micros : micros;
    }
}
