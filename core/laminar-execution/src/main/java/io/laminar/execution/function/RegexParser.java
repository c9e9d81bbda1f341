package io.laminar.execution.function;

import io.laminar.execution.function.RegexNode.Capture;
import io.laminar.execution.function.RegexNode.Choice;
import io.laminar.execution.function.RegexNode.Edge;
import io.laminar.execution.function.RegexNode.Repeat;
import io.laminar.execution.function.RegexNode.Sequence;
import io.laminar.execution.function.RegexNode.Text;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the everyday part of RE2's syntax. Anything else (flags, classes of Unicode, loops over nothing) makes it give
 * up, and the pattern is left to RE2/J, which has checked the syntax before.
 */
final class RegexParser {
    private static final int MOST_COPIES = 64;
    private static final String PUNCTUATION = "\\.+*?()|[]{}^$-/&=:;,!@#%~\"'<>_` ";
    private static final CharSet WORD =
            CharSet.NONE.range('a', 'z').range('A', 'Z').range('0', '9').range('_', '_');
    private static final CharSet DIGIT = CharSet.NONE.range('0', '9');
    private static final CharSet SPACE =
            CharSet.NONE.range('\t', '\n').range('\f', '\r').range(' ', ' ');

    private final String pattern;
    private final boolean ignoreCase;
    private final boolean dotTakesLines;
    private int at;
    private int captures;

    private RegexParser(String pattern, boolean ignoreCase, boolean dotTakesLines) {
        this.pattern = pattern;
        this.ignoreCase = ignoreCase;
        this.dotTakesLines = dotTakesLines;
    }

    /** Gives up on a pattern. */
    private static final class Unsupported extends Exception {
        private static final long serialVersionUID = 1;

        Unsupported() {
            super(null, null, false, false);
        }
    }

    /** @param captures how many groups capture */
    record Parsed(RegexNode node, int captures) {}

    static Optional<Parsed> parse(String pattern, boolean ignoreCase, boolean dotTakesLines) {
        RegexParser parser = new RegexParser(pattern, ignoreCase, dotTakesLines);
        try {
            RegexNode node = parser.choice();
            return parser.at == pattern.length() ? Optional.of(new Parsed(node, parser.captures)) : Optional.empty();
        } catch (Unsupported e) {
            return Optional.empty();
        }
    }

    private boolean more() {
        return at < pattern.length();
    }

    private char peek() {
        return pattern.charAt(at);
    }

    private boolean take(String text) {
        boolean there = pattern.startsWith(text, at);
        if (there) {
            at += text.length();
        }
        return there;
    }

    private RegexNode choice() throws Unsupported {
        List<RegexNode> options = new ArrayList<>();
        options.add(sequence());
        while (take("|")) {
            options.add(sequence());
        }
        return options.size() == 1 ? options.get(0) : new Choice(options);
    }

    private RegexNode sequence() throws Unsupported {
        List<RegexNode> parts = new ArrayList<>();
        while (more() && peek() != '|' && peek() != ')') {
            parts.add(repeated(atom()));
        }
        return new Sequence(merged(parts));
    }

    /** Neighbouring texts become one. */
    private static List<RegexNode> merged(List<RegexNode> parts) {
        List<RegexNode> merged = new ArrayList<>();
        for (RegexNode part : parts) {
            int last = merged.size() - 1;
            if (part instanceof Text text && last >= 0 && merged.get(last) instanceof Text before) {
                byte[] both = new byte[before.bytes().length + text.bytes().length];
                System.arraycopy(before.bytes(), 0, both, 0, before.bytes().length);
                System.arraycopy(text.bytes(), 0, both, before.bytes().length, text.bytes().length);
                merged.set(last, new Text(both));
            } else {
                merged.add(part);
            }
        }
        return merged;
    }

    private RegexNode atom() throws Unsupported {
        char c = peek();
        switch (c) {
            case '(':
                return group();
            case '[':
                at++;
                return set().node();
            case '.':
                at++;
                return dotTakesLines
                        ? CharSet.ALL.node()
                        : CharSet.NONE.range('\n', '\n').negated().node();
            case '^':
                at++;
                return Edge.START;
            case '$':
                at++;
                return Edge.END;
            case '\\':
                at++;
                return escape();
            case '*', '+', '?', '{':
                throw new Unsupported();
            default:
                return character();
        }
    }

    private RegexNode group() throws Unsupported {
        int number = 0;
        if (!take("(?:")) {
            if (pattern.startsWith("(?", at)) {
                throw new Unsupported();
            }
            at++;
            number = ++captures;
        }
        RegexNode body = choice();
        if (!take(")")) {
            throw new Unsupported();
        }
        return number == 0 ? body : new Capture(body, number);
    }

    private RegexNode character() throws Unsupported {
        int point = pattern.codePointAt(at);
        at += Character.charCount(point);
        return character(point);
    }

    private RegexNode character(int point) throws Unsupported {
        if (ignoreCase) {
            if (point >= 0x80) {
                throw new Unsupported();
            }
            if (Character.isLetter(point)) {
                return CharSet.NONE.range((char) point, (char) point).anyCase().node();
            }
        }
        return new Text(new String(Character.toChars(point)).getBytes(StandardCharsets.UTF_8));
    }

    private RegexNode escape() throws Unsupported {
        if (!more()) {
            throw new Unsupported();
        }
        char c = peek();
        at++;
        CharSet set = escapedSet(c);
        if (set != null) {
            return set.node();
        }
        switch (c) {
            case 'A':
                return Edge.START;
            case 'z':
                return Edge.END;
            case 'b':
                return Edge.WORD;
            case 'B':
                return Edge.NO_WORD;
            default:
                return character(escapedCharacter(c));
        }
    }

    private static @Nullable CharSet escapedSet(char c) {
        return switch (c) {
            case 'd' -> DIGIT;
            case 'D' -> DIGIT.negated();
            case 'w' -> WORD;
            case 'W' -> WORD.negated();
            case 's' -> SPACE;
            case 'S' -> SPACE.negated();
            default -> null;
        };
    }

    private static char escapedCharacter(char c) throws Unsupported {
        return switch (c) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'f' -> '\f';
            default -> {
                if (PUNCTUATION.indexOf(c) < 0) {
                    throw new Unsupported();
                }
                yield c;
            }
        };
    }

    /** Reads what follows an opening bracket. */
    private CharSet set() throws Unsupported {
        boolean negated = take("^");
        CharSet set = CharSet.NONE;
        boolean first = true;
        while (first || !more() || peek() != ']') {
            if (!more() || pattern.startsWith("[:", at)) {
                throw new Unsupported();
            }
            first = false;
            CharSet named = peek() == '\\' && at + 1 < pattern.length() ? escapedSet(pattern.charAt(at + 1)) : null;
            if (named != null) {
                at += 2;
                set = set.or(named);
                continue;
            }
            char from = member();
            char to = from;
            if (at + 1 < pattern.length() && peek() == '-' && pattern.charAt(at + 1) != ']') {
                at++;
                to = member();
            }
            set = set.range(from, to);
        }
        at++;
        CharSet cased = ignoreCase ? set.anyCase() : set;
        return negated ? cased.negated() : cased;
    }

    private char member() throws Unsupported {
        if (!more()) {
            throw new Unsupported();
        }
        char c = peek();
        at++;
        if (c == '\\') {
            if (!more()) {
                throw new Unsupported();
            }
            c = escapedCharacter(peek());
            at++;
        }
        if (c >= 0x80) {
            throw new Unsupported();
        }
        return c;
    }

    private RegexNode repeated(RegexNode atom) throws Unsupported {
        if (!more()) {
            return atom;
        }
        int least;
        int most;
        switch (peek()) {
            case '*' -> {
                at++;
                least = 0;
                most = -1;
            }
            case '+' -> {
                at++;
                least = 1;
                most = -1;
            }
            case '?' -> {
                at++;
                least = 0;
                most = 1;
            }
            case '{' -> {
                at++;
                least = count();
                most = take(",") ? (more() && peek() == '}' ? -1 : count()) : least;
                if (!take("}")) {
                    throw new Unsupported();
                }
            }
            default -> {
                return atom;
            }
        }
        boolean greedy = !take("?");
        boolean again = more() && "*+?{".indexOf(peek()) >= 0;
        if (again || atom.matchesEmpty() || Math.max(least, most) > MOST_COPIES) {
            throw new Unsupported();
        }
        return new Repeat(atom, least, most, greedy);
    }

    private int count() throws Unsupported {
        int start = at;
        int count = 0;
        while (more() && peek() >= '0' && peek() <= '9' && at - start < 4) {
            count = count * 10 + peek() - '0';
            at++;
        }
        if (at == start) {
            throw new Unsupported();
        }
        return count;
    }

    /** A {@link RegexNode.Set} in the making. */
    private record CharSet(long low, long high, boolean beyond) {
        static final CharSet NONE = new CharSet(0, 0, false);
        static final CharSet ALL = new CharSet(-1, -1, true);

        CharSet range(char from, char to) {
            long newLow = low;
            long newHigh = high;
            for (int c = from; c <= to; c++) {
                newLow |= c < 64 ? 1L << c : 0;
                newHigh |= c >= 64 ? 1L << c : 0;
            }
            return new CharSet(newLow, newHigh, beyond);
        }

        CharSet or(CharSet other) {
            return new CharSet(low | other.low, high | other.high, beyond || other.beyond);
        }

        CharSet negated() {
            return new CharSet(~low, ~high, !beyond);
        }

        /** Upper and lower case lie 32 apart in the upper half. */
        CharSet anyCase() {
            long letters = 0x7FFFFFEL;
            long both = (high | high >>> 32) & letters;
            return new CharSet(low, high | both | both << 32, beyond);
        }

        RegexNode node() {
            return new RegexNode.Set(low, high, beyond);
        }
    }
}
