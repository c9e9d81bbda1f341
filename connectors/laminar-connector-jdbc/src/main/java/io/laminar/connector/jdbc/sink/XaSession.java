package io.laminar.connector.jdbc.sink;

import io.laminar.connector.jdbc.database.Database;
import io.laminar.connector.jdbc.database.XaDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.XAConnection;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/** A connection with XA transactions. */
final class XaSession implements AutoCloseable {
    private final XAConnection connection;
    private final XAResource resource;

    XaSession(Database database) throws SQLException {
        connection = XaDatabase.connect(database);
        try {
            resource = connection.getXAResource();
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    Connection connection() throws SQLException {
        return connection.getConnection();
    }

    void start(TransactionId id) throws XAException {
        resource.start(id, XAResource.TMNOFLAGS);
    }

    /** Ends the transaction so that it survives this connection; false if it had nothing to write and is done with. */
    boolean prepare(TransactionId id) throws XAException {
        resource.end(id, XAResource.TMSUCCESS);
        return resource.prepare(id) == XAResource.XA_OK;
    }

    void commit(TransactionId id) throws XAException {
        resource.commit(id, false);
    }

    /** Undoes a prepared transaction; one that is gone already is undone. */
    void rollback(TransactionId id) throws XAException {
        try {
            resource.rollback(id);
        } catch (XAException e) {
            if (e.errorCode != XAException.XAER_NOTA) {
                throw e;
            }
        }
    }

    /** Gives up the transaction that is open. */
    void abandon(TransactionId id) throws XAException {
        resource.end(id, XAResource.TMFAIL);
        resource.rollback(id);
    }

    /** The transactions of Laminar that wait to be committed or undone. */
    List<TransactionId> prepared() throws XAException {
        List<TransactionId> found = new ArrayList<>();
        for (Xid xid : resource.recover(XAResource.TMSTARTRSCAN | XAResource.TMENDRSCAN)) {
            Optional<TransactionId> own = TransactionId.of(xid);
            own.ifPresent(found::add);
        }
        return found;
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            // It is broken, which ends what was open there as well.
            return;
        }
    }
}
