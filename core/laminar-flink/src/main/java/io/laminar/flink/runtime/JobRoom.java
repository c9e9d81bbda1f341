package io.laminar.flink.runtime;

import io.laminar.flink.cluster.NetworkMemory;
import java.util.Set;
import org.apache.flink.runtime.jobgraph.DistributionPattern;
import org.apache.flink.runtime.jobgraph.JobEdge;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.JobVertex;

/**
 * What one job needs of a cluster of its own.
 *
 * @param slots subtasks of one stage there is room for
 * @param network exactly what its exchanges need when every stage has that many
 */
record JobRoom(int slots, NetworkMemory network) {
    /** A job can be given more subtasks while it runs, up to twice as many as it starts with. */
    private static final int GROWTH = 2;

    private static final int LEAST_SLOTS = 4;

    /** Flink's buffers: so many for each pair of subtasks, and for each subtask on either side. */
    private static final int PER_CHANNEL = 2;

    private static final int FLOATING = 8;

    private static final int LEAST_SEGMENTS = 32;
    /** Batches are some 100 kB. Pieces of that size are used as long as they do not take much memory. */
    private static final int LARGEST_SEGMENT = 256 << 10;

    private static final int LEAST_SEGMENT = 32 << 10;
    private static final long MUCH = 16 << 20;

    static JobRoom of(JobGraphs.Draft draft) {
        int parallelism = draft.settings().parallelism();
        for (JobVertex vertex : draft.graph().getVertices()) {
            parallelism = Math.max(parallelism, vertex.getParallelism());
        }
        int slots = draft.settings().inOneThread()
                ? 1
                : Math.min(draft.settings().maxParallelism(), Math.max(LEAST_SLOTS, GROWTH * parallelism));
        long segments = Math.max(
                LEAST_SEGMENTS, segments(draft.graph(), draft.operators().singles(), slots));
        int size = LARGEST_SEGMENT;
        while (size > LEAST_SEGMENT && segments * size > MUCH) {
            size /= 2;
        }
        return new JobRoom(slots, new NetworkMemory(size, segments * size));
    }

    private static long segments(JobGraph graph, Set<String> singles, int slots) {
        long segments = 0;
        for (JobVertex reader : graph.getVertices()) {
            for (JobEdge edge : reader.getInputs()) {
                long from = subtasks(edge.getSource().getProducer(), singles, slots);
                long to = subtasks(reader, singles, slots);
                boolean all = edge.getDistributionPattern() == DistributionPattern.ALL_TO_ALL;
                long channels = all ? from * to : Math.max(from, to);
                segments += 2 * PER_CHANNEL * channels + FLOATING * (from + to);
            }
        }
        return segments;
    }

    /** @param singles ids of the stages that have one at every parallelism */
    private static long subtasks(JobVertex vertex, Set<String> singles, int slots) {
        return singles.contains(vertex.getID().toHexString()) ? vertex.getParallelism() : slots;
    }
}
