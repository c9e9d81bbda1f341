package io.laminar.testing.slt;

/** Runs cases on a Flink cluster in this process. */
public interface FlinkRuns {

    /** Whether a case means the same where time is the machine's: it may not move the clock. */
    static boolean canRun(SltCase source) {
        return source.script().stream().noneMatch(SltCommand.Clock.class::isInstance);
    }

    /** Plays a case once; its rows are what was committed. */
    Outcome run(CompiledCase compiled);
}
