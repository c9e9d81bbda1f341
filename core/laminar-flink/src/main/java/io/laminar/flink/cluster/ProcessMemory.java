package io.laminar.flink.cluster;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.lang.management.ManagementFactory;
import java.util.List;

/**
 * How the memory of a worker or coordinator is divided, in bytes. State and rows are on the heap; the rest is what the
 * network, the JVM and its threads need besides.
 *
 * @param total what the process may use of the machine
 * @param network pieces of batches on their way, direct memory; 0 for a coordinator
 * @param direct direct memory for everything else
 * @param metaspace classes
 * @param overhead stacks, compiled code, collector
 */
public record ProcessMemory(long total, long heap, long network, long direct, long metaspace, long overhead) {
    private static final long MEBIBYTE = 1 << 20;
    private static final long LEAST_HEAP = 128 * MEBIBYTE;
    private static final long MOST_NETWORK = 1024 * MEBIBYTE;
    private static final long SMALL = 1024 * MEBIBYTE;
    private static final long DIRECT = 64 * MEBIBYTE;
    private static final long METASPACE = 256 * MEBIBYTE;
    private static final long LEAST_METASPACE = 128 * MEBIBYTE;
    private static final long LEAST_OVERHEAD = 48 * MEBIBYTE;
    private static final long MOST_OVERHEAD = 1024 * MEBIBYTE;

    /** Above this size of the heap, pauses of the parallel collector may be as long as a heartbeat may be late. */
    private static final long LARGE_HEAP = 4096 * MEBIBYTE;

    /** Part of the machine that a worker takes when nobody says how much: the rest is for the system's file cache. */
    private static final double WORKER_PART = 0.75;

    private static final double COORDINATOR_PART = 0.25;
    private static final long MOST_COORDINATOR = 1536 * MEBIBYTE;

    /** @throws LaminarException USAGE if that is too little */
    public static ProcessMemory worker(long total, int slots) {
        long least = NetworkMemory.of(slots).totalBytes();
        // Many jobs, and many queries in one, need more; small processes have none to spare.
        long wanted = total < SMALL ? least : Math.min(MOST_NETWORK, total / 10);
        long network = NetworkMemory.of(slots).withAtLeast(wanted).totalBytes();
        return divide(total, network, slots + (slots == 1 ? " slot" : " slots"));
    }

    /** @throws LaminarException USAGE if that is too little */
    public static ProcessMemory coordinator(long total) {
        return divide(total, 0, "a coordinator");
    }

    private static ProcessMemory divide(long total, long network, String whom) {
        long metaspace = Math.max(LEAST_METASPACE, Math.min(METASPACE, total / 8));
        long overhead = Math.max(LEAST_OVERHEAD, Math.min(MOST_OVERHEAD, total / 10));
        long heap = total - network - DIRECT - metaspace - overhead;
        if (heap < LEAST_HEAP) {
            long least = LEAST_HEAP + network + DIRECT + LEAST_METASPACE + LEAST_OVERHEAD;
            throw new LaminarException(
                    ErrorCode.USAGE,
                    total / MEBIBYTE + " MB of memory are too little for " + whom,
                    "at least --memory " + (least + least / 10) / MEBIBYTE + "m");
        }
        return new ProcessMemory(total, heap, network, DIRECT, metaspace, overhead);
    }

    /** What a worker takes of this machine, or of the container it is in. */
    public static long defaultForWorker() {
        return (long) (machine() * WORKER_PART);
    }

    /** What a coordinator takes of this machine, or of the container it is in. */
    public static long defaultForCoordinator() {
        return Math.min(MOST_COORDINATOR, (long) (machine() * COORDINATOR_PART));
    }

    private static long machine() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getTotalMemorySize()
                : 4096 * MEBIBYTE;
    }

    /** Flags for the JVM of such a process. */
    public List<String> jvmFlags() {
        return List.of(
                "-Xmx" + heap / MEBIBYTE + "m",
                "-XX:MaxDirectMemorySize=" + (network + direct) / MEBIBYTE + "m",
                "-XX:MaxMetaspaceSize=" + metaspace / MEBIBYTE + "m",
                heap > LARGE_HEAP ? "-XX:+UseG1GC" : "-XX:+UseParallelGC",
                "-XX:+ExitOnOutOfMemoryError");
    }

    /**
     * Reads a size as people write it: {@code 512m}, {@code 4g}, {@code 1.5GB}, {@code 2 GiB}.
     *
     * @throws LaminarException USAGE
     */
    public static long parse(String text) {
        String trimmed = text.strip().toLowerCase(java.util.Locale.ROOT);
        java.util.regex.Matcher parts = java.util.regex.Pattern.compile("([0-9]+(?:\\.[0-9]+)?)\\s*([kmgt]?)(?:i?b)?")
                .matcher(trimmed);
        if (!parts.matches()) {
            throw new LaminarException(
                    ErrorCode.USAGE, "'" + text + "' is not a size of memory", "write it as 512m or 4g");
        }
        int power = " kmgt".indexOf(parts.group(2).isEmpty() ? " " : parts.group(2));
        return (long) (Double.parseDouble(parts.group(1)) * Math.pow(1024, power));
    }
}
