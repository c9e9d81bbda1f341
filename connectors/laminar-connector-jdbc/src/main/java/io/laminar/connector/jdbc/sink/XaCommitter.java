package io.laminar.connector.jdbc.sink;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.sql.SQLException;
import java.util.Collection;
import javax.transaction.xa.XAException;
import org.apache.flink.api.connector.sink2.Committer;
import org.jspecify.annotations.Nullable;

/** Commits prepared transactions of complete checkpoints. */
final class XaCommitter implements Committer<TransactionId> {
    private final SinkSettings settings;
    private final Retries retries;
    private final int start;
    private @Nullable XaSession session;

    XaCommitter(SinkSettings settings, Waiting waiting, int start) {
        this.settings = settings;
        this.start = start;
        retries = new Retries(settings.name(), settings.retryTimeout(), waiting);
    }

    @Override
    public void commit(Collection<CommitRequest<TransactionId>> requests) throws InterruptedException {
        for (CommitRequest<TransactionId> request : requests) {
            boolean[] tried = {false};
            retries.run(() -> commit(request, tried), this::disconnect);
        }
    }

    private void commit(CommitRequest<TransactionId> request, boolean[] tried) throws SQLException {
        TransactionId id = request.getCommittable();
        // What was prepared since this start nobody can have committed before.
        boolean first = !tried[0] && id.start() == start;
        XaSession current = session();
        tried[0] = true;
        try {
            current.commit(id);
        } catch (XAException e) {
            if (e.errorCode != XAException.XAER_NOTA) {
                throw XaErrors.of(e);
            }
            if (first) {
                throw new LaminarException(
                        ErrorCode.OUTPUT_FAILED,
                        "table '" + settings.name() + "': a prepared transaction is gone before it was committed: "
                                + XaErrors.words(e),
                        null,
                        "somebody has rolled it back; its rows are in no table",
                        e);
            }
            request.signalAlreadyCommitted();
        }
    }

    private XaSession session() throws SQLException {
        XaSession current = session;
        if (current == null) {
            current = new XaSession(settings.database());
            session = current;
        }
        return current;
    }

    private void disconnect() {
        if (session != null) {
            session.close();
            session = null;
        }
    }

    @Override
    public void close() {
        disconnect();
    }
}
