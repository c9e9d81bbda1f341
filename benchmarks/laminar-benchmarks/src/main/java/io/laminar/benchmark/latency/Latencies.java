package io.laminar.benchmark.latency;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Delays of single rows; all of them are kept. */
public final class Latencies {
    private static final double MICROS_PER_MILLI = 1e3;

    private final long[] micros;

    private Latencies(long[] micros) {
        if (micros.length == 0) {
            throw new IllegalStateException("nothing was measured");
        }
        this.micros = micros;
        Arrays.sort(micros);
    }

    /** What the writers of a sink {@code bench_latency} have left in a folder. */
    static Latencies of(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.toList();
        }
        long[] micros = new long[0];
        for (Path file : files) {
            LongBuffer delays = ByteBuffer.wrap(Files.readAllBytes(file)).asLongBuffer();
            int before = micros.length;
            micros = Arrays.copyOf(micros, before + delays.remaining());
            delays.get(micros, before, delays.remaining());
        }
        return new Latencies(micros);
    }

    /** Writes delays in microseconds to a new file. */
    static void write(Path file, long[] micros, int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count * Long.BYTES);
        bytes.asLongBuffer().put(micros, 0, count);
        Files.write(file, bytes.array());
    }

    /** Rows measured. */
    public int count() {
        return micros.length;
    }

    /**
     * The delay that a part of the rows does not exceed, in milliseconds.
     *
     * @param part above 0 and at most 1, which is the maximum
     */
    public double quantile(double part) {
        return micros[(int) Math.ceil(part * micros.length) - 1] / MICROS_PER_MILLI;
    }
}
