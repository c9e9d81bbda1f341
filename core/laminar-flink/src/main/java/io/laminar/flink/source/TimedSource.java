package io.laminar.flink.source;

import io.laminar.flink.operator.OperatorSource;
import io.laminar.plan.node.SourceNode;
import io.laminar.spi.batch.Batch;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.jspecify.annotations.Nullable;

/**
 * A connector's source whose rows get their event time where they leave the reader, split by split, before watermarks
 * are derived from them. Also counts the rows read.
 */
public final class TimedSource<SplitT extends SourceSplit, EnumT> implements Source<Batch, SplitT, EnumT> {
    private final Source<Batch, SplitT, EnumT> source;
    private final SourceNode node;
    private final OperatorSource operators;
    private final @Nullable StorageProof proof;

    /**
     * @param node says what the event time of rows is; without an expression they keep the one the source gives
     * @param proof what the processes of the job have to see before they start
     */
    public TimedSource(
            Source<Batch, SplitT, EnumT> source,
            SourceNode node,
            OperatorSource operators,
            @Nullable StorageProof proof) {
        this.source = source;
        this.node = node;
        this.operators = operators;
        this.proof = proof;
    }

    private void checkStorage() {
        if (proof != null) {
            proof.check();
        }
    }

    @Override
    public Boundedness getBoundedness() {
        return source.getBoundedness();
    }

    @Override
    public SplitEnumerator<SplitT, EnumT> createEnumerator(SplitEnumeratorContext<SplitT> context) throws Exception {
        checkStorage();
        return source.createEnumerator(context);
    }

    @Override
    public SplitEnumerator<SplitT, EnumT> restoreEnumerator(SplitEnumeratorContext<SplitT> context, EnumT checkpoint)
            throws Exception {
        return source.restoreEnumerator(context, checkpoint);
    }

    @Override
    public SimpleVersionedSerializer<SplitT> getSplitSerializer() {
        return source.getSplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<EnumT> getEnumeratorCheckpointSerializer() {
        return source.getEnumeratorCheckpointSerializer();
    }

    @Override
    public SourceReader<Batch, SplitT> createReader(SourceReaderContext context) throws Exception {
        checkStorage();
        EventTime eventTime =
                EventTime.of(node.schema(), node.changelog(), node.watermark().rowtime(), operators);
        return new TimedReader<>(source.createReader(context), eventTime, context.metricGroup());
    }
}
