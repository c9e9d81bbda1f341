package io.laminar.testing.slt;

import io.laminar.plan.StreamPlan;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.error.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Runs .slt files: every case in every mode of the simulator, and once on Flink. */
public final class SltRunner {

    private static final String FAULTS = "Flink with a failure";
    /** Of all cases, how many run with state on local disk as well. */
    private static final int SPILLING_EVERY = 8;

    private final Engine engine;
    private final long seed;
    private final Optional<FlinkRuns> flink;
    private final boolean spilling;

    /**
     * @param seed moves every seeded point: interleavings, checkpoints, kills
     * @param flink runs cases on Flink as well, if there
     */
    public SltRunner(Engine engine, long seed, Optional<FlinkRuns> flink) {
        this(engine, seed, flink, false);
    }

    /** @param spilling whether to run all cases with state on local disk instead of every eighth as well */
    public SltRunner(Engine engine, long seed, Optional<FlinkRuns> flink, boolean spilling) {
        this.engine = engine;
        this.seed = seed;
        this.flink = flink;
        this.spilling = spilling;
    }

    /**
     * Runs a file.
     *
     * @return the number of its cases
     * @throws SltException with all cases that do not hold
     */
    public int run(Path file) {
        List<SltCase> cases = SltCase.of(file);
        List<SltException> failures = new ArrayList<>();
        for (SltCase source : cases) {
            try {
                run(source);
            } catch (SltException e) {
                failures.add(e);
            }
        }
        if (!failures.isEmpty()) {
            throw SltException.all(failures);
        }
        return cases.size();
    }

    /**
     * Runs cases of a file on Flink, where the job fails on the way and goes on from a checkpoint. Of many cases one can
     * run every n-th, by the seed.
     *
     * @return the number of cases that ran
     * @throws SltException with all cases that do not hold
     */
    public int runWithFaults(Path file, FlinkRuns runs, int everyNth) {
        int ran = 0;
        List<SltException> failures = new ArrayList<>();
        for (SltCase source : SltCase.of(file)) {
            Random choice = new Random(seed * 31 + file.getFileName().hashCode() + source.line());
            boolean possible = source.subject() instanceof SltCommand.Pipeline && FlinkRuns.canFail(source);
            if (!possible || choice.nextInt(everyNth) != 0) {
                continue;
            }
            ran++;
            try {
                CompiledCase compiled = compiled(source);
                Outcome outcome = withFault(runs, compiled, choice.nextLong());
                new Expectations(compiled, outcome, FAULTS, false).check();
            } catch (SltException e) {
                failures.add(e);
            }
        }
        if (!failures.isEmpty()) {
            throw SltException.all(failures);
        }
        return ran;
    }

    private static Outcome withFault(FlinkRuns runs, CompiledCase compiled, long seed) {
        try {
            return runs.runWithFault(compiled, seed);
        } catch (RuntimeException | StackOverflowError e) {
            throw defect(compiled.source(), FAULTS, e);
        }
    }

    /** The number of cases in a file. */
    public static int count(Path file) {
        return SltCase.of(file).size();
    }

    private void run(SltCase source) {
        if (source.subject() instanceof SltCommand.StatementError refused) {
            checkRefused(source, refused);
            return;
        }
        CompiledCase compiled = compiled(source);
        for (SltMode mode : modes(source)) {
            Outcome outcome = simulate(compiled, mode);
            new Expectations(compiled, outcome, mode.toString(), mode.isExact()).check();
        }
        flink.filter(f -> FlinkRuns.canRun(source)).ifPresent(runs -> {
            Outcome outcome = onFlink(runs, compiled);
            new Expectations(compiled, outcome, "Flink", false).check();
        });
    }

    private List<SltMode> modes(SltCase source) {
        if (spilling) {
            return SltMode.allSpilling(seed);
        }
        List<SltMode> modes = new ArrayList<>(SltMode.all(seed));
        if (Math.floorMod(source.file().getFileName().hashCode() + source.line(), SPILLING_EVERY) == 0) {
            modes.addAll(SltMode.spilling(seed));
        }
        return modes;
    }

    private CompiledCase compiled(SltCase source) {
        try {
            return CompiledCase.of(source, engine);
        } catch (SltException e) {
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            throw defect(source, "planning", e);
        }
    }

    private Outcome simulate(CompiledCase compiled, SltMode mode) {
        try {
            return new SimulatedRun(
                            compiled.plan(),
                            compiled.events(mode.batchSize()),
                            mode,
                            (mode.spilling() ? engine.spilling() : engine).operators())
                    .run();
        } catch (RuntimeException | StackOverflowError e) {
            throw defect(compiled.source(), mode.toString(), e);
        }
    }

    private static Outcome onFlink(FlinkRuns runs, CompiledCase compiled) {
        try {
            return runs.run(compiled);
        } catch (RuntimeException | StackOverflowError e) {
            throw defect(compiled.source(), "Flink", e);
        }
    }

    private static SltException defect(SltCase source, String mode, Throwable e) {
        return new SltException(source.file(), source.line(), "(" + mode + ") " + e, e);
    }

    private void checkRefused(SltCase source, SltCommand.StatementError expected) {
        LaminarException error = refusal(source);
        String mismatch = Expectations.mismatch(error, expected.code(), expected.pattern());
        if (!mismatch.isEmpty()) {
            throw new SltException(source.file(), source.line(), mismatch);
        }
        String position = error.place() instanceof Place.Sql at
                ? (at.line() - expected.sql().start() + 1) + ":" + at.column()
                : "nowhere";
        if (expected.position().isPresent() && !expected.position().get().equals(position)) {
            throw new SltException(
                    source.file(),
                    source.line(),
                    "expected at " + expected.position().get() + ", got at " + position + ":\n  " + error.describe());
        }
    }

    private LaminarException refusal(SltCase source) {
        try {
            StreamPlan planned = engine.compiler().apply(source.sql());
            throw new SltException(
                    source.file(),
                    source.line(),
                    "should be refused but is planned, into " + planned.sinks().size() + " sinks");
        } catch (SltException e) {
            throw e;
        } catch (LaminarException e) {
            return e;
        } catch (RuntimeException | StackOverflowError e) {
            throw defect(source, "planning", e);
        }
    }

    /** Writes the answers of a straight run into the file, for review. */
    public void complete(Path file) {
        List<String> lines = new ArrayList<>(read(file));
        List<SltCase> cases = SltCase.of(file);
        for (int i = cases.size() - 1; i >= 0; i--) {
            if (cases.get(i).subject() instanceof SltCommand.Pipeline) {
                complete(cases.get(i), lines);
            }
        }
        try {
            Files.write(file, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void complete(SltCase source, List<String> lines) {
        CompiledCase compiled = CompiledCase.of(source, engine);
        SltMode mode = new SltMode(SltMode.Kind.STRAIGHT, 1, seed, false);
        Outcome outcome = simulate(compiled, mode);
        outcome.error().ifPresent(e -> {
            throw new SltException(source.file(), source.line(), "fails: " + e.describe(), e);
        });
        Expectations expectations = new Expectations(compiled, outcome, mode.toString(), true);
        for (int i = source.expectations().size() - 1; i >= 0; i--) {
            if (source.expectations().get(i) instanceof SltCommand.ExpectRows rows) {
                for (int r = rows.rows().size() - 1; r >= 0; r--) {
                    lines.remove(rows.rows().get(r).line() - 1);
                }
                lines.addAll(rows.line(), expectations.answer(rows));
            }
        }
    }

    private static List<String> read(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
