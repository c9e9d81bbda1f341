package io.laminar.execution.expression.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.laminar.execution.expression.kernel.TextPattern.Kind;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TextPatternTest {
    private static final long SEED = 7;

    private static boolean matches(Kind kind, String text, String pattern, String escape) {
        byte[] bytes = ("<" + text + ">").getBytes(StandardCharsets.UTF_8);
        return TextPattern.of(kind, pattern, escape).matches(bytes, 1, bytes.length - 2);
    }

    private static void check(boolean expected, Kind kind, String text, String pattern) {
        assertEquals(expected, matches(kind, text, pattern, "\\"), text + " " + kind + " " + pattern);
    }

    @Test
    void like() {
        check(true, Kind.LIKE, "abc", "abc");
        check(false, Kind.LIKE, "abcd", "abc");
        check(true, Kind.LIKE, "abcd", "abc%");
        check(true, Kind.LIKE, "xabc", "%abc");
        check(false, Kind.LIKE, "xabcx", "%abc");
        check(true, Kind.LIKE, "xabcx", "%abc%");
        check(true, Kind.LIKE, "", "%");
        check(true, Kind.LIKE, "", "");
        check(false, Kind.LIKE, "", "_");
        check(true, Kind.LIKE, "ü", "_");
        check(true, Kind.LIKE, "𝄞", "_");
        check(false, Kind.LIKE, "ab", "_");
        check(true, Kind.LIKE, "a%c", "a\\%c");
        check(false, Kind.LIKE, "abc", "a\\%c");
        check(true, Kind.LIKE, "aXbYbZ", "a%b_");
        check(true, Kind.LIKE, "mississippi", "m%iss%i_pi");
        check(false, Kind.LIKE, "ABC", "abc");
        assertEquals(true, matches(Kind.LIKE, "a%c", "a!%c", "!"));
        assertEquals(true, matches(Kind.LIKE, "a\\b", "a\\b", ""));
    }

    @Test
    void ilike() {
        check(true, Kind.ILIKE, "ABC", "abc");
        check(true, Kind.ILIKE, "ZÜRICH", "z_rich");
        check(true, Kind.ILIKE, "Straße", "%ASS%".toLowerCase().replace("ss", "ß"));
        check(false, Kind.ILIKE, "abd", "%C");
    }

    @Test
    void similarTo() {
        check(true, Kind.SIMILAR_TO, "abc", "a(b|c)*");
        check(false, Kind.SIMILAR_TO, "abcd", "a(b|c)*");
        check(true, Kind.SIMILAR_TO, "abcd", "%(b|d)");
        check(true, Kind.SIMILAR_TO, "2024", "[0-9]{4}");
        check(true, Kind.SIMILAR_TO, "a.c", "a.c");
        check(false, Kind.SIMILAR_TO, "abc", "a.c");
        check(true, Kind.SIMILAR_TO, "a%c", "a\\%c");
        check(true, Kind.SIMILAR_TO, "line\nbreak", "line_break");
        check(true, Kind.SIMILAR_TO, "x^y$", "x^y$");
    }

    @Test
    void patternsThatCannotBeRead() {
        for (String[] bad : new String[][] {{"LIKE", "abc\\"}, {"SIMILAR_TO", "a("}, {"SIMILAR_TO", "[a"}}) {
            LaminarException e = assertThrows(
                    LaminarException.class, () -> TextPattern.of(Kind.valueOf(bad[0]), bad[1], "\\"), bad[1]);
            assertEquals(ErrorCode.INVALID_ARGUMENT, e.code());
        }
        assertThrows(LaminarException.class, () -> TextPattern.of(Kind.LIKE, "a", "##"));
    }

    @Test
    void randomPatternsMatchAsRegularExpressionsDo() {
        Random random = new Random(SEED);
        for (int i = 0; i < 20_000; i++) {
            String text = letters(random, "abü", 8);
            String pattern = letters(random, "abü%_%", 6);
            String regex = pattern.replace("%", ".*").replace("_", ".");
            assertEquals(
                    Pattern.matches(regex, text),
                    matches(Kind.LIKE, text, pattern, ""),
                    "seed " + SEED + ": '" + text + "' like '" + pattern + "'");
        }
    }

    private static String letters(Random random, String alphabet, int longest) {
        StringBuilder out = new StringBuilder();
        for (int n = random.nextInt(longest + 1); n > 0; n--) {
            out.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return out.toString();
    }
}
