package io.laminar.testing.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A result as a page of Markdown. */
final class Report {
    private static final double HUNDRED = 100.0;

    private Report() {}

    /** @param date of the run */
    static String of(ChaosResult result, String date) {
        ChaosOptions options = result.options();
        StringBuilder text = new StringBuilder();
        line(text, "# Chaos of %s", date);
        line(text, "");
        line(
                text,
                "Made by `./dev chaos --seed %d --kills %d`. Windows go from Kafka to Kafka (exactly once), a join of two"
                        + " streams to files (exactly once), an updating aggregate to PostgreSQL (upsert), while processes are"
                        + " killed, paused and cut off. All of it runs on one machine: two coordinators, two workers, ZooKeeper,"
                        + " a broker, a database and the feeder. After every fault the feeder rests until the totals have exactly"
                        + " all orders: later ones would hide what is missing.",
                options.seed(),
                options.kills());
        line(text, "");
        line(text, "**Verdict: %s**", verdict(result));
        line(text, "");
        line(text, "| | |");
        line(text, "|---|---|");
        line(
                text,
                "| machine | %d cores, %s, Java %s |",
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.arch"),
                System.getProperty("java.version"));
        line(
                text,
                "| time | %d min %d s |",
                result.time().toMinutes(),
                result.time().toSecondsPart());
        line(
                text,
                "| faults | %d, with %d processes killed |",
                result.outcomes().size(),
                result.kills());
        line(
                text,
                "| rows in | %,d orders and %,d payments, %,d orders per second |",
                result.orders(),
                result.payments(),
                options.rate());
        line(text, "| checkpoints | every second; the store had %,d KB at the end |", result.stateBytes() >> 10);
        line(text, "");
        verdicts(text, "With faults", result.verdicts());
        verdicts(text, "The same input without faults", result.calm());
        faults(text, result.outcomes());
        return text.toString();
    }

    private static String verdict(ChaosResult result) {
        if (result.failure() != null) {
            return "the run was given up: "
                    + result.failure().lines().findFirst().orElse("");
        }
        long lost = result.verdicts().stream().mapToLong(Verdict::lost).sum();
        long doubled = result.verdicts().stream().mapToLong(Verdict::doubled).sum();
        long wrong = result.verdicts().stream().mapToLong(Verdict::wrong).sum();
        return String.format(Locale.ROOT, "rows lost / doubled / wrong: %,d / %,d / %,d", lost, doubled, wrong);
    }

    private static void verdicts(StringBuilder text, String title, List<Verdict> verdicts) {
        line(text, "## %s", title);
        line(text, "");
        line(text, "| sink | rows out | rows expected | lost | doubled | wrong |");
        line(text, "|---|---|---|---|---|---|");
        for (Verdict verdict : verdicts) {
            line(
                    text,
                    "| %s | %,d | %,d | %,d | %,d | %,d |",
                    verdict.sink(),
                    verdict.rows(),
                    verdict.expected(),
                    verdict.lost(),
                    verdict.doubled(),
                    verdict.wrong());
        }
        line(text, "");
    }

    private static void faults(StringBuilder text, List<Outcome> outcomes) {
        line(text, "## Faults");
        line(text, "");
        line(
                text,
                "Recovery is the time from the fault to the first row in PostgreSQL of what was fed after it, or the"
                        + " longest time without any new row if that is longer. It includes how long the disturbance takes. The job is whole when all workers are there and a checkpoint"
                        + " after that is complete; then the next fault comes.");
        line(text, "");
        line(text, "| fault | times | recovery: median | longest | whole: median | longest |");
        line(text, "|---|---|---|---|---|---|");
        for (Fault fault : Fault.values()) {
            List<Outcome> of = outcomes.stream()
                    .filter(outcome -> outcome.fault() == fault)
                    .toList();
            if (!of.isEmpty()) {
                List<Double> recoveries = of.stream().map(Outcome::recovery).toList();
                List<Double> wholes = of.stream().map(Outcome::whole).toList();
                line(
                        text,
                        "| %s | %d | %.1f s | %.1f s | %.1f s | %.1f s |",
                        fault.words(),
                        of.size(),
                        percentile(recoveries, 50),
                        percentile(recoveries, 100),
                        percentile(wholes, 50),
                        percentile(wholes, 100));
            }
        }
        line(text, "");
    }

    static double percentile(List<Double> values, double percent) {
        List<Double> sorted = new ArrayList<>(values);
        sorted.sort(null);
        int place = (int) Math.ceil(percent / HUNDRED * sorted.size()) - 1;
        return sorted.get(Math.max(0, place));
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(values.length == 0 ? format : String.format(Locale.ROOT, format, values))
                .append('\n');
    }
}
