package io.laminar.execution.function;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.laminar.spi.batch.Slice;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression in RE2's syntax. Everyday patterns run on the bytes as they are ({@link ByteRegex}); the others,
 * and those that turn out to backtrack a lot, run on RE2/J, whose time is linear in the text. Belongs to one thread.
 */
public final class RegexPattern {
    /** After so many texts on which backtracking took too long it is not tried again. */
    private static final int PATIENCE = 8;

    private final Pattern pattern;
    private final Matcher matcher;
    private final int groups;
    private final @Nullable ByteRegex regex;
    private @Nullable RegexPattern variant;
    private int failures;
    private boolean foundByRegex;
    /** The text that the matcher has been given. */
    private byte[] searched = {};

    private int base;
    private int limit;
    private boolean ascii;

    private RegexPattern(String text, int flags) {
        try {
            pattern = Pattern.compile(text, flags);
        } catch (PatternSyntaxException e) {
            throw Refusals.invalid(
                    "regexp", "the pattern '" + text + "' is not a regular expression: " + e.getDescription());
        }
        matcher = pattern.matcher("");
        groups = matcher.groupCount();
        regex = (flags & Pattern.MULTILINE) != 0
                ? null
                : ByteRegex.compile(text, (flags & Pattern.CASE_INSENSITIVE) != 0, (flags & Pattern.DOTALL) != 0)
                        .orElse(null);
    }

    public static RegexPattern prepare(Slice text) {
        return of(text.toString(), 0);
    }

    static RegexPattern of(String text, int flags) {
        return new RegexPattern(text, flags);
    }

    /** The same pattern with other flags; made once for flags that stay the same. */
    RegexPattern with(RegexFlags flags) {
        if (flags.bits() == 0) {
            return this;
        }
        RegexPattern current = variant;
        if (current == null || current.pattern.flags() != flags.bits()) {
            current = of(pattern.pattern(), flags.bits());
            variant = current;
        }
        return current;
    }

    int groups() {
        return groups;
    }

    boolean isFast() {
        return regex != null && failures < PATIENCE;
    }

    /** Searches a match that starts at {@code at} or later; the text is {@code [from, to)}. */
    boolean find(byte[] bytes, int from, int to, int at) {
        if (regex != null && failures < PATIENCE) {
            int outcome = regex.find(bytes, from, to, at);
            foundByRegex = true;
            if (outcome != ByteRegex.OVER_BUDGET) {
                return outcome == ByteRegex.FOUND;
            }
            failures++;
        }
        foundByRegex = false;
        return findLinear(bytes, from, to, at);
    }

    /** On bytes RE2/J 1.8 takes the place behind a letter beyond ASCII for the start of the text; on strings it does not. */
    private boolean findLinear(byte[] bytes, int from, int to, int at) {
        searched = bytes;
        base = from;
        limit = to;
        ascii = Utf8.isAscii(bytes, from, to);
        if (ascii) {
            matcher.reset(Arrays.copyOfRange(bytes, from, to));
            return matcher.find(at - from);
        }
        matcher.reset(new String(bytes, from, to - from, StandardCharsets.UTF_8));
        return matcher.find(Utf8.countUnits(bytes, from, at));
    }

    private int place(int index) {
        return ascii ? base + index : Utf8.skipUnits(searched, base, limit, index);
    }

    boolean find(Slice text) {
        return find(text.base(), text.offset(), text.offset() + text.length(), text.offset());
    }

    /** Where a group of the match found last starts; negative if it took no part. */
    int start(int group) {
        if (foundByRegex) {
            return regexOrFail().start(group);
        }
        int start = matcher.start(group);
        return start < 0 ? start : place(start);
    }

    int end(int group) {
        return foundByRegex ? regexOrFail().end(group) : place(matcher.end(group));
    }

    private ByteRegex regexOrFail() {
        if (regex == null) {
            throw new IllegalStateException("nothing has been searched");
        }
        return regex;
    }

    @Override
    public String toString() {
        return pattern.pattern();
    }
}
