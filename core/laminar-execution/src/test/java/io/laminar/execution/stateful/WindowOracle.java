package io.laminar.execution.stateful;

import io.laminar.plan.node.AggregateCall;
import io.laminar.plan.node.WindowSpec;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Windows kept as lists of their rows, found by trying. */
final class WindowOracle {
    private record Window(long start, long end) {}

    private static final class Session {
        private long start;
        private long end;
        private final List<RandomRows.Row> rows = new ArrayList<>();
    }

    private final WindowSpec spec;
    private final List<Integer> keys;
    private final Map<Window, List<RandomRows.Row>> windows = new LinkedHashMap<>();
    private final Map<List<Object>, List<Session>> sessions = new LinkedHashMap<>();
    private final List<Session> closedSessions = new ArrayList<>();
    private long watermark = Long.MIN_VALUE;
    private long late;

    WindowOracle(WindowSpec spec, List<Integer> keys) {
        this.spec = spec;
        this.keys = keys;
    }

    long watermark() {
        return watermark;
    }

    long late() {
        return late;
    }

    void watermark(long time) {
        watermark = time;
        for (List<Session> open : sessions.values()) {
            for (Iterator<Session> i = open.iterator(); i.hasNext(); ) {
                Session session = i.next();
                if (session.end - 1 <= time) {
                    closedSessions.add(session);
                    i.remove();
                }
            }
        }
    }

    /** Whether no window of a row has closed. */
    boolean isWhollyOpen(RandomRows.Row row) {
        if (spec instanceof WindowSpec.Session) {
            return sessions.values().stream().flatMap(List::stream).anyMatch(s -> s.rows.contains(row));
        }
        return windows(row).stream().allMatch(window -> window.end() - 1 > watermark);
    }

    /** Puts a row into its windows; false if it is in none, or only in some of them. */
    boolean add(RandomRows.Row row) {
        if (spec instanceof WindowSpec.Session session) {
            return addToSession(row, session.gap());
        }
        List<Window> all = windows(row);
        boolean taken = all.isEmpty();
        for (Window window : all) {
            if (window.end() - 1 > watermark) {
                windows.computeIfAbsent(window, w -> new ArrayList<>()).add(row);
                taken = true;
            }
        }
        late += taken ? 0 : 1;
        return isWhollyOpen(row);
    }

    /** Takes a row back that was added, from the windows that are open. */
    void remove(RandomRows.Row row) {
        if (spec instanceof WindowSpec.Session) {
            List<Object> key = new ArrayList<>();
            keys.forEach(k -> key.add(row.values().get(k)));
            boolean found = sessions.getOrDefault(key, List.of()).stream().anyMatch(s -> s.rows.remove(row));
            late += found ? 0 : 1;
            return;
        }
        List<Window> all = windows(row);
        boolean taken = all.isEmpty();
        for (Window window : all) {
            if (window.end() - 1 > watermark) {
                windows.getOrDefault(window, List.of()).remove(row);
                taken = true;
            }
        }
        late += taken ? 0 : 1;
    }

    private boolean addToSession(RandomRows.Row row, long gap) {
        List<Object> key = new ArrayList<>();
        keys.forEach(k -> key.add(row.values().get(k)));
        List<Session> open = sessions.computeIfAbsent(key, k -> new ArrayList<>());
        Session joined = new Session();
        joined.start = row.time();
        joined.end = row.time() + gap;
        List<Session> touched = open.stream()
                .filter(s -> row.time() < s.end && row.time() + gap > s.start)
                .toList();
        if (touched.isEmpty() && joined.end - 1 <= watermark) {
            late++;
            return false;
        }
        for (Session session : touched) {
            joined.start = Math.min(joined.start, session.start);
            joined.end = Math.max(joined.end, session.end);
            joined.rows.addAll(session.rows);
        }
        open.removeAll(touched);
        joined.rows.add(row);
        open.add(joined);
        return true;
    }

    /** Result rows of all closed windows with their numbers. */
    Map<String, Integer> results(List<AggregateCall> calls) {
        Map<String, Integer> results = new TreeMap<>();
        windows.forEach((window, rows) -> add(results, calls, rows, window.start(), window.end()));
        closedSessions.forEach(s -> add(results, calls, s.rows, s.start, s.end));
        return results;
    }

    private void add(
            Map<String, Integer> results, List<AggregateCall> calls, List<RandomRows.Row> rows, long start, long end) {
        Oracle.group(rows, keys).forEach((key, group) -> {
            List<Object> row = new ArrayList<>(key);
            row.addAll(Oracle.results(calls, group));
            row.add(start);
            row.add(end);
            results.merge(row.toString(), 1, Integer::sum);
        });
    }

    private List<Window> windows(RandomRows.Row row) {
        long time = row.time();
        if (spec instanceof WindowSpec.Attached) {
            return List.of(new Window((long) row.values().get(RandomRows.WINDOW_START), (long)
                    row.values().get(RandomRows.WINDOW_END)));
        } else if (spec instanceof WindowSpec.Tumble tumble) {
            return hops(time, tumble.width(), tumble.width(), tumble.offset());
        } else if (spec instanceof WindowSpec.Hop hop) {
            return hops(time, hop.slide(), hop.width(), hop.offset());
        }
        return cumulated(time, (WindowSpec.Cumulate) spec);
    }

    private static List<Window> hops(long time, long slide, long width, long offset) {
        List<Window> windows = new ArrayList<>();
        for (long start = time - width + 1; start <= time; start++) {
            if (Math.floorMod(start - offset, slide) == 0) {
                windows.add(new Window(start, start + width));
            }
        }
        return windows;
    }

    private static List<Window> cumulated(long time, WindowSpec.Cumulate cumulate) {
        List<Window> windows = new ArrayList<>();
        long start = time;
        while (Math.floorMod(start - cumulate.offset(), cumulate.max()) != 0) {
            start--;
        }
        for (long length = cumulate.step(); length < cumulate.max() + cumulate.step(); length += cumulate.step()) {
            long end = start + Math.min(length, cumulate.max());
            if (end > time) {
                windows.add(new Window(start, end));
            }
        }
        return windows;
    }
}
