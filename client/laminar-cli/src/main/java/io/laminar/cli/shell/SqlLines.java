package io.laminar.cli.shell;

import java.util.List;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;

/** Tells the editor of lines when a statement is complete, and which word the cursor is in. */
final class SqlLines implements Parser {

    /** Where the cursor is. */
    private record Line(String line, int cursor, String word, int wordCursor) implements CompletingParsedLine {
        @Override
        public int wordIndex() {
            return 0;
        }

        @Override
        public List<String> words() {
            return List.of(word);
        }

        /** Words of SQL stand in a statement as they are. */
        @Override
        public CharSequence escape(CharSequence candidate, boolean complete) {
            return candidate;
        }

        @Override
        public int rawWordCursor() {
            return wordCursor;
        }

        @Override
        public int rawWordLength() {
            return word.length();
        }
    }

    @Override
    public ParsedLine parse(String line, int cursor, ParseContext context) {
        boolean ending = context == ParseContext.ACCEPT_LINE || context == ParseContext.UNSPECIFIED;
        if (ending && !Statement.isComplete(line)) {
            throw new EOFError(-1, cursor, "the statement has no end yet", ";");
        }
        int from = cursor;
        while (from > 0 && isWord(line.charAt(from - 1))) {
            from--;
        }
        if (from == 1 && line.charAt(0) == '\\') {
            from = 0;
        }
        int to = cursor;
        while (to < line.length() && isWord(line.charAt(to))) {
            to++;
        }
        return new Line(line, cursor, line.substring(from, to), cursor - from);
    }

    private static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }

    @Override
    public boolean isEscapeChar(char c) {
        return false;
    }
}
