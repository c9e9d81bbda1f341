package io.laminar.testing.chaos;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code ./dev pauses [KEYS]}: pauses of a job with a gigabyte of state, with a report. */
public final class Pauses {
    private static final long KEYS = 24_000_000;
    private static final int RATE = 400_000;

    private Pauses() {}

    public static void main(String[] args) throws IOException {
        System.setProperty("org.apache.logging.log4j.level", "OFF");
        PrintStream terminal = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        if (args.length < 1 || args.length > 2) {
            terminal.println("usage: ./dev pauses [KEYS]");
            System.exit(2);
        }
        Path results = Path.of(args[0]);
        long keys = args.length > 1 ? Long.parseLong(args[1]) : KEYS;
        Path folder = Files.createTempDirectory("laminar-pauses");
        PauseRun run = new PauseRun(folder, keys, RATE, terminal);
        int code = 1;
        try {
            run.run();
            LocalDate today = LocalDate.now(ZoneOffset.UTC);
            String report = report(run, today.toString(), keys);
            terminal.println(report);
            Files.createDirectories(results);
            Files.writeString(results.resolve(today + "-pauses.md"), report);
            Folders.delete(folder);
            code = 0;
        } catch (ChaosException e) {
            terminal.println("FAILED: " + e.getMessage() + "; files are in " + folder);
        }
        System.exit(code);
    }

    private static String report(PauseRun run, String day, long keys) {
        StringBuilder out =
                new StringBuilder(String.format(Locale.ROOT, """
                # Pauses of %s

                Made by `./dev pauses`. A coordinator and two workers with two slots each, on one machine; %,d keys, %,d MB in the last checkpoint, checkpoints every 5 s, %,d rows per second. A pause is the longest time in which nothing was written into the table in PostgreSQL, from when something was done until the job was steady again; without that it is some 0.1 s.

                | what | pauses | median |
                |---|---|---|
                """, day, keys, run.stateBytes() / 1_000_000, RATE));
        Map<String, List<Double>> byKind = new LinkedHashMap<>();
        run.pauses().forEach(pause -> byKind.computeIfAbsent(pause.what(), what -> new ArrayList<>())
                .add(pause.seconds()));
        byKind.forEach((what, seconds) -> {
            List<Double> sorted = seconds.stream().sorted().toList();
            String all = String.join(
                    ", ",
                    seconds.stream()
                            .map(s -> String.format(Locale.ROOT, "%.1f s", s))
                            .toList());
            out.append(String.format(Locale.ROOT, "| %s | %s | %.1f s |%n", what, all, sorted.get(sorted.size() / 2)));
        });
        return out.toString();
    }
}
