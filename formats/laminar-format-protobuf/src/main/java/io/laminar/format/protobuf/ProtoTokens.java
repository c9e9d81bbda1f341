package io.laminar.format.protobuf;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;

/** The words of a .proto text: names, numbers, strings and signs; comments are left out. */
final class ProtoTokens {
    private final String text;
    private int position;
    private int line = 1;

    /** Where the current word starts and ends. */
    private int start;

    private int end;

    ProtoTokens(String text) {
        this.text = text;
        next();
    }

    /** Whether the text has ended. */
    boolean atEnd() {
        return start >= text.length();
    }

    /** Where in the text the current word starts; the text's length at the end. */
    int at() {
        return start;
    }

    /** The current word; empty at the end. */
    String word() {
        return text.substring(start, end);
    }

    boolean is(String word) {
        return end - start == word.length() && text.startsWith(word, start);
    }

    /** Goes on if the current word is this one. */
    boolean accept(String word) {
        boolean found = is(word);
        if (found) {
            next();
        }
        return found;
    }

    void expect(String word) {
        if (!accept(word)) {
            throw wrong("expected '" + word + "', found '" + word() + "'");
        }
    }

    /** A plain name. */
    String name() {
        if (atEnd() || !isNameStart(text.charAt(start))) {
            throw wrong("expected a name, found '" + word() + "'");
        }
        String name = word();
        next();
        return name;
    }

    /** A name with dots, which may start with one. */
    String path() {
        StringBuilder path = new StringBuilder();
        if (accept(".")) {
            path.append('.');
        }
        path.append(name());
        while (accept(".")) {
            path.append('.').append(name());
        }
        return path.toString();
    }

    long integer() {
        boolean negative = accept("-");
        String word = word();
        next();
        try {
            long value = Long.decode(word);
            return negative ? -value : value;
        } catch (NumberFormatException notOne) {
            throw wrong("expected a whole number, found '" + word + "'");
        }
    }

    boolean atString() {
        return !atEnd() && (text.charAt(start) == '"' || text.charAt(start) == '\'');
    }

    /** Strings that stand beside each other are one. Escapes stay as they are. */
    String string() {
        if (!atString()) {
            throw wrong("expected a string, found '" + word() + "'");
        }
        StringBuilder content = new StringBuilder();
        while (atString()) {
            content.append(text, start + 1, end - 1);
            next();
        }
        return content.toString();
    }

    /** A constant as it stands, with its sign. */
    String constant() {
        if (atString()) {
            return string();
        }
        String sign = accept("-") ? "-" : "";
        String word = word();
        next();
        return sign + word;
    }

    /** Passes over everything up to the sign that closes what the current one opens. */
    void skipBlock() {
        int depth = 0;
        do {
            if (atEnd()) {
                throw wrong("the text ends within a block");
            }
            if (is("{") || is("[") || is("(") || is("<")) {
                depth++;
            } else if (is("}") || is("]") || is(")") || is(">")) {
                depth--;
            }
            next();
        } while (depth > 0);
    }

    /** Passes over a statement up to its semicolon, or its block. */
    void skipStatement() {
        while (!accept(";")) {
            if (atEnd()) {
                throw wrong("the text ends within a statement");
            }
            if (is("{")) {
                skipBlock();
                accept(";");
                return;
            }
            next();
        }
    }

    LaminarException wrong(String reason) {
        return new LaminarException(ErrorCode.INVALID_OPTION, "the .proto text, line " + line + ": " + reason);
    }

    private void next() {
        skipBlank();
        start = position;
        end = position;
        if (position >= text.length()) {
            return;
        }
        char c = text.charAt(position);
        if (c == '"' || c == '\'') {
            position = stringEnd(c);
        } else if (isNameStart(c)) {
            while (position < text.length() && isNamePart(text.charAt(position))) {
                position++;
            }
        } else if (Character.isDigit(c)) {
            while (position < text.length()
                    && isNumberPart(text.charAt(position), text.charAt(Math.max(0, position - 1)))) {
                position++;
            }
        } else {
            position++;
        }
        end = position;
    }

    private int stringEnd(char quote) {
        int p = position + 1;
        while (p < text.length() && text.charAt(p) != quote) {
            if (text.charAt(p) == '\n') {
                throw wrong("a string does not end on its line");
            }
            p += text.charAt(p) == '\\' ? 2 : 1;
        }
        if (p >= text.length()) {
            throw wrong("a string does not end");
        }
        return p + 1;
    }

    private void skipBlank() {
        while (position < text.length()) {
            char c = text.charAt(position);
            if (Character.isWhitespace(c)) {
                line += c == '\n' ? 1 : 0;
                position++;
            } else if (text.startsWith("//", position)) {
                int feed = text.indexOf('\n', position);
                position = feed < 0 ? text.length() : feed;
            } else if (text.startsWith("/*", position)) {
                int close = text.indexOf("*/", position + 2);
                if (close < 0) {
                    throw wrong("a comment does not end");
                }
                line += (int) text.substring(position, close)
                        .chars()
                        .filter(x -> x == '\n')
                        .count();
                position = close + 2;
            } else {
                return;
            }
        }
    }

    private static boolean isNameStart(char c) {
        return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean isNamePart(char c) {
        return isNameStart(c) || (c >= '0' && c <= '9');
    }

    private static boolean isNumberPart(char c, char before) {
        boolean exponent = (c == '+' || c == '-') && (before == 'e' || before == 'E');
        return isNamePart(c) || c == '.' || exponent;
    }
}
