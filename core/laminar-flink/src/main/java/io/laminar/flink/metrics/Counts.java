package io.laminar.flink.metrics;

/**
 * What has been counted since the job was started, over all its restarts.
 *
 * @param rowsIn rows that came in; of a source, rows read
 * @param rowsOut rows handed on; of a sink, rows written
 * @param bytesIn of the rows that came in, as columns in memory; measured on some batches and scaled by rows
 * @param bytesOut the same of the rows handed on
 * @param lateRows rows that came after their window had closed
 * @param badRows records that could not be decoded, and rows that could not be computed
 */
public record Counts(long rowsIn, long rowsOut, long bytesIn, long bytesOut, long lateRows, long badRows) {
    public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0);

    public Counts plus(Counts other) {
        return new Counts(
                rowsIn + other.rowsIn,
                rowsOut + other.rowsOut,
                bytesIn + other.bytesIn,
                bytesOut + other.bytesOut,
                lateRows + other.lateRows,
                badRows + other.badRows);
    }

    Counts withBad(long rows) {
        return new Counts(rowsIn, rowsOut, bytesIn, bytesOut, lateRows, rows);
    }

    /** Whether something is less than before: counting has begun anew. */
    boolean isLessThan(Counts before) {
        return rowsIn < before.rowsIn || rowsOut < before.rowsOut;
    }
}
