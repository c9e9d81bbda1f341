package io.laminar.testing.chaos;

import io.laminar.testing.cluster.LaminarCluster.Size;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One run: feeds the pipeline, brings faults about one after the other, and compares what came out. */
final class ChaosRun {
    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final Duration END = Duration.ofMinutes(10);
    private static final Duration CATCH_UP = Duration.ofSeconds(60);
    /** Checkpoints that have to pass before something that comes twice is looked for. */
    private static final int MORE_CHECKPOINTS = 2;

    private final ChaosOptions options;
    private final Shop shop;
    private final PrintStream terminal;
    private final long began = System.nanoTime();
    private final List<Outcome> outcomes = new ArrayList<>();
    private List<Verdict> verdicts = List.of();
    private List<Verdict> calm = List.of();
    private long orders;
    private long payments;
    private long stateBytes;

    ChaosRun(ChaosOptions options, PrintStream terminal) {
        this.options = options;
        this.shop = new Shop(options.seed(), options.customers());
        this.terminal = terminal;
    }

    /** Never throws for what the pipeline does: the result says it. */
    ChaosResult run() {
        say("seed " + options.seed() + ", files in " + options.folder());
        String failure = null;
        try (Plant plant = new Plant(options.folder(), Size.SMALL)) {
            say("all processes run");
            play(plant);
        } catch (RuntimeException e) {
            failure = e instanceof ChaosException ? e.getMessage() : e.toString();
            say("FAILED: " + failure);
        }
        return new ChaosResult(options, outcomes, orders, payments, verdicts, calm, stateBytes, elapsed(), failure);
    }

    private void play(Plant plant) {
        Topics topics = new Topics(plant.broker().servers());
        topics.create(Pipeline.ORDERS, Shop.PARTITIONS);
        topics.create(Pipeline.PAYMENTS, Shop.PARTITIONS);
        Pipeline pipeline = pipeline(plant, topics, "chaos");
        ChaosJob job = ChaosJob.start(plant, "chaos", pipeline, plant.store().folder(), Plant.ALL_SLOTS);
        say("job " + job.id() + " runs");
        Sinks sinks = new Sinks(pipeline, plant.database());
        Answers answers;
        try (Feeder feeder = Feeder.start(shop, plant.broker().servers(), options.rate());
                Progress progress = Progress.of(plant.database(), pipeline.table())) {
            Recovery recovery = new Recovery(plant, job, progress, feeder, LIMIT);
            recovery.await("the first rows", recovery.mark());
            strikeAll(plant, job, pipeline, sinks, feeder, progress, recovery);
            orders = feeder.finish();
            payments = feeder.payments();
            say(orders + " orders fed, waiting for the last rows");
            answers = new Answers(shop, orders);
            finish(job, sinks, answers);
        }
        stateBytes = plant.store().bytes();
        job.stop();
        verdicts = sinks.compare(answers);
        verdicts.forEach(verdict -> say(verdict.toString()));
        runCalm(plant, topics, answers);
    }

    private Pipeline pipeline(Plant plant, Topics topics, String name) {
        topics.create(name, 2);
        String table = "totals_" + name;
        plant.database().createTotals(table);
        Path files = options.folder().resolve("matches-" + name);
        return new Pipeline(plant.broker().servers(), plant.database().url(), name, files, table);
    }

    private void strikeAll(
            Plant plant,
            ChaosJob job,
            Pipeline pipeline,
            Sinks sinks,
            Feeder feeder,
            Progress progress,
            Recovery recovery) {
        Schedule schedule = new Schedule(options.seed(), faults(plant));
        Havoc havoc = new Havoc(plant, job, schedule, progress, feeder, pipeline.table());
        int kills = 0;
        while (kills < options.kills() && !isTimeOver()) {
            Fault fault = havoc.isWhole() ? schedule.next() : Fault.RESCALED;
            Recovery.Mark mark = recovery.mark();
            String detail = havoc.strike(fault);
            recovery.await(fault.words(), mark);
            double whole = (System.nanoTime() - mark.nanos()) / 1e9;
            double seconds = Math.max(recovery.seconds(mark), progress.longestPause(mark.nanos()));
            Outcome outcome = new Outcome(fault, detail, seconds, whole);
            outcomes.add(outcome);
            kills += fault.kills();
            say(String.format(
                    Locale.ROOT,
                    "%3d of %d kills  %-28s %-20s recovered in %5.1f s, whole after %5.1f s;" + " %,d orders",
                    kills,
                    options.kills(),
                    fault,
                    detail,
                    seconds,
                    whole,
                    feeder.fed()));
            count(sinks, feeder, fault);
        }
    }

    /** Lets the totals catch up with the input: rows that a fault loses are missed right after it. */
    private void count(Sinks sinks, Feeder feeder, Fault after) {
        long fed = feeder.rest();
        try {
            Waiting.until("all " + fed + " orders after " + after.words(), CATCH_UP, () -> sinks.totalled() >= fed);
        } catch (ChaosException late) {
            throw new ChaosException(late.getMessage() + "; " + sinks.totals(new Answers(shop, fed)));
        }
        if (sinks.totalled() != fed) {
            throw new ChaosException("after " + after.words() + ": " + sinks.totals(new Answers(shop, fed)));
        }
        feeder.goOn();
    }

    private java.util.Set<Fault> faults(Plant plant) {
        java.util.Set<Fault> faults = java.util.EnumSet.copyOf(options.faults());
        if (!plant.store().canBeFull()) {
            say("a file system of its own cannot be mounted: the checkpoint store is never full");
            faults.remove(Fault.STORE_FULL);
        }
        return faults;
    }

    private void finish(ChaosJob job, Sinks sinks, Answers answers) {
        Waiting.until("all rows in all sinks", END, () -> {
            job.requireGoingOn();
            return sinks.isFull(answers);
        });
        long checkpoint = job.checkpoint();
        Waiting.until("checkpoints after the last row", LIMIT, () -> job.checkpoint() >= checkpoint + MORE_CHECKPOINTS);
    }

    /** The same input without any fault. */
    private void runCalm(Plant plant, Topics topics, Answers answers) {
        Pipeline pipeline = pipeline(plant, topics, "calm");
        Path state = options.folder().resolve("state-calm");
        ChaosJob job = ChaosJob.start(plant, "calm", pipeline, state, Plant.ALL_SLOTS);
        Sinks sinks = new Sinks(pipeline, plant.database());
        finish(job, sinks, answers);
        job.stop();
        calm = sinks.compare(answers);
        calm.forEach(verdict -> say("without faults: " + verdict));
    }

    private boolean isTimeOver() {
        return !options.time().isZero() && elapsed().compareTo(options.time()) > 0;
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    private void say(String text) {
        Duration time = elapsed();
        terminal.printf("[%02d:%02d] %s%n", time.toMinutes(), time.toSecondsPart(), text);
    }
}
