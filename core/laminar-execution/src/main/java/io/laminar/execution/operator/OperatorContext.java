package io.laminar.execution.operator;

import io.laminar.execution.key.KeyGroupRange;
import io.laminar.spi.function.EvaluationContext;
import java.nio.file.Path;

/** What an operator knows of its surroundings. */
public interface OperatorContext {

    int subtask();

    int parallelism();

    /** Number of key groups of the job; fixed for the life of its state. */
    int maxParallelism();

    /** The key groups whose rows come to this subtask; all of them for operators without keys. */
    KeyGroupRange keyGroups();

    /** Clock and random source for expressions. */
    EvaluationContext evaluation();

    /** Processing time in microseconds. */
    long now();

    /** Asks for a {@link Operator#tick} at a processing time. Requests for times that have come are answered
     * by one call. */
    void wakeAt(long time);

    /** Asks for a {@link Operator#tick} soon. Any thread may call this; for an operator that has ended nothing happens. */
    void wake();

    /** A folder on a local disk for what does not fit in memory. */
    default Path temporaryFolder() {
        return Path.of(System.getProperty("java.io.tmpdir"));
    }

    /** Adds to a counter of the operator, for example {@code late_rows}. */
    void count(String metric, long amount);
}
