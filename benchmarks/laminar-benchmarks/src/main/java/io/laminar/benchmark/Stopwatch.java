package io.laminar.benchmark;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Time from the first event that leaves a source (of a measuring kind; otherwise from the first row in a sink) to the end
 * of the last sink, shared by all subtasks of the one job that runs. So neither engine's planning and start-up count.
 */
public final class Stopwatch {
    private static final AtomicLong START = new AtomicLong();
    private static final AtomicLong END = new AtomicLong();
    private static final AtomicLong ROWS = new AtomicLong();
    private static final AtomicLong CPU_START = new AtomicLong();
    private static final AtomicLong CPU_END = new AtomicLong();
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private Stopwatch() {}

    public static void reset() {
        START.set(0);
        END.set(0);
        CPU_END.set(0);
        ROWS.set(0);
    }

    /** Called before the first event of a source subtask and at the first row of a sink subtask; the first call counts. */
    public static void started() {
        if (START.get() == 0 && START.compareAndSet(0, System.nanoTime())) {
            CPU_START.set(SYSTEM.getProcessCpuTime());
        }
    }

    /**
     * Called by every sink subtask at the end of its input; the last call counts.
     *
     * @param rows that the subtask got
     */
    public static void ended(long rows) {
        ROWS.addAndGet(rows);
        long now = System.nanoTime();
        END.accumulateAndGet(now, Math::max);
        CPU_END.accumulateAndGet(SYSTEM.getProcessCpuTime(), Math::max);
    }

    /** Rows in all sinks of the last run. */
    public static long rows() {
        return ROWS.get();
    }

    /** Seconds of processor time that the whole process, collector and compiler too, took between the two. */
    public static double cpuSeconds() {
        return (CPU_END.get() - CPU_START.get()) / 1e9;
    }

    /** Seconds between the two. */
    public static double seconds() {
        if (START.get() == 0 || END.get() == 0) {
            throw new IllegalStateException("the job did not start or not end");
        }
        return (END.get() - START.get()) / 1e9;
    }
}
