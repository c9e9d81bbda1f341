package io.laminar.connector.jdbc.sink;

import io.laminar.connector.jdbc.database.JdbcErrors;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import javax.transaction.xa.XAException;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.metrics.Counter;
import org.jspecify.annotations.Nullable;

/** Writes into the open transaction, and prepares it before a checkpoint. A lost connection loses it, and fails the job. */
final class XaWriter implements StatefulSinkWriter<Batch, WriterNames>, CommittingSinkWriter<Batch, TransactionId> {
    /**
     * How long a row may wait for a lock. A transaction that is prepared keeps its locks, and the checkpoint that would
     * commit it waits for this very writer.
     */
    private static final long LOCK_WAIT_MILLIS = 10_000;

    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private final SinkSettings settings;
    private final String owner;
    private final int subtask;
    private final int parallelism;
    private final int start;
    private final ChangeBuffer buffer;
    private final RefusedRows refused;
    private final ChangeWriter changes;
    private final Retries retries;
    private final Counter sent;
    private final long restored;
    private long lastCheckpoint;
    private @Nullable XaSession session;
    private @Nullable OpenTable table;
    private @Nullable TransactionId open;

    XaWriter(XaSink sink, WriterInitContext context) {
        settings = sink.settings();
        owner = sink.owner();
        subtask = context.getTaskInfo().getIndexOfThisSubtask();
        parallelism = context.getTaskInfo().getNumberOfParallelSubtasks();
        start = XaSink.start(context);
        restored = context.getRestoredCheckpointId().orElse(0);
        lastCheckpoint = restored;
        buffer = new ChangeBuffer(settings.schema(), settings.key(), settings.batchRows());
        refused = new RefusedRows(settings, context.metricGroup().counter(RefusedRows.COUNTER));
        changes = new ChangeWriter(Atomic.SAVEPOINT, refused);
        retries = new Retries(settings.name(), settings.retryTimeout(), sink.waiting());
        sent = context.metricGroup().getNumRecordsSendCounter();
    }

    /**
     * Undoes what was prepared for checkpoints that never became complete. Those of a subtask number are the affair of
     * one subtask, which has prepared none itself yet; those of owners before this one are anybody's.
     */
    void undoLeftOvers(List<String> owners) throws InterruptedException {
        retries.run(
                () -> {
                    XaSession current = session();
                    try {
                        for (TransactionId id : current.prepared()) {
                            boolean mine = id.owner().equals(owner)
                                    ? id.subtask() % parallelism == subtask
                                    : owners.contains(id.owner());
                            if (mine && id.after() >= restored) {
                                current.rollback(id);
                            }
                        }
                    } catch (XAException e) {
                        throw XaErrors.of(e);
                    }
                },
                this::disconnect);
    }

    @Override
    public void write(Batch batch, Context context) throws InterruptedException {
        int from = 0;
        while (from < batch.size()) {
            from += buffer.add(batch, from);
            if (buffer.isFull()) {
                flush(false);
            }
        }
    }

    @Override
    public void flush(boolean endOfInput) throws InterruptedException {
        if (buffer.isEmpty()) {
            return;
        }
        begin();
        Changes drained = buffer.drain();
        try {
            changes.write(drained, table());
        } catch (SQLException e) {
            throw failed(e);
        }
        sent.inc(drained.size());
    }

    /** Begins a transaction unless one is open; while nothing is, a lost connection does no harm. */
    private void begin() throws InterruptedException {
        if (open != null) {
            return;
        }
        TransactionId id = new TransactionId(owner, subtask, start, lastCheckpoint);
        retries.run(
                () -> {
                    try {
                        table();
                        session().start(id);
                    } catch (XAException e) {
                        throw XaErrors.of(e);
                    }
                },
                this::disconnect);
        open = id;
    }

    private LaminarException failed(SQLException e) {
        if (LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
            return new LaminarException(
                    ErrorCode.OUTPUT_FAILED,
                    "table '" + settings.name() + "': a row waits for a lock: " + JdbcErrors.firstLine(e),
                    null,
                    "it may have the unique key of a row in a transaction that is prepared already; for such tables use"
                            + " sink.exactly_once = 'ledger'",
                    e);
        }
        if (JdbcErrors.isPassing(e)) {
            return new LaminarException(
                    ErrorCode.OUTPUT_FAILED,
                    "table '" + settings.name() + "': the connection was lost in a transaction: "
                            + JdbcErrors.firstLine(e),
                    null,
                    "nothing is lost: its rows are written again when the pipeline goes on from its last checkpoint",
                    e);
        }
        return Retries.failed(settings.name(), e);
    }

    @Override
    public Collection<TransactionId> prepareCommit() {
        TransactionId id = open;
        if (id == null) {
            return List.of();
        }
        try {
            boolean written = java.util.Objects.requireNonNull(session).prepare(id);
            open = null;
            refused.settle();
            return written ? List.of(id) : List.of();
        } catch (XAException e) {
            throw XaErrors.notPrepared(settings.name(), e);
        }
    }

    @Override
    public List<WriterNames> snapshotState(long checkpoint) {
        lastCheckpoint = checkpoint;
        return List.of(new WriterNames(List.of(owner)));
    }

    private XaSession session() throws SQLException {
        XaSession current = session;
        if (current == null) {
            current = new XaSession(settings.database());
            session = current;
        }
        return current;
    }

    private OpenTable table() throws SQLException {
        OpenTable current = table;
        if (current == null) {
            current = OpenTable.on(session().connection(), settings);
            current.dialect().limitLockWaits(current.connection(), LOCK_WAIT_MILLIS);
            table = current;
        }
        return current;
    }

    private void disconnect() {
        refused.forget();
        if (table != null) {
            table.close();
            table = null;
        }
        if (session != null) {
            session.close();
            session = null;
        }
    }

    @Override
    public void close() {
        TransactionId id = open;
        XaSession current = session;
        if (id != null && current != null) {
            try {
                current.abandon(id);
            } catch (XAException e) {
                // The connection goes next, and what is not prepared ends with it.
                open = null;
            }
        }
        disconnect();
    }
}
