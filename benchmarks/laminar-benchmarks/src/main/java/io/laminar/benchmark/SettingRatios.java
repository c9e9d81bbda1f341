package io.laminar.benchmark;

import io.laminar.benchmark.laminar.LaminarEngine;
import io.laminar.spi.batch.Batch;
import java.util.ArrayList;
import java.util.List;

/** The same queries with a setting of the planner and without, one after the other in one run. */
final class SettingRatios {
    private static final int PARALLELISM = 2;

    /**
     * @param with statements that use what is measured
     * @param without statements that do not
     */
    private record Case(String name, String what, String query, String with, String without) {}

    private static Case local(String name, String what, String query) {
        return new Case(
                "local_aggregation_" + name,
                what,
                query,
                "SET local_aggregation = 'on';",
                "SET local_aggregation = 'off';");
    }

    private static final String TUMBLE =
            " FROM TABLE(TUMBLE(TABLE bid, DESCRIPTOR(`dateTime`), INTERVAL '10' SECOND)) GROUP BY ";

    private static final List<Case> CASES = List.of(
            local(
                    "window_few",
                    "count, max and sum for 100 keys and 10 s",
                    "SELECT MOD(auction, 100) AS k, count(*) AS n, max(price) AS m, sum(price) AS s, window_end"
                            + TUMBLE + "MOD(auction, 100), window_start, window_end"),
            local(
                    "window_text",
                    "count, max and sum per channel and 10 s: 10,000 channels, half of the bids over four of them",
                    "SELECT channel, count(*) AS n, max(price) AS m, sum(price) AS s, window_end" + TUMBLE
                            + "channel, window_start, window_end"),
            local(
                    "window_skewed",
                    "count per auction and 10 s, half of the bids being for the hot one",
                    "SELECT auction, count(*) AS n, window_end" + TUMBLE + "auction, window_start, window_end"),
            local(
                    "window_different",
                    "count and sum per price and 10 s, prices hardly repeating",
                    "SELECT price, count(*) AS n, sum(bidder) AS s, window_end" + TUMBLE
                            + "price, window_start, window_end"),
            local(
                    "updating_few",
                    "count, max and avg for 100 keys, updated",
                    "SELECT MOD(auction, 100) AS k, count(*) AS n, max(price) AS m, avg(price) AS a FROM bid GROUP BY"
                            + " MOD(auction, 100)"),
            local(
                    "updating_text",
                    "count, max and avg per channel, updated",
                    "SELECT channel, count(*) AS n, max(price) AS m, avg(price) AS a FROM bid GROUP BY channel"),
            local(
                    "updating_skewed",
                    "count and max per bidder, updated",
                    "SELECT bidder, count(*) AS n, max(price) AS m FROM bid GROUP BY bidder"),
            local(
                    "updating_different",
                    "count and sum per price, updated, prices hardly repeating",
                    "SELECT price, count(*) AS n, sum(bidder) AS s FROM bid GROUP BY price"));

    private final BenchmarkOptions options;

    SettingRatios(BenchmarkOptions options) {
        this.options = options;
    }

    boolean selected() {
        return CASES.stream().anyMatch(c -> options.selects(c.name()));
    }

    List<Samples> measure(List<Batch> events) throws InterruptedException {
        LaminarEngine.load(events);
        List<Samples> results = new ArrayList<>();
        double count = Benchmark.count(events);
        for (Case c : CASES) {
            if (!options.selects(c.name())) {
                continue;
            }
            Progress.say(c.name());
            Samples samples = new Samples(c.name(), c.what(), "events");
            LaminarEngine.nexmark(c.with(), c.query(), PARALLELISM);
            LaminarEngine.nexmark(c.without(), c.query(), PARALLELISM);
            for (int pair = 0; pair < options.pairs(); pair++) {
                double with = count / LaminarEngine.nexmark(c.with(), c.query(), PARALLELISM);
                samples.add(with, count / LaminarEngine.nexmark(c.without(), c.query(), PARALLELISM));
            }
            results.add(samples);
            Progress.say(samples, "without");
        }
        LaminarEngine.unload();
        return results;
    }
}
