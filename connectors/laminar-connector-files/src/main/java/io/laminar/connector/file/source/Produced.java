package io.laminar.connector.file.source;

import io.laminar.spi.batch.Batch;
import java.util.ArrayDeque;
import org.apache.flink.connector.file.src.reader.BulkFormat;
import org.apache.flink.connector.file.src.util.RecordAndPosition;
import org.jspecify.annotations.Nullable;

/** The batches of one read, each with the position at which reading goes on after it. */
final class Produced implements BulkFormat.RecordIterator<Batch> {
    private final ArrayDeque<RecordAndPosition<Batch>> batches = new ArrayDeque<>(2);

    /**
     * @param offset bytes of the file's content that have been consumed, or {@link RecordAndPosition#NO_OFFSET}
     * @param rows rows read after that offset
     */
    void add(Batch batch, long offset, long rows) {
        batches.add(new RecordAndPosition<>(batch, offset, rows));
    }

    boolean isEmpty() {
        return batches.isEmpty();
    }

    @Override
    public @Nullable RecordAndPosition<Batch> next() {
        return batches.poll();
    }

    @Override
    public void releaseBatch() {
        batches.clear();
    }
}
