package io.laminar.execution.function;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.laminar.spi.batch.Slice;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RegexTest {
    private static final long SEED = 4711;

    @Test
    void captures() {
        Check.value("regexp_extract('abc', '(x)?b')", "b");
        Check.value("regexp_extract('abc', '(x)?b', 1)", "NULL");
        Check.value("regexp_extract('abc', 'z')", "NULL");
        Check.value("regexp_extract('äöü123', '[0-9]+')", "123");
        Check.value("regexp_extract('a=1&channel_id=x y', '(&|^)channel_id=([^&]*)', 2)", "x y");
        Check.refused("regexp_extract('abc', 'b', 1)", "regexp_extract: there is no group 1");
        Check.refused("regexp_extract('abc', 'b', -1)", "regexp_extract: there is no group -1");
        Check.refused("regexp_extract('abc', '(b')", "is not a regular expression");
        Check.value("regexp_match('abc', 'x')", "NULL");
        Check.value("regexp_match('abc', '(a)|(b)')", "[a, NULL]");
        Check.value("regexp_match('abc', 'b')", "[b]");
    }

    @Test
    void replacing() {
        Check.value("regexp_replace('aaa', 'a', 'b')", "baa");
        Check.value("regexp_replace('aaa', 'a', 'b', 'g')", "bbb");
        Check.value("regexp_replace('AbA', 'a', '<\\&>', 'gi')", "<A>b<A>");
        Check.value("regexp_replace('abc', '', '-', 'g')", "-a-b-c-");
        Check.value("regexp_replace('äö', '', '-', 'g')", "-ä-ö-");
        Check.value("regexp_replace('10 EUR', '(\\d+) EUR', '$$${1}')", "$10");
        Check.value("regexp_replace('abc', 'x', 'y')", "abc");
        Check.value(
                "regexp_replace('x', 'x', 'a text much longer than the text there was before it')",
                "a text much longer than the text there was before it");
        Check.refused("regexp_replace('abc', 'b', '\\1')", "the replacement refers to group 1, the pattern has 0");
        Check.refused("regexp_replace('abc', 'b', '${x}')", "refers to a group that is not a number");
        Check.refused("regexp_replace('abc', 'b', '', 'q')", "there is no flag 'q'");
    }

    @Test
    void countingAndPlaces() {
        Check.value("regexp_count('', 'x*')", "1");
        Check.value("regexp_count('abc', 'x*')", "4");
        Check.value("regexp_instr('äöü1', '\\d')", "4");
        Check.value("regexp_instr('abc', '\\d')", "0");
        Check.value("regexp_instr('1a2a3', '\\d', 2, 2)", "5");
        Check.refused("regexp_instr('abc', 'a', 0)", "regexp_instr: the first character is 1");
        Check.refused("regexp_instr('abc', 'a', 1, 0)", "regexp_instr: matches are counted from 1");
        Check.value("regexp_split_to_array('abc', '')", "[a, b, c]");
        Check.value("regexp_split_to_array(',a,', ',')", "[, a, ]");
        Check.value("regexp_extract_all('abc', 'x')", "[]");
    }

    @Test
    void flags() {
        Check.value("regexp_like('a\nb', 'a.b')", "false");
        Check.value("regexp_like('a\nb', 'a.b', 's')", "true");
        Check.value("regexp_like('a\nb', '^b$')", "false");
        Check.value("regexp_like('a\nb', '^b$', 'm')", "true");
        Check.value("regexp_like('ÄB', 'äb', 'i')", "true");
    }

    @Test
    void everydayPatternsRunOnBytes() {
        for (String pattern : new String[] {
            "(&|^)channel_id=([^&]*)", "^/?([^/]+)/(\\d+)$", "[a-z]+?x", "(?:ab|cd)+\\.", "\\bfoo\\b", "a{2,3}", "ü*"
        }) {
            assertTrue(ByteRegex.compile(pattern, false, false).isPresent(), pattern);
        }
        for (String pattern : new String[] {"(?i)a", "\\pL", "(a*)*", "[ü-z]", "[[:alpha:]]", "a{100}"}) {
            assertFalse(ByteRegex.compile(pattern, false, false).isPresent(), pattern);
        }
    }

    @Test
    void patternsThatBacktrackALotAreLeftToTheLinearEngine() {
        RegexPattern pattern = RegexPattern.of("(a|aa)+b", 0);
        String text = "a".repeat(60) + "c";
        for (int i = 0; i < 20; i++) {
            assertFalse(pattern.find(Check.view(text)));
        }
        assertTrue(pattern.find(Check.view("aab")));
        // The text has a 'b', so that the text all matches need does not spare the search.
        Slice hard = Check.view(text + "b");
        for (int i = 0; i < 20; i++) {
            assertFalse(pattern.find(hard));
        }
        assertFalse(pattern.isFast());
        assertTrue(pattern.find(Check.view("xxaab")));
        assertEquals(7, pattern.start(0));
    }

    @Test
    void randomPatternsMatchAsInRe2() {
        Random random = new Random(SEED);
        int run = 0;
        for (int i = 0; i < 20_000; i++) {
            String regex = pattern(random, 3);
            String text = text(random);
            ByteRegex fast = ByteRegex.compile(regex, false, false).orElse(null);
            if (fast == null) {
                continue;
            }
            run++;
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            Matcher slow = Pattern.compile(regex).matcher(text);
            String what = regex + " on '" + text + "', seed " + SEED;
            boolean expected = slow.find();
            int outcome = fast.find(bytes, 0, bytes.length, 0);
            assertTrue(outcome != ByteRegex.OVER_BUDGET, what);
            assertEquals(expected, outcome == ByteRegex.FOUND, what);
            for (int group = 0; expected && group <= slow.groupCount(); group++) {
                assertEquals(place(text, slow.start(group)), fast.start(group), what + ", start of group " + group);
                assertEquals(place(text, slow.end(group)), fast.end(group), what + ", end of group " + group);
            }
        }
        assertTrue(run > 10_000, "only " + run + " patterns ran on bytes");
    }

    private static int place(String text, int index) {
        return index < 0 ? index : text.substring(0, index).getBytes(StandardCharsets.UTF_8).length;
    }

    @Test
    void placesBeyondAsciiAreRightInTheLinearEngineToo() {
        // The class of Unicode makes it run on RE2/J.
        Check.value("regexp_extract('😀ä-öü!', '(\\pL+)!', 1)", "öü");
        Check.value("regexp_like('ü', 'ü^|\\pN')", "false");
        Check.value("regexp_replace('😀ä-öü', '\\pL', '<$0>', 'g')", "😀<ä>-<ö><ü>");
        Check.value("regexp_instr('😀ä-öü', '\\pL', 3)", "4");
    }

    private static String text(Random random) {
        String letters = "aaabbc-1 äü€_";
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            text.append(letters.charAt(random.nextInt(letters.length())));
        }
        return text.toString();
    }

    private static String pattern(Random random, int depth) {
        StringBuilder pattern = new StringBuilder();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            pattern.append(piece(random, depth));
        }
        return random.nextInt(5) == 0 ? pattern + "|" + piece(random, depth) : pattern.toString();
    }

    private static String piece(Random random, int depth) {
        String[] atoms = {
            "a", "b", "c", "ä", "€", ".", "\\d", "\\w", "\\s", "\\W", "[ab]", "[^a]", "[a-c1]", "[^\\d-]", "\\-", "ab"
        };
        String[] edges = {"^", "$", "\\b", "\\B"};
        String[] counts = {"*", "+", "?", "*?", "+?", "??", "{2}", "{1,2}", "{1,}"};
        if (random.nextInt(10) == 0) {
            return edges[random.nextInt(edges.length)];
        }
        boolean group = depth > 0 && random.nextInt(3) == 0;
        String atom = group
                ? (random.nextBoolean() ? "(" : "(?:") + pattern(random, depth - 1) + ")"
                : atoms[random.nextInt(atoms.length)];
        return random.nextInt(3) == 0 ? atom + counts[random.nextInt(counts.length)] : atom;
    }
}
