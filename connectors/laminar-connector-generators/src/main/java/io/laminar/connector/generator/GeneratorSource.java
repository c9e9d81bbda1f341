package io.laminar.connector.generator;

import io.laminar.spi.batch.Batch;
import java.time.Clock;
import java.util.List;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** A source over a {@link RowGenerator}; its position is a row number, so it replays exactly. */
public final class GeneratorSource implements Source<Batch, GeneratorSplit, GeneratorEnumeratorState> {
    private final RowGenerator generator;
    private final Pace pace;

    public GeneratorSource(RowGenerator generator, Pace pace) {
        this.generator = generator;
        this.pace = pace;
    }

    @Override
    public Boundedness getBoundedness() {
        return pace.bounded() ? Boundedness.BOUNDED : Boundedness.CONTINUOUS_UNBOUNDED;
    }

    @Override
    public SourceReader<Batch, GeneratorSplit> createReader(SourceReaderContext context) {
        return new GeneratorReader(generator, pace, context.getIndexOfSubtask(), Clock.systemUTC());
    }

    @Override
    public SplitEnumerator<GeneratorSplit, GeneratorEnumeratorState> createEnumerator(
            SplitEnumeratorContext<GeneratorSplit> context) {
        return new GeneratorEnumerator(context, new GeneratorEnumeratorState(false, List.of()));
    }

    @Override
    public SplitEnumerator<GeneratorSplit, GeneratorEnumeratorState> restoreEnumerator(
            SplitEnumeratorContext<GeneratorSplit> context, GeneratorEnumeratorState state) {
        return new GeneratorEnumerator(context, state);
    }

    @Override
    public SimpleVersionedSerializer<GeneratorSplit> getSplitSerializer() {
        return new GeneratorSplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<GeneratorEnumeratorState> getEnumeratorCheckpointSerializer() {
        return new GeneratorEnumeratorStateSerializer();
    }
}
