package io.laminar.cli.output;

import io.laminar.execution.function.ValueText;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Values;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Prints rows in aligned columns under their names. The widths follow from the rows that come before the first {@link
 * #flush}, or from the first thousand; a longer value later shifts its row.
 */
final class TablePrinter implements RowPrinter {
    private static final int SAMPLE = 1000;
    private static final int MIN_CELL = 6;
    private static final String GAP = "  ";
    private static final String CUT = "…";

    private final Schema schema;
    private final PrintStream out;
    private final int width;
    private final boolean[] right;
    private final List<String[]> held = new ArrayList<>();
    private int @Nullable [] widths;
    private boolean shrunk;

    /** @param width columns of the terminal; 0 for no limit */
    TablePrinter(Schema schema, PrintStream out, int width) {
        this.schema = schema;
        this.out = out;
        this.width = width;
        this.right = new boolean[schema.size()];
        for (int c = 0; c < right.length; c++) {
            right[c] = isNumber(schema.type(c));
        }
    }

    private static boolean isNumber(DataType type) {
        return type instanceof DataType.Decimal
                || type == DataType.Scalar.TINYINT
                || type == DataType.Scalar.SMALLINT
                || type == DataType.Scalar.INT
                || type == DataType.Scalar.BIGINT
                || type == DataType.Scalar.FLOAT
                || type == DataType.Scalar.DOUBLE;
    }

    @Override
    public void print(Batch batch) {
        for (int row = 0; row < batch.size(); row++) {
            String[] cells = new String[schema.size()];
            for (int c = 0; c < cells.length; c++) {
                Object value = Values.read(schema.type(c), batch.column(c), row);
                cells[c] = value == null ? "NULL" : oneLine(ValueText.of(schema.type(c), value));
            }
            held.add(cells);
        }
        if (widths != null || held.size() >= SAMPLE) {
            flush();
        }
    }

    private static String oneLine(String text) {
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

    @Override
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

    @Override
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
        line(schema.fields().stream().map(Field::name).toArray(String[]::new), layout, text);
        String[] rules = new String[layout.length];
        Arrays.setAll(rules, c -> "-".repeat(layout[c]));
        line(rules, layout, text);
        out.print(text);
        out.flush();
        return layout;
    }

    private int[] layout() {
        int[] layout = new int[schema.size()];
        for (int c = 0; c < layout.length; c++) {
            layout[c] = Math.max(1, DisplayWidth.of(schema.field(c).name()));
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
}
