package io.laminar.execution.expression.kernel;

import io.laminar.spi.batch.Slice;
import io.laminar.spi.text.ScalarText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A valid JSON document taken apart, for casts to nested types: Map for objects, List for arrays, {@link Text} for
 * everything else.
 */
final class JsonTree {
    /** A scalar as text, and whether it was a string. */
    record Text(String text, boolean string) {}

    private final byte[] b;
    private int at;

    private JsonTree(byte[] b) {
        this.b = b;
    }

    /** The document; null for JSON null. */
    static @Nullable Object of(String document) {
        return new JsonTree(document.getBytes(StandardCharsets.UTF_8)).value();
    }

    private @Nullable Object value() {
        blanks();
        switch (b[at]) {
            case '{' -> {
                return object();
            }
            case '[' -> {
                return array();
            }
            case '"' -> {
                return new Text(string(), true);
            }
            default -> {
                int start = at;
                while (at < b.length && ",]} \t\r\n".indexOf(b[at]) < 0) {
                    at++;
                }
                String word = new String(b, start, at - start, StandardCharsets.UTF_8);
                return word.equals("null") ? null : new Text(word, false);
            }
        }
    }

    private Map<String, @Nullable Object> object() {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        at++;
        blanks();
        while (b[at] != '}') {
            String name = string();
            blanks();
            at++;
            members.put(name, value());
            next();
        }
        at++;
        return members;
    }

    private List<@Nullable Object> array() {
        List<@Nullable Object> elements = new ArrayList<>();
        at++;
        blanks();
        while (b[at] != ']') {
            elements.add(value());
            next();
        }
        at++;
        return elements;
    }

    private void next() {
        blanks();
        if (b[at] == ',') {
            at++;
            blanks();
        }
    }

    private String string() {
        int start = ++at;
        while (b[at] != '"') {
            at += b[at] == '\\' ? 2 : 1;
        }
        Slice content = new Slice();
        JsonText.unescape(b, start, at++, content);
        return content.toString();
    }

    private void blanks() {
        at = ScalarText.trimStart(b, at, b.length);
    }
}
