package io.laminar.connector.jdbc.sink;

import java.sql.SQLException;
import java.util.Collection;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.metrics.Counter;
import org.jspecify.annotations.Nullable;

/** Writes the rows of complete checkpoints, each commit in one transaction, unless the ledger says that it is done. */
final class LedgerCommitter implements Committer<LedgerCommit> {
    private final SinkSettings settings;
    private final Ledger ledger;
    private final RefusedRows refused;
    private final ChangeWriter changes;
    private final Retries retries;
    private @Nullable OpenTable table;

    LedgerCommitter(SinkSettings settings, Waiting waiting, Counter badRecords) {
        this.settings = settings;
        ledger = new Ledger(settings.ledger());
        refused = new RefusedRows(settings, badRecords);
        changes = new ChangeWriter(Atomic.SAVEPOINT, refused);
        retries = new Retries(settings.name(), settings.retryTimeout(), waiting);
    }

    @Override
    public void commit(Collection<CommitRequest<LedgerCommit>> requests) throws InterruptedException {
        for (CommitRequest<LedgerCommit> request : requests) {
            retries.run(() -> commit(request), this::disconnect);
            refused.settle();
        }
    }

    private void commit(CommitRequest<LedgerCommit> request) throws SQLException {
        OpenTable open = table();
        LedgerCommit commit = request.getCommittable();
        Atomic.TRANSACTION.run(open.connection(), () -> {
            if (!ledger.advance(open.connection(), commit.writer(), commit.number())) {
                request.signalAlreadyCommitted();
                return;
            }
            ledger.remove(open.connection(), commit.formerWriters());
            for (byte[] part : commit.parts()) {
                changes.write(EncodedChanges.decode(part), open);
            }
        });
    }

    private OpenTable table() throws SQLException {
        OpenTable open = table;
        if (open == null) {
            open = OpenTable.on(settings.database().connect(), settings);
            table = open;
            ledger.create(open.connection());
        }
        return open;
    }

    private void disconnect() {
        refused.forget();
        OpenTable open = table;
        table = null;
        if (open != null) {
            open.close();
        }
    }

    @Override
    public void close() {
        disconnect();
    }
}
