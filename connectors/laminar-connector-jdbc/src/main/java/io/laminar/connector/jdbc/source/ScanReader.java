package io.laminar.connector.jdbc.source;

import io.laminar.connector.jdbc.database.JdbcErrors;
import io.laminar.connector.jdbc.database.JdbcValues;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BatchBuilder;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.type.Schema;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.core.io.InputStatus;

/**
 * Reads a split from its first row to its last before anything else happens in the task. So a checkpoint never comes in
 * the middle of one, and a split needs no position, which the unordered rows of a table could not have.
 */
final class ScanReader implements SourceReader<Batch, ScanSplit> {
    private static final long MICROS_PER_MILLI = 1_000;

    private final Scan scan;
    private final SourceReaderContext context;
    private final Clock clock;
    private final ArrayDeque<ScanSplit> splits = new ArrayDeque<>();
    private CompletableFuture<Void> available = new CompletableFuture<>();
    private boolean noMore;

    ScanReader(Scan scan, SourceReaderContext context) {
        this.scan = scan;
        this.context = context;
        this.clock = Clock.systemUTC();
    }

    @Override
    public void start() {
        if (splits.isEmpty()) {
            context.sendSplitRequest();
        }
    }

    @Override
    public InputStatus pollNext(ReaderOutput<Batch> output) {
        ScanSplit split = splits.peek();
        if (split == null) {
            if (noMore) {
                return InputStatus.END_OF_INPUT;
            }
            if (available.isDone()) {
                available = new CompletableFuture<>();
            }
            return InputStatus.NOTHING_AVAILABLE;
        }
        try (Connection connection = scan.connect()) {
            read(connection, split, output);
        } catch (SQLException e) {
            throw new LaminarException(
                    ErrorCode.SOURCE_FAILED,
                    "table '" + scan.name() + "' cannot be read: " + JdbcErrors.firstLine(e),
                    null,
                    null,
                    e);
        }
        splits.remove();
        if (splits.isEmpty() && !noMore) {
            context.sendSplitRequest();
        }
        return InputStatus.MORE_AVAILABLE;
    }

    private void read(Connection connection, ScanSplit split, ReaderOutput<Batch> output) throws SQLException {
        Schema schema = scan.schema();
        BatchBuilder builder = new BatchBuilder(schema, Batch.TARGET_ROWS);
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(scan.fetchRows());
            try (ResultSet rows = statement.executeQuery(scan.query(connection, split))) {
                long now = clock.millis() * MICROS_PER_MILLI;
                while (rows.next()) {
                    for (int c = 0; c < schema.size(); c++) {
                        JdbcValues.append(schema.field(c), builder.column(c), rows, c + 1);
                    }
                    builder.endRow(now);
                    if (builder.isFull()) {
                        output.collect(builder.build());
                        now = clock.millis() * MICROS_PER_MILLI;
                    }
                }
            }
        }
        if (!builder.isEmpty()) {
            output.collect(builder.build());
        }
    }

    @Override
    public List<ScanSplit> snapshotState(long checkpoint) {
        return List.copyOf(splits);
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        return splits.isEmpty() && !noMore ? available : CompletableFuture.completedFuture(null);
    }

    @Override
    public void addSplits(List<ScanSplit> more) {
        splits.addAll(more);
        available.complete(null);
    }

    @Override
    public void notifyNoMoreSplits() {
        noMore = true;
        available.complete(null);
    }

    @Override
    public void close() {}
}
