package io.laminar.testing.connector;

import io.laminar.spi.batch.Batch;
import java.util.Set;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** Reads the {@link ScriptLog} of a name, which lives in this process. */
final class ScriptedSource implements Source<Batch, ScriptSplit, Set<Integer>> {

    private final String name;
    private final boolean bounded;

    ScriptedSource(String name, boolean bounded) {
        this.name = name;
        this.bounded = bounded;
    }

    @Override
    public Boundedness getBoundedness() {
        return bounded ? Boundedness.BOUNDED : Boundedness.CONTINUOUS_UNBOUNDED;
    }

    @Override
    public SourceReader<Batch, ScriptSplit> createReader(SourceReaderContext context) {
        return new ScriptReader(ScriptLog.named(name));
    }

    @Override
    public SplitEnumerator<ScriptSplit, Set<Integer>> createEnumerator(SplitEnumeratorContext<ScriptSplit> context) {
        return new ScriptEnumerator(context, Set.of());
    }

    @Override
    public SplitEnumerator<ScriptSplit, Set<Integer>> restoreEnumerator(
            SplitEnumeratorContext<ScriptSplit> context, Set<Integer> assigned) {
        return new ScriptEnumerator(context, assigned);
    }

    @Override
    public SimpleVersionedSerializer<ScriptSplit> getSplitSerializer() {
        return new ScriptSplit.Serializer();
    }

    @Override
    public SimpleVersionedSerializer<Set<Integer>> getEnumeratorCheckpointSerializer() {
        return new ScriptEnumerator.Serializer();
    }
}
