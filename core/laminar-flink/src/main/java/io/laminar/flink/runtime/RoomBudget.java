package io.laminar.flink.runtime;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;

/** Keeps the jobs of a process within its limits. */
final class RoomBudget {
    private static final long MEBIBYTE = 1 << 20;

    private final EmbeddedLimits limits;
    private int jobs;
    private long networkBytes;

    RoomBudget(EmbeddedLimits limits) {
        this.limits = limits;
    }

    /** @throws LaminarException LIMIT_EXCEEDED if there is no room */
    synchronized void take(JobRoom room) {
        if (jobs >= limits.jobs()) {
            throw new LaminarException(
                    ErrorCode.LIMIT_EXCEEDED,
                    jobs + " jobs run here already, which is the limit",
                    "stop one, or run this one on a cluster");
        }
        long wanted = room.network().totalBytes();
        if (networkBytes + wanted > limits.networkBytes()) {
            throw new LaminarException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "the job needs " + megabytes(wanted) + " for rows on their way between subtasks, and of "
                            + megabytes(limits.networkBytes()) + " only "
                            + megabytes(limits.networkBytes() - networkBytes) + " are free",
                    "start it with a lower parallelism, stop another job, or give the process more memory:"
                            + " LAMINAR_MEMORY=8g");
        }
        jobs++;
        networkBytes += wanted;
    }

    private static String megabytes(long bytes) {
        return (bytes + MEBIBYTE - 1) / MEBIBYTE + " MB";
    }

    synchronized void give(JobRoom room) {
        jobs--;
        networkBytes -= room.network().totalBytes();
    }
}
