package io.laminar.execution.user;

import io.laminar.spi.error.Place;
import io.laminar.spi.function.UserFunctionText;

/**
 * The text of a user function as a whole class: the imports at its top stay there, the rest becomes the inside of the
 * class. Knows where in the SQL text every character of the user's stands.
 */
final class JavaText {
    static final String PACKAGE = "laminar.user";

    private static final String HEAD = "package " + PACKAGE + "; ";

    private final UserFunctionText text;
    private final String classHead;
    /** Where the class begins: behind the last import. */
    private final int cut;

    JavaText(UserFunctionText text) {
        this.text = text;
        this.classHead = " public final class " + simpleName(text.name()) + " { ";
        this.cut = endOfImports(text.source());
    }

    private static String simpleName(String function) {
        return "F_" + function.replaceAll("[^A-Za-z0-9_]", "_");
    }

    String className() {
        return PACKAGE + "." + simpleName(text.name());
    }

    /** The whole class; nothing of it stands on a line of its own above the user's text. */
    String source() {
        String source = text.source();
        return HEAD + source.substring(0, cut) + classHead + source.substring(cut) + "\n}\n";
    }

    /** Where in the SQL text a part of {@link #source} stands; of what the user did not write, the nearest that is. */
    Place.Sql place(long from, long to) {
        int start = inText(from);
        int end = Math.max(start, inText(to) - 1);
        return new Place.Sql(line(start), column(start), line(end), column(end));
    }

    private int inText(long position) {
        long at = position - HEAD.length();
        if (at > cut) {
            at = Math.max(cut, at - classHead.length());
        }
        return (int) Math.max(0, Math.min(text.source().length(), at));
    }

    private int line(int at) {
        return text.line()
                + (int) text.source()
                        .substring(0, at)
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
    }

    private int column(int at) {
        int lineStart = text.source().lastIndexOf('\n', at - 1);
        return lineStart < 0 ? text.column() + at : at - lineStart;
    }

    private static int endOfImports(String source) {
        int end = 0;
        int at = skipBlanks(source, 0);
        while (source.startsWith("import", at) && at + 6 < source.length() && isBlank(source.charAt(at + 6))) {
            int semicolon = source.indexOf(';', at);
            if (semicolon < 0) {
                return end;
            }
            end = semicolon + 1;
            at = skipBlanks(source, end);
        }
        return end;
    }

    private static boolean isBlank(char c) {
        return Character.isWhitespace(c);
    }

    /** Skips white space and comments. */
    private static int skipBlanks(String source, int from) {
        int at = from;
        while (at < source.length()) {
            if (isBlank(source.charAt(at))) {
                at++;
            } else if (source.startsWith("//", at)) {
                int end = source.indexOf('\n', at);
                at = end < 0 ? source.length() : end + 1;
            } else if (source.startsWith("/*", at)) {
                int end = source.indexOf("*/", at + 2);
                at = end < 0 ? source.length() : end + 2;
            } else {
                return at;
            }
        }
        return at;
    }
}
