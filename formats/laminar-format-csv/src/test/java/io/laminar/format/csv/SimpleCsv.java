package io.laminar.format.csv;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** RFC 4180 read in the plainest way: the reference of the fuzz test. */
record SimpleCsv(List<List<@Nullable Object>> rows, int bad) {

    static SimpleCsv parse(String text, int width) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        int bad = 0;
        int at = 0;
        while (at < text.length()) {
            if (text.startsWith("\n", at) || text.startsWith("\r\n", at)) {
                at += text.charAt(at) == '\n' ? 1 : 2;
                continue;
            }
            List<@Nullable Object> row = new ArrayList<>();
            int next = record(text, at, row);
            boolean malformed = next < 0;
            if (malformed) {
                int feed = text.indexOf('\n', at);
                next = feed < 0 ? text.length() : feed + 1;
            }
            if (malformed || row.size() != width) {
                bad++;
            } else {
                rows.add(row);
            }
            at = next;
        }
        return new SimpleCsv(rows, bad);
    }

    /** The start of the next record, or -1 if quotes are wrong. */
    private static int record(String text, int start, List<@Nullable Object> row) {
        int at = start;
        while (true) {
            StringBuilder field = new StringBuilder();
            boolean quoted = at < text.length() && text.charAt(at) == '"';
            if (quoted) {
                at++;
                while (true) {
                    if (at >= text.length()) {
                        return -1;
                    }
                    if (text.startsWith("\"\"", at)) {
                        field.append('"');
                        at += 2;
                    } else if (text.charAt(at) == '"') {
                        at++;
                        break;
                    } else {
                        field.append(text.charAt(at++));
                    }
                }
            } else {
                while (at < text.length() && text.charAt(at) != ',' && text.charAt(at) != '\n') {
                    field.append(text.charAt(at++));
                }
                boolean last = at >= text.length() || text.charAt(at) == '\n';
                if (last && field.length() > 0 && field.charAt(field.length() - 1) == '\r') {
                    field.setLength(field.length() - 1);
                }
            }
            row.add(!quoted && field.length() == 0 ? null : field.toString());
            if (at < text.length() && text.charAt(at) == ',') {
                at++;
                continue;
            }
            if (text.startsWith("\r\n", at)) {
                return at + 2;
            }
            if (at < text.length() && text.charAt(at) == '\r' && at + 1 == text.length()) {
                return at + 1;
            }
            if (at < text.length() && text.charAt(at) == '\n') {
                return at + 1;
            }
            return at >= text.length() ? at : -1;
        }
    }
}
