package io.laminar.sql.parser;

import java.util.Arrays;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Where the lines of a text start, to cut pieces out of it by line and column. */
final class TextLines {

    private final String text;
    private int[] starts = new int[16];
    private int count;

    TextLines(String text) {
        this.text = text;
        add(0);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair = c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n';
            if (c == '\n' || (c == '\r' && !pair)) {
                add(i + 1);
            }
        }
    }

    private void add(int start) {
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, 2 * count);
        }
        starts[count++] = start;
    }

    /** The text from the first to the last character of a position, both included. */
    String between(SqlParserPos pos) {
        int start = starts[pos.getLineNum() - 1] + pos.getColumnNum() - 1;
        int end = starts[pos.getEndLineNum() - 1] + pos.getEndColumnNum();
        return text.substring(start, Math.min(end, text.length()));
    }
}
