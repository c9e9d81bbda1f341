package io.laminar.cli.output;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Prints cells in aligned columns under their names. The widths follow from the rows that come before the first {@link
 * #flush}, or from the first thousand; a longer value later shifts its row.
 */
public final class TextTable {
    private static final int SAMPLE = 1000;
    private static final int MIN_CELL = 6;
    private static final String GAP = "  ";
    private static final String CUT = "…";

    private final String[] names;
    private final boolean[] right;
    private final PrintStream out;
    private final int width;
    private final List<String[]> held = new ArrayList<>();
    private int @Nullable [] widths;
    private boolean shrunk;

    /**
     * @param right which columns have their cells at their right ends
     * @param width columns of the terminal; 0 for no limit
     */
    public TextTable(String[] names, boolean[] right, PrintStream out, int width) {
        this.names = names.clone();
        this.right = right.clone();
        this.out = out;
        this.width = width;
    }

    /** Holds a row back, or prints it if the widths are known. */
    public void add(String[] cells) {
        held.add(cells);
        if (widths != null || held.size() >= SAMPLE) {
            flush();
        }
    }

    /** Prints what was held back to lay it out. */
    public void flush() {
        if (held.isEmpty()) {
            return;
        }
        int[] layout = widths;
        if (layout == null) {
            layout = begin();
        }
        StringBuilder text = new StringBuilder();
        for (String[] row : held) {
            line(row, layout, text);
        }
        held.clear();
        out.print(text);
        out.flush();
    }

    /** Prints what is left, at least the names. */
    public void finish() {
        if (widths == null && held.isEmpty()) {
            begin();
        }
        flush();
    }

    private int[] begin() {
        int[] layout = layout();
        widths = layout;
        StringBuilder text = new StringBuilder();
        line(names, layout, text);
        String[] rules = new String[layout.length];
        Arrays.setAll(rules, c -> "-".repeat(layout[c]));
        line(rules, layout, text);
        out.print(text);
        out.flush();
        return layout;
    }

    private int[] layout() {
        int[] layout = new int[names.length];
        for (int c = 0; c < layout.length; c++) {
            layout[c] = Math.max(1, DisplayWidth.of(names[c]));
            for (String[] row : held) {
                layout[c] = Math.max(layout[c], DisplayWidth.of(row[c]));
            }
        }
        if (width > 0) {
            shrink(layout);
        }
        return layout;
    }

    /** Takes from the widest column until the table fits or all columns are narrow. */
    private void shrink(int[] layout) {
        int total = Arrays.stream(layout).sum() + GAP.length() * (layout.length - 1);
        while (total > width) {
            int widest = 0;
            for (int c = 1; c < layout.length; c++) {
                widest = layout[c] > layout[widest] ? c : widest;
            }
            if (layout[widest] <= MIN_CELL) {
                return;
            }
            layout[widest]--;
            shrunk = true;
            total--;
        }
    }

    private void line(String[] cells, int[] layout, StringBuilder text) {
        for (int c = 0; c < cells.length; c++) {
            String cell = cells[c];
            int length = DisplayWidth.of(cell);
            if (shrunk && length > layout[c]) {
                cell = DisplayWidth.cut(cell, layout[c] - 1) + CUT;
                length = DisplayWidth.of(cell);
            }
            String padding = " ".repeat(Math.max(0, layout[c] - length));
            boolean last = c == cells.length - 1;
            text.append(right[c] ? padding + cell : last ? cell : cell + padding);
            text.append(last ? "\n" : GAP);
        }
        if (cells.length == 0) {
            text.append('\n');
        }
    }

    /** A text without characters that would spoil the layout. */
    public static String oneLine(String text) {
        boolean clean = text.chars().noneMatch(c -> c < ' ' || c == 0x7F);
        if (clean) {
            return text;
        }
        StringBuilder shown = new StringBuilder();
        text.chars().forEach(c -> {
            switch (c) {
                case '\n' -> shown.append("\\n");
                case '\r' -> shown.append("\\r");
                case '\t' -> shown.append("\\t");
                default -> shown.append(c < ' ' || c == 0x7F ? '\uFFFD' : (char) c);
            }
        });
        return shown.toString();
    }
}
