package io.laminar.connector.generator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.jspecify.annotations.Nullable;

/** Makes one split per reader at the first start; after a rescale the same splits are spread over the readers. */
final class GeneratorEnumerator implements SplitEnumerator<GeneratorSplit, GeneratorEnumeratorState> {
    private final SplitEnumeratorContext<GeneratorSplit> context;
    private final List<GeneratorSplit> unassigned;
    private boolean started;
    private final List<Integer> readers = new ArrayList<>();

    GeneratorEnumerator(SplitEnumeratorContext<GeneratorSplit> context, GeneratorEnumeratorState state) {
        this.context = context;
        this.started = state.started();
        this.unassigned = new ArrayList<>(state.unassigned());
    }

    @Override
    public void start() {
        if (!started) {
            int readerCount = context.currentParallelism();
            for (int i = 0; i < readerCount; i++) {
                unassigned.add(new GeneratorSplit(i, readerCount, i));
            }
            started = true;
        }
    }

    @Override
    public void handleSplitRequest(int subtask, @Nullable String host) {}

    @Override
    public void addReader(int subtask) {
        readers.add(subtask);
        if (readers.size() >= context.currentParallelism()) {
            assign();
        }
    }

    @Override
    public void addSplitsBack(List<GeneratorSplit> splits, int subtask) {
        unassigned.addAll(splits);
        readers.remove((Integer) subtask);
    }

    /** Waits for all readers so that every one gets its share, then tells them that nothing will follow. */
    private void assign() {
        Map<Integer, List<GeneratorSplit>> shares = new HashMap<>();
        for (int i = 0; i < unassigned.size(); i++) {
            GeneratorSplit split = unassigned.get(i);
            shares.computeIfAbsent(split.index() % context.currentParallelism(), r -> new ArrayList<>())
                    .add(split);
        }
        unassigned.clear();
        if (!shares.isEmpty()) {
            context.assignSplits(new SplitsAssignment<>(shares));
        }
        readers.forEach(context::signalNoMoreSplits);
    }

    @Override
    public GeneratorEnumeratorState snapshotState(long checkpoint) {
        return new GeneratorEnumeratorState(started, unassigned);
    }

    @Override
    public void close() {}
}
