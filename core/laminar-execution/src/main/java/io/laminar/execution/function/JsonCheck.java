package io.laminar.execution.function;

/** Tells whether bytes are one JSON document, by the letter of RFC 8259. */
final class JsonCheck {
    static final int DEEPEST = 500;

    private final byte[] b;
    private final int to;
    private int at;
    private int depth;

    private JsonCheck(byte[] bytes, int from, int to) {
        this.b = bytes;
        this.at = from;
        this.to = to;
    }

    /** The position of the first byte that does not fit, counted from {@code from}; -1 if all do. */
    static int firstError(byte[] bytes, int from, int to) {
        JsonCheck check = new JsonCheck(bytes, from, to);
        check.blanks();
        boolean ok = check.value();
        check.blanks();
        return ok && check.at == to ? -1 : check.at - from;
    }

    private void blanks() {
        while (at < to && (b[at] == ' ' || b[at] == '\n' || b[at] == '\r' || b[at] == '\t')) {
            at++;
        }
    }

    private boolean value() {
        if (at >= to) {
            return false;
        }
        return switch (b[at]) {
            case '{' -> container(true, '}');
            case '[' -> container(false, ']');
            case '"' -> string();
            case 't' -> word("true");
            case 'f' -> word("false");
            case 'n' -> word("null");
            default -> number();
        };
    }

    private boolean container(boolean object, char close) {
        if (++depth > DEEPEST) {
            return false;
        }
        at++;
        blanks();
        if (at < to && b[at] == close) {
            at++;
            depth--;
            return true;
        }
        while (true) {
            blanks();
            if (object && !(string() && colon())) {
                return false;
            }
            blanks();
            if (!value()) {
                return false;
            }
            blanks();
            if (at >= to || (b[at] != ',' && b[at] != close)) {
                return false;
            }
            if (b[at++] == close) {
                depth--;
                return true;
            }
        }
    }

    private boolean colon() {
        blanks();
        return at < to && b[at++] == ':';
    }

    private boolean word(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (at >= to || b[at] != word.charAt(i)) {
                return false;
            }
            at++;
        }
        return true;
    }

    private boolean string() {
        if (at >= to || b[at] != '"') {
            return false;
        }
        at++;
        while (at < to) {
            byte c = b[at];
            if (c == '"') {
                at++;
                return true;
            }
            if (c >= 0 && c < ' ') {
                return false;
            }
            at++;
            if (c == '\\' && !escape()) {
                return false;
            }
        }
        return false;
    }

    private boolean escape() {
        if (at >= to) {
            return false;
        }
        byte c = b[at++];
        if (c != 'u') {
            return "\"\\/bfnrt".indexOf(c) >= 0;
        }
        for (int i = 0; i < 4; i++) {
            if (at >= to || Character.digit(b[at], 16) < 0) {
                return false;
            }
            at++;
        }
        return true;
    }

    private boolean number() {
        if (b[at] == '-') {
            at++;
        }
        if (at < to && b[at] == '0') {
            at++;
        } else if (!digits()) {
            return false;
        }
        if (at < to && b[at] == '.') {
            at++;
            if (!digits()) {
                return false;
            }
        }
        if (at < to && (b[at] == 'e' || b[at] == 'E')) {
            at++;
            if (at < to && (b[at] == '+' || b[at] == '-')) {
                at++;
            }
            return digits();
        }
        return true;
    }

    private boolean digits() {
        int start = at;
        while (at < to && b[at] >= '0' && b[at] <= '9') {
            at++;
        }
        return at > start;
    }
}
