package io.laminar.execution.expression.kernel;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A compiled LIKE, ILIKE or SIMILAR TO pattern. LIKE patterns that are a text with {@code %} before or after it become
 * comparisons of bytes; other LIKE patterns run over code points with one point to go back to; SIMILAR TO becomes a
 * regular expression without backtracking.
 */
public final class TextPattern {
    /** Which language the pattern is in. */
    public enum Kind {
        LIKE,
        ILIKE,
        SIMILAR_TO
    }

    private enum Form {
        EXACT,
        PREFIX,
        SUFFIX,
        CONTAINS,
        WILDCARDS,
        REGEX
    }

    /** In {@link #symbols}: any number of characters, one character. */
    private static final int ANY = -1;

    private static final int ONE = -2;

    private final Form form;
    private final byte[] fixed;
    private final int[] symbols;
    private final boolean ignoreCase;
    private final Pattern regex;

    private TextPattern(Form form, byte[] fixed, int[] symbols, boolean ignoreCase, Pattern regex) {
        this.form = form;
        this.fixed = fixed;
        this.symbols = symbols;
        this.ignoreCase = ignoreCase;
        this.regex = regex;
    }

    /** @param escape one character, or empty for none */
    public static TextPattern of(Kind kind, String pattern, String escape) {
        if (escape.codePointCount(0, escape.length()) > 1) {
            throw new LaminarException(ErrorCode.INVALID_ARGUMENT, "ESCAPE takes one character, not '" + escape + "'");
        }
        int escapePoint = escape.isEmpty() ? ANY : escape.codePointAt(0);
        return kind == Kind.SIMILAR_TO ? similar(pattern, escapePoint) : like(pattern, escapePoint, kind == Kind.ILIKE);
    }

    private static final Pattern NO_REGEX = Pattern.compile("");

    private static TextPattern like(String pattern, int escape, boolean ignoreCase) {
        int[] symbols = symbols(pattern, escape, ignoreCase);
        int first = 0;
        int last = symbols.length;
        while (first < last && symbols[first] == ANY) {
            first++;
        }
        while (last > first && symbols[last - 1] == ANY) {
            last--;
        }
        boolean plain =
                !ignoreCase && Arrays.stream(symbols, first, last).noneMatch(symbol -> symbol == ANY || symbol == ONE);
        if (!plain) {
            return new TextPattern(Form.WILDCARDS, new byte[0], symbols, ignoreCase, NO_REGEX);
        }
        byte[] fixed = new String(symbols, first, last - first).getBytes(StandardCharsets.UTF_8);
        boolean openStart = first > 0;
        boolean openEnd = last < symbols.length || (openStart && first == last);
        Form form = openStart ? (openEnd ? Form.CONTAINS : Form.SUFFIX) : openEnd ? Form.PREFIX : Form.EXACT;
        return new TextPattern(form, fixed, symbols, false, NO_REGEX);
    }

    private static int[] symbols(String pattern, int escape, boolean ignoreCase) {
        List<Integer> symbols = new ArrayList<>();
        int[] points = pattern.codePoints().toArray();
        for (int i = 0; i < points.length; i++) {
            int point = points[i];
            if (point == escape) {
                if (i + 1 == points.length) {
                    throw new LaminarException(
                            ErrorCode.INVALID_ARGUMENT,
                            "the LIKE pattern '" + pattern + "' ends with its escape character",
                            "write the escape character twice to match it");
                }
                i++;
                symbols.add(ignoreCase ? fold(points[i]) : points[i]);
            } else if (point == '%') {
                if (symbols.isEmpty() || symbols.get(symbols.size() - 1) != ANY) {
                    symbols.add(ANY);
                }
            } else if (point == '_') {
                symbols.add(ONE);
            } else {
                symbols.add(ignoreCase ? fold(point) : point);
            }
        }
        return symbols.stream().mapToInt(Integer::intValue).toArray();
    }

    private static int fold(int point) {
        return Character.toLowerCase(Character.toUpperCase(point));
    }

    /** The regular expression of a SIMILAR TO pattern: {@code %} and {@code _} as in LIKE, the rest as in POSIX. */
    private static TextPattern similar(String pattern, int escape) {
        StringBuilder regex = new StringBuilder("(?s)\\A(?:");
        int[] points = pattern.codePoints().toArray();
        boolean inClass = false;
        for (int i = 0; i < points.length; i++) {
            int point = points[i];
            if (point == escape && i + 1 < points.length) {
                regex.append(Pattern.quote(Character.toString(points[++i])));
            } else if (inClass) {
                inClass = point != ']';
                regex.append(point == '\\' ? "\\\\" : Character.toString(point));
            } else if (point == '[') {
                inClass = true;
                regex.append('[');
            } else if (point == '%') {
                regex.append(".*");
            } else if (point == '_') {
                regex.append('.');
            } else if ("|*+?{}()".indexOf(point) >= 0) {
                regex.append((char) point);
            } else {
                regex.append(Pattern.quote(Character.toString(point)));
            }
        }
        regex.append(")\\z");
        try {
            return new TextPattern(Form.REGEX, new byte[0], new int[0], false, Pattern.compile(regex.toString()));
        } catch (PatternSyntaxException e) {
            throw new LaminarException(
                    ErrorCode.INVALID_ARGUMENT,
                    "the SIMILAR TO pattern '" + pattern + "' cannot be read: " + e.getDescription());
        }
    }

    public boolean matches(byte[] b, int from, int length) {
        return switch (form) {
            case EXACT -> length == fixed.length && startsWith(b, from);
            case PREFIX -> length >= fixed.length && startsWith(b, from);
            case SUFFIX -> length >= fixed.length && startsWith(b, from + length - fixed.length);
            case CONTAINS -> contains(b, from, length);
            case WILDCARDS -> wildcards(b, from, from + length);
            case REGEX ->
                regex.matcher(new String(b, from, length, StandardCharsets.UTF_8))
                        .find();
        };
    }

    private boolean startsWith(byte[] b, int from) {
        return Arrays.equals(b, from, from + fixed.length, fixed, 0, fixed.length);
    }

    private boolean contains(byte[] b, int from, int length) {
        if (fixed.length == 0) {
            return true;
        }
        byte first = fixed[0];
        int last = from + length - fixed.length;
        for (int i = from; i <= last; i++) {
            if (b[i] == first && startsWith(b, i)) {
                return true;
            }
        }
        return false;
    }

    /** Greedy: when the part behind a % does not match, the % takes one character more. Only the last % matters. */
    private boolean wildcards(byte[] b, int from, int to) {
        int at = from;
        int symbol = 0;
        int retryAt = -1;
        int retrySymbol = -1;
        while (at < to) {
            if (symbol < symbols.length && symbols[symbol] == ANY) {
                retrySymbol = ++symbol;
                retryAt = at;
                continue;
            }
            if (symbol < symbols.length && (symbols[symbol] == ONE || symbols[symbol] == point(b, at, to))) {
                at += width(b[at]);
                symbol++;
                continue;
            }
            if (retrySymbol < 0) {
                return false;
            }
            retryAt += width(b[retryAt]);
            at = retryAt;
            symbol = retrySymbol;
        }
        while (symbol < symbols.length && symbols[symbol] == ANY) {
            symbol++;
        }
        return symbol == symbols.length && at <= to;
    }

    private static int width(byte lead) {
        if (lead >= 0) {
            return 1;
        }
        int bits = lead & 0xFF;
        return bits >= 0xF0 ? 4 : bits >= 0xE0 ? 3 : bits >= 0xC0 ? 2 : 1;
    }

    private int point(byte[] b, int at, int to) {
        int lead = b[at] & 0xFF;
        int width = width(b[at]);
        int point = lead;
        if (width > 1 && at + width <= to) {
            point = lead & (0x7F >> width);
            for (int i = 1; i < width; i++) {
                point = point << 6 | b[at + i] & 0x3F;
            }
        }
        return ignoreCase ? fold(point) : point;
    }
}
