package io.laminar.cli.progress;

import io.laminar.cli.output.DisplayWidth;
import io.laminar.flink.metrics.JobProgress;
import java.io.PrintStream;
import java.util.function.LongSupplier;

/** One line at the bottom of a terminal that is written over and over, and a summary at the end. */
public final class ProgressLine {
    private static final String BACK_AND_CLEAR = "\r\u001B[K";

    /** Bytes of state below which it is of no interest. */
    private static final long SMALL_STATE = 1_000_000;

    private final PrintStream err;
    private final boolean shown;
    private final int width;
    private final LongSupplier clock;
    private final long start;
    private long lastTime;
    private long lastRows;
    private double rate;
    private boolean dirty;

    /**
     * @param shown whether a person looks at {@code err}; otherwise nothing is written
     * @param clock nanoseconds from any point in time
     */
    public ProgressLine(PrintStream err, boolean shown, int width, LongSupplier clock) {
        this.err = err;
        this.shown = shown;
        this.width = width;
        this.clock = clock;
        this.start = clock.getAsLong();
        this.lastTime = start;
    }

    public synchronized void update(JobProgress progress) {
        if (!shown) {
            return;
        }
        long now = clock.getAsLong();
        if (now > lastTime) {
            double current = (progress.rowsIn() - lastRows) * 1e9 / (now - lastTime);
            rate = lastRows == 0 ? current : rate + (current - rate) / 2;
            lastRows = progress.rowsIn();
            lastTime = now;
        }
        String text = Amounts.seconds(now - start) + "  in " + Amounts.count(progress.rowsIn()) + " ("
                + Amounts.rate(rate) + "/s)  out " + Amounts.count(progress.rowsOut()) + "  watermark "
                + Amounts.time(progress.watermark()) + state(progress) + checkpoints(progress);
        err.print(BACK_AND_CLEAR + DisplayWidth.cut(text, width - 1));
        err.flush();
        dirty = true;
    }

    private static String state(JobProgress progress) {
        return progress.stateBytes() < SMALL_STATE ? "" : "  state " + Amounts.bytes(progress.stateBytes());
    }

    private static String checkpoints(JobProgress progress) {
        String text = "";
        if (progress.checkpoints() > 0) {
            text = "  checkpoints " + progress.checkpoints() + " (" + Amounts.bytes(progress.checkpointBytes()) + ")";
        }
        return progress.failedCheckpoints() > 0 ? text + "  failed " + progress.failedCheckpoints() : text;
    }

    /** Removes the line, to make room for other output. */
    public synchronized void clear() {
        if (dirty) {
            err.print(BACK_AND_CLEAR);
            err.flush();
            dirty = false;
        }
    }

    /** A line of its own, whether or not somebody looks. */
    public synchronized void say(String text) {
        clear();
        err.println(text);
    }

    /** What has been done altogether. */
    public synchronized void summary(String how, JobProgress progress) {
        clear();
        if (!shown) {
            return;
        }
        long nanos = Math.max(1, clock.getAsLong() - start);
        StringBuilder text = new StringBuilder(how)
                .append(" after ")
                .append(Amounts.seconds(nanos))
                .append(": ")
                .append(Amounts.count(progress.rowsIn()))
                .append(" rows in (")
                .append(Amounts.rate(progress.rowsIn() * 1e9 / nanos))
                .append("/s), ")
                .append(Amounts.count(progress.rowsOut()))
                .append(" out");
        if (progress.stateBytes() >= SMALL_STATE) {
            text.append(", ").append(Amounts.bytes(progress.stateBytes())).append(" of state");
        }
        if (progress.checkpoints() > 0) {
            text.append(", ").append(progress.checkpoints()).append(" checkpoints");
        }
        progress.counters().forEach((name, value) -> text.append(", ")
                .append(Amounts.count(value))
                .append(' ')
                .append(name.replace('_', ' ')));
        err.println(text);
    }
}
