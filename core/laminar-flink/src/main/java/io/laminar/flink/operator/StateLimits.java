package io.laminar.flink.operator;

import io.laminar.execution.spill.SpillSettings;
import io.laminar.execution.spill.StateMemory;
import java.io.Serializable;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.common.JobID;

/**
 * How much memory the state of a job may take in a process, and how it is spilled beyond that.
 *
 * @param memory bytes; 0 for half of the heap, which all jobs of the process share
 * @param settings of what is spilled
 */
public record StateLimits(long memory, SpillSettings settings) implements Serializable {
    /** Nothing said. */
    public static final StateLimits DEFAULT = new StateLimits(0, SpillSettings.DEFAULT);

    /** Of the heap: the rest is for rows on their way, for what snapshots copy, and for arrays that grow. */
    private static final double PART_OF_HEAP = 0.5;

    /** Heap that a cluster takes without any state, with rows on their way and what is being written. */
    private static final long BASE = 128L << 20;

    /** Of the heap: what state may take that cannot be spilled. */
    private static final double MOST_OF_HEAP = 0.8;

    /** Memories of jobs in this process, as long as operators use them. */
    private static final Map<JobID, StateMemory> OF_JOBS = new ConcurrentHashMap<>();

    /** Made on the first use on a worker. */
    private static final class Common {
        private static final long HEAP = Runtime.getRuntime().maxMemory();
        private static final StateMemory MEMORY =
                new StateMemory((long) (PART_OF_HEAP * Math.max(HEAP - BASE, HEAP / 4)), (long) (MOST_OF_HEAP * HEAP));
    }

    /** The memory that an operator of a job takes from. */
    StateMemory memoryOf(JobID job) {
        return memory == 0 ? Common.MEMORY : OF_JOBS.computeIfAbsent(job, j -> new StateMemory(memory));
    }

    /** Says that an operator of a job has been closed. */
    static void leave(JobID job) {
        OF_JOBS.computeIfPresent(job, (j, memory) -> memory.isUsed() ? memory : null);
    }
}
