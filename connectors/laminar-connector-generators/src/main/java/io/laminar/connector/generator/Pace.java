package io.laminar.connector.generator;

import java.io.Serializable;

/**
 * How many rows there are and when they come.
 *
 * @param rate rows per second over all readers; 0: as fast as it goes
 * @param count number of rows; {@link Long#MAX_VALUE} without end
 * @param block rows that are made together
 */
public record Pace(double rate, long count, int block) implements Serializable {
    /** A block should not hold rows back longer than this. */
    private static final double BLOCK_SECONDS = 0.005;

    public static Pace of(double rate, long count, int largestBlock) {
        int block = rate <= 0 ? largestBlock : (int) Math.max(1, Math.min(largestBlock, rate * BLOCK_SECONDS));
        return new Pace(rate, count, block);
    }

    boolean bounded() {
        return count != Long.MAX_VALUE;
    }

    /** First row of a block. */
    long firstRow(long number) {
        return number * block;
    }

    /** Rows of a block: fewer in the last one, none behind the end. */
    int rows(long number) {
        return (int) Math.max(0, Math.min(block, count - firstRow(number)));
    }

    /** Nanoseconds after the start at which a block is due. */
    long dueNanos(long blocks) {
        return rate <= 0 ? 0 : (long) (blocks * (double) block / rate * 1e9);
    }
}
