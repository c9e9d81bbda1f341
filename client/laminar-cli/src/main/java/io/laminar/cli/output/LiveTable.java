package io.laminar.cli.output;

import io.laminar.spi.batch.RowKind;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The result of a query that changes, at the bottom of a terminal: the rows that are valid now, drawn again in the same
 * place when they change.
 */
public final class LiveTable {
    /** Up by that many lines, to their beginning, and everything below cleared. */
    private static final String BACK = "\u001B[%dA\r\u001B[J";
    /** Names, rule, what is left out, and the line of the cursor. */
    private static final int OTHER_LINES = 4;

    private final String[] names;
    private final boolean[] right;
    private final PrintStream out;
    private final int width;
    private final int height;
    private final SortedMap<Long, List<String>> rows = new TreeMap<>();
    private final Map<List<String>, Deque<Long>> places = new HashMap<>();
    /** Places of rows that were taken back to be replaced: what replaces them appears where they were. */
    private final Deque<Long> free = new ArrayDeque<>();
    /** Rows that were taken back before they came, as happens when several subtasks send them. */
    private final Map<List<String>, Integer> early = new HashMap<>();

    private long next;
    private int drawn;
    private boolean changed = true;

    /** @param height lines of the terminal */
    public LiveTable(String[] names, boolean[] right, PrintStream out, int width, int height) {
        this.names = names.clone();
        this.right = right.clone();
        this.out = out;
        this.width = width;
        this.height = height;
    }

    /** @param kind of the change, as {@link RowKind} has them */
    public void change(byte kind, String[] cells) {
        changed = true;
        List<String> row = List.copyOf(Arrays.asList(cells));
        if (RowKind.isRetraction(kind)) {
            remove(row, kind == RowKind.UPDATE_BEFORE);
        } else if (early.containsKey(row)) {
            early.computeIfPresent(row, (same, count) -> count == 1 ? null : count - 1);
        } else {
            Long place = kind == RowKind.UPDATE_AFTER ? free.poll() : null;
            place = place == null ? next++ : place;
            rows.put(place, row);
            places.computeIfAbsent(row, same -> new ArrayDeque<>()).add(place);
        }
    }

    private void remove(List<String> row, boolean replaced) {
        Deque<Long> where = places.get(row);
        if (where == null) {
            early.merge(row, 1, Integer::sum);
            return;
        }
        long place = where.remove();
        rows.remove(place);
        if (where.isEmpty()) {
            places.remove(row);
        }
        if (replaced) {
            free.add(place);
        }
    }

    /** Draws the table again if it has changed. */
    public void draw() {
        if (changed) {
            draw(Math.max(1, height - OTHER_LINES));
            changed = false;
        }
    }

    /** Draws it for the last time, in full. */
    public void finish() {
        draw(Integer.MAX_VALUE);
        drawn = 0;
    }

    private void draw(int most) {
        ByteArrayOutputStream buffer = new ByteArrayOutputStream();
        try (PrintStream text = new PrintStream(buffer, false, StandardCharsets.UTF_8)) {
            TextTable table = new TextTable(names, right, text, width);
            rows.values().stream().limit(most).forEach(row -> table.add(row.toArray(String[]::new)));
            table.finish();
            if (rows.size() > most) {
                text.println("(" + (rows.size() - most) + " more rows)");
            }
        }
        String text = buffer.toString(StandardCharsets.UTF_8);
        out.print((drawn == 0 ? "" : BACK.formatted(drawn)) + text);
        out.flush();
        drawn = (int) text.chars().filter(c -> c == '\n').count();
    }
}
