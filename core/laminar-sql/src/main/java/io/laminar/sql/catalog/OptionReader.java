package io.laminar.sql.catalog;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.option.Option;
import io.laminar.spi.option.Placeholders;
import io.laminar.sql.parser.IntervalText;
import io.laminar.sql.type.IntervalLiterals;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.type.SqlTypeName;

/** Values of options as they are written, in the form of {@link Option.Kind}. */
public final class OptionReader {
    private static final Pattern SIZE = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*([a-zA-Z]*)");
    private static final Map<String, Long> UNITS = Map.ofEntries(
            Map.entry("", 1L),
            Map.entry("b", 1L),
            Map.entry("kb", 1L << 10),
            Map.entry("k", 1L << 10),
            Map.entry("kib", 1L << 10),
            Map.entry("mb", 1L << 20),
            Map.entry("m", 1L << 20),
            Map.entry("mib", 1L << 20),
            Map.entry("gb", 1L << 30),
            Map.entry("g", 1L << 30),
            Map.entry("gib", 1L << 30),
            Map.entry("tb", 1L << 40));

    private OptionReader() {}

    /** A literal or a bare word as text. */
    static String text(Option option, SqlNode value) {
        if (value instanceof SqlIdentifier identifier) {
            return identifier.toString();
        }
        if (value instanceof SqlLiteral literal && !(value instanceof SqlIntervalLiteral)) {
            return literal.getTypeName() == SqlTypeName.CHAR
                    ? java.util.Objects.requireNonNull(literal.getValueAs(String.class))
                    : String.valueOf(literal.toValue());
        }
        if (value.getKind() == SqlKind.MINUS_PREFIX) {
            return "-" + text(option, ((SqlCall) value).operand(0));
        }
        throw invalid(option, quoted(option, value.toString()) + " is no " + wanted(option));
    }

    /**
     * The value of a literal, an array of literals or a bare word.
     *
     * @throws LaminarException INVALID_OPTION without a place
     */
    public static Object read(Option option, SqlNode value) {
        if (option.kind() == Option.Kind.DURATION && value instanceof SqlIntervalLiteral interval) {
            return IntervalLiterals.micros(interval)
                    .<Object>map(micros -> micros)
                    .orElseThrow(() -> invalid(option, "months and years have no fixed length"));
        }
        if (option.kind() == Option.Kind.TEXT_LIST && value.getKind() == SqlKind.ARRAY_VALUE_CONSTRUCTOR) {
            List<String> texts = new ArrayList<>();
            for (SqlNode element : ((SqlCall) value).getOperandList()) {
                texts.add(text(option, element));
            }
            return texts;
        }
        return read(option, text(option, value));
    }

    /** As {@link #read(Option, SqlNode)}, with the values of placeholders; errors show the placeholder. */
    static Object read(Option option, SqlNode value, Placeholders placeholders) {
        if (!(value instanceof SqlLiteral literal) || literal.getTypeName() != SqlTypeName.CHAR) {
            return read(option, value);
        }
        return resolved(option, text(option, value), placeholders);
    }

    /** The value of a text with the values of placeholders. */
    static Object resolved(Option option, String text, Placeholders placeholders) {
        return read(option, placeholders.resolve(text), text);
    }

    /**
     * The value of a text.
     *
     * @throws LaminarException INVALID_OPTION without a place
     */
    public static Object read(Option option, String text) {
        return read(option, text, text);
    }

    private static Object read(Option option, String text, String shown) {
        Optional<Object> value =
                switch (option.kind()) {
                    case TEXT -> Optional.of(text);
                    case INTEGER -> integer(text);
                    case NUMBER -> number(text);
                    case BOOLEAN -> bool(text);
                    case DURATION -> duration(text);
                    case SIZE -> size(text);
                    case CHOICE -> choice(option, text);
                    case TEXT_LIST ->
                        Optional.of(Arrays.stream(text.split(",", -1))
                                .map(String::strip)
                                .toList());
                    case PROPERTIES -> properties(text);
                };
        return value.orElseThrow(() -> invalid(option, quoted(option, shown) + " is no " + wanted(option)));
    }

    private static Optional<Object> integer(String text) {
        try {
            return Optional.of(Long.parseLong(text.strip()));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<Object> number(String text) {
        try {
            return Optional.of(Double.parseDouble(text.strip()));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<Object> bool(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "true", "on", "yes" -> Optional.of(true);
            case "false", "off", "no" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    private static Optional<Object> duration(String text) {
        if (text.strip().equals("0")) {
            return Optional.of(0L);
        }
        return IntervalText.parse(text)
                .filter(interval -> interval.months() == 0 && interval.micros() >= 0)
                .map(IntervalText::micros);
    }

    private static Optional<Object> size(String text) {
        Matcher matcher = SIZE.matcher(text.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Long unit = UNITS.get(matcher.group(2).toLowerCase(Locale.ROOT));
        return unit == null
                ? Optional.empty()
                : Optional.of(new BigDecimal(matcher.group(1))
                        .multiply(BigDecimal.valueOf(unit))
                        .longValue());
    }

    private static Optional<Object> choice(Option option, String text) {
        String lower = text.strip().toLowerCase(Locale.ROOT);
        return option.choices().contains(lower) ? Optional.of(lower) : Optional.empty();
    }

    private static Optional<Object> properties(String text) {
        TreeMap<String, String> entries = new TreeMap<>();
        for (String entry : text.split(",", -1)) {
            int equals = entry.indexOf('=');
            if (equals < 0 && !entry.isBlank()) {
                return Optional.empty();
            } else if (equals >= 0) {
                entries.put(
                        entry.substring(0, equals).strip(),
                        entry.substring(equals + 1).strip());
            }
        }
        return Optional.of(entries);
    }

    /** The value, unless it is or may hold a secret. */
    private static String quoted(Option option, String value) {
        return option.secret() || option.kind() == Option.Kind.PROPERTIES ? "the value" : "'" + value + "'";
    }

    private static String wanted(Option option) {
        return switch (option.kind()) {
            case TEXT -> "text";
            case INTEGER -> "integer";
            case NUMBER -> "number";
            case BOOLEAN -> "true or false";
            case DURATION -> "interval such as '5 seconds'";
            case SIZE -> "size such as '128 MB'";
            case CHOICE -> "choice; there are " + String.join(", ", option.choices());
            case TEXT_LIST -> "list of texts";
            case PROPERTIES -> "list of entries such as 'key=value, key=value'";
        };
    }

    private static LaminarException invalid(Option option, String reason) {
        return new LaminarException(
                ErrorCode.INVALID_OPTION, "option '" + option.name() + "': " + reason, option.description());
    }
}
