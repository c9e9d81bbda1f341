package io.laminar.testing.text;

import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads values written as in a row of a test script: separated by blanks; text with blanks, quotes, brackets, commas or
 * {@code #} in single quotes; {@code [a, b]} an array, {@code (a, b)} a struct, {@code {k: v}} a map.
 */
public final class ValueReader {

    private final String text;
    private int at;

    public ValueReader(String text) {
        this.text = text;
    }

    /** Microseconds of a timestamp, with or without date; without one it is a time of 1970-01-01. */
    public static long timestamp(String text) {
        return ValueText.parseTimestamp(text);
    }

    /** Whether only blanks or a comment are left. */
    public boolean atEnd() {
        skipBlanks();
        return at == text.length() || text.charAt(at) == '#';
    }

    /** One-based column of what is read next. */
    public int column() {
        return at + 1;
    }

    /**
     * The next value, in the form of {@link io.laminar.spi.batch.Values}.
     *
     * @throws IllegalArgumentException if the text is not a value of the type
     */
    public @Nullable Object next(DataType type) {
        if (atEnd()) {
            throw new IllegalArgumentException("a value of type " + type.sql() + " is missing");
        }
        return value(type, "");
    }

    /** The next token as it stands. */
    public String word() {
        skipBlanks();
        return token("");
    }

    private @Nullable Object value(DataType type, String stops) {
        skipBlanks();
        char first = at < text.length() ? text.charAt(at) : ' ';
        if (type instanceof DataType.ListType list && first == '[') {
            at++;
            List<@Nullable Object> elements = new ArrayList<>();
            while (!closed(']')) {
                elements.add(value(list.element(), ",]"));
                comma(']');
            }
            return elements;
        } else if (type instanceof DataType.StructType struct && first == '(') {
            at++;
            List<@Nullable Object> members = new ArrayList<>();
            for (Field field : struct.fields()) {
                members.add(value(field.type(), ",)"));
                comma(')');
            }
            if (!closed(')')) {
                throw new IllegalArgumentException("more members than " + type.sql() + " has");
            }
            return members;
        } else if (type instanceof DataType.MapType map && first == '{') {
            at++;
            Map<@Nullable Object, @Nullable Object> entries = new LinkedHashMap<>();
            while (!closed('}')) {
                Object key = value(map.key(), ":");
                expect(':');
                entries.put(key, value(map.value(), ",}"));
                comma('}');
            }
            return entries;
        }
        boolean quoted = first == '\'';
        String token = token(stops);
        if (!quoted && token.equals("NULL")) {
            return null;
        }
        try {
            return scalar(type, token);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("'" + token + "' is no " + type.sql() + ": " + e.getMessage(), e);
        }
    }

    private static Object scalar(DataType type, String token) {
        if (type instanceof DataType.Decimal decimal) {
            return new BigDecimal(token).setScale(decimal.scale(), RoundingMode.UNNECESSARY);
        } else if (!(type instanceof Scalar)) {
            throw new IllegalArgumentException("written in brackets");
        }
        return switch ((Scalar) type) {
            case BOOLEAN -> bool(token);
            case TINYINT, SMALLINT, INT -> Integer.valueOf(token);
            case BIGINT -> Long.valueOf(token);
            case FLOAT -> (double) Float.parseFloat(token);
            case DOUBLE -> Double.valueOf(token);
            case TEXT, JSON -> token;
            case BYTES -> HexFormat.of().parseHex(token.startsWith("\\x") ? token.substring(2) : token);
            case DATE -> (int) LocalDate.parse(token).toEpochDay();
            case TIME -> LocalTime.parse(token).toNanoOfDay() / 1000;
            case TIMESTAMP, TIMESTAMPTZ -> ValueText.parseTimestamp(token);
            case INTERVAL -> ValueText.parseInterval(token);
            case INTERVAL_MONTHS -> Long.valueOf(token.replace("mo", ""));
            case NULL -> throw new IllegalArgumentException("only NULL has this type");
        };
    }

    private static Boolean bool(String token) {
        return switch (token) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("true or false is expected");
        };
    }

    private String token(String stops) {
        if (at < text.length() && text.charAt(at) == '\'') {
            return quotedToken();
        }
        int start = at;
        while (at < text.length() && !Character.isWhitespace(text.charAt(at)) && stops.indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(start, at);
    }

    private String quotedToken() {
        StringBuilder out = new StringBuilder();
        at++;
        while (true) {
            if (at >= text.length()) {
                throw new IllegalArgumentException("a quote is not closed");
            }
            char c = text.charAt(at++);
            if (c == '\\' && at < text.length()) {
                out.append(escaped(text.charAt(at++)));
            } else if (c != '\'') {
                out.append(c);
            } else if (at < text.length() && text.charAt(at) == '\'') {
                out.append('\'');
                at++;
            } else {
                return out.toString();
            }
        }
    }

    private static char escaped(char c) {
        return switch (c) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case '\\' -> '\\';
            default -> throw new IllegalArgumentException("unknown escape \\" + c);
        };
    }

    private boolean closed(char bracket) {
        skipBlanks();
        if (at < text.length() && text.charAt(at) == bracket) {
            at++;
            return true;
        }
        if (at == text.length()) {
            throw new IllegalArgumentException("'" + bracket + "' is missing");
        }
        return false;
    }

    /** A comma between elements; none before the closing bracket. */
    private void comma(char bracket) {
        skipBlanks();
        if (at < text.length() && text.charAt(at) == bracket) {
            return;
        }
        expect(',');
    }

    private void expect(char c) {
        skipBlanks();
        if (at == text.length() || text.charAt(at) != c) {
            throw new IllegalArgumentException("'" + c + "' is expected in column " + column());
        }
        at++;
    }

    private void skipBlanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }
}
