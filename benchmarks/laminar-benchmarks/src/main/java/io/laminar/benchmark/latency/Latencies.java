package io.laminar.benchmark.latency;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * How many rows had which delay, in steps of 50 microseconds. Its size does not grow with the rows: a list of all delays
 * makes the garbage collector stop for longer than what is measured. One thread writes.
 */
public final class Latencies {
    private static final double MICROS_PER_MILLI = 1e3;
    private static final int STEP_MICROS = 50;
    /** Longer delays, above 20 s, count as the longest. */
    private static final int STEPS = 400_000;

    private final long[] rows = new long[STEPS];
    private long count;
    private long longestMicros;

    /** What the writers of a sink {@code bench_latency} have left in a folder. */
    static Latencies of(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.toList();
        }
        Latencies sum = new Latencies();
        for (Path file : files) {
            LongBuffer written = ByteBuffer.wrap(Files.readAllBytes(file)).asLongBuffer();
            sum.longestMicros = Math.max(sum.longestMicros, written.get());
            for (int step = 0; step < STEPS; step++) {
                long here = written.get();
                sum.rows[step] += here;
                sum.count += here;
            }
        }
        if (sum.count == 0) {
            throw new IllegalStateException("nothing was measured");
        }
        return sum;
    }

    /** Adds a row. */
    void add(long micros) {
        rows[(int) Math.min(micros / STEP_MICROS, STEPS - 1)]++;
        count++;
        longestMicros = Math.max(longestMicros, micros);
    }

    /** Writes all to a new file. */
    void write(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((1 + STEPS) * Long.BYTES);
        bytes.asLongBuffer().put(longestMicros).put(rows);
        Files.write(file, bytes.array());
    }

    /** Rows measured. */
    public long count() {
        return count;
    }

    /**
     * The delay that a part of the rows does not exceed, in milliseconds, rounded up to a step.
     *
     * @param part above 0 and at most 1, which is the maximum
     */
    public double quantile(double part) {
        long left = (long) Math.ceil(part * count);
        int step = 0;
        while (left > rows[step]) {
            left -= rows[step++];
        }
        return Math.min(longestMicros, (step + 1L) * STEP_MICROS) / MICROS_PER_MILLI;
    }
}
