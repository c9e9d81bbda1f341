package io.laminar.benchmark;

import io.laminar.benchmark.flink.FlinkSqlEngine;
import io.laminar.benchmark.laminar.LaminarEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The page {@code benchmarks/results/DATE.md}: what was measured where, with which settings. */
final class ResultsPage {
    private final StringBuilder text = new StringBuilder();

    ResultsPage(LocalDate date, String command) {
        text.append("# Benchmarks of ").append(date).append("\n\n");
        text.append("Made by `")
                .append(command)
                .append("`, ended ")
                .append("%ENDED%")
                .append(".\n\n");
        text.append("| machine | |\n|---|---|\n");
        row("processor", processor());
        row("cores", String.valueOf(Runtime.getRuntime().availableProcessors()));
        row("heap", "%d MB".formatted(Runtime.getRuntime().maxMemory() >> 20));
        row("Java", System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"));
        row("Flink", org.apache.flink.runtime.util.EnvironmentInformation.getVersion());
        for (Map.Entry<String, String> setting : new TreeMap<>(LaminarEngine.SETTINGS).entrySet()) {
            row("Laminar, Nexmark: " + setting.getKey(), setting.getValue());
        }
        for (Map.Entry<String, String> setting : new TreeMap<>(FlinkSqlEngine.SETTINGS).entrySet()) {
            row("Flink SQL: " + setting.getKey(), setting.getValue());
        }
        text.append('\n');
    }

    void paragraph(String sentence) {
        text.append(sentence).append("\n\n");
    }

    /** A table of measurements; rates in millions per second of their unit. */
    void section(String title, String theirName, List<Samples> all) {
        text.append("## ").append(title).append("\n\n");
        text.append("| | what | unit | Laminar M/s | ")
                .append(theirName)
                .append(" M/s | ratio | lowest | highest |\n|---|---|---|--:|--:|--:|--:|--:|\n");
        for (Samples samples : all) {
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %s | %s | %.2f | %.2f | **%.2f** | %.2f | %.2f |%n",
                    samples.name(),
                    samples.what(),
                    samples.unit(),
                    samples.ourMedian() / 1e6,
                    samples.theirMedian() / 1e6,
                    samples.ratio(),
                    samples.lowest(),
                    samples.highest()));
        }
        text.append('\n');
    }

    void write(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(
                    file,
                    text.toString()
                            .replace(
                                    "%ENDED%",
                                    Instant.now()
                                            .atOffset(ZoneOffset.UTC)
                                            .withNano(0)
                                            .toString()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    private void row(String key, String value) {
        text.append("| ").append(key).append(" | ").append(value).append(" |\n");
    }

    private static String processor() {
        try {
            return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException e) {
            return System.getProperty("os.arch");
        }
    }
}
