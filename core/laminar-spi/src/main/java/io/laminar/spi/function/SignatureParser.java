package io.laminar.spi.function;

import java.util.ArrayList;
import java.util.List;

/** Reads the text of a {@link Signature}. */
final class SignatureParser {

    private SignatureParser() {}

    static Signature parse(String text) {
        int open = text.indexOf('(');
        int arrow = text.indexOf("->");
        int close = text.lastIndexOf(')', arrow < 0 ? text.length() : arrow);
        if (open <= 0 || arrow < 0 || close < open) {
            throw new IllegalArgumentException("not a signature: " + text);
        }
        List<String> parameters = split(text.substring(open + 1, close));
        boolean variadic = false;
        int last = parameters.size() - 1;
        if (last >= 0 && parameters.get(last).endsWith("...")) {
            String repeated = parameters.get(last);
            parameters.set(last, repeated.substring(0, repeated.length() - 3).strip());
            variadic = true;
        }
        return new Signature(
                text,
                text.substring(0, open).strip(),
                List.copyOf(parameters),
                variadic,
                text.substring(arrow + 2).strip());
    }

    /** Splits at commas outside of angle brackets. */
    static List<String> split(String list) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < list.length(); i++) {
            char c = list.charAt(i);
            if (c == '<') {
                depth++;
            } else if (c == '>') {
                depth--;
            } else if (c == ',' && depth == 0) {
                parts.add(list.substring(start, i).strip());
                start = i + 1;
            }
        }
        String rest = list.substring(start).strip();
        if (!rest.isEmpty()) {
            parts.add(rest);
        }
        return parts;
    }
}
