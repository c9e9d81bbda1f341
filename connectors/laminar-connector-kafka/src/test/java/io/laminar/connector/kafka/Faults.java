package io.laminar.connector.kafka;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongUnaryOperator;

/** A function for pipelines that fails now and then; all subtasks share its count, as they run in one process. */
final class Faults {
    private static final String PROPERTY = "laminar.test.fault";

    /** The function's declaration. Its class path is not that of the test, so the two meet in the system's properties. */
    static final String FUNCTION =
            "CREATE FUNCTION fault(x BIGINT) RETURNS BIGINT LANGUAGE java AS $$ public static long"
                    + " eval(long x) { return ((java.util.function.LongUnaryOperator) System.getProperties().get(\""
                    + PROPERTY + "\")).applyAsLong(x); } $$; ";

    private static final AtomicLong ROWS = new AtomicLong();
    private static final AtomicLong FAILURES = new AtomicLong();
    private static volatile long every = Long.MAX_VALUE;
    private static volatile long wanted;

    private Faults() {}

    /** Begins anew: fails a number of times, each after some more rows. */
    static void prepare(long rows, long failures) {
        LongUnaryOperator function = Faults::pass;
        System.getProperties().put(PROPERTY, function);
        ROWS.set(0);
        FAILURES.set(0);
        every = rows;
        wanted = failures;
    }

    /** Does something else with every row, in the thread of the task. */
    static void with(LongUnaryOperator function) {
        System.getProperties().put(PROPERTY, function);
    }

    static long failures() {
        return FAILURES.get();
    }

    /** The same number, or a failure. */
    private static long pass(long value) {
        if (ROWS.incrementAndGet() % every == 0 && FAILURES.get() < wanted) {
            FAILURES.incrementAndGet();
            throw new IllegalStateException("killed by the test");
        }
        return value;
    }
}
