package io.laminar.format.json;

/** Checks texts of other formats that go into columns of type JSON. */
public final class JsonDocuments {
    private final JsonScanner scanner = new JsonScanner();

    public JsonDocuments() {
        scanner.multiline(true);
    }

    /** Whether {@code b[from, to)} is one JSON value, with or without white space around it. */
    public boolean isDocument(byte[] b, int from, int to) {
        int start = skipBlank(b, from, to);
        if (start == to) {
            return false;
        }
        try {
            return skipBlank(b, scanner.valueEnd(b, start, to, 0), to) == to;
        } catch (JsonFailure notJson) {
            return false;
        }
    }

    private static int skipBlank(byte[] b, int from, int to) {
        int p = from;
        while (p < to && (b[p] == ' ' || b[p] == '\n' || b[p] == '\r' || b[p] == '\t')) {
            p++;
        }
        return p;
    }
}
