package io.laminar.testing.chaos;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;

/** {@code ./dev chaos}: one run, with a report. */
public final class Chaos {
    private static final int KILLS = 100;
    private static final String USAGE =
            "usage: ./dev chaos [--seed N] [--kills N] [--minutes M] [--rate ORDERS_PER_SECOND]"
                    + " [--customers N] [--only FAULT,...] [--results DIR]";

    private Chaos() {}

    /** Exits with 0 if nothing was lost, doubled or wrong, and with 1 otherwise; everything stays in its folder then. */
    public static void main(String[] args) throws IOException {
        System.setProperty("org.apache.logging.log4j.level", "OFF");
        PrintStream terminal = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        Path folder = Files.createTempDirectory("laminar-chaos");
        ChaosOptions options = new ChaosOptions(System.nanoTime() & Integer.MAX_VALUE, KILLS, folder);
        Path results = null;
        Iterator<String> words = List.of(args).iterator();
        while (words.hasNext()) {
            String name = words.next();
            if (!words.hasNext()) {
                terminal.println(USAGE);
                System.exit(2);
            }
            String value = words.next();
            switch (name) {
                case "--seed" ->
                    options = new ChaosOptions(
                            Long.parseLong(value),
                            options.kills(),
                            options.time(),
                            options.rate(),
                            options.customers(),
                            options.faults(),
                            folder);
                case "--kills" ->
                    options = new ChaosOptions(
                            options.seed(),
                            Integer.parseInt(value),
                            options.time(),
                            options.rate(),
                            options.customers(),
                            options.faults(),
                            folder);
                case "--minutes" -> options = options.within(Duration.ofMinutes(Long.parseLong(value)));
                case "--rate" -> options = options.at(Integer.parseInt(value), options.customers());
                case "--customers" -> options = options.at(options.rate(), Integer.parseInt(value));
                case "--only" ->
                    options = options.with(EnumSet.copyOf(Arrays.stream(value.split(","))
                            .map(fault -> Fault.valueOf(fault.toUpperCase(Locale.ROOT)))
                            .toList()));
                case "--results" -> results = Path.of(value);
                default -> {
                    terminal.println(USAGE);
                    System.exit(2);
                }
            }
        }
        ChaosResult result = new ChaosRun(options, terminal).run();
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        String report = Report.of(result, today.toString());
        terminal.println(report);
        if (results != null) {
            Files.createDirectories(results);
            Files.writeString(results.resolve(today + "-chaos.md"), report);
        }
        if (result.isGood()) {
            Folders.delete(folder);
        }
        System.exit(result.isGood() ? 0 : 1);
    }
}
