package io.laminar.testing.slt;

import java.util.ArrayList;
import java.util.List;

/** Two lists of lines beside each other, with a mark where they differ. */
final class SideBySide {

    private static final int MOST_LINES = 60;

    private SideBySide() {}

    static String of(List<String> expected, List<String> actual) {
        int width = Math.max(
                "expected".length(),
                expected.stream().mapToInt(String::length).max().orElse(0));
        StringBuilder out = new StringBuilder();
        out.append(line(" ", "expected", "actual", width));
        List<String> left = new ArrayList<>(expected);
        List<String> right = new ArrayList<>(actual);
        int shown = 0;
        while ((!left.isEmpty() || !right.isEmpty()) && shown++ < MOST_LINES) {
            boolean same = !left.isEmpty() && !right.isEmpty() && left.get(0).equals(right.get(0));
            if (same) {
                out.append(line(" ", left.remove(0), right.remove(0), width));
            } else if (!left.isEmpty() && !right.contains(left.get(0))) {
                out.append(line("-", left.remove(0), "", width));
            } else if (!right.isEmpty()) {
                out.append(line("+", "", right.remove(0), width));
            } else {
                out.append(line("-", left.remove(0), "", width));
            }
        }
        if (!left.isEmpty() || !right.isEmpty()) {
            out.append("  ... ")
                    .append(left.size())
                    .append(" more expected, ")
                    .append(right.size())
                    .append(" more actual\n");
        }
        return out.toString();
    }

    private static String line(String mark, String left, String right, int width) {
        return "  " + mark + " " + left + " ".repeat(width - left.length()) + " | " + right + "\n";
    }
}
