package io.laminar.execution.function;

import static io.laminar.spi.function.FunctionCategory.REGEX;

import io.laminar.spi.batch.Slice;
import io.laminar.spi.function.Prepared;
import io.laminar.spi.function.SqlFunction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Regular expressions in RE2's syntax: no backward references, and time linear in the text. */
public final class RegexFunctions {

    private RegexFunctions() {}

    @SqlFunction(
            value = "regexp_like(text, text) -> boolean",
            aliases = {"regexp_matches", "regexp"},
            category = REGEX,
            description = "Whether the pattern matches somewhere in the text.",
            example = "regexp_like('foobar', 'o+b')",
            result = "true")
    public static boolean like(Slice text, @Prepared RegexPattern pattern) {
        return pattern.find(text);
    }

    @SqlFunction(
            value = "regexp_like(text, text, text) -> boolean",
            aliases = {"regexp_matches", "regexp"},
            category = REGEX,
            description =
                    "As regexp_like, with flags: i any letter case, s . matches line ends, m ^ and $ match at lines.",
            example = "regexp_like('foobar', 'O+B', 'i')",
            result = "true")
    public static boolean like(Slice text, @Prepared RegexPattern pattern, @Prepared RegexFlags flags) {
        return pattern.with(flags).find(text);
    }

    @SqlFunction(
            value = "regexp_extract(text, text) -> text",
            aliases = {"regexp_substr"},
            category = REGEX,
            description = "The first match; NULL if there is none.",
            example = "regexp_extract('order 4711 of 12', '[0-9]+')",
            result = "4711")
    public static boolean extract(Slice text, @Prepared RegexPattern pattern, Slice out) {
        return extract(text, pattern, 0, out);
    }

    @SqlFunction(
            value = "regexp_extract(text, text, bigint) -> text",
            category = REGEX,
            description = "What a group of the first match has captured (0 is the whole match); NULL if nothing.",
            example = "regexp_extract('channel_id=apple&x=1', '(&|^)channel_id=([^&]*)', 2)",
            result = "apple")
    public static boolean extract(Slice text, @Prepared RegexPattern pattern, long group, Slice out) {
        checkGroup("regexp_extract", pattern, group);
        if (!pattern.find(text)) {
            return false;
        }
        int start = pattern.start((int) group);
        if (start < 0) {
            return false;
        }
        out.set(text.base(), start, pattern.end((int) group) - start);
        return true;
    }

    @SqlFunction(
            value = "regexp_extract_all(text, text) -> text[]",
            category = REGEX,
            description = "All matches that do not overlap.",
            example = "regexp_extract_all('a1b22', '[0-9]+')",
            result = "[1, 22]")
    public static List<@Nullable String> extractAll(Slice text, @Prepared RegexPattern pattern) {
        return extractAll(text, pattern, 0);
    }

    @SqlFunction(
            value = "regexp_extract_all(text, text, bigint) -> text[]",
            category = REGEX,
            description = "What a group has captured in each of the matches.",
            example = "regexp_extract_all('a=1;b=2', '([a-z])=([0-9])', 2)",
            result = "[1, 2]")
    public static List<@Nullable String> extractAll(Slice text, @Prepared RegexPattern pattern, long group) {
        checkGroup("regexp_extract_all", pattern, group);
        List<@Nullable String> found = new ArrayList<>();
        int at = text.offset();
        while (findFrom(text, pattern, at)) {
            found.add(captured(text, pattern, (int) group));
            at = after(text, pattern);
        }
        return found;
    }

    @SqlFunction(
            value = "regexp_match(text, text) -> text[]",
            category = REGEX,
            description =
                    "The captures of the first match, or the match if the pattern has no groups; NULL if there is "
                            + "no match.",
            example = "regexp_match('2024-03-09', '([0-9]+)-([0-9]+)')",
            result = "[2024, 03]")
    public static @Nullable List<@Nullable String> match(Slice text, @Prepared RegexPattern pattern) {
        if (!pattern.find(text)) {
            return null;
        }
        List<@Nullable String> captures = new ArrayList<>();
        for (int group = pattern.groups() == 0 ? 0 : 1; group <= pattern.groups(); group++) {
            captures.add(captured(text, pattern, group));
        }
        return captures;
    }

    @SqlFunction(
            value = "regexp_match(text, text, text) -> text[]",
            category = REGEX,
            description = "As regexp_match, with flags; see regexp_like.",
            example = "regexp_match('ABC', 'b', 'i')",
            result = "[B]")
    public static @Nullable List<@Nullable String> match(
            Slice text, @Prepared RegexPattern pattern, @Prepared RegexFlags flags) {
        return match(text, pattern.with(flags));
    }

    @SqlFunction(
            value = "regexp_replace(text, text, text) -> text",
            category = REGEX,
            description = "The first match replaced; \\1 or $1 in the replacement stands for what group 1 captured.",
            example = "regexp_replace('John Smith', '(\\w+) (\\w+)', '\\2 \\1')",
            result = "Smith John")
    public static void replace(
            Slice text, @Prepared RegexPattern pattern, @Prepared RegexTemplate replacement, Slice out) {
        replace(text, pattern, replacement, false, out);
    }

    @SqlFunction(
            value = "regexp_replace(text, text, text, text) -> text",
            category = REGEX,
            description = "As regexp_replace, with flags; g replaces all matches, others see regexp_like.",
            example = "regexp_replace('a1b22', '[0-9]+', '#', 'g')",
            result = "a#b#")
    public static void replace(
            Slice text,
            @Prepared RegexPattern pattern,
            @Prepared RegexTemplate replacement,
            @Prepared RegexFlags flags,
            Slice out) {
        replace(text, pattern.with(flags), replacement, flags.all(), out);
    }

    private static void replace(Slice text, RegexPattern pattern, RegexTemplate replacement, boolean all, Slice out) {
        byte[] bytes = text.base();
        int end = text.offset() + text.length();
        int copied = text.offset();
        if (!findFrom(text, pattern, copied)) {
            out.set(text);
            return;
        }
        out.reserve(text.length() + text.length() / 2);
        int used = 0;
        int at;
        do {
            int start = pattern.start(0);
            used = RegexTemplate.copy(bytes, copied, start - copied, out, used, end - start);
            used = replacement.append(pattern, bytes, out, used, end - start);
            copied = pattern.end(0);
            at = after(text, pattern);
        } while (all && findFrom(text, pattern, at));
        used = RegexTemplate.copy(bytes, copied, end - copied, out, used, 0);
        out.length(used);
    }

    @SqlFunction(
            value = "regexp_count(text, text) -> bigint",
            category = REGEX,
            description = "How many matches there are that do not overlap.",
            example = "regexp_count('banana', 'an')",
            result = "2")
    public static long count(Slice text, @Prepared RegexPattern pattern) {
        return count(text, pattern, 1);
    }

    @SqlFunction(
            value = "regexp_count(text, text, bigint) -> bigint",
            category = REGEX,
            description = "How many matches there are from a character on.",
            example = "regexp_count('banana', 'an', 3)",
            result = "1")
    public static long count(Slice text, @Prepared RegexPattern pattern, long from) {
        int at = position("regexp_count", text, from);
        long count = 0;
        while (findFrom(text, pattern, at)) {
            count++;
            at = after(text, pattern);
        }
        return count;
    }

    @SqlFunction(
            value = "regexp_count(text, text, bigint, text) -> bigint",
            category = REGEX,
            description = "As regexp_count, with flags; see regexp_like.",
            example = "regexp_count('banANa', 'an', 1, 'i')",
            result = "2")
    public static long count(Slice text, @Prepared RegexPattern pattern, long from, @Prepared RegexFlags flags) {
        return count(text, pattern.with(flags), from);
    }

    @SqlFunction(
            value = "regexp_instr(text, text) -> int",
            category = REGEX,
            description = "The character at which the first match starts; 0 if there is none.",
            example = "regexp_instr('abc123', '[0-9]')",
            result = "4")
    public static int instr(Slice text, @Prepared RegexPattern pattern) {
        return instr(text, pattern, 1, 1);
    }

    @SqlFunction(
            value = "regexp_instr(text, text, bigint) -> int",
            category = REGEX,
            description = "The character at which the first match from a character on starts; 0 if there is none.",
            example = "regexp_instr('abc123', '[0-9]', 5)",
            result = "5")
    public static int instr(Slice text, @Prepared RegexPattern pattern, long from) {
        return instr(text, pattern, from, 1);
    }

    @SqlFunction(
            value = "regexp_instr(text, text, bigint, bigint) -> int",
            category = REGEX,
            description = "The character at which the match with this number, from a character on, starts; 0 if there "
                    + "is none.",
            example = "regexp_instr('abc123', '[0-9]', 1, 3)",
            result = "6")
    public static int instr(Slice text, @Prepared RegexPattern pattern, long from, long number) {
        if (number < 1) {
            throw Refusals.invalid("regexp_instr", "matches are counted from 1, there is no match " + number);
        }
        int at = position("regexp_instr", text, from);
        for (long left = number; findFrom(text, pattern, at); left--) {
            if (left == 1) {
                return Utf8.count(text.base(), text.offset(), pattern.start(0)) + 1;
            }
            at = after(text, pattern);
        }
        return 0;
    }

    @SqlFunction(
            value = "regexp_split_to_array(text, text) -> text[]",
            category = REGEX,
            description = "The parts between the matches.",
            example = "regexp_split_to_array('a, b;c', '[,;] *')",
            result = "[a, b, c]")
    public static List<@Nullable String> split(Slice text, @Prepared RegexPattern pattern) {
        List<@Nullable String> parts = new ArrayList<>();
        int start = text.offset();
        int end = text.offset() + text.length();
        int at = start;
        while (findFrom(text, pattern, at)) {
            // A match of nothing separates characters, but not at the ends.
            boolean separates =
                    pattern.end(0) > pattern.start(0) || (pattern.start(0) > start && pattern.start(0) < end);
            if (separates) {
                parts.add(string(text.base(), start, pattern.start(0)));
                start = pattern.end(0);
            }
            at = after(text, pattern);
        }
        parts.add(string(text.base(), start, end));
        return parts;
    }

    private static void checkGroup(String function, RegexPattern pattern, long group) {
        if (group < 0 || group > pattern.groups()) {
            throw Refusals.invalid(
                    function, "there is no group " + group + ", the pattern has " + pattern.groups() + " groups");
        }
    }

    private static int position(String function, Slice text, long from) {
        if (from < 1) {
            throw Refusals.invalid(function, "the first character is 1, the search cannot start at " + from);
        }
        return Utf8.skip(text.base(), text.offset(), text.offset() + text.length(), from - 1);
    }

    private static boolean findFrom(Slice text, RegexPattern pattern, int at) {
        int end = text.offset() + text.length();
        return at <= end && pattern.find(text.base(), text.offset(), end, at);
    }

    /** Where to search on; behind a match of nothing one character is passed over, at the end of the text beyond it. */
    private static int after(Slice text, RegexPattern pattern) {
        int end = pattern.end(0);
        if (end > pattern.start(0)) {
            return end;
        }
        int last = text.offset() + text.length();
        return end < last ? Utf8.next(text.base(), end, last) : last + 1;
    }

    private static @Nullable String captured(Slice text, RegexPattern pattern, int group) {
        int start = pattern.start(group);
        return start < 0 ? null : string(text.base(), start, pattern.end(group));
    }

    private static String string(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }
}
