package io.laminar.flink.runtime;

import io.laminar.flink.batch.BatchSerializer;
import io.laminar.spi.batch.Batch;
import java.io.IOException;
import org.apache.flink.streaming.api.operators.collect.AbstractCollectResultBuffer;
import org.apache.flink.streaming.api.operators.collect.CollectCoordinationResponse;

/**
 * Batches of a remote job on their way to a client, each once it is there. A sink counts its batches from the first one its
 * job ever had, and keeps those that nobody has asked the one after for. Flink's own buffers ask from 0, which a sink
 * refuses for ever that went on from saved state; this one asks from where the sink begins.
 */
final class FetchedRows extends AbstractCollectResultBuffer<Batch> {
    private final BatchSerializer serializer;
    /** Number of the batch that is 0 in this buffer. */
    private long first;

    FetchedRows() {
        this(new BatchSerializer());
    }

    private FetchedRows(BatchSerializer serializer) {
        super(serializer);
        this.serializer = serializer;
    }

    @Override
    public long getOffset() {
        return first + super.getOffset();
    }

    @Override
    public void dealWithResponse(CollectCoordinationResponse response, long offset) throws IOException {
        if (!response.getVersion().equals(getVersion())) {
            // The first answer of a sink that has started: it keeps what came since the checkpoint it started from.
            reset();
            first = response.getResults(serializer).isEmpty() ? response.getLastCheckpointedOffset() : offset;
        }
        super.dealWithResponse(response, offset - first);
    }

    @Override
    protected void sinkRestarted(long lastCheckpointedOffset) {
        // Done above, for the first start of a sink, too.
    }

    @Override
    protected void maintainVisibility(long currentVisiblePos, long lastCheckpointedOffset) {
        makeResultsVisible(super.getOffset());
    }
}
