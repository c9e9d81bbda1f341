package io.laminar.cli.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A statement in what was typed, or a command that begins with a backslash.
 *
 * @param text without comments before it and without its semicolon
 * @param line of its beginning in what was typed, from 1
 * @param column of its beginning, from 1
 * @param complete whether its end was typed: a semicolon, or the end of the line of a command
 */
record Statement(String text, int line, int column, boolean complete) {
    private static final Pattern CREATED = Pattern.compile(
            "CREATE\\s+(?:OR\\s+REPLACE\\s+)?(?:TEMPORARY\\s+)?(?:TABLE|VIEW)\\s+(?:IF\\s+NOT\\s+EXISTS\\s+)?"
                    + "(?:\"([^\"]+)\"|([\\p{L}_][\\p{L}\\p{N}_]*)).*",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    /** What begins and ends code: {@code $$} or {@code $name$}. */
    private static final Pattern CODE = Pattern.compile("\\$(?:[A-Za-z][A-Za-z0-9]*)?\\$");

    /** All of them; the last one may be incomplete. */
    static List<Statement> split(String typed) {
        return split(typed, 1);
    }

    /** @param firstLine number of the first line of the text */
    static List<Statement> split(String typed, int firstLine) {
        return new Scanner(typed, firstLine).statements();
    }

    /** Whether nothing has been begun that is not complete. */
    static boolean isComplete(String typed) {
        return split(typed).stream().allMatch(Statement::complete);
    }

    boolean isCommand() {
        return text.startsWith("\\");
    }

    /** Whether it only says what later statements mean. */
    boolean declares() {
        String word = firstWord();
        return word.equals("CREATE") || word.equals("DROP") || word.equals("SET") || word.equals("RESET");
    }

    boolean writes() {
        return firstWord().equals("INSERT");
    }

    boolean explains() {
        return firstWord().equals("EXPLAIN");
    }

    private String firstWord() {
        return text.split("[\\s(]", 2)[0].toUpperCase(Locale.ROOT);
    }

    /** The table or view that it creates; empty if none. */
    String created() {
        Matcher matcher = CREATED.matcher(text);
        if (!matcher.matches()) {
            return "";
        }
        return matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
    }

    /** Finds where statements end: not in strings, names in quotes, code and comments. */
    private static final class Scanner {
        private final String typed;
        private final int firstLine;
        private final List<Statement> found = new ArrayList<>();
        private int at;
        private int start = -1;

        Scanner(String typed, int firstLine) {
            this.typed = typed;
            this.firstLine = firstLine;
        }

        List<Statement> statements() {
            while (at < typed.length()) {
                char c = typed.charAt(at);
                if (start < 0 && c == '\\') {
                    start = at;
                    skipTo("\n", 0);
                    end(true);
                } else if (typed.startsWith("--", at)) {
                    skipTo("\n", 2);
                } else if (typed.startsWith("/*", at)) {
                    skipTo("*/", 2);
                } else if (c == ';') {
                    end(true);
                    at++;
                } else if (Character.isWhitespace(c)) {
                    at++;
                } else {
                    start = start < 0 ? at : start;
                    skipToken(c);
                }
            }
            end(false);
            return found;
        }

        private void skipToken(char c) {
            Matcher code = CODE.matcher(typed).region(at, typed.length());
            if (c == '$' && code.lookingAt()) {
                skipTo(code.group(), code.group().length());
            } else if (c == '\'' && at > 0 && "eE".indexOf(typed.charAt(at - 1)) >= 0 && !isWordEnd(at - 2)) {
                skipEscaped();
            } else if (c == '\'' || c == '"' || c == '`') {
                // A doubled quote ends one string and begins another, which comes to the same.
                skipTo(String.valueOf(c), 1);
            } else {
                at++;
            }
        }

        private boolean isWordEnd(int index) {
            return index >= 0 && (Character.isLetterOrDigit(typed.charAt(index)) || typed.charAt(index) == '_');
        }

        private void skipEscaped() {
            at++;
            while (at < typed.length() && typed.charAt(at) != '\'') {
                at += typed.charAt(at) == '\\' ? 2 : 1;
            }
            at = Math.min(at + 1, typed.length());
        }

        /** Behind the next occurrence of an end; to the end of the text if there is none, which is never complete then. */
        private void skipTo(String end, int from) {
            int index = typed.indexOf(end, at + from);
            at = index < 0 ? typed.length() : index + end.length();
        }

        private void end(boolean complete) {
            if (start >= 0) {
                String before = typed.substring(0, start);
                int line =
                        firstLine + (int) before.chars().filter(c -> c == '\n').count();
                int column = start - before.lastIndexOf('\n');
                found.add(new Statement(typed.substring(start, at).strip(), line, column, complete));
            }
            start = -1;
        }
    }
}
