package io.laminar.execution.expression.kernel;

import io.laminar.spi.batch.Slice;
import io.laminar.spi.text.ScalarText;
import java.nio.charset.StandardCharsets;

/** JSON documents (RFC 8259) as bytes: whether they are valid, and what a scalar one says. */
public final class JsonText {
    /** Arrays and objects nested deeper than this are refused, so that no document exhausts the stack. */
    static final int DEEPEST = 512;

    /** The document is {@code null}. */
    public static final int NULL = 0;

    /** The document is a string; its content is given. */
    public static final int STRING = 1;

    /** The document is something else; it is given as it is. */
    public static final int OTHER = 2;

    private final byte[] b;
    private final int to;
    private int at;

    private JsonText(byte[] b, int from, int to) {
        this.b = b;
        this.to = to;
        this.at = from;
    }

    public static boolean isValid(byte[] b, int from, int length) {
        JsonText text = new JsonText(b, from, from + length);
        text.blanks();
        if (!text.value(0)) {
            return false;
        }
        text.blanks();
        return text.at == text.to;
    }

    /** Which of {@link #NULL}, {@link #STRING} and {@link #OTHER} a valid document is; the content goes to the slice. */
    public static int scalar(byte[] b, int from, int length, Slice out) {
        int end = ScalarText.trimEnd(b, from, from + length);
        int start = ScalarText.trimStart(b, from, end);
        if (end - start == 4 && b[start] == 'n' && b[start + 1] == 'u') {
            return NULL;
        }
        if (end - start >= 2 && b[start] == '"') {
            unescape(b, start + 1, end - 1, out);
            return STRING;
        }
        out.set(b, start, end - start);
        return OTHER;
    }

    /** The content between the quotes of a valid string; a view where it has no escapes. */
    public static void unescape(byte[] b, int from, int to, Slice out) {
        int escape = from;
        while (escape < to && b[escape] != '\\') {
            escape++;
        }
        if (escape == to) {
            out.set(b, from, to - from);
            return;
        }
        byte[] room = out.reserve(to - from);
        System.arraycopy(b, from, room, 0, escape - from);
        int used = escape - from;
        int i = escape;
        while (i < to) {
            if (b[i] != '\\') {
                room[used++] = b[i++];
                continue;
            }
            byte kind = b[i + 1];
            i += 2;
            if (kind != 'u') {
                room[used++] = plain(kind);
                continue;
            }
            int unit = hex(b, i);
            i += 4;
            if (Character.isHighSurrogate((char) unit) && i + 6 <= to && b[i] == '\\' && b[i + 1] == 'u') {
                int low = hex(b, i + 2);
                if (Character.isLowSurrogate((char) low)) {
                    unit = Character.toCodePoint((char) unit, (char) low);
                    i += 6;
                }
            }
            byte[] encoded = Character.toString(unit).getBytes(StandardCharsets.UTF_8);
            System.arraycopy(encoded, 0, room, used, encoded.length);
            used += encoded.length;
        }
        out.length(used);
    }

    private static byte plain(byte kind) {
        return switch (kind) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            default -> kind;
        };
    }

    private static int hex(byte[] b, int at) {
        int value = 0;
        for (int i = at; i < at + 4; i++) {
            value = value << 4 | Character.digit(b[i], 16);
        }
        return value;
    }

    private void blanks() {
        while (at < to && (b[at] == ' ' || b[at] == '\n' || b[at] == '\r' || b[at] == '\t')) {
            at++;
        }
    }

    private boolean value(int depth) {
        if (at == to || depth > DEEPEST) {
            return false;
        }
        return switch (b[at]) {
            case '{' -> container('}', true, depth);
            case '[' -> container(']', false, depth);
            case '"' -> string();
            case 't' -> word("true");
            case 'f' -> word("false");
            case 'n' -> word("null");
            default -> number();
        };
    }

    private boolean container(char close, boolean members, int depth) {
        at++;
        blanks();
        if (at < to && b[at] == close) {
            at++;
            return true;
        }
        while (true) {
            blanks();
            if (members && !name()) {
                return false;
            }
            if (!value(depth + 1)) {
                return false;
            }
            blanks();
            if (at == to) {
                return false;
            }
            byte next = b[at++];
            if (next == close) {
                return true;
            }
            if (next != ',') {
                return false;
            }
        }
    }

    private boolean name() {
        if (at == to || b[at] != '"' || !string()) {
            return false;
        }
        blanks();
        if (at == to || b[at++] != ':') {
            return false;
        }
        blanks();
        return true;
    }

    private boolean string() {
        at++;
        while (at < to) {
            byte c = b[at++];
            if (c == '"') {
                return true;
            }
            if (c >= 0 && c < ' ') {
                return false;
            }
            if (c == '\\' && !escape()) {
                return false;
            }
        }
        return false;
    }

    private boolean escape() {
        if (at == to) {
            return false;
        }
        byte kind = b[at++];
        if (kind != 'u') {
            return "\"\\/bfnrt".indexOf(kind) >= 0;
        }
        for (int i = 0; i < 4; i++, at++) {
            if (at == to || Character.digit(b[at], 16) < 0) {
                return false;
            }
        }
        return true;
    }

    private boolean word(String word) {
        if (to - at < word.length() || !ScalarText.equalsIgnoreCase(b, at, at + word.length(), word)) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if (b[at + i] != word.charAt(i)) {
                return false;
            }
        }
        at += word.length();
        return true;
    }

    private boolean number() {
        if (b[at] == '-') {
            at++;
        }
        int first = at;
        if (!digits() || (b[first] == '0' && at > first + 1)) {
            return false;
        }
        if (at < to && b[at] == '.') {
            at++;
            if (!digits()) {
                return false;
            }
        }
        if (at < to && (b[at] | 0x20) == 'e') {
            at++;
            if (at < to && (b[at] == '+' || b[at] == '-')) {
                at++;
            }
            return digits();
        }
        return true;
    }

    private boolean digits() {
        int first = at;
        while (at < to && b[at] >= '0' && b[at] <= '9') {
            at++;
        }
        return at > first;
    }
}
