package io.laminar.flink.cluster;

/**
 * Memory through which subtasks send batches to each other.
 *
 * @param segmentBytes size of one piece
 * @param totalBytes all pieces of one process
 */
public record NetworkMemory(int segmentBytes, long totalBytes) {
    /** Batches of rows are some 100 kB, so the network moves them in larger pieces than Flink's 32 kB. */
    private static final int LARGE_SEGMENT = 256 << 10;

    /** Above this parallelism there are so many channels that large pieces would take too much memory. */
    private static final int LARGE_SEGMENT_SLOTS = 8;

    private static final int SMALL_SEGMENT = 64 << 10;

    /** Segments per channel between two subtasks, for a few exchanges in one job. */
    private static final int SEGMENTS_PER_CHANNEL = 8;

    private static final long MEBIBYTE = 1 << 20;
    private static final long BASE = 32 * MEBIBYTE;
    private static final long PER_SLOT = 8 * MEBIBYTE;

    /** The least for a process with a number of slots: it is enough for some 20 exchanges. */
    public static NetworkMemory of(int slots) {
        int segment = slots <= LARGE_SEGMENT_SLOTS ? LARGE_SEGMENT : SMALL_SEGMENT;
        return new NetworkMemory(
                segment, BASE + PER_SLOT * slots + (long) slots * slots * SEGMENTS_PER_CHANNEL * segment);
    }

    /** For a process that has memory for more. */
    NetworkMemory withAtLeast(long bytes) {
        return new NetworkMemory(segmentBytes, Math.max(totalBytes, bytes));
    }

    /** For a process whose jobs have more exchanges together than {@link #of} is for. */
    NetworkMemory withMoreExchanges(int slots, int more) {
        long segments = 2L * slots * (slots + 2) * more;
        return new NetworkMemory(segmentBytes, totalBytes + segments * segmentBytes);
    }
}
