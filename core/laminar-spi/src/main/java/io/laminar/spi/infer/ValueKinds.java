package io.laminar.spi.infer;

import io.laminar.spi.text.TemporalText;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Decimal;
import io.laminar.spi.type.DataType.Scalar;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Counts what the values of a column look like, and says which type holds all of them. */
public final class ValueKinds {
    private static final int LONG_DIGITS = 18;
    private static final int DATE_LENGTH = 10;
    private static final Decimal WIDE = new Decimal(38, 0);

    /** What a value looks like. */
    private enum Kind {
        NULL("are NULL"),
        BOOLEAN("are true or false"),
        INTEGER("are whole numbers"),
        /** Beyond 64 bits. */
        WIDE_INTEGER("are whole numbers beyond 64 bits"),
        DECIMAL("have decimals"),
        DATE("are dates"),
        TIME("are times of day"),
        TIMESTAMP("are timestamps"),
        TEXT("are texts"),
        NESTED("are objects or arrays");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    private final Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
    private boolean leadingZeros;
    private boolean numbersInQuotes;
    private long values;

    /** A value that is missing. */
    public void addNull() {
        count(Kind.NULL);
    }

    public void addBoolean() {
        count(Kind.BOOLEAN);
    }

    /** A number as it is written. */
    public void addNumber(String text) {
        count(number(text));
    }

    /** A value with parts of its own. */
    public void addNested() {
        count(Kind.NESTED);
    }

    /** A text in quotes: only times are more than that. */
    public void addText(String text) {
        Kind kind = temporal(text);
        numbersInQuotes |= kind == Kind.TEXT && isNumber(text);
        count(kind);
    }

    /** A text of which the data does not say what it is, as in CSV. */
    public void addBare(String text) {
        if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
            count(Kind.BOOLEAN);
        } else if (isNumber(text)) {
            String digits = text.startsWith("-") ? text.substring(1) : text;
            if (digits.length() > 1 && digits.charAt(0) == '0' && Character.isDigit(digits.charAt(1))) {
                leadingZeros = true;
                count(Kind.TEXT);
            } else {
                count(number(text));
            }
        } else {
            count(temporal(text));
        }
    }

    private void count(Kind kind) {
        counts.merge(kind, 1, Integer::sum);
        values++;
    }

    private static boolean isNumber(String text) {
        return text.matches("-?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d+)?");
    }

    private static Kind number(String text) {
        if (!text.matches("-?\\d+")) {
            return Kind.DECIMAL;
        }
        try {
            if (text.length() > LONG_DIGITS) {
                Long.parseLong(text);
            }
            return Kind.INTEGER;
        } catch (NumberFormatException e) {
            return Kind.WIDE_INTEGER;
        }
    }

    private static Kind temporal(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length < "00:00".length() || !Character.isDigit(text.charAt(0))) {
            return Kind.TEXT;
        }
        if (bytes.length == DATE_LENGTH && TemporalText.parseDate(bytes, 0, bytes.length) != TemporalText.INVALID) {
            return Kind.DATE;
        }
        if (bytes.length > DATE_LENGTH && TemporalText.parseTimestamp(bytes, 0, bytes.length) != TemporalText.INVALID) {
            return Kind.TIMESTAMP;
        }
        return TemporalText.parseTime(bytes, 0, bytes.length) != TemporalText.INVALID ? Kind.TIME : Kind.TEXT;
    }

    // Answers -------------------------------------------------------------------------------------------------------

    /** Whether all values but the missing ones are nested. */
    public boolean isNested() {
        return has(Kind.NESTED) && only(Kind.NESTED);
    }

    /** Whether some values are nested and others are not. */
    public boolean mixesNested() {
        return has(Kind.NESTED) && !only(Kind.NESTED);
    }

    /** Whether the values are all texts, or missing. */
    public boolean isText() {
        return only(Kind.TEXT);
    }

    /**
     * The type of the column.
     *
     * @param mixed what holds values that have no other type in common, TEXT or JSON
     */
    public InferredColumn column(String name, DataType mixed) {
        DataType type = type(mixed);
        return new InferredColumn(name, type, true, type.sql() + " because " + reason(type));
    }

    private DataType type(DataType mixed) {
        if (only()) {
            return mixed;
        } else if (only(Kind.BOOLEAN)) {
            return Scalar.BOOLEAN;
        } else if (only(Kind.INTEGER)) {
            return Scalar.BIGINT;
        } else if (only(Kind.INTEGER, Kind.WIDE_INTEGER)) {
            return WIDE;
        } else if (only(Kind.INTEGER, Kind.WIDE_INTEGER, Kind.DECIMAL)) {
            return Scalar.DOUBLE;
        } else if (only(Kind.DATE)) {
            return Scalar.DATE;
        } else if (only(Kind.TIME)) {
            return Scalar.TIME;
        } else if (only(Kind.DATE, Kind.TIMESTAMP)) {
            return Scalar.TIMESTAMP;
        }
        return only(Kind.TEXT, Kind.DATE, Kind.TIME, Kind.TIMESTAMP) ? Scalar.TEXT : mixed;
    }

    private String reason(DataType type) {
        long present = values - counts.getOrDefault(Kind.NULL, 0);
        String reason;
        if (present == 0) {
            reason = "none of " + values + " values is there to tell";
        } else if (type == Scalar.DOUBLE && has(Kind.INTEGER)) {
            reason = counts.get(Kind.DECIMAL) + " of " + present + " values have decimals";
        } else {
            reason = counts.entrySet().stream()
                    .filter(entry -> entry.getKey() != Kind.NULL)
                    .map(entry -> (entry.getValue() == present ? "all " : entry.getValue() + " of ") + present
                            + " values " + entry.getKey().words)
                    .collect(Collectors.joining(", "));
        }
        if (leadingZeros) {
            reason += "; a number would lose its leading zeros";
        }
        if (numbersInQuotes) {
            reason += "; some are numbers in quotes";
        }
        return reason;
    }

    private boolean has(Kind kind) {
        return counts.containsKey(kind);
    }

    /** Whether every value is missing or one of these. */
    private boolean only(Kind... kinds) {
        long among = counts.getOrDefault(Kind.NULL, 0);
        for (Kind kind : kinds) {
            among += counts.getOrDefault(kind, 0);
        }
        return among == values;
    }
}
