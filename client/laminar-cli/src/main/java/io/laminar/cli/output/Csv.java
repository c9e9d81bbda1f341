package io.laminar.cli.output;

import java.io.PrintStream;
import java.util.List;
import java.util.stream.Collectors;

/** Writes texts as RFC 4180 has them. */
public final class Csv {

    private Csv() {}

    public static void line(PrintStream out, List<String> fields) {
        out.print(fields.stream().map(Csv::field).collect(Collectors.joining(",")) + "\n");
    }

    private static String field(String text) {
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
