package io.laminar.flink.source;

import io.laminar.flink.metrics.NodeCounters;
import io.laminar.flink.metrics.Role;
import io.laminar.flink.operator.JobErrors;
import io.laminar.spi.batch.Batch;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.metrics.MetricGroup;
import org.jspecify.annotations.Nullable;

/** A connector's reader whose batches get their event time on the way out. */
@SuppressWarnings("try")
final class TimedReader<SplitT extends SourceSplit> implements SourceReader<Batch, SplitT> {
    private final SourceReader<Batch, SplitT> reader;
    private final EventTime eventTime;
    private final NodeCounters counters;
    private final MetricGroup metrics;
    private @Nullable TimedOutput output;

    TimedReader(SourceReader<Batch, SplitT> reader, EventTime eventTime, MetricGroup metrics) {
        this.reader = reader;
        this.eventTime = eventTime;
        this.metrics = metrics;
        this.counters = new NodeCounters(metrics, Role.SOURCE);
    }

    @Override
    public void start() {
        reader.start();
    }

    @Override
    public InputStatus pollNext(ReaderOutput<Batch> target) throws Exception {
        TimedOutput timed = output;
        if (timed == null || timed.target() != target) {
            timed = new TimedOutput(target, eventTime, counters);
            output = timed;
        }
        try {
            return reader.pollNext(timed);
        } catch (RuntimeException e) {
            String job = metrics.getAllVariables().get("<job_id>");
            if (job != null) {
                JobErrors.report(JobID.fromHexString(job), e);
            }
            throw JobErrors.withoutRestart(e);
        }
    }

    @Override
    public List<SplitT> snapshotState(long checkpointId) {
        return reader.snapshotState(checkpointId);
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        return reader.isAvailable();
    }

    @Override
    public void addSplits(List<SplitT> splits) {
        reader.addSplits(splits);
    }

    @Override
    public void notifyNoMoreSplits() {
        reader.notifyNoMoreSplits();
    }

    @Override
    public void handleSourceEvents(SourceEvent event) {
        reader.handleSourceEvents(event);
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) throws Exception {
        reader.notifyCheckpointComplete(checkpointId);
    }

    @Override
    public void notifyCheckpointAborted(long checkpointId) throws Exception {
        reader.notifyCheckpointAborted(checkpointId);
    }

    @Override
    public void close() throws Exception {
        eventTime.close();
        reader.close();
    }
}
