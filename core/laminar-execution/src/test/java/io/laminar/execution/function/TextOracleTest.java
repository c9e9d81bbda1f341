package io.laminar.execution.function;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.laminar.spi.batch.Slice;
import java.util.Arrays;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Functions on bytes against the same on arrays of code points, for random texts. */
class TextOracleTest {
    private static final long SEED = 20_261_122;
    private static final int ROUNDS = 4_000;
    private static final int[] ALPHABET = {
        'a', 'b', 'c', 'Z', 'Y', ' ', ',', '1', '_', 0, 0x7F, 'ä', 'É', 'ß', 'İ', 'ı', 'ⱥ', 'Ⱥ', '€', '中', 0xFFFD,
        0x1F600, 0x10FFFF
    };

    private final Random random = new Random(SEED);
    private final Slice out = new Slice();

    private String text(int most) {
        // Mostly ASCII, so that the fast paths are met and left in the middle.
        int ascii = random.nextInt(3) == 0 ? ALPHABET.length : 11;
        return random.ints(random.nextInt(most + 1), 0, random.nextInt(4) == 0 ? ALPHABET.length : ascii)
                .map(i -> ALPHABET[i])
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static int[] points(String text) {
        return text.codePoints().toArray();
    }

    private static String part(int[] points, long from, long to) {
        int start = (int) Math.max(0, Math.min(from, points.length));
        int end = (int) Math.max(start, Math.min(to, points.length));
        return new String(points, start, end - start);
    }

    private static String mapped(String text, IntUnaryOperator mapping) {
        return text.codePoints().map(mapping).mapToObj(Character::toString).collect(Collectors.joining());
    }

    private void equal(String expected, String what, Object... arguments) {
        assertEquals(expected, out.toString(), () -> what + Arrays.toString(arguments) + ", seed " + SEED);
    }

    @Test
    void lengthCaseAndReverse() {
        for (int i = 0; i < ROUNDS; i++) {
            String text = text(40);
            assertEquals(points(text).length, TextFunctions.length(Check.view(text)), text + ", seed " + SEED);
            TextFunctions.lower(Check.view(text), out);
            equal(mapped(text, Character::toLowerCase), "lower", text);
            TextFunctions.upper(Check.view(text), out);
            equal(mapped(text, Character::toUpperCase), "upper", text);
            TextFunctions.reverse(Check.view(text), out);
            int[] points = points(text);
            StringBuilder reversed = new StringBuilder();
            for (int k = points.length - 1; k >= 0; k--) {
                reversed.appendCodePoint(points[k]);
            }
            equal(reversed.toString(), "reverse", text);
        }
    }

    @Test
    void partsByPosition() {
        for (int i = 0; i < ROUNDS; i++) {
            String text = text(30);
            int[] points = points(text);
            long start = random.nextInt(45) - 10;
            long count = random.nextInt(40);
            TextPartFunctions.substr(Check.view(text), start, count, out);
            equal(part(points, Math.max(0, start - 1), start - 1 + count), "substr", text, start, count);
            TextPartFunctions.substr(Check.view(text), start, out);
            equal(part(points, start - 1, points.length), "substr", text, start);
            TextPartFunctions.left(Check.view(text), start, out);
            equal(part(points, 0, start < 0 ? points.length + start : start), "left", text, start);
            TextPartFunctions.right(Check.view(text), start, out);
            equal(part(points, start < 0 ? -start : points.length - start, points.length), "right", text, start);
        }
    }

    @Test
    void searchAndReplace() {
        for (int i = 0; i < ROUNDS; i++) {
            String text = text(30);
            String part = text(2);
            String by = text(3);
            int index = text.indexOf(part);
            int expected = index < 0 ? 0 : text.codePointCount(0, index) + 1;
            assertEquals(
                    expected,
                    TextSearchFunctions.strpos(Check.view(text), Check.view(part)),
                    text + "|" + part + ", seed " + SEED);
            TextEditFunctions.replace(Check.view(text), Check.view(part), Check.view(by), out);
            equal(part.isEmpty() ? text : text.replace(part, by), "replace", text, part, by);
            assertEquals(text.endsWith(part), TextSearchFunctions.endsWith(Check.view(text), Check.view(part)));
            assertEquals(text.startsWith(part), TextSearchFunctions.startsWith(Check.view(text), Check.view(part)));
        }
    }

    @Test
    void partsByDelimiter() {
        for (int i = 0; i < ROUNDS; i++) {
            String text = text(30);
            String delimiter = text(2);
            if (delimiter.isEmpty()) {
                continue;
            }
            String[] parts = text.split(Pattern.quote(delimiter), -1);
            int number = random.nextInt(parts.length + 2);
            boolean found = TextPartFunctions.splitIndex(Check.view(text), Check.view(delimiter), number, out);
            assertEquals(number < parts.length, found, text + "|" + delimiter + "|" + number + ", seed " + SEED);
            if (found) {
                equal(parts[number], "split_index", text, delimiter, number);
            }
            TextPartFunctions.splitPart(Check.view(text), Check.view(delimiter), number + 1, out);
            equal(number < parts.length ? parts[number] : "", "split_part", text, delimiter, number + 1);
        }
    }

    @Test
    void paddingAndTrimming() {
        for (int i = 0; i < ROUNDS; i++) {
            String text = text(20);
            String fill = text(3);
            int size = random.nextInt(40);
            int[] points = points(text);
            int[] fillPoints = points(fill);
            StringBuilder padding = new StringBuilder();
            for (int k = 0; fillPoints.length > 0 && k < size - points.length; k++) {
                padding.appendCodePoint(fillPoints[k % fillPoints.length]);
            }
            TrimFunctions.padStart(Check.view(text), size, Check.view(fill), out);
            equal(padding + part(points, 0, size), "lpad", text, size, fill);
            TrimFunctions.padEnd(Check.view(text), size, Check.view(fill), out);
            equal(part(points, 0, size) + padding, "rpad", text, size, fill);
            int from = 0;
            int to = points.length;
            while (from < to && fill.indexOf(points[from]) >= 0) {
                from++;
            }
            while (to > from && fill.indexOf(points[to - 1]) >= 0) {
                to--;
            }
            TrimFunctions.trim(Check.view(text), Check.view(fill), out);
            equal(part(points, from, to), "btrim", text, fill);
        }
    }
}
