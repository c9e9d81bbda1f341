package io.laminar.flink.runtime;

/**
 * What the jobs of this process may take together.
 *
 * @param jobs that run at the same time
 * @param networkBytes memory outside of the heap through which subtasks send rows to each other
 */
public record EmbeddedLimits(int jobs, long networkBytes) {
    private static final int JOBS = 100;

    /** Of what the JVM allows outside of the heap, which is as much as the heap unless told otherwise. */
    private static final double SHARE = 0.5;

    /** For a process that does nothing else. */
    public static EmbeddedLimits ofThisProcess() {
        return new EmbeddedLimits(JOBS, (long) (SHARE * Runtime.getRuntime().maxMemory()));
    }
}
