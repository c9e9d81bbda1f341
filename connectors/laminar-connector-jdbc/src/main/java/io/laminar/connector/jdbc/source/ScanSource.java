package io.laminar.connector.jdbc.source;

import io.laminar.spi.batch.Batch;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** Reads a table or query once; splits that have been read are not read again after a failure. */
public record ScanSource(Scan scan) implements Source<Batch, ScanSplit, ScanProgress> {

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.BOUNDED;
    }

    @Override
    public SourceReader<Batch, ScanSplit> createReader(SourceReaderContext context) {
        return new ScanReader(scan, context);
    }

    @Override
    public SplitEnumerator<ScanSplit, ScanProgress> createEnumerator(SplitEnumeratorContext<ScanSplit> context) {
        return new ScanEnumerator(scan, context, new ScanProgress(null));
    }

    @Override
    public SplitEnumerator<ScanSplit, ScanProgress> restoreEnumerator(
            SplitEnumeratorContext<ScanSplit> context, ScanProgress progress) {
        return new ScanEnumerator(scan, context, progress);
    }

    @Override
    public SimpleVersionedSerializer<ScanSplit> getSplitSerializer() {
        return new ScanSerializers.Splits();
    }

    @Override
    public SimpleVersionedSerializer<ScanProgress> getEnumeratorCheckpointSerializer() {
        return new ScanSerializers.Progress();
    }
}
