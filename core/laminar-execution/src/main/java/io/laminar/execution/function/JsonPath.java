package io.laminar.execution.function;

import io.laminar.spi.batch.Slice;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A path of JSONPath: {@code $} followed by {@code .name}, {@code ['name']}, {@code [0]}, {@code [-1]} (from the end),
 * {@code [*]} and {@code .*}. Runs on the text of the document. Belongs to one thread.
 */
public final class JsonPath {
    private final String text;
    private final List<Step> steps = new ArrayList<>();
    private boolean many;
    private int start;
    private int end;

    /** @param name null for an index or for all entries */
    private record Step(byte @Nullable [] name, long index, boolean all) {}

    private JsonPath(String text) {
        this.text = text;
    }

    public static JsonPath prepare(Slice slice) {
        String text = slice.toString().strip();
        JsonPath path = new JsonPath(text);
        String rest = text.startsWith("lax ") ? text.substring(4).strip() : text;
        if (!rest.startsWith("$")) {
            throw path.refused("it must start with $", "$.a.b[0] is a path");
        }
        path.read(rest, 1);
        return path;
    }

    private RuntimeException refused(String reason, String hint) {
        return Refusals.invalid("json path", "'" + text + "' cannot be read: " + reason, hint);
    }

    private void read(String path, int from) {
        int at = from;
        while (at < path.length()) {
            char c = path.charAt(at++);
            if (c == '.' && at < path.length() && path.charAt(at) == '*') {
                addAll();
                at++;
            } else if (c == '.') {
                boolean quoted = at < path.length() && path.charAt(at) == '"';
                int close = quoted ? path.indexOf('"', at + 1) : nameEnd(path, at);
                if (close <= at) {
                    throw refused("a name is missing after the dot", "paths are made of .name, ['name'], [0] and [*]");
                }
                addName(path.substring(quoted ? at + 1 : at, close));
                at = quoted ? close + 1 : close;
            } else if (c == '[') {
                int close = closingBracket(path, at);
                addBracket(path.substring(at, close).strip());
                at = close + 1;
            } else {
                throw refused("'" + c + "' is unexpected", "paths are made of .name, ['name'], [0] and [*]");
            }
        }
    }

    private static int nameEnd(String path, int from) {
        int at = from;
        while (at < path.length() && path.charAt(at) != '.' && path.charAt(at) != '[') {
            at++;
        }
        return at;
    }

    private int closingBracket(String path, int from) {
        char first = from < path.length() ? path.charAt(from) : ']';
        boolean quoted = first == '\'' || first == '"';
        int search = quoted ? path.indexOf(first, from + 1) : from;
        int close = search < 0 ? -1 : path.indexOf(']', search);
        if (close < 0) {
            throw refused("a bracket is not closed", "paths are made of .name, ['name'], [0] and [*]");
        }
        return close;
    }

    private void addBracket(String inside) {
        int last = inside.length() - 1;
        if (inside.equals("*")) {
            addAll();
        } else if (last >= 1
                && (inside.charAt(0) == '\'' || inside.charAt(0) == '"')
                && inside.charAt(last) == inside.charAt(0)) {
            addName(inside.substring(1, last));
        } else {
            try {
                steps.add(new Step(null, Long.parseLong(inside), false));
            } catch (NumberFormatException e) {
                throw refused("[" + inside + "] is not supported", "brackets hold a number, a 'name' or *");
            }
        }
    }

    private void addName(String name) {
        steps.add(new Step(name.getBytes(StandardCharsets.UTF_8), 0, false));
    }

    private void addAll() {
        steps.add(new Step(null, 0, true));
        many = true;
    }

    /** Whether the path may lead to several values. */
    boolean isMany() {
        return many;
    }

    /** Finds the first value; {@link #start} and {@link #end} tell where it is. */
    boolean first(Slice json) {
        byte[] b = json.base();
        int to = json.offset() + json.length();
        int at = JsonScanner.skipBlanks(b, json.offset(), to);
        if (many) {
            List<int[]> found = new ArrayList<>();
            walk(b, at, to, 0, found, 1);
            if (found.isEmpty()) {
                return false;
            }
            start = found.get(0)[0];
            end = found.get(0)[1];
            return true;
        }
        for (int i = 0; i < steps.size() && at >= 0; i++) {
            at = follow(steps.get(i), b, at, to);
        }
        start = at;
        end = at < 0 ? -1 : JsonScanner.end(b, at, to);
        return end >= 0;
    }

    /** All values, as pairs of start and end. */
    List<int[]> all(Slice json) {
        List<int[]> found = new ArrayList<>();
        byte[] b = json.base();
        int to = json.offset() + json.length();
        walk(b, JsonScanner.skipBlanks(b, json.offset(), to), to, 0, found, Integer.MAX_VALUE);
        return found;
    }

    int start() {
        return start;
    }

    int end() {
        return end;
    }

    private static int follow(Step step, byte[] b, int at, int to) {
        byte[] name = step.name;
        return name == null
                ? JsonScanner.element(b, at, to, step.index)
                : JsonScanner.member(b, at, to, name, 0, name.length);
    }

    private void walk(byte[] b, int at, int to, int depth, List<int[]> found, int most) {
        if (at < 0 || found.size() >= most) {
            return;
        }
        if (depth == steps.size()) {
            int valueEnd = JsonScanner.end(b, at, to);
            if (valueEnd >= 0) {
                found.add(new int[] {at, valueEnd});
            }
            return;
        }
        Step step = steps.get(depth);
        if (!step.all) {
            walk(b, follow(step, b, at, to), to, depth + 1, found, most);
            return;
        }
        boolean object = at < to && b[at] == '{';
        if (!object && (at >= to || b[at] != '[')) {
            return;
        }
        int entry = JsonScanner.firstEntry(b, at, to);
        while (entry >= 0 && entry < to && found.size() < most) {
            int value = object ? JsonScanner.valueOfEntry(b, entry, to) : entry;
            walk(b, value, to, depth + 1, found, most);
            entry = value < 0 ? -1 : JsonScanner.next(b, value, to);
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
