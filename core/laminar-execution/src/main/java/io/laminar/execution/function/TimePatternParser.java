package io.laminar.execution.function;

import io.laminar.execution.function.TimePatternPart.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads patterns of dates and times in the three ways people write them. */
final class TimePatternParser {
    private static final String NAME = "date_format";
    private static final String CAPITALISED = "Aa";
    private static final String UPPER = "AA";
    private static final String LOWER = "aa";

    /** Longest first, so that a longer one is not taken for its start. */
    private static final String[] POSTGRES_WORDS = {
        "MONTH", "YYYY", "IYYY", "HH24", "HH12", "MON", "DAY", "DDD", "FF1", "FF2", "FF3", "FF4", "FF5", "FF6", "TZH",
        "HH", "MI", "MM", "SS", "MS", "US", "DD", "DY", "ID", "IW", "WW", "YY", "CC", "AM", "PM", "TZ", "OF", "D", "Q"
    };

    private final String text;
    private final List<TimePatternPart> parts = new ArrayList<>();
    private final StringBuilder literal = new StringBuilder();

    private TimePatternParser(String text) {
        this.text = text;
    }

    static List<TimePatternPart> strftime(String text) {
        return new TimePatternParser(text).strftime();
    }

    static List<TimePatternPart> java(String text) {
        return new TimePatternParser(text).java();
    }

    static List<TimePatternPart> postgres(String text) {
        return new TimePatternParser(text).postgres();
    }

    /** Whether letters are meant as Postgres has them: it writes minutes MI, hours HH24 and days DD. */
    static boolean looksLikePostgres(String text) {
        for (String javaWord : new String[] {"yy", "uu", "dd", "mm", "ss", "'"}) {
            if (text.contains(javaWord)) {
                return false;
            }
        }
        for (String word : new String[] {"YY", "DD", "MI", "HH24", "HH12", "Mon", "MON", "Day", "Dy"}) {
            if (text.contains(word)) {
                return true;
            }
        }
        return false;
    }

    private List<TimePatternPart> finish() {
        flush();
        return List.copyOf(parts);
    }

    private void flush() {
        if (literal.length() > 0) {
            parts.add(TimePatternPart.literal(literal.toString()));
            literal.setLength(0);
        }
    }

    private void add(TimePatternPart part) {
        flush();
        parts.add(part);
    }

    private void add(Kind kind, int width) {
        add(TimePatternPart.of(kind, width));
    }

    private void addNamed(Kind kind, String letterCase) {
        add(TimePatternPart.named(kind, letterCase));
    }

    private List<TimePatternPart> strftime() {
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c != '%') {
                literal.append(c);
                continue;
            }
            int start = at;
            boolean plain = at < text.length() && text.charAt(at) == '-';
            if (plain) {
                at++;
            }
            while (at < text.length() && ".:3456789".indexOf(text.charAt(at)) >= 0) {
                at++;
            }
            if (at >= text.length()) {
                throw Refusals.invalid(NAME, "the pattern '" + text + "' ends within a % sequence");
            }
            String flags = text.substring(plain ? start + 1 : start, at);
            strftime(text.charAt(at++), plain ? 1 : 2, flags);
        }
        return finish();
    }

    private void strftime(char letter, int two, String flags) {
        switch (letter) {
            case 'Y' -> add(Kind.YEAR, 4);
            case 'y' -> add(Kind.YEAR_OF_CENTURY, 2);
            case 'C' -> add(Kind.CENTURY, 2);
            case 'q' -> add(Kind.QUARTER, 1);
            case 'm' -> add(Kind.MONTH, two);
            case 'B' -> addNamed(Kind.MONTH_NAME, CAPITALISED);
            case 'b', 'h' -> addNamed(Kind.MONTH_SHORT, CAPITALISED);
            case 'd' -> add(Kind.DAY, two);
            case 'e' -> add(Kind.DAY_SPACED, 2);
            case 'j' -> add(Kind.DAY_OF_YEAR, two == 1 ? 1 : 3);
            case 'A' -> addNamed(Kind.WEEKDAY_NAME, CAPITALISED);
            case 'a' -> addNamed(Kind.WEEKDAY_SHORT, CAPITALISED);
            case 'u' -> add(Kind.ISO_WEEKDAY, 1);
            case 'w' -> add(Kind.WEEKDAY, 1);
            case 'V' -> add(Kind.ISO_WEEK, two);
            case 'G' -> add(Kind.ISO_YEAR, 4);
            case 'H' -> add(Kind.HOUR, two);
            case 'k' -> add(Kind.HOUR, 1);
            case 'I' -> add(Kind.HOUR_OF_HALF, two);
            case 'l' -> add(Kind.HOUR_OF_HALF, 1);
            case 'M' -> add(Kind.MINUTE, two);
            case 'S' -> add(Kind.SECOND, two);
            case 'f' -> fraction(flags);
            case 'p' -> addNamed(Kind.HALF_OF_DAY, UPPER);
            case 'P' -> addNamed(Kind.HALF_OF_DAY, LOWER);
            case 's' -> add(Kind.EPOCH, 1);
            case 'z' -> addNamed(Kind.OFFSET, flags.isEmpty() ? "+0000" : "+00:00");
            case 'Z' -> addNamed(Kind.OFFSET, "UTC");
            case 'F' -> sequence("%Y-%m-%d");
            case 'T' -> sequence("%H:%M:%S");
            case 'R' -> sequence("%H:%M");
            case 'D' -> sequence("%m/%d/%y");
            case 'c' -> sequence("%a %b %e %H:%M:%S %Y");
            case 'x' -> sequence("%Y-%m-%d");
            case 'X' -> sequence("%H:%M:%S");
            case 'n' -> literal.append('\n');
            case 't' -> literal.append('\t');
            case '%' -> literal.append('%');
            default ->
                throw Refusals.invalid(NAME, "the pattern '" + text + "' has %" + letter + ", which means nothing");
        }
    }

    private void sequence(String pattern) {
        flush();
        parts.addAll(strftime(pattern));
    }

    private void fraction(String flags) {
        if (flags.startsWith(".")) {
            literal.append('.');
        }
        String digits = flags.replace(".", "");
        add(Kind.FRACTION, digits.isEmpty() ? 6 : Integer.parseInt(digits));
    }

    private List<TimePatternPart> java() {
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\'') {
                at = quoted(at + 1);
            } else if (Character.isLetter(c)) {
                int start = at;
                while (at < text.length() && text.charAt(at) == c) {
                    at++;
                }
                java(c, at - start);
            } else {
                literal.append(c);
                at++;
            }
        }
        return finish();
    }

    /** Reads a literal in quotes; two quotes, within or without, are one. */
    private int quoted(int from) {
        if (from < text.length() && text.charAt(from) == '\'') {
            literal.append('\'');
            return from + 1;
        }
        for (int at = from; at < text.length(); at++) {
            char c = text.charAt(at);
            boolean doubled = c == '\'' && at + 1 < text.length() && text.charAt(at + 1) == '\'';
            if (c == '\'' && !doubled) {
                return at + 1;
            }
            literal.append(c);
            at += doubled ? 1 : 0;
        }
        throw Refusals.invalid(NAME, "the pattern '" + text + "' has a quote that does not end");
    }

    private void java(char letter, int count) {
        switch (letter) {
            case 'y', 'u' -> add(count == 2 ? Kind.YEAR_OF_CENTURY : Kind.YEAR, count == 2 ? 2 : count);
            case 'Y' -> add(Kind.ISO_YEAR, count);
            case 'Q', 'q' -> add(Kind.QUARTER, 1);
            case 'M', 'L' -> javaName(Kind.MONTH, Kind.MONTH_SHORT, Kind.MONTH_NAME, count);
            case 'w' -> add(Kind.ISO_WEEK, count);
            case 'd' -> add(Kind.DAY, count);
            case 'D' -> add(Kind.DAY_OF_YEAR, count);
            case 'E' -> addNamed(count > 3 ? Kind.WEEKDAY_NAME : Kind.WEEKDAY_SHORT, CAPITALISED);
            case 'e' -> javaName(Kind.ISO_WEEKDAY, Kind.WEEKDAY_SHORT, Kind.WEEKDAY_NAME, count);
            case 'a' -> addNamed(Kind.HALF_OF_DAY, UPPER);
            case 'H' -> add(Kind.HOUR, count);
            case 'h' -> add(Kind.HOUR_OF_HALF, count);
            case 'm' -> add(Kind.MINUTE, count);
            case 's' -> add(Kind.SECOND, count);
            case 'S', 'n' -> add(Kind.FRACTION, Math.min(count, 9));
            case 'X' -> addNamed(Kind.OFFSET, "Z");
            case 'x', 'Z' -> addNamed(Kind.OFFSET, count == 3 || count == 5 ? "+00:00" : "+0000");
            case 'z', 'V', 'v' -> addNamed(Kind.OFFSET, "UTC");
            default ->
                throw Refusals.invalid(
                        NAME,
                        "the pattern '" + text + "' has the letter " + letter + ", which means nothing",
                        "put text that is not part of the date in quotes: 'at'");
        }
    }

    private void javaName(Kind number, Kind shortName, Kind name, int count) {
        if (count <= 2) {
            add(number, count);
        } else {
            addNamed(count == 3 ? shortName : name, CAPITALISED);
        }
    }

    private List<TimePatternPart> postgres() {
        int at = 0;
        boolean unpadded = false;
        while (at < text.length()) {
            if (text.charAt(at) == '"') {
                int close = text.indexOf('"', at + 1);
                int end = close < 0 ? text.length() : close;
                literal.append(text, at + 1, end);
                at = end + 1;
                continue;
            }
            if (text.startsWith("FM", at) || text.startsWith("fm", at)) {
                unpadded = true;
                at += 2;
                continue;
            }
            String word = postgresWord(at);
            if (word == null) {
                literal.append(text.charAt(at++));
            } else {
                postgres(word, text.substring(at, at + word.length()), unpadded);
                at += word.length();
                unpadded = false;
            }
        }
        return finish();
    }

    private @Nullable String postgresWord(int at) {
        for (String word : POSTGRES_WORDS) {
            if (text.regionMatches(true, at, word, 0, word.length())) {
                return word;
            }
        }
        return null;
    }

    private void postgres(String word, String written, boolean unpadded) {
        int two = unpadded ? 1 : 2;
        switch (word) {
            case "YYYY" -> add(Kind.YEAR, unpadded ? 1 : 4);
            case "IYYY" -> add(Kind.ISO_YEAR, 4);
            case "YY" -> add(Kind.YEAR_OF_CENTURY, 2);
            case "CC" -> add(Kind.CENTURY, 2);
            case "Q" -> add(Kind.QUARTER, 1);
            case "MM" -> add(Kind.MONTH, two);
            case "MONTH" -> addNamed(Kind.MONTH_NAME, letterCase(written) + (unpadded ? "" : " "));
            case "MON" -> addNamed(Kind.MONTH_SHORT, letterCase(written));
            case "DD" -> add(Kind.DAY, two);
            case "DDD" -> add(Kind.DAY_OF_YEAR, unpadded ? 1 : 3);
            case "DAY" -> addNamed(Kind.WEEKDAY_NAME, letterCase(written) + (unpadded ? "" : " "));
            case "DY" -> addNamed(Kind.WEEKDAY_SHORT, letterCase(written));
            case "ID" -> add(Kind.ISO_WEEKDAY, 1);
            case "D" -> add(Kind.WEEKDAY_FROM_ONE, 1);
            case "IW", "WW" -> add(Kind.ISO_WEEK, two);
            case "HH24" -> add(Kind.HOUR, two);
            case "HH12", "HH" -> add(Kind.HOUR_OF_HALF, two);
            case "MI" -> add(Kind.MINUTE, two);
            case "SS" -> add(Kind.SECOND, two);
            case "MS" -> add(Kind.FRACTION, 3);
            case "US" -> add(Kind.FRACTION, 6);
            case "FF1", "FF2", "FF3", "FF4", "FF5", "FF6" -> add(Kind.FRACTION, word.charAt(2) - '0');
            case "AM", "PM" -> addNamed(Kind.HALF_OF_DAY, letterCase(written).equals(LOWER) ? LOWER : UPPER);
            case "TZ" -> addNamed(Kind.OFFSET, "UTC");
            case "OF", "TZH" -> addNamed(Kind.OFFSET, "+00");
            default -> throw Refusals.invalid("to_char", "the pattern word " + word + " is not supported");
        }
    }

    private static String letterCase(String written) {
        if (Character.isLowerCase(written.charAt(0))) {
            return LOWER;
        }
        return Character.isUpperCase(written.charAt(1)) ? UPPER : CAPITALISED;
    }
}
