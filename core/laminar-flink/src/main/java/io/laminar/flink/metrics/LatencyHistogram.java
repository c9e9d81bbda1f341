package io.laminar.flink.metrics;

/**
 * Counts latencies of the last 10 to 20 seconds in buckets an eighth apart. One thread records, once per batch; any may
 * read and sees counts of a moment ago.
 */
final class LatencyHistogram {
    private static final int PER_OCTAVE = 8;
    private static final int OCTAVE_BITS = 3;
    private static final int BUCKETS = (Long.SIZE - OCTAVE_BITS) * PER_OCTAVE;
    private static final long SPAN_MICROS = 10_000_000;

    /** What has been counted from a time on, and in the span before. */
    private record Spans(long begin, long[] now, long[] before) {}

    private volatile Spans spans = new Spans(Long.MIN_VALUE, new long[BUCKETS], new long[BUCKETS]);

    /** @param now and {@code latency} in microseconds */
    void record(long now, long latency, int rows) {
        turn(now).now[bucket(Math.max(0, latency))] += rows;
    }

    private Spans turn(long now) {
        Spans current = spans;
        if (current.begin != Long.MIN_VALUE && now - current.begin < SPAN_MICROS) {
            return current;
        }
        boolean recent = current.begin != Long.MIN_VALUE && now - current.begin < 2 * SPAN_MICROS;
        Spans next = new Spans(now, new long[BUCKETS], recent ? current.now : new long[BUCKETS]);
        spans = next;
        return next;
    }

    /** The percentiles at a time; what is too old does not count. */
    Latency latency(long now) {
        Spans current = spans;
        if (current.begin == Long.MIN_VALUE || now - current.begin >= 2 * SPAN_MICROS) {
            return Latency.NONE;
        }
        long[] counts = new long[BUCKETS];
        long all = 0;
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            counts[bucket] = current.now[bucket] + current.before[bucket];
            all += counts[bucket];
        }
        return all == 0
                ? Latency.NONE
                : new Latency(
                        percentile(counts, all, 0.5), percentile(counts, all, 0.95), percentile(counts, all, 0.99));
    }

    private static long percentile(long[] counts, long all, double share) {
        long rest = (long) Math.ceil(all * share);
        int bucket = -1;
        while (rest > 0) {
            bucket++;
            rest -= counts[bucket];
        }
        return upper(bucket);
    }

    /** Values below eight have a bucket each, then there are eight per power of two. */
    static int bucket(long value) {
        if (value < PER_OCTAVE) {
            return (int) value;
        }
        int octave = Long.SIZE - 1 - Long.numberOfLeadingZeros(value) - OCTAVE_BITS;
        return (octave + 1) * PER_OCTAVE + (int) (value >>> octave) - PER_OCTAVE;
    }

    /** The greatest value of a bucket. */
    static long upper(int bucket) {
        if (bucket < PER_OCTAVE) {
            return bucket;
        }
        int octave = bucket / PER_OCTAVE - 1;
        int next = bucket % PER_OCTAVE + PER_OCTAVE + 1;
        return ((long) next << octave) - 1;
    }
}
