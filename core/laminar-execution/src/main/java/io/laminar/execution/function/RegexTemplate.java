package io.laminar.execution.function;

import io.laminar.spi.batch.Slice;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@code regexp_replace} puts in the place of a match: text with references to groups, written {@code \1}, {@code
 * $1} or <code>${1}</code>; {@code \&}, {@code \0} or {@code $0} for the whole match; {@code \\} and {@code $$} for the
 * characters themselves.
 */
public final class RegexTemplate {
    /** Texts and groups in turn: a text, then a group, then a text; a group of -1 stands for none. */
    private final List<byte[]> texts = new ArrayList<>();

    private final List<Integer> groups = new ArrayList<>();

    private RegexTemplate() {}

    public static RegexTemplate prepare(Slice slice) {
        String template = slice.toString();
        RegexTemplate parsed = new RegexTemplate();
        StringBuilder text = new StringBuilder();
        int at = 0;
        while (at < template.length()) {
            char c = template.charAt(at);
            char next = at + 1 < template.length() ? template.charAt(at + 1) : 0;
            if ((c == '\\' || c == '$') && next >= '0' && next <= '9') {
                parsed.add(text, next - '0');
                at += 2;
            } else if (c == '\\' && next == '&') {
                parsed.add(text, 0);
                at += 2;
            } else if (c == '$' && next == '{') {
                int close = template.indexOf('}', at);
                parsed.add(text, number(template, at + 2, close));
                at = close + 1;
            } else if ((c == '\\' || c == '$') && next == c) {
                text.append(c);
                at += 2;
            } else {
                text.append(c);
                at++;
            }
        }
        parsed.add(text, -1);
        return parsed;
    }

    private static int number(String template, int from, int close) {
        String digits = close < 0 ? "" : template.substring(from, close);
        if (digits.isEmpty() || digits.length() > 3 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw Refusals.invalid(
                    "regexp_replace",
                    "'" + template + "' refers to a group that is not a number",
                    "groups are counted: ${1}");
        }
        return Integer.parseInt(digits);
    }

    private void add(StringBuilder text, int group) {
        texts.add(text.toString().getBytes(StandardCharsets.UTF_8));
        groups.add(group);
        text.setLength(0);
    }

    /** Appends the replacement of the match that the pattern has found last, and returns the position behind it. */
    int append(RegexPattern match, byte[] bytes, Slice out, int used, int rest) {
        int at = used;
        for (int i = 0; i < texts.size(); i++) {
            byte[] text = texts.get(i);
            at = copy(text, 0, text.length, out, at, rest);
            int group = groups.get(i);
            if (group > match.groups()) {
                throw Refusals.invalid(
                        "regexp_replace",
                        "the replacement refers to group " + group + ", the pattern has " + match.groups());
            }
            if (group >= 0 && match.start(group) >= 0) {
                at = copy(bytes, match.start(group), match.end(group) - match.start(group), out, at, rest);
            }
        }
        return at;
    }

    /** @param rest bytes that will follow; room for them is made at the same time */
    static int copy(byte[] from, int start, int count, Slice out, int at, int rest) {
        byte[] to = out.base();
        if (at + count > to.length) {
            to = out.grow(at, Math.addExact(at + count, rest));
        }
        System.arraycopy(from, start, to, at, count);
        return at + count;
    }
}
