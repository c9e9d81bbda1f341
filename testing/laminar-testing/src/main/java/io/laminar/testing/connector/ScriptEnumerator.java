package io.laminar.testing.connector;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.jspecify.annotations.Nullable;

/** Gives every subtask its own split, once. */
final class ScriptEnumerator implements SplitEnumerator<ScriptSplit, Set<Integer>> {

    private final SplitEnumeratorContext<ScriptSplit> context;
    private final Set<Integer> assigned;

    /** @param assigned subtasks that have had their split */
    ScriptEnumerator(SplitEnumeratorContext<ScriptSplit> context, Set<Integer> assigned) {
        this.context = context;
        this.assigned = new HashSet<>(assigned);
    }

    @Override
    public void start() {}

    @Override
    public void addReader(int subtask) {
        if (assigned.add(subtask)) {
            assign(List.of(new ScriptSplit(subtask, 0)), subtask);
        }
    }

    @Override
    public void addSplitsBack(List<ScriptSplit> splits, int subtask) {
        assign(splits, subtask);
    }

    private void assign(List<ScriptSplit> splits, int subtask) {
        context.assignSplits(new SplitsAssignment<>(java.util.Map.of(subtask, new ArrayList<>(splits))));
        context.signalNoMoreSplits(subtask);
    }

    @Override
    public void handleSplitRequest(int subtask, @Nullable String host) {}

    @Override
    public Set<Integer> snapshotState(long checkpoint) {
        return Set.copyOf(assigned);
    }

    @Override
    public void close() {}

    static final class Serializer implements SimpleVersionedSerializer<Set<Integer>> {

        @Override
        public int getVersion() {
            return 1;
        }

        @Override
        public byte[] serialize(Set<Integer> subtasks) {
            byte[] bytes = new byte[subtasks.size()];
            int at = 0;
            for (int subtask : subtasks) {
                bytes[at++] = (byte) subtask;
            }
            return bytes;
        }

        @Override
        public Set<Integer> deserialize(int version, byte[] bytes) {
            Set<Integer> subtasks = new HashSet<>();
            for (byte subtask : bytes) {
                subtasks.add((int) subtask);
            }
            return subtasks;
        }
    }
}
